"""Invented maps for the tests of partners and groups: grids of villages that hypothesis can fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from raccordo_graph import territory
from raccordo_graph.territory import Border, Municipality, Territory

SIDE = 4


def code(place: int) -> str:
    return f"{100000 + place}"


def village(
    place: int, population: int = 1000, over_65: int = 200, community: str | None = None
) -> Municipality:
    """The village at that place of a grid with `SIDE` columns, five kilometres or so apart."""
    row, column = divmod(place, SIDE)
    return Municipality(
        istat_code=code(place),
        population=population,
        over_65=over_65,
        area_km2=10.0,
        latitude=45.5 + 0.05 * row,
        longitude=9.5 + 0.06 * column,
        province="016",
        mountain_community=community,
    )


def grid_borders(count: int) -> list[tuple[int, int]]:
    """Who touches whom on the grid."""
    right = [(place, place + 1) for place in range(count - 1) if place % SIDE != SIDE - 1]
    return right + [(place, place + SIDE) for place in range(count - SIDE)]


def grid(villages: Sequence[Municipality], without: Sequence[tuple[int, int]] = ()) -> Territory:
    """The grid of these villages, but for some borders."""
    told = [
        Border(first=code(one), second=code(other), metres=1500)
        for one, other in grid_borders(len(villages))
        if (one, other) not in without
    ]
    return territory.build(villages, told)


def relabelled(land: Territory, names: Mapping[str, str]) -> Territory:
    """The same map under other codes."""
    towns = [
        Municipality(istat_code=names[old], **{key: land.nodes[old][key] for key in land.nodes[old]})
        for old in land
    ]
    borders = [
        Border(first=names[one], second=names[other], metres=edge["metres"])
        for one, other, edge in land.edges(data=True)
    ]
    return territory.build(towns, borders)


@st.composite
def lands(draw: st.DrawFn, fewest: int = 2, most: int = 12) -> Territory:
    """A grid of villages of all sizes, some in mountain communities, some borders taken away."""
    count = draw(st.integers(fewest, most))
    villages = [
        replace(
            village(place),
            population=(people := draw(st.integers(30, 40_000))),
            over_65=draw(st.integers(0, people)),
            province=draw(st.sampled_from(("016", "017"))),
            mountain_community=draw(st.sampled_from((None, "valle-uno", "valle-due"))),
        )
        for place in range(count)
    ]
    borders = grid_borders(count)
    without = draw(st.lists(st.sampled_from(borders), max_size=4)) if borders else []
    return grid(villages, without)


needs = st.dictionaries(
    st.integers(0, 11).map(code),
    st.lists(st.sampled_from(("", "tari", "bonifiche", "cloud")), min_size=1, max_size=3),
)
