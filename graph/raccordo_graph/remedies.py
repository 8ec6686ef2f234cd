"""What would make an impossible threshold possible."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from raccordo_graph.ground import LEAST_MEMBERS
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What makes an impossible threshold possible: the largest one that any group can reach now, and the population
    up to which municipalities would have to take part to reach it as it is; None when not even all are enough."""

    reachable: int
    up_to: int | None


def remedy(territory: Territory, area: Collection[str], *, people: int, up_to: int) -> Remedy:
    """Return what would make a group of `people` residents possible for the municipalities of `area` with at most `up_to` residents."""
    sizes = sorted({territory.nodes[code]["population"] for code in area})
    larger = sizes[bisect_right(sizes, up_to) :]
    # Who may take part more, reaches no less: the first size that is enough is found by halving.
    place = bisect_left(larger, people, key=lambda size: _reachable(territory, area, size))
    return Remedy(
        reachable=_reachable(territory, area, up_to),
        up_to=larger[place] if place < len(larger) else None,
    )


def within_reach(territory: Territory, area: Collection[str], threshold: Threshold, *, up_to: int) -> bool:
    """Return False only where no group of `area` can reach `threshold`, however one looks.

    A connected part as a whole reaches a multiple of its smallest member whenever a group within it does.
    """
    if _reachable(territory, area, up_to) >= threshold.least:
        return True
    times = Threshold(times_smallest=threshold.times_smallest)
    sizes = [
        [territory.nodes[code]["population"] for code in piece] for piece in _pieces(territory, area, up_to)
    ]
    return threshold.times_smallest is not None and any(
        sum(piece) >= times.needed(piece, mountain=False) for piece in sizes
    )


def _reachable(territory: Territory, area: Collection[str], up_to: int) -> int:
    """The residents of the largest connected group of at least two."""
    return max(
        (
            sum(territory.nodes[code]["population"] for code in piece)
            for piece in _pieces(territory, area, up_to)
        ),
        default=0,
    )


def _pieces(territory: Territory, area: Collection[str], up_to: int) -> list[set[str]]:
    """The connected parts, of at least two, of those that look for company."""
    small = territory.subgraph([code for code in area if territory.nodes[code]["population"] <= up_to])
    return [piece for piece in nx.connected_components(small) if len(piece) >= LEAST_MEMBERS]
