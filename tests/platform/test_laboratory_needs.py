"""The needs of a laboratory in order, filtered without being reordered; and: not for us, but for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from raccordo import catalogue, laboratory_hints, laboratory_needs, matches, need_search, needs
from raccordo.catalogue import Catalogue
from raccordo.laboratory_needs import LaboratoryNeedFilter
from raccordo.models import InitiativeKind, Role
from raccordo.people import VISITOR, Actor
from raccordo.published import Need
from raccordo.refusals import NotAllowed, NotFound, Refused
from raccordo_graph import Band

SLUG = "infralab"
DAY = date(2026, 3, 31)


def found(current: Catalogue, **wanted: object) -> list[int]:
    asked = LaboratoryNeedFilter(**wanted)  # type: ignore[arg-type]
    return [one.need for one in laboratory_needs.select(current, current.laboratories[SLUG], asked)]


def test_without_a_filter_it_is_every_need_with_a_reason(current: Catalogue) -> None:
    every = matches.for_laboratory(current, current.laboratories[SLUG])
    assert found(current) == [one.need for one in every if one.band is not Band.NONE]


def test_a_filter_hides_and_never_reorders(current: Catalogue) -> None:
    every = matches.for_laboratory(current, current.laboratories[SLUG])
    near = found(current, within_km=30)
    assert 0 < len(near) < len(found(current))
    assert near == [
        one.need
        for one in every
        if one.band is not Band.NONE and one.reasons.distance_km is not None and one.reasons.distance_km <= 30
    ]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"theme": "strade-ponti"}, lambda _, need: "strade-ponti" in need.themes),
        ({"province": "097"}, lambda current, need: need_search.province_of(current, need) == "097"),
        ({"due_from": DAY}, lambda _, need: need.deadline is not None and need.deadline >= DAY),
        ({"due_until": DAY}, lambda _, need: need.deadline is not None and need.deadline <= DAY),
    ],
    ids=["theme", "province", "due from", "due until"],
)
def test_theme_province_and_deadline_narrow(
    current: Catalogue, wanted: dict[str, object], fits: Callable[[Catalogue, Need], bool]
) -> None:
    narrowed, every = found(current, **wanted), found(current)
    assert 0 < len(narrowed) < len(every)
    assert narrowed == [number for number in every if fits(current, current.needs[number])]


async def test_the_instrument_is_the_owners_choice_else_what_the_text_asks_for(current: Catalogue) -> None:
    chosen = await needs.publish(PASTURO_OFFICER, replace(NEED, intent="COURSE"))
    written = await needs.publish(PASTURO_OFFICER, replace(NEED, title=f"{NEED.title}: serve uno studio"))
    now = catalogue.current()
    study, course = (
        found(now, instruments=[InitiativeKind.STUDY]),
        found(now, instruments=[InitiativeKind.COURSE]),
    )
    assert (chosen.number in course, chosen.number in study) == (True, False)
    assert written.number in study
    both = found(now, instruments=[InitiativeKind.STUDY, InitiativeKind.COURSE])
    assert set(both) == {*study, *course}
    assert both == [number for number in found(now) if number in both]


@pytest.mark.parametrize(
    "wanted", [{"theme": "x"}, {"province": "x"}, {"within_km": 0}, {"within_km": 10**9}]
)
def test_what_there_is_not_is_refused(current: Catalogue, wanted: dict[str, object]) -> None:
    with pytest.raises(Refused):
        found(current, **wanted)


async def test_the_owner_and_the_coordinators_read_a_hint_and_nobody_else(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    given = await laboratory_hints.give(LABORATORY, need.number, "lia", "Più vicino.")
    assert (given.laboratory, given.other, given.note) == (SLUG, "lia", "Più vicino.")
    for reader in (PASTURO_OFFICER, COORDINATOR, LABORATORY):
        assert await laboratory_hints.of_need(reader, need) == (given,)
    other = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)
    for stranger in (VISITOR, BALLABIO_OFFICER, other):
        assert await laboratory_hints.of_need(stranger, need) == ()


async def test_the_last_word_of_a_laboratory_counts(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await laboratory_hints.give(LABORATORY, need.number, "lia")
    await laboratory_hints.give(LABORATORY, need.number, "lpmsc")
    assert [one.other for one in await laboratory_hints.of_need(PASTURO_OFFICER, need)] == ["lpmsc"]


async def test_itself_nobody_and_strangers_are_refused(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    for wrong in (SLUG, "nessuno", ""):
        with pytest.raises(Refused):
            await laboratory_hints.give(LABORATORY, need.number, wrong)
    with pytest.raises(Refused):
        await laboratory_hints.give(LABORATORY, need.number, "lia", "x" * 301)
    with pytest.raises(NotAllowed):
        await laboratory_hints.give(PASTURO_OFFICER, need.number, "lia")
    with pytest.raises(NotFound):
        await laboratory_hints.give(LABORATORY, 999_999, "lia")
