"""How a yearly cost is shared among municipalities: by population, area, use, or a mixture, to the cent.

>>> shares = share(100_00, (Base("a", population=300), Base("b", population=100), Base("c", population=50)), Weights(population=1))
>>> [(one.key, one.cents) for one in shares]
[('a', 6667), ('b', 2222), ('c', 1111)]
>>> sum(one.cents for one in shares)
10000
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

PARTS = ("population", "area", "use")


@dataclass(frozen=True, slots=True)
class Base:
    """What a municipality's share may be computed from: inhabitants, square kilometres, units of use (any one unit)."""

    key: str
    population: int = 0
    area: float = 0.0
    use: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the mixture counts. Only the ratios matter; at least one is above zero."""

    population: float = 0.0
    area: float = 0.0
    use: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """What one municipality pays, in cents; `parts` is its share of each part that counts, `share` of the whole."""

    key: str
    cents: int
    share: float
    parts: Mapping[str, float] = field(default_factory=dict)


class CannotShare(ValueError):
    """There is nothing to share by: `part` has no figure above zero, or is empty when no weight is."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def share(cents: int, bases: Sequence[Base], weights: Weights) -> tuple[Share, ...]:
    """The shares in the order of `bases`; they sum to `cents` exactly.

    share of i = sum over parts p of (w_p / sum of w) * (x_ip / sum over j of x_jp), rounded down to the cent; the cents
    that are left go one each to the largest remainders, of equal ones to the first (Hamilton's method).
    Raises CannotShare, and ValueError for negative numbers or a key that comes twice.
    """
    _check(cents, bases, weights)
    counted = [part for part in PARTS if getattr(weights, part) > 0]
    if not counted:
        raise CannotShare("")
    whole = sum(Fraction(getattr(weights, part)) for part in counted)
    parts = {part: _shares_of(part, bases) for part in counted}
    exact = [
        sum((Fraction(getattr(weights, part)) / whole * parts[part][place] for part in counted), Fraction(0))
        for place in range(len(bases))
    ]
    return tuple(
        Share(
            key=base.key,
            cents=paid,
            share=float(exact[place]),
            parts={part: float(parts[part][place]) for part in counted},
        )
        for place, (base, paid) in enumerate(zip(bases, _to_the_cent(cents, exact), strict=True))
    )


def _shares_of(part: str, bases: Sequence[Base]) -> list[Fraction]:
    figures = [Fraction(getattr(base, part)) for base in bases]
    whole = sum(figures)
    if whole <= 0:
        raise CannotShare(part)
    return [figure / whole for figure in figures]


def _to_the_cent(cents: int, exact: Sequence[Fraction]) -> list[int]:
    wanted = [cents * one for one in exact]
    paid = [int(one) for one in wanted]
    by_remainder = sorted(range(len(exact)), key=lambda place: (paid[place] - wanted[place], place))
    for place in by_remainder[: cents - sum(paid)]:
        paid[place] += 1
    return paid


def _check(cents: int, bases: Sequence[Base], weights: Weights) -> None:
    figures = [getattr(one, part) for one in (*bases, weights) for part in PARTS]
    if cents < 0 or any(figure < 0 for figure in figures):
        raise ValueError("a cost, a figure and a weight are never negative")
    if not bases or len({base.key for base in bases}) < len(bases):
        raise ValueError("every municipality stands once, and there is at least one")
