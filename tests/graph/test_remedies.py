"""What would make an impossible threshold possible, and when it is impossible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.maps import code, grid, lands, village
from raccordo_graph.partition import Way, partition
from raccordo_graph.remedies import remedy, within_reach
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

thresholds = st.builds(
    Threshold,
    residents=st.integers(500, 60_000),
    mountain_residents=st.integers(500, 60_000) | st.none(),
    times_smallest=st.integers(2, 5) | st.none(),
)
EVERYBODY = 10**9


def test_what_makes_a_threshold_possible_is_told() -> None:
    row = grid([village(0, 900), village(1, 900), village(2, 7000)])
    told = remedy(row, row, people=5000, up_to=5000)
    assert (told.reachable, told.up_to) == (1800, 7000)
    assert remedy(row, row, people=9000, up_to=7000).up_to is None
    assert partition(row, row, threshold=Threshold(residents=told.reachable)).groups


def test_a_multiple_of_the_smallest_keeps_a_high_threshold_within_reach() -> None:
    row = grid([village(0, 900), village(1, 2900), village(2, 7000)])
    high, times = Threshold(residents=9000), Threshold(residents=9000, times_smallest=4)
    assert not within_reach(row, row, high, up_to=5000)
    assert within_reach(row, row, times, up_to=5000)
    assert not within_reach(row, [code(0), code(2)], times, up_to=9000)  # no border in common
    assert within_reach(row, row, high, up_to=7000)


@given(lands(), thresholds)
def test_what_is_out_of_reach_is_out_of_reach_of_every_search(land: Territory, threshold: Threshold) -> None:
    found = partition(land, land, threshold=threshold, way=Way.QUICK).groups
    if found:
        assert within_reach(land, land, threshold, up_to=EVERYBODY)
