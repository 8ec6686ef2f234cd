"""A need written for a municipality: nothing is published or owned before its own officer confirms it."""

from __future__ import annotations

import asyncio

import pytest

from cast import (
    BALLABIO_OFFICER,
    COORDINATOR,
    LABORATORY,
    NEED,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY_OFFICER,
)
from raccordo import catalogue, database, needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, BodyKind, Need, Notification, Role
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR, Actor
from raccordo.proposed_need_records import ProposedNeedRecord, find, next_step, readable_by
from raccordo.proposed_need_steps import DelegationSide
from raccordo.proposed_needs import confirm, decline, propose, revise, take_back
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale

OTHER = NeedInput(title="Un muro che cede", description="Il muro sotto la strada cede a ogni pioggia.")
PROVINCE_OFFICER = Actor(role=Role.OFFICER, body_kind=BodyKind.PROVINCE, body_code="097", demo=True)


@pytest.fixture
async def waiting(current: Catalogue) -> ProposedNeedRecord:
    """What the valley proposed for Pasturo."""
    return await propose(VALLEY_OFFICER, PASTURO, NEED)


async def test_a_proposal_publishes_nothing(waiting: ProposedNeedRecord, current: Catalogue) -> None:
    assert catalogue.current().needs == current.needs
    assert (await database.state()).version == current.version
    assert not await Need.exists(title=NEED.title)


async def test_both_sides_read_it_and_who_owes_the_next_step(waiting: ProposedNeedRecord) -> None:
    for actor in (VALLEY_OFFICER, PASTURO_OFFICER):
        assert await find(actor, waiting.number) == waiting
        assert await readable_by(actor) == (waiting,)
    assert next_step(waiting)[1] is DelegationSide.MUNICIPALITY


@pytest.mark.parametrize(
    "stranger",
    [VISITOR, BALLABIO_OFFICER, PROVINCE_OFFICER, LABORATORY, COORDINATOR],
    ids=lambda one: one.label,
)
async def test_for_everybody_else_it_is_not_there(waiting: ProposedNeedRecord, stranger: Actor) -> None:
    refusals = []
    for number in (waiting.number, 999, -1, 2**40):
        with pytest.raises(NotFound) as refusal:
            await find(stranger, number)
        refusals.append((refusal.value.code, str(refusal.value.sentence)))
    assert len(set(refusals)) == 1
    assert await readable_by(stranger) == ()


async def test_once_confirmed_it_is_the_municipalitys_own(waiting: ProposedNeedRecord) -> None:
    after = await confirm(PASTURO_OFFICER, waiting.number, waiting.version)
    assert after.need
    need = catalogue.current().needs[after.need]
    assert (need.title, need.owner_kind, need.owner_code) == (NEED.title, BodyKind.MUNICIPALITY, PASTURO)
    assert needs.may_revise(PASTURO_OFFICER, need)
    assert not needs.may_revise(VALLEY_OFFICER, need)
    row = await Need.get(number=after.need).select_related("author")
    assert row.author
    assert row.author.name == VALLEY_OFFICER.label, "whoever wrote it stays its author"


async def test_the_municipality_may_correct_while_it_confirms(waiting: ProposedNeedRecord) -> None:
    after = await confirm(PASTURO_OFFICER, waiting.number, waiting.version, OTHER)
    assert after.need
    assert catalogue.current().needs[after.need].title == OTHER.title
    assert after.written == waiting.written, "what was proposed stays as it was written"


async def test_everything_that_was_chosen_arrives(current: Catalogue) -> None:
    wanted = NeedInput(
        title="Un ponte", description="È vecchio.", functions=("a", "l-bis"), themes=("strade-ponti",),
        axes=("SOCIAL",), funding="Bando", deadline="31/12/2027",
    )  # fmt: skip
    record = await propose(VALLEY_OFFICER, PASTURO, wanted)
    assert record.written.functions == ("a", "l-bis")
    after = await confirm(PASTURO_OFFICER, record.number, record.version)
    need = catalogue.current().needs[after.need or 0]
    assert (need.functions, need.themes, need.axes) == (("a", "l-bis"), ("strade-ponti",), ("SOCIAL",))
    assert (need.funding, str(need.deadline)) == ("Bando", "2027-12-31")


async def test_a_decline_needs_a_reason_which_the_poster_reads(waiting: ProposedNeedRecord) -> None:
    for empty in ("", " \n "):
        with pytest.raises(Refused) as refusal:
            await decline(PASTURO_OFFICER, waiting.number, waiting.version, empty)
        assert refusal.value.fields[0].field == "reason"
    await decline(PASTURO_OFFICER, waiting.number, waiting.version, "L’abbiamo già\nchiesto.")
    assert (await find(VALLEY_OFFICER, waiting.number)).reason == "L’abbiamo già chiesto."


async def test_the_poster_changes_it_until_the_answer_and_no_longer(waiting: ProposedNeedRecord) -> None:
    after = await revise(VALLEY_OFFICER, waiting.number, waiting.version, OTHER)
    assert (after.written.title, after.version) == (OTHER.title, 2)
    done = await confirm(PASTURO_OFFICER, waiting.number, after.version)
    for step in (
        revise(VALLEY_OFFICER, waiting.number, done.version, NEED),
        take_back(VALLEY_OFFICER, waiting.number, done.version),
        decline(PASTURO_OFFICER, waiting.number, done.version, "Tardi"),
    ):
        with pytest.raises(Refused) as refusal:
            await step
        assert refusal.value.code == "step_not_possible"


async def test_neither_side_takes_the_others_steps(waiting: ProposedNeedRecord) -> None:
    number, version = waiting.number, waiting.version
    for step in (
        confirm(VALLEY_OFFICER, number, version),
        decline(VALLEY_OFFICER, number, version, "Perché sì"),
        revise(PASTURO_OFFICER, number, version, OTHER),
        take_back(PASTURO_OFFICER, number, version),
    ):
        with pytest.raises(NotAllowed):
            await step
    assert await find(PASTURO_OFFICER, number) == waiting


async def test_what_was_not_seen_is_not_confirmed(waiting: ProposedNeedRecord) -> None:
    changed = await revise(VALLEY_OFFICER, waiting.number, waiting.version, OTHER)
    with pytest.raises(Stale) as stale:
        await confirm(PASTURO_OFFICER, waiting.number, waiting.version)
    assert stale.value.current == changed
    assert not await Need.exists(title=OTHER.title)


async def test_of_many_at_once_one_wins_and_the_others_are_told(waiting: ProposedNeedRecord) -> None:
    number, version = waiting.number, waiting.version
    results = await asyncio.gather(
        confirm(PASTURO_OFFICER, number, version),
        decline(PASTURO_OFFICER, number, version, "No"),
        revise(VALLEY_OFFICER, number, version, OTHER),
        confirm(PASTURO_OFFICER, number, version),
        take_back(VALLEY_OFFICER, number, version),
        return_exceptions=True,
    )
    assert sum(isinstance(one, ProposedNeedRecord) for one in results) == 1
    assert sum(isinstance(one, Stale) for one in results) == 4
    assert await Need.filter(title=NEED.title).count() <= 1


async def test_a_wrong_text_is_refused_as_on_every_form(current: Catalogue) -> None:
    with pytest.raises(Refused) as refusal:
        await propose(VALLEY_OFFICER, PASTURO, NeedInput(title="x" * 201, deadline="domani"))
    assert {one.field for one in refusal.value.fields} == {"title", "description", "deadline"}


async def test_a_refused_step_leaves_no_trace(waiting: ProposedNeedRecord) -> None:
    entries, told = await AuditEntry.all().count(), await Notification.all().count()
    with pytest.raises(Stale):
        await confirm(PASTURO_OFFICER, waiting.number, 7)
    with pytest.raises(Refused):
        await confirm(PASTURO_OFFICER, waiting.number, waiting.version, NeedInput(title="x"))
    assert (await AuditEntry.all().count(), await Notification.all().count()) == (entries, told)
