"""Scenarios of associated management: what the law of the day changes, and what is computed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cast import VALLEY
from raccordo import computations, scenario_work, scenarios
from raccordo.catalogue import Catalogue
from raccordo.computations import Calculation
from raccordo.models import ComputationState
from raccordo.refusals import Refused
from raccordo.scenario_input import REGION, ScenarioInput, check
from raccordo_graph.thresholds import Threshold

BEFORE, SINCE, TODAY = date(2011, 12, 28), date(2011, 12, 29), date(2026, 11, 24)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ASKED = ScenarioInput(area=VALLEY, function="a", on=TODAY)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    scenarios._cache.clear()


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """One entry for every time that the function is called."""
    calls, real = [], getattr(scenarios, name)

    def calling(*given: Any, **more: Any) -> Any:
        calls.append(name)
        return real(*given, **more)

    monkeypatch.setattr(scenarios, name, calling)
    return calls


def test_the_threshold_is_that_of_the_law_on_the_day() -> None:
    law = Threshold(residents=5000, mountain_residents=3000, times_smallest=4)
    assert ASKED.threshold == replace(ASKED, on=SINCE).threshold == law
    assert replace(ASKED, on=BEFORE).threshold == Threshold()


def test_what_is_asked_counts_more_than_the_law() -> None:
    asked = replace(ASKED, people=2000, in_mountains=1000, four_times=False)
    assert asked.threshold == Threshold(residents=2000, mountain_residents=1000)
    older = replace(ASKED, on=BEFORE, people=2000, four_times=True)
    assert older.threshold == Threshold(residents=2000, times_smallest=4)


async def test_before_the_rule_a_size_has_to_be_asked(current: Catalogue) -> None:
    with pytest.raises(Refused) as refusal:
        check(current, replace(ASKED, on=BEFORE))
    assert [(one.field, one.code) for one in refusal.value.fields] == [("people", "missing")]
    check(current, replace(ASKED, on=BEFORE, people=5000))


async def test_four_times_the_smallest_is_enough_unless_somebody_says_no(current: Catalogue) -> None:
    found = (await scenarios.scenario(current, ASKED)).partition.groups
    for one in found:
        smallest = min(current.municipalities[code].population for code in one.members)
        assert one.needed == min(3000, 4 * smallest)  # every member is in the mountains
    without = (await scenarios.scenario(current, replace(ASKED, four_times=False))).partition.groups
    assert {one.needed for one in without} == {3000}
    assert len(found) > len(without)


async def test_two_days_with_the_same_law_are_computed_once(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(monkeypatch, "partition")
    one = await scenarios.scenario(current, ASKED)
    other = await scenarios.scenario(current, replace(ASKED, on=date(2020, 1, 1)))
    assert calls == ["partition"]
    assert (one.snapshot_id, one.partition) == (other.snapshot_id, other.partition)
    assert (one.asked.on, other.asked.on) == (TODAY, date(2020, 1, 1))
    before = replace(ASKED, on=BEFORE, people=5000, in_mountains=3000)
    assert (await scenarios.scenario(current, before)).snapshot_id != one.snapshot_id


async def test_what_was_computed_in_the_background_is_checked_once(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(ASKED, area=REGION)
    result = {"groups": [["097004", "097065"]], "snapshot_id": "a"}

    async def find(token: str, _kind: str) -> Calculation:
        return done(token, asked, result)

    monkeypatch.setattr(computations, "find", find)
    calls = counted(monkeypatch, "restored")
    for _ in range(3):
        _, _, found = await scenarios.computed(current, "token")
        assert found
        assert [one.members for one in found.partition.groups] == [("097004", "097065")]
    assert calls == ["restored"]
    await scenarios.computed(current, "another")
    assert len(calls) == 2


def done(token: str, asked: ScenarioInput, result: dict[str, Any]) -> Calculation:
    return Calculation(
        token=token, kind="scenario", state=ComputationState.DONE, share=1.0, ahead=0, problem=None,
        inputs=scenario_work.written(asked), result=result, created_at=NOW, finished_at=NOW,
    )  # fmt: skip


async def test_the_region_may_be_asked_for_a_size_that_only_four_times_reaches(current: Catalogue) -> None:
    asked = replace(ASKED, area=REGION, people=9_000_000, in_mountains=9_000_000)
    scenarios._demand_reach(current, asked)
    with pytest.raises(Refused, match="9,000,000"):
        scenarios._demand_reach(current, replace(asked, four_times=False))


def test_what_is_written_for_a_process_is_read_again() -> None:
    for asked in (ASKED, replace(ASKED, people=100, in_mountains=100, four_times=False, seed=3)):
        assert scenario_work.read(scenario_work.written(asked)) == asked
