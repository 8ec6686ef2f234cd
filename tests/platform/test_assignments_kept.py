"""A plan is kept from the end of its computation on, whoever opens it, and a list of plans reads no result."""

from __future__ import annotations

import pytest

from cast import COORDINATOR
from computed_plans import planned
from raccordo import assignments, computing
from raccordo.assignment_scenario import ScenarioInput
from raccordo.computation_kinds import KINDS
from raccordo.models import AssignmentPlan, Computation, ComputationState

pytestmark = pytest.mark.usefixtures("opened_database")


async def test_the_worker_computes_it_and_the_row_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "EVERY", 0.02)
    asked = await assignments.plan(COORDINATOR, ScenarioInput(name="Vero", examples="si"))
    assert asked.calculation
    assert asked.calculation.unfinished
    assert await computing.work_once(KINDS)
    await Computation.all().delete()  # as after thirty days, before anybody opened the plan
    stored = await assignments.find(COORDINATOR, asked.number)
    assert stored.feasible
    assert stored.result
    assert not stored.gone


async def test_a_scenario_without_result_is_gone_with_its_computation() -> None:
    asked = await assignments.plan(COORDINATOR, ScenarioInput(name="Vero", examples="si"))
    await Computation.all().delete()
    assert (await assignments.find(COORDINATOR, asked.number)).gone


async def test_the_list_reads_figures_and_no_result() -> None:
    stored = await planned()
    await assignments.plan(COORDINATOR, ScenarioInput(name="Dopo", examples="si", seed="9"))
    await AssignmentPlan.filter(id=stored.number).update(result="this is not read", scenario="nor is this")
    waiting, listed = await assignments.newest(COORDINATOR)
    assert (listed.figures, listed.computed, listed.calculation) == (stored.figures, True, None)
    assert waiting.calculation
    assert (waiting.calculation.state, waiting.calculation.ahead) == (ComputationState.QUEUED, 0)


async def test_figures_are_those_of_the_lines() -> None:
    stored = await planned(quotas="infralab 0-1")
    assert stored.figures
    assert stored.result
    plan = stored.result["plan"]
    assert stored.figures.given == len(plan["lines"])
    assert stored.figures.share == plan["total"] / plan["optimum"]
    assert stored.figures.places == sum(most for _, _, most in stored.result["laboratories"])


async def test_a_scenario_asked_again_has_the_result_at_once_and_for_good() -> None:
    first = await planned(name="Uno")
    again = await assignments.plan(COORDINATOR, ScenarioInput(name="Due", examples="si"))
    await Computation.all().delete()
    assert (await assignments.find(COORDINATOR, again.number)).figures == first.figures


async def test_the_same_scenario_is_computed_once() -> None:
    first = await planned(name="Uno")
    again = await assignments.plan(COORDINATOR, ScenarioInput(name="Uno", examples="si"))
    assert again.token == first.token
    assert again.number != first.number
    assert again.result == first.result
