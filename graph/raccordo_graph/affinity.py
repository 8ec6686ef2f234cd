"""How well two municipalities could manage a function together: nine named factors, their weights, one sum.

A suggestion, never a duty. Ridges are not in the data: who belongs to the same mountain community stands in for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from raccordo_graph.factors import Factor
from raccordo_graph.territory import Territory, apart, border

WEIGHTS: Mapping[str, float] = {
    "distance": 0.47,
    "province": 0.17,
    "belonging": 0.14,
    "border": 0.05,
    "size": 0.03,
    "lead": 0.03,
    "age": 0.02,
    "needs": 0.06,
    "evidence": 0.03,
}
"""The one table of factors and weights; they sum to 1. Party, money and prestige are not in it."""

REACH_KM = 40.0
"""The distance between two points from which closeness is nothing: nobody farther is suggested, unless it borders."""

LONG_BORDER = 6000
"""Metres of shared border from which a longer one adds nothing."""

SIZE_TIMES = 20
"""Two municipalities are of unlike size from so many times on; a lead needs no more to be a full one."""

AGE_POINTS = 0.15
"""The difference between two shares of residents over 65 from which they are unlike."""

ONLY_POOLED = 0.5
"""What two needs of the same function but of different themes are worth, beside a shared theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known beside the map, for one function.

    `needs` are the themes of the published needs of each municipality in that function (one entry a need, the empty
    text for a need without theme); `unions` what each belongs to beside its mountain community, the joint forms in which
    it manages the function among them; `evidence` between 0
    and 1: what studies say about managing that function together, one half where they say nothing.
    """

    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    evidence: float = 0.5


def values(territory: Territory, one: str, other: str, known: Circumstances) -> dict[str, float]:
    """Return the value of every factor, between 0 and 1, for `one` looking at `other`, in the order of `WEIGHTS`.

    Only `lead` looks in one direction: how much larger the other is.
    """
    here, there = territory.nodes[one], territory.nodes[other]
    times = log(max(1, there["population"]) / max(1, here["population"])) / log(SIZE_TIMES)
    ageing = abs(_over_65(here) - _over_65(there))
    return {
        "distance": _within(1 - apart(territory, one, other) / REACH_KM),
        "province": float(here["province"] == there["province"]),
        "belonging": _belonging(territory, one, other, known),
        "border": _within(border(territory, one, other) / LONG_BORDER),
        "size": _within(1 - abs(times)),
        "lead": _within(times),
        "age": _within(1 - ageing / AGE_POINTS),
        "needs": shared_needs(known.needs.get(one, ()), known.needs.get(other, ())),
        "evidence": known.evidence,
    }


def summed(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> tuple[Factor, ...]:
    """Return the factors of `found` with what each contributes; the contributions sum to the score.

    >>> summed({"near": 0.5}, {"near": 0.4})[0].contribution
    0.2
    """
    return tuple(
        Factor(name=name, value=found[name], weight=weight, contribution=found[name] * weight, known=True)
        for name, weight in weights.items()
    )


def shared_needs(one: Sequence[str], other: Sequence[str]) -> float:
    """Return ``x / (1 + x)``: `x` counts the themes in common, plus a half when both have any need of the function.

    >>> [round(shared_needs(["tari"], needs), 2) for needs in ([], ["bonifiche"], ["tari", "bonifiche"])]
    [0.0, 0.33, 0.6]
    """
    if not one or not other:
        return 0.0
    x = ONLY_POOLED + len({*one} & {*other} - {""})
    return x / (1 + x)


def _belonging(territory: Territory, one: str, other: str, known: Circumstances) -> float:
    """1 in the same mountain community or union, or outside of all; 0 where a membership divides the two."""
    mine, theirs = (territory.nodes[code]["mountain_community"] for code in (one, other))
    if known.unions.get(one, frozenset()) & known.unions.get(other, frozenset()):
        return 1.0
    return float(mine == theirs)


def _over_65(node: Mapping[str, int]) -> float:
    return node["over_65"] / node["population"] if node["population"] else 0.0


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
