"""With whom a municipality could manage a function together, one by one, best first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx as nx

from raccordo_graph.affinity import REACH_KM, Circumstances, summed, values
from raccordo_graph.factors import Factor
from raccordo_graph.territory import Territory, apart, border

DECIMALS = 12
"""Scores are rounded to so many decimals: what differs by less is a tie, and shown as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A municipality that another could associate with; `factors` sum to `score`.

    `position` counts from 1 and is the same for equal scores. `metres` of shared border are 0 when the two do not
    touch; `between` are then the municipalities that would join them, None when no way leads there.
    """

    istat_code: str
    score: float
    position: int
    factors: tuple[Factor, ...]
    kilometres: float
    metres: int
    between: tuple[str, ...] | None


def score(factors: Iterable[Factor]) -> float:
    """Return the sum of the contributions, rounded so that the order of adding shows nowhere."""
    return round(sum(factor.contribution for factor in factors), DECIMALS)


def partners(
    territory: Territory,
    code: str,
    known: Circumstances,
    first: int | None = None,
    leave_out: Collection[str] = (),
) -> tuple[Partner, ...]:
    """Return who is within reach of municipality `code`, best first, equal scores by code; `first` of them or all.

    Within reach is who is less than `REACH_KM` away or shares a border. `leave_out` are never suggested. Raises
    KeyError for an unknown code.
    """
    scored = []
    for other in within_reach(territory, code):
        if other in leave_out:
            continue
        found = summed(values(territory, code, other, known))
        scored.append((-score(found), other, found))
    scored.sort(key=lambda one: one[:2])
    totals = [total for total, _, _ in scored]
    ways = nx.single_source_shortest_path(territory, code)
    return tuple(
        Partner(
            istat_code=other,
            score=-total,
            position=totals.index(total) + 1,
            factors=found,
            kilometres=apart(territory, code, other),
            metres=border(territory, code, other),
            between=tuple(ways[other][1:-1]) if other in ways else None,
        )
        for total, other, found in scored[:first]
    )


def within_reach(territory: Territory, code: str) -> tuple[str, ...]:
    """Return who is less than `REACH_KM` away or shares a border with `code`, in the order of the codes."""
    touching = territory.adj[code]
    return tuple(
        other
        for other in territory
        if other != code and (other in touching or apart(territory, code, other) < REACH_KM)
    )
