"""The life of an offer: who may, what is wrong, which one wins, until when it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cast import BALLABIO, COORDINATOR, LABORATORY, NEED, OFFER, PASTURO_OFFICER
from people_of_tests import member, told
from raccordo import (
    catalogue,
    conflicts,
    follows,
    needs,
    offer_matches,
    offer_news,
    offer_questions,
    offers,
    outbox,
)
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.holders import Held
from raccordo.models import (
    AuditEntry,
    BodyKind,
    Match,
    Need,
    NeedStatus,
    OfferInterest,
    OfferKind,
    OfferStatus,
    Role,
)
from raccordo.offer_input import OfferInput, check
from raccordo.offer_kinds import KINDS
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale
from raccordo_graph import Band

PROFESSOR = replace(LABORATORY, role=Role.PROFESSOR)
MEMBER = replace(LABORATORY, role=Role.LABORATORY_MEMBER)
STRANGER = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)
DAY = date(2026, 11, 24)
GOOD: dict[OfferKind, dict[str, str]] = {
    OfferKind.THESIS: dict(OFFER.details),
    OfferKind.INTERNSHIP: {"weeks": "12", "places": "2", "funding": "PAID", "paid_by": "il dipartimento"},
    OfferKind.COURSE_SLOT: {
        "course": "Laboratorio di ponti", "school": "ICAT", "semester": "FIRST",
        "academic_year": "2026/27", "cases": "8", "language": "EN",
    },
    OfferKind.PILOT_SITE: {"tested": "Sensori", "site_needs": "Un ponte", "duration_months": "12"},
    OfferKind.EQUIPMENT: {"equipment": "Un drone", "use": "ON_SITE", "conditions": "nessuna"},
    OfferKind.DATA: {
        "direction": "GIVES", "dataset": "Frane", "data_format": "CSV", "licence": "CC BY 4.0", "period": "2019–2025",
    },
}  # fmt: skip


def of_kind(kind: OfferKind, **changes: str) -> OfferInput:
    return replace(OFFER, kind=kind.value, details=GOOD[kind] | changes)


def refused(current: Catalogue, wanted: OfferInput) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        check(current, wanted, DAY)
    return {one.field: one.code for one in caught.value.fields}


@pytest.mark.parametrize("kind", OfferKind)
def test_every_kind_has_fields_of_its_own_and_a_good_one_is_taken(
    current: Catalogue, kind: OfferKind
) -> None:
    assert check(current, of_kind(kind), DAY).details.keys() == GOOD[kind].keys()
    assert len(KINDS[kind].fields) >= 3


@pytest.mark.parametrize("kind", OfferKind)
def test_every_kind_says_what_it_lacks(current: Catalogue, kind: OfferKind) -> None:
    required = {one.name: "missing" for one in KINDS[kind].fields if one.missing}
    assert refused(current, replace(OFFER, kind=kind.value, details={})) == required


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "CASA"}, "kind", "missing"),
        ({"title": " "}, "title", "missing"),
        ({"text": "x" * 4_001}, "text", "too_long"),
        ({"text": "Scrivere a mario.rossi@polimi.it"}, "text", "contact"),
        ({"title": "Chiamare il tel. 02 2399 1234"}, "title", "contact"),
        ({"title_en": "a\x07b"}, "title_en", "control_characters"),
        ({"themes": ("nessuno",)}, "themes", "unknown"),
        ({"radius_km": "-3"}, "radius_km", "out_of_range"),
        ({"radius_km": "501"}, "radius_km", "out_of_range"),
        ({"closes_on": "domani"}, "closes_on", "not_a_date"),
        ({"closes_on": "2026-11-23"}, "closes_on", "before_opening"),
        ({"opens_on": "2026-11-01", "closes_on": "2026-11-23"}, "closes_on", "past"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    current: Catalogue, changes: dict[str, Any], field: str, code: str
) -> None:
    assert refused(current, replace(OFFER, **changes)) == {field: code}


@pytest.mark.parametrize(
    ("kind", "changes", "field", "code"),
    [
        (OfferKind.THESIS, {"level": "SCUOLA"}, "level", "missing"),
        (OfferKind.THESIS, {"duration_months": "0"}, "duration_months", "out_of_range"),
        (OfferKind.THESIS, {"starts_on": "marzo"}, "starts_on", "not_a_date"),
        (OfferKind.THESIS, {"weeks": "3"}, "weeks", "of_another_kind"),
        (OfferKind.INTERNSHIP, {"paid_by": ""}, "paid_by", "missing"),
        (OfferKind.INTERNSHIP, {"funding": "NONE"}, "paid_by", "contradicts"),
        (OfferKind.COURSE_SLOT, {"academic_year": "2026/28"}, "academic_year", "wrong_shape"),
        (OfferKind.COURSE_SLOT, {"school": "XXXX"}, "school", "missing"),
        (OfferKind.DATA, {"licence": "a@b.it"}, "licence", "contact"),
    ],
)
def test_what_is_wrong_with_a_kind_is_said_too(
    current: Catalogue, kind: OfferKind, changes: dict[str, str], field: str, code: str
) -> None:
    assert refused(current, of_kind(kind, **changes)) == {field: code}


@pytest.mark.parametrize("actor", [LABORATORY, PROFESSOR])
async def test_manager_and_professor_publish_for_their_laboratory(current: Catalogue, actor: Actor) -> None:
    offer = await offers.publish(actor, OFFER)
    assert (offer.laboratory, offer.details["level"], offer.details["duration_months"]) == (
        "infralab",
        "MASTER",
        6,
    )
    assert catalogue.current().offers[offer.number] == offer
    assert await AuditEntry.filter(subject=f"offer:{offer.number}", verb="publish").exists()


@pytest.mark.parametrize("actor", [VISITOR, MEMBER, PASTURO_OFFICER, COORDINATOR])
async def test_nobody_else_publishes(current: Catalogue, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        await offers.publish(actor, OFFER)


async def test_a_coordinator_closes_but_does_not_rewrite(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    with pytest.raises(NotAllowed):
        await offers.revise(COORDINATOR, offer.number, 1, OFFER)
    with pytest.raises(NotAllowed):
        await offers.close(replace(COORDINATOR, second_factor=False), offer.number, 1)
    assert (await offers.close(COORDINATOR, offer.number, 1, "Doppia.")).status is OfferStatus.CLOSED


async def test_of_two_changes_one_wins(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    await offers.revise(LABORATORY, offer.number, 1, replace(OFFER, title="Il primo"))
    for late in (
        offers.revise(LABORATORY, offer.number, 1, replace(OFFER, title="Il secondo")),
        offers.close(LABORATORY, offer.number, 1),
    ):
        with pytest.raises(Stale) as caught:
            await late
        assert caught.value.current.written.title == "Il primo"  # type: ignore[attr-defined]  # an OfferState


async def test_the_kind_stays(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    with pytest.raises(Refused) as caught:
        await offers.revise(LABORATORY, offer.number, 1, of_kind(OfferKind.DATA))
    assert [one.field for one in caught.value.fields] == ["kind"]


async def test_what_ended_takes_no_further_step_but_coming_back(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    await offers.withdraw(LABORATORY, offer.number, 1, "Uno sbaglio.")
    assert offer.number not in catalogue.current().offers
    with pytest.raises(NotFound, match="withdrawn"):
        await offers.close(STRANGER, offer.number, 2)
    for step in (
        offers.close(LABORATORY, offer.number, 2),
        offers.revise(LABORATORY, offer.number, 2, OFFER),
    ):
        with pytest.raises(Refused, match="wrong_state"):
            await step
    again = await offers.publish_again(LABORATORY, offer.number, 2)
    assert (again.status, again.version) == (OfferStatus.PUBLISHED, 3)


async def test_dates_open_and_close_it_without_anybody(current: Catalogue) -> None:
    wanted = replace(OFFER, opens_on="2027-01-10", closes_on="10/02/2027")
    offer = await offers.publish(LABORATORY, wanted)
    days = [date(2027, 1, 9), date(2027, 1, 10), date(2027, 2, 10), date(2027, 2, 11)]
    assert [offer.open_on(day) for day in days] == [False, True, True, False]
    need = await needs.publish(PASTURO_OFFICER, NEED)
    found = [bool(offer_matches.offers_for_need(catalogue.current(), need, day)) for day in days]
    assert found == [False, True, True, False]


async def test_a_need_finds_it_with_a_reason_and_a_closed_one_no_more(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    [fit] = offer_matches.offers_for_need(catalogue.current(), need, today())
    assert (fit.offer, fit.reasons.need) == (offer.number, need.number)
    assert fit.band in (Band.STRONG, Band.PLAUSIBLE)
    assert "«ponte»" in fit.reasons.sentence_it
    await offers.close(LABORATORY, offer.number, 1)
    assert offer_matches.offers_for_need(catalogue.current(), need, today()) == ()


async def test_the_fields_that_are_read_find_needs_too(current: Catalogue) -> None:
    plain = replace(of_kind(OfferKind.PILOT_SITE), title="Un sito pilota", text="Si cerca un posto.")
    offer = await offers.publish(
        LABORATORY, replace(plain, details={**plain.details, "tested": "Depuratori"})
    )
    assert any(word.written.lower() == "depuratori" for word in offer.understanding.words)


async def test_whoever_follows_the_theme_is_told_once_and_never_of_what_is_over(current: Catalogue) -> None:
    theme = replace(OFFER, themes=("strade-ponti",))
    reader = await member("Lettrice", (Role.OFFICER, Held(body=(BodyKind.MUNICIPALITY, BALLABIO))))
    await follows.follow(Actor(role=Role.OFFICER, person=reader.person), "THEME", "strade-ponti")
    offer = await offers.publish(LABORATORY, theme)
    await offers.revise(LABORATORY, offer.number, 1, replace(theme, title="Una tesi su due ponti"))
    await delivered()
    [sentence] = await told(reader)
    assert sentence.endswith(": «Una tesi su due ponti».")
    await offers.withdraw(LABORATORY, offer.number, 2)
    await delivered()
    assert await told(reader) == []


async def delivered() -> None:
    while (await outbox.deliver(offer_news.deliver, kind=offer_news.EVENT)).taken:
        pass


async def test_a_question_about_an_offer_is_a_match_and_is_remembered(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    record = await offer_questions.ask(PASTURO_OFFICER, offer.number, need.number, "Ecco il nostro.")
    assert record.asked_at
    assert await offer_questions.offers_of_match(record.id) == (offer.number,)
    assert [count for _, count in await offers.of_laboratory("infralab")] == [1]


async def test_a_conflict_of_interest_blocks_the_question(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", "097065", "Una parentela.")
    with pytest.raises(Refused, match="conflict"):
        await offer_questions.ask(PASTURO_OFFICER, offer.number, need.number)
    assert [count for _, count in await offers.of_laboratory("infralab")] == [0]
    assert await OfferInterest.all().count() == 0
    assert await Match.all().count() == 0


async def test_a_question_refused_at_its_last_step_leaves_neither_match_nor_interest(
    current: Catalogue,
) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await Need.filter(number=need.number).update(status=NeedStatus.WITHDRAWN)  # meanwhile, in another process
    with pytest.raises(Refused, match="need_withdrawn"):
        await offer_questions.ask(PASTURO_OFFICER, offer.number, need.number)
    assert await Match.all().count() == 0
    assert await OfferInterest.all().count() == 0
