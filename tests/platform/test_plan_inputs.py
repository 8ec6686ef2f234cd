"""What a plan is computed from: conflicts, closed pairs, hands, places and floors. Nothing big is solved here."""

from __future__ import annotations

import json
from math import ceil

import pytest

from cast import BALLABIO, BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO, PASTURO_OFFICER
from computed_plans import computed
from raccordo import (
    assignment_locks,
    assignment_reading,
    assignments,
    capacity,
    catalogue,
    conflicts,
    matches,
    needs,
    parties,
    partnerships,
)
from raccordo.assignment_computing import KIND, problem_of
from raccordo.assignment_scenario import ScenarioInput
from raccordo.computations import Values
from raccordo.models import AuditEntry, Computation
from raccordo.people import Actor
from raccordo.refusals import Refused

pytestmark = pytest.mark.usefixtures("opened_database")


def manager(laboratory: str) -> Actor:
    return Actor(role=LABORATORY.role, laboratory=laboratory, demo=True)


async def values_of(**asked: str) -> Values:
    """The problem of a scenario as the solver's process would get it."""
    stored = await assignments.plan(COORDINATOR, ScenarioInput(**{"name": "Prova", **asked}))
    row = await Computation.get(token=stored.token)
    return KIND.prepare(catalogue.current(), json.loads(row.inputs))


async def published() -> tuple[int, list[str]]:
    """The only need that is no example, and its laboratories, best first."""
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return need.number, [one.laboratory for one in matches.for_need(catalogue.current(), need).matches]


async def test_what_stands_between_a_need_and_its_laboratories(monkeypatch: pytest.MonkeyPatch) -> None:
    need, (of_owner, of_party, declined, passed, asked, apart, full, *_) = await published()
    await parties.invite(PASTURO_OFFICER, need, "MUNICIPALITY", BALLABIO)
    await parties.join(BALLABIO_OFFICER, need)
    await conflicts.declare(manager(of_owner), of_owner, "MUNICIPALITY", PASTURO, "Parenti.")
    await conflicts.declare(manager(of_party), of_party, "MUNICIPALITY", BALLABIO, "Parenti.")
    for slug in (declined, passed):
        record = await partnerships.shortlist(PASTURO_OFFICER, need, slug)
        record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version, "")
        if slug == declined:
            await partnerships.decline(manager(slug), record.id, record.version, "NOT_NOW", "")
        else:
            await partnerships.pass_on(manager(slug), record.id, record.version, asked)
    await assignment_locks.fix(COORDINATOR, need, apart, "APART", "Non si parlano.")
    await capacity.declare(manager(full), full, (await capacity.places_of(full)).version, "0")
    values = await values_of(assumed_places="7")
    assert values["conflicts"] == sorted([[need, of_owner], [need, of_party]])
    assert values["closed"] == sorted([[need, declined], [need, passed]])
    assert (values["together"], values["apart"]) == ([], [[need, apart]])
    places = {slug: limits for slug, *limits in values["laboratories"]}
    assert (places[full], places[of_owner]) == ([0, 0], [0, 7])
    problem = problem_of(values)
    assert problem.apart == {(need, apart)}
    assert problem.conflicts == {(need, slug) for slug in (of_owner, of_party, declined, passed)}
    monkeypatch.setattr(assignment_locks, "MOST", 1)
    with pytest.raises(Refused) as refusal:
        await assignment_locks.fix(COORDINATOR, need, full, "APART", "Uno di troppo.")
    assert [one.code for one in refusal.value.fields] == ["too_many"]


async def test_the_best_laboratory_is_planned_until_it_declares_a_conflict() -> None:
    need, (first, *_) = await published()
    for name, planned in (("Prima", True), ("Dopo", False)):
        stored = await computed(await assignments.plan(COORDINATOR, ScenarioInput(name=name)))
        [line] = assignment_reading.lines_of(catalogue.current(), stored)
        assert line.need == need
        assert (line.laboratory == first) is planned
        if planned:
            await conflicts.declare(manager(first), first, "MUNICIPALITY", PASTURO, "Parenti.")


async def test_a_floor_asks_for_its_share_rounded_up_and_the_plan_is_in_the_log() -> None:
    values = await values_of(examples="si", size_share="30", floor_fit="40")
    assert values["floors"]
    assert any(len(numbers) * 30 % 100 for _, numbers, _, _ in values["floors"])
    for key, numbers, least, fit in values["floors"]:
        assert key.startswith("size:")
        assert (least, fit) == (ceil(len(numbers) * 0.3), 0.4)
    [entry] = await AuditEntry.filter(verb="plan_assignment")
    assert entry.subject.startswith("assignment:")
