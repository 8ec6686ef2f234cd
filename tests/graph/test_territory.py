"""The graph of municipalities and borders, on maps that can be checked by eye."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import territory
from raccordo_graph.territory import Border, Municipality

TOWNS = tuple(
    Municipality(
        istat_code=f"0970{number:02}",
        population=1000 * number,
        over_65=200 * number,
        area_km2=10.0,
        latitude=46.0,
        longitude=9.0 + number / 10,
        province="097",
        mountain_community="valsassina" if number < 3 else None,
    )
    for number in range(1, 6)
)
ONE, TWO, THREE, FOUR, FIVE = (town.istat_code for town in TOWNS)
BORDERS = (  # one, two and three meet in a triangle, four hangs on three, five is an island
    Border(first=ONE, second=TWO, metres=3000),
    Border(first=THREE, second=TWO, metres=500),
    Border(first=ONE, second=THREE, metres=1500),
    Border(first=THREE, second=FOUR, metres=800),
)
LAND = territory.build(TOWNS, BORDERS)


def test_a_node_says_what_was_agreed() -> None:
    assert LAND.nodes[ONE] == {
        "population": 1000,
        "over_65": 200,
        "area_km2": 10.0,
        "latitude": 46.0,
        "longitude": 9.1,
        "province": "097",
        "mountain_community": "valsassina",
    }
    assert LAND.edges[TWO, THREE] == {"metres": 500}


def test_borders_are_the_same_seen_from_both_sides() -> None:
    assert territory.border(LAND, ONE, TWO) == territory.border(LAND, TWO, ONE) == 3000
    assert territory.border(LAND, ONE, FOUR) == 0
    assert territory.outline(LAND, THREE) == 500 + 1500 + 800


def test_distance_is_between_the_points() -> None:
    tenth_of_a_degree = territory.apart(LAND, ONE, TWO)
    assert tenth_of_a_degree == pytest.approx(7.724, abs=0.001)  # 111.195 km x cos 46 degrees / 10
    assert territory.apart(LAND, ONE, THREE) == pytest.approx(2 * tenth_of_a_degree, rel=1e-4)


def test_a_group_in_pieces_is_told_in_its_pieces() -> None:
    assert territory.pieces(LAND, (FOUR, TWO, ONE)) == ((ONE, TWO), (FOUR,))
    assert territory.pieces(LAND, ()) == ()


def test_an_island_is_told_not_dropped() -> None:
    assert territory.pieces(LAND, LAND) == ((ONE, TWO, THREE, FOUR), (FIVE,))


def test_who_borders_on_a_group() -> None:
    assert territory.neighbours(LAND, {ONE, TWO}) == (THREE,)


def test_the_map_cannot_be_drawn_over() -> None:
    with pytest.raises(nx.NetworkXError, match="Frozen graph"):
        LAND.remove_edge(ONE, TWO)
    changed = nx.Graph(LAND)
    changed.remove_edge(THREE, FOUR)
    assert territory.pieces(changed, changed) == ((ONE, TWO, THREE), (FOUR,), (FIVE,))


@given(st.permutations(TOWNS), st.permutations(BORDERS), st.lists(st.booleans(), min_size=4, max_size=4))
def test_the_order_of_telling_changes_nothing(
    towns: list[Municipality], borders: list[Border], turned: list[bool]
) -> None:
    told = [
        Border(first=one.second, second=one.first, metres=one.metres) if turn else one
        for one, turn in zip(borders, turned, strict=True)
    ]
    again = territory.build(towns, told)
    assert list(again.nodes(data=True)) == list(LAND.nodes(data=True))
    assert list(again.edges(data=True)) == list(LAND.edges(data=True))


@pytest.mark.parametrize(
    ("border", "sentence"),
    [
        (Border(first=ONE, second="999999", metres=5), "no municipality has the code '999999'"),
        (Border(first=ONE, second=ONE, metres=5), "no border with itself"),
        (Border(first=ONE, second=FIVE, metres=0), "0 metres is no length"),
        (Border(first=TWO, second=ONE, metres=3000), "is told twice"),
    ],
)
def test_a_border_that_cannot_be_is_refused(border: Border, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        territory.build(TOWNS, (*BORDERS, border))


def test_a_municipality_told_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=f"{ONE} is told twice"):
        territory.build((*TOWNS, replace(TOWNS[0], population=5)), BORDERS)
