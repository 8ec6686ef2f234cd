"""Groups: always connected, their size recomputed by another way, and what would let one reach it."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.maps import code, grid, lands, needs, village
from raccordo_graph import affinity, partner_groups
from raccordo_graph.affinity import Circumstances
from raccordo_graph.partner_groups import group, groups, needed, remedy
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

NOTHING = Circumstances()
FIVE = Threshold(residents=5000, mountain_residents=3000, times_smallest=4)
PLAIN = Threshold(residents=5000)
sizes = st.builds(
    Threshold,
    residents=st.integers(100, 60_000) | st.none(),
    mountain_residents=st.integers(100, 60_000) | st.none(),
    times_smallest=st.integers(1, 9) | st.none(),
)


def test_the_least_of_the_alternatives_is_asked() -> None:
    land = grid(
        [village(0, 400), village(1, 900, community="valle-uno"), village(2, 2000, community="valle-due")]
    )
    assert needed(land, [code(0), code(1)], FIVE) == 1600  # four times the smallest
    assert needed(land, [code(1), code(2)], FIVE) == 3000  # all in mountain communities, against 3,600
    assert needed(land, [code(0), code(2)], PLAIN) == 5000
    assert needed(land, [code(0), code(2)], Threshold()) == 0


def test_a_group_says_what_it_is() -> None:
    land = grid([village(0, 1000), village(1, 3000), village(2, 1000)])
    found = group(land, [code(2), code(0), code(1)], NOTHING, PLAIN)
    assert (found.members, found.lead) == ((code(0), code(1), code(2)), code(1))
    assert (found.population, found.missing, found.connected) == (5000, 0, True)
    assert found.share_of_largest == 0.6
    assert found.widest == pytest.approx(2 * 4.676, abs=0.01)


def test_a_group_in_pieces_is_measured_too() -> None:
    land = grid([village(0), village(1), village(2)])
    found = group(land, [code(0), code(2)], NOTHING, PLAIN, lead=code(2))
    assert (found.pieces, found.connected, found.lead) == (((code(0),), (code(2),)), False, code(2))
    assert found.missing == 3000


@pytest.mark.parametrize(("members", "lead"), [([0], None), ([0, 0], None), ([0, 1], 2)])
def test_what_is_no_group_is_refused(members: list[int], lead: int | None) -> None:
    land = grid([village(0), village(1), village(2)])
    with pytest.raises(ValueError, match="a group has two members or more"):
        group(land, map(code, members), NOTHING, PLAIN, lead=None if lead is None else code(lead))


def test_the_smallest_neighbour_that_is_enough_is_the_remedy() -> None:
    land = grid([village(0, 1000), village(1, 1000), village(2, 3500), village(3, 100), village(4, 9000)])
    assert remedy(land, [code(0), code(1)], PLAIN) == (code(2),)
    assert remedy(land, [code(0), code(4)], PLAIN) == ()


def test_where_no_neighbour_is_enough_there_is_no_remedy() -> None:
    land = grid([village(0), village(1), village(2), village(3, 9000)], without=[(2, 3)])
    assert remedy(land, [code(0), code(1)], PLAIN) is None


def test_taking_a_border_away_changes_the_groups() -> None:
    whole = grid([village(place) for place in range(8)])
    cut = nx.Graph(whole)
    cut.remove_edge(code(0), code(1))
    assert groups(whole, code(0), NOTHING, PLAIN) != groups(cut, code(0), NOTHING, PLAIN)


@given(lands(), needs, sizes)
def test_every_proposed_group_is_connected_holds_the_municipality_and_adds_up(
    land: Territory, wanted: dict[str, list[str]], threshold: Threshold
) -> None:
    for one in groups(land, code(0), Circumstances(needs=wanted), threshold):
        assert code(0) in one.members
        assert 2 <= len(one.members) <= partner_groups.MOST
        assert nx.is_connected(land.subgraph(one.members))
        assert one.pieces == (one.members,)
        assert abs(sum(factor.contribution for factor in one.factors) - one.score) < 1e-9


@given(lands(), sizes)
def test_the_size_is_recomputed_by_another_way(land: Territory, threshold: Threshold) -> None:
    for one in groups(land, code(0), NOTHING, threshold):
        people = [land.nodes[member]["population"] for member in one.members]
        mountain = all(land.nodes[member]["mountain_community"] for member in one.members)
        plain = threshold.residents
        if mountain and threshold.mountain_residents is not None:
            plain = threshold.mountain_residents
        ways = [plain, threshold.times_smallest and threshold.times_smallest * min(people)]
        met = any(sum(people) >= way for way in ways if way is not None) or ways == [None, None]
        assert (one.missing == 0) is met


@given(lands(), sizes)
def test_a_remedy_is_enough_and_stays_connected(land: Territory, threshold: Threshold) -> None:
    for one in groups(land, code(0), NOTHING, threshold, first=2):
        found = remedy(land, one.members, threshold)
        if found is not None:
            whole = group(land, (*one.members, *found), NOTHING, threshold)
            assert (whole.missing, whole.connected) == (0, True)


@given(lands(fewest=3))
def test_the_groups_are_the_best_first_and_score_as_they_are_measured(land: Territory) -> None:
    found = groups(land, code(0), NOTHING, FIVE)
    assert [(-one.score, one.members) for one in found] == sorted((-one.score, one.members) for one in found)
    assert all(group(land, one.members, NOTHING, FIVE) == one for one in found)


def test_who_could_join_is_a_neighbour_the_likeliest_first() -> None:
    land = grid([village(0), village(1), village(2), village(3), village(4, community="valle-uno")])
    assert partner_groups.joinable(land, [code(0)], NOTHING) == (code(1), code(4))


def test_who_is_left_out_is_in_no_group() -> None:
    land = grid([village(place) for place in range(8)])
    found = groups(land, code(0), NOTHING, PLAIN, leave_out={code(1)})
    assert found
    assert all(code(1) not in one.members for one in found)


def test_shared_needs_fill_slowly() -> None:
    assert affinity.shared_needs(["tari", "cloud"], ["cloud", "tari"]) == 2.5 / 3.5
