"""Plans of the coordination: from the published picture to a stored result, and from a repair to a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cast import COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from computed_plans import computed, planned
from raccordo import (
    assignment_board,
    assignment_locks,
    assignment_reading,
    assignment_words,
    assignments,
    capacity,
    catalogue,
    conflicts,
    matches,
    needs,
    partnerships,
)
from raccordo.assignment_groups import groups_of, members
from raccordo.assignment_scenario import Scenario, ScenarioInput, understood
from raccordo.models import AssignmentPlan, AuditEntry, Computation, ComputationState
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.usefixtures("opened_database")


def wrong(refusal: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    return {field.field: field.code for field in refusal.value.fields}


async def test_the_whole_demand_gets_a_plan_that_keeps_the_places() -> None:
    stored = await planned()
    picture = catalogue.current()
    lines = assignment_reading.lines_of(picture, stored)
    assert {line.need for line in lines} == set(picture.needs)
    assert max(Counter(line.laboratory for line in lines).values()) <= 2
    figures = stored.figures
    assert figures
    assert (figures.needs, figures.given, figures.unserved) == (len(lines), len(lines), 0)
    assert figures.share >= 0.994
    assert figures.worst == min(line.score for line in lines) <= figures.bound + 1e-9
    assert stored.snapshot_id != matches.snapshot_id(picture)  # it names the rows too
    other = await planned(name="Altro")
    assert other.snapshot_id == stored.snapshot_id
    owner = picture.needs[lines[0].need]
    await conflicts.declare(
        LABORATORY, "infralab", owner.owner_kind.value, owner.owner_code, "Una parentela."
    )
    assert (await planned(name="Dopo")).snapshot_id != stored.snapshot_id


async def test_scores_are_those_of_the_ranking() -> None:
    stored = await planned()
    picture = catalogue.current()
    for line in assignment_reading.lines_of(picture, stored)[:8]:
        ranking = matches.for_need(picture, picture.needs[line.need])
        [match] = [match for match in ranking.matches if match.laboratory == line.laboratory]
        assert line.score == match.score
        assert match.band.value != "none"


async def test_conflicts_hands_and_answers_are_kept() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    ranking = matches.for_need(catalogue.current(), need).matches
    first, second, third = (match.laboratory for match in ranking[:3])
    manager = Actor(role=LABORATORY.role, laboratory=first, demo=True)
    await conflicts.declare(manager, first, "MUNICIPALITY", "097065", "Parenti.")
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, second)
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version, "")
    refusing = Actor(role=LABORATORY.role, laboratory=second, demo=True)
    await partnerships.decline(refusing, record.id, record.version, "NOT_NOW", "")
    await assignment_locks.fix(COORDINATOR, need.number, third, "TOGETHER", "Si conoscono già.")
    stored = await planned(most_each="3")
    mine = [
        line for line in assignment_reading.lines_of(catalogue.current(), stored) if line.need == need.number
    ]
    assert {line.laboratory for line in mine} & {first, second} == set()
    assert [line.by_hand for line in mine if line.laboratory == third] == [True]
    let = await planned(let_go=f"{need.number} {third}")
    assert not any(line.by_hand for line in assignment_reading.lines_of(catalogue.current(), let))


async def test_a_partnership_under_way_counts_as_served_and_takes_its_place() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version, "")
    record = await partnerships.show_interest(LABORATORY, record.id, record.version, "")
    record = await partnerships.agree_scope(LABORATORY, record.id, record.version, "Un rilievo.")
    record = await partnerships.accept(LABORATORY, record.id, record.version)
    await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    places = await capacity.places_of("infralab")
    await capacity.declare(LABORATORY, "infralab", places.version, "3")
    stored = await planned()
    assert stored.result
    assert [need.number, 0, 0] in stored.result["needs"]
    assert ["infralab", 0, 2] in stored.result["laboratories"]
    assert need.number not in {line.need for line in assignment_reading.lines_of(catalogue.current(), stored)}


async def test_a_floor_is_kept_and_counted() -> None:
    stored = await planned(mountain_share="80", size_share="30", floor_fit="30")
    floors = assignment_reading.floors_of(catalogue.current(), stored)
    assert {floor.key for floor in floors} == {"mountain", "size:large", "size:middle", "size:small"}
    for floor in floors:
        assert floor.served is not None
        assert floor.served >= floor.asked > 0


async def test_groups_are_those_of_the_owner() -> None:
    picture = catalogue.current()
    assert groups_of(picture.municipalities["097065"]) == ("size:middle", "mountain", "province:097")
    assert groups_of(picture.municipalities["097042"])[:1] == ("size:large",)
    counted = members(picture, list(picture.needs.values()))
    provinces = sum(len(found) for key, found in counted.items() if key.startswith("province:"))
    assert provinces == len(picture.needs)


async def test_too_few_places_are_told_and_every_repair_makes_a_plan() -> None:
    stored = await planned(assumed_places="0", quotas="\n".join(f"{slug} 6" for slug in ("lia", "infralab")))
    assert not stored.feasible
    assert stored.result
    picture = catalogue.current()
    told = assignment_words.reasons(picture, stored.result, "it")
    assert told
    assert any("posti" in reason.sentence or "laborator" in reason.sentence for reason in told)
    offered = assignment_words.repairs(picture, stored.scenario, stored.result, "it")
    assert [repair.cost for repair in offered] == sorted(repair.cost for repair in offered)
    assert len(offered) >= 2
    for repair in offered:
        repaired = await assignments.plan(COORDINATOR, repair.scenario.typed())
        assert (await computed(repaired)).feasible, repair


async def test_a_floor_beyond_reach_is_told_with_its_group_in_both_languages() -> None:
    stored = await planned(mountain_share="100", floor_fit="95")
    assert stored.result
    picture = catalogue.current()
    [told] = assignment_words.reasons(picture, stored.result, "it")
    assert "montagna" in told.sentence
    [english] = assignment_words.reasons(picture, stored.result, "en")
    assert "mountain" in english.sentence
    [*_, dearest] = assignment_words.repairs(picture, stored.scenario, stored.result, "it")
    assert (await computed(await assignments.plan(COORDINATOR, dearest.scenario.typed()))).feasible


async def test_a_scenario_survives_storage_and_the_form() -> None:
    written = ScenarioInput(
        name="  Due   parole ", examples="si", quotas="lia 1-4\ninfralab 3", demands="28 0-2\n\n30 2",
        floors="mountain 4", let_go="28 lia", tolerance="0,25",
    )  # fmt: skip
    scenario = understood(written)
    assert scenario.quotas == {"lia": (1, 4), "infralab": (0, 3)}
    assert scenario.demands == {28: (0, 2), 30: (2, 2)}
    assert scenario.tolerance == 0.25
    assert Scenario.read(scenario.stored()) == scenario
    assert understood(scenario.typed()) == scenario


WRONG = [
    ("name", "  "), ("name", "x" * 81), ("name", "a\u202eb"), ("least_each", "-1"), ("least_each", "6"), ("most_each", "0"),
    ("assumed_places", "cento"), ("least_band", "none"), ("size_share", "101"), ("floor_fit", "0,3"),
    ("tolerance", "11"), ("tolerance", "nan"), ("tolerance", "1e3"), ("seed", "9" * 4000), ("seed", "²"),
    ("quotas", "lia"), ("quotas", "lia 4-1"), ("quotas", "lia 4\n" * 2001), ("quotas", "LIA 4"), ("demands", "28 1-"),
    ("demands", "x" * 40_000), ("floors", "mountain"), ("floors", "mountain -1"), ("let_go", "lia 28"), ("least_each", "2"),
    ("quotas", "nessuno 3"), ("demands", "9999999 1"), ("floors", "province:999 1"), ("floors", "size:huge 1"),
    ("let_go", "28 nessuno"), ("let_go", "9999999 lia"), ("examples", ""),
]  # fmt: skip


async def test_what_is_wrong_or_unknown_is_refused_beside_its_field() -> None:
    for field, value in WRONG:
        asked = replace(ScenarioInput(name="Prova", examples="si"), **{field: value})
        with pytest.raises(Refused) as refusal:
            await assignments.plan(COORDINATOR, asked)
        assert set(wrong(refusal)) == {field}, value[:40]
    assert await AssignmentPlan.all().count() == 0


async def test_a_line_that_is_wrong_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        understood(ScenarioInput(name="Prova", quotas="lia 3\n\nlia <b>"))
    assert (
        refusal.value.fields[0].sentence.say() == "Riga 3: «lia <b>» non si legge; si scrive come «lia 1-4»."
    )


async def test_a_hand_needs_a_reason_and_holds_once() -> None:
    lock = await assignment_locks.fix(COORDINATOR, 28, "lia", "APART", " Un  motivo. ")
    assert (lock.reason, lock.need_title) == ("Un motivo.", catalogue.current().needs[28].title)
    for asked, field in [
        ((28, "lia", "TOGETHER", "Altro."), "laboratory"),
        ((9999, "lia", "APART", "Altro."), "need_number"),
        ((28, "nessuno", "APART", "Altro."), "laboratory"),
        ((28, "solinano", "SEMPRE", "Altro."), "lock"),
        ((28, "solinano", "APART", " "), "reason"),
        ((28, "solinano", "APART", "x" * 301), "reason"),
        ((28, "solinano", "APART", "ma \u202eilgems"), "reason"),
    ]:
        with pytest.raises(Refused) as refusal:
            await assignment_locks.fix(COORDINATOR, *asked)
        assert set(wrong(refusal)) == {field}
    assert await assignment_locks.every(COORDINATOR) == (lock,)
    assert await assignment_locks.release(COORDINATOR, lock.number) == lock
    with pytest.raises(NotFound):
        await assignment_locks.release(COORDINATOR, lock.number)
    rows = await AuditEntry.filter(subject=f"assignment_lock:{lock.number}").order_by("number")
    verbs = [row.verb for row in rows]
    assert verbs == ["fix_assignment", "release_assignment"]


async def test_two_scenarios_differ_in_words() -> None:
    one, other = await planned(name="Uno"), await planned(name="Altro", quotas="lia 0\ninfralab 0")
    picture = catalogue.current()
    assert assignment_reading.differences(picture, one, one) == []
    found = assignment_reading.differences(picture, one, other)
    gone = {name for change in found for name in change.before}
    assert {picture.laboratories[slug].name for slug in ("lia", "infralab")} & gone
    assert all(change.before != change.after for change in found)


@pytest.mark.parametrize(
    "stranger", [VISITOR, PASTURO_OFFICER, LABORATORY, replace(COORDINATOR, second_factor=False)]
)
async def test_only_the_coordination_plans_and_reads(stranger: Actor) -> None:
    stored = await planned()
    picture = catalogue.current()
    for refused in (
        assignments.plan(stranger, ScenarioInput(name="Prova", examples="si")),
        assignments.find(stranger, stored.number),
        assignments.newest(stranger),
        assignment_locks.every(stranger),
        assignment_locks.fix(stranger, 28, "lia", "APART", "Motivo."),
        assignment_locks.release(stranger, 1),
        assignment_board.board(stranger, picture),
    ):
        with pytest.raises(NotAllowed):
            await refused
    assert await AssignmentPlan.all().count() == 1


async def test_a_scenario_that_is_not_there() -> None:
    for number in (0, -1, 7, 2**40):
        with pytest.raises(NotFound):
            await assignments.find(COORDINATOR, number)


async def test_a_cancelled_computation_leaves_the_scenario() -> None:
    asked = await assignments.plan(COORDINATOR, ScenarioInput(name="Vero", examples="si"))
    now = datetime.now(UTC) - timedelta(seconds=1)
    await Computation.all().update(state=ComputationState.CANCELLED, finished_at=now)
    stored = await assignments.find(COORDINATOR, asked.number)
    assert stored.calculation
    assert (stored.calculation.state, stored.feasible, stored.gone) == (
        ComputationState.CANCELLED,
        False,
        False,
    )
