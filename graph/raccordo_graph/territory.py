"""The map as a graph: municipalities, the borders they share, and how far their points are apart.

A shared border is measured on generalised boundaries and may run through a lake or over a ridge: it is contiguity, not
a road. The point of a municipality is the one farthest from its border: always inside, not its town hall.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from raccordo_graph.geography import Place, kilometres

if TYPE_CHECKING:
    Territory: TypeAlias = nx.Graph[str]
else:
    Territory = nx.Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality as the map knows it: six digits of ISTAT, residents, km2, a point in WGS84 degrees.

    `province` is its three digits; `mountain_community` the slug of the one it belongs to, None for none.
    """

    istat_code: str
    population: int
    over_65: int
    area_km2: float
    latitude: float
    longitude: float
    province: str
    mountain_community: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A border of `metres` between two municipalities, told once, in whichever order."""

    first: str
    second: str
    metres: int


def build(municipalities: Iterable[Municipality], borders: Iterable[Border]) -> Territory:
    """Return the graph of `municipalities` and `borders`: frozen, and the same for the same values in any order.

    A node is an ISTAT code with the attributes `population`, `over_65`, `area_km2`, `latitude`, `longitude`,
    `province` and `mountain_community`; an edge is a shared border with its length `metres`. To change one, take
    ``nx.Graph(territory)``. Raises ValueError for a code or a border told twice, a border that leads nowhere or to
    itself, or one without length.

    >>> land = build(
    ...     (Municipality(istat_code=code, population=900, over_65=200, area_km2=9.5,
    ...                   latitude=46.0, longitude=longitude, province="097")
    ...      for code, longitude in (("097065", 9.4), ("097004", 9.5), ("097001", 9.7))),
    ...     [Border(first="097065", second="097004", metres=2100)],
    ... )
    >>> list(land), land.edges["097004", "097065"]["metres"], land.nodes["097065"]["province"]
    (['097001', '097004', '097065'], 2100, '097')
    >>> pieces(land, land)
    (('097001',), ('097004', '097065'))
    """
    territory: Territory = nx.Graph()
    for one in sorted(municipalities, key=lambda one: one.istat_code):
        if one.istat_code in territory:
            raise ValueError(f"municipality {one.istat_code} is told twice: leave one")
        attributes = {name: getattr(one, name) for name in one.__dataclass_fields__ if name != "istat_code"}
        territory.add_node(one.istat_code, **attributes)
    for border in sorted(borders, key=_ends):
        _add(territory, border)
    frozen: Territory = nx.freeze(territory)
    return frozen


def _ends(border: Border) -> tuple[str, str]:
    return min(border.first, border.second), max(border.first, border.second)


def _add(territory: Territory, border: Border) -> None:
    first, second = _ends(border)
    for code in (first, second):
        if code not in territory:
            raise ValueError(f"border {first}-{second}: no municipality has the code {code!r}")
    if first == second:
        raise ValueError(f"border {first}-{second}: a municipality has no border with itself")
    if border.metres <= 0:
        raise ValueError(f"border {first}-{second}: {border.metres} metres is no length; leave the row out")
    if territory.has_edge(first, second):
        raise ValueError(f"border {first}-{second} is told twice: leave one")
    territory.add_edge(first, second, metres=border.metres)


def place(territory: Territory, code: str) -> Place:
    """Return the point of a municipality; raises KeyError for an unknown code."""
    node = territory.nodes[code]
    return Place(latitude=node["latitude"], longitude=node["longitude"])


def apart(territory: Territory, one: str, other: str) -> float:
    """Return the great-circle distance between the points of two municipalities, in kilometres."""
    return kilometres(place(territory, one), place(territory, other))


def border(territory: Territory, one: str, other: str) -> int:
    """Return the metres of border that two municipalities share; 0 when they do not touch."""
    edge = territory.edges.get((one, other))
    return edge["metres"] if edge else 0


def outline(territory: Territory, code: str) -> int:
    """Return the metres of border that a municipality shares with all its neighbours on the map."""
    return sum(edge["metres"] for edge in territory.adj[code].values())


def neighbours(territory: Territory, codes: Collection[str]) -> tuple[str, ...]:
    """Return who borders on the group `codes` from outside, in the order of the codes.

    >>> path = nx.relabel_nodes(nx.path_graph(4), str)
    >>> neighbours(path, {"1", "2"})
    ('0', '3')
    """
    inside = set(codes)
    return tuple(sorted({other for code in inside for other in territory.adj[code]} - inside))


def pieces(territory: Territory, codes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the connected pieces of the group `codes`, each in order, ordered by their first code.

    >>> path = nx.relabel_nodes(nx.path_graph(5), str)
    >>> pieces(path, ["4", "1", "0"])
    (('0', '1'), ('4',))
    """
    group = territory.subgraph(codes)
    return tuple(sorted(tuple(sorted(piece)) for piece in nx.connected_components(group)))
