"""The bootstrap: what it must give where the answer is known."""

from __future__ import annotations

import pytest

from yardsticks.figures import balanced_accuracy, share
from yardsticks.folder import NotMeasured
from yardsticks.intervals import better, figure


def test_cases_that_all_agree_leave_no_doubt() -> None:
    found = figure([(0.5, 1.0)] * 7, share)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


def test_two_opposite_cases_leave_every_doubt() -> None:
    # A quarter of the resamples draws the first twice, a quarter the second twice.
    found = figure([(0.0, 1.0), (1.0, 1.0)], share)
    assert (found.value, found.low, found.high) == (0.5, 0, 1)


def test_a_hundred_fair_cases_doubt_a_tenth() -> None:
    # 1.96 times the standard error sqrt(0.25 / 100).
    found = figure([(float(one % 2), 1.0) for one in range(100)], share)
    assert found.low == pytest.approx(0.5 - 0.098, abs=0.01)
    assert found.high == pytest.approx(0.5 + 0.098, abs=0.01)


@pytest.mark.parametrize("cases", [[], [(0.0, 0.0)], [(1.0, 1.0, 0.0, 0.0)]])
def test_without_a_case_of_each_kind_there_is_no_figure(cases: list[tuple[float, ...]]) -> None:
    with pytest.raises(NotMeasured, match="tell nothing apart"):
        figure(cases, balanced_accuracy if cases and len(cases[0]) == 4 else share)


def test_the_same_seed_gives_the_same_interval() -> None:
    cases = [(one / 9, 1.0) for one in range(10)]
    assert figure(cases, share) == figure(cases, share)
    assert figure(cases, share, seed=1) != figure(cases, share, seed=2)


def test_both_sides_of_a_pair_draw_the_same_cases() -> None:
    # Lower by a little in every case is lower in every resample, however much the cases differ.
    ours, theirs = ([(one + shift, 10.0) for one in range(10)] for shift in (0.0, 0.1))
    assert (better(ours, theirs, share), better(theirs, ours, share)) == (1, 0)


def test_equal_is_not_better() -> None:
    assert better([(1.0, 2.0)] * 3, [(1.0, 2.0)] * 3, share) == 0
