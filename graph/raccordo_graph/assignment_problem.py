"""What a plan is asked to keep: needs with their demand, laboratories with their quotas, and the rules between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Pair = tuple[int, str]
"""A need's number and a laboratory's slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many laboratories a need gets: at least `least`, at most `most`."""

    need: int
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many needs a laboratory gets: at least `least`, at most `most`."""

    laboratory: str
    least: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """At least `least` of `needs` get one laboratory whose fit is `fit` or more; `key` names the group.

    >>> Floor(key="size:SMALL", needs=(1, 2, 3), least=4)
    Traceback (most recent call last):
        ...
    ValueError: floor 'size:SMALL' wants 4 of 3 needs
    """

    key: str
    needs: tuple[int, ...]
    least: int
    fit: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.least <= len(self.needs):
            raise ValueError(f"floor {self.key!r} wants {self.least} of {len(self.needs)} needs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole assignment, in the order of `needs` (by number) and `laboratories` (by slug).

    `scores` has a row for each need and a column for each laboratory: the fit between 0 and 1 (any number that is
    not negative will do), or None where the two are no candidates. `conflicts` never meet; `together` are fixed by
    hand and `apart` are kept apart by hand. Wrong orders, sizes, limits and unknown keys raise :exc:`ValueError`.

    >>> Problem(needs=(Demand(need=1),), laboratories=(Quota(laboratory="lia"),), scores=((0.5, 0.1),))
    Traceback (most recent call last):
        ...
    ValueError: need 1 has 2 scores for 1 laboratories
    """

    needs: tuple[Demand, ...]
    laboratories: tuple[Quota, ...]
    scores: tuple[tuple[float | None, ...], ...]
    conflicts: frozenset[Pair] = frozenset()
    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    floors: tuple[Floor, ...] = ()

    def __post_init__(self) -> None:
        numbers = [demand.need for demand in self.needs]
        slugs = [quota.laboratory for quota in self.laboratories]
        _in_order("needs", numbers)
        _in_order("laboratories", slugs)
        for demand in self.needs:
            _refuse_limits(demand.need, demand.least, demand.most)
        for quota in self.laboratories:
            _refuse_limits(quota.laboratory, quota.least, quota.most)
        if len(self.scores) != len(numbers):
            raise ValueError(f"{len(self.scores)} rows of scores for {len(numbers)} needs")
        for number, row in zip(numbers, self.scores, strict=True):
            if len(row) != len(slugs):
                raise ValueError(f"need {number} has {len(row)} scores for {len(slugs)} laboratories")
            if any(score is not None and not score >= 0 for score in row):
                raise ValueError(f"need {number} has a score that is negative or no number")
        self._refuse_unknown(set(numbers), set(slugs))

    def _refuse_unknown(self, numbers: set[int], slugs: set[str]) -> None:
        for need, laboratory in sorted(self.conflicts | self.together | self.apart):
            if need not in numbers or laboratory not in slugs:
                raise ValueError(f"need {need} with laboratory {laboratory!r}: one of the two is unknown")
        for floor in self.floors:
            if strange := sorted(set(floor.needs) - numbers):
                raise ValueError(f"floor {floor.key!r} names need {strange[0]}, which is not among the needs")
        if len({floor.key for floor in self.floors}) != len(self.floors):
            raise ValueError("two floors have the same key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A line of a plan: this need with this laboratory; `by_hand` where a person fixed it."""

    need: int
    laboratory: str
    score: float
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan that keeps every rule, by need and laboratory.

    `total` is the sum of the scores and `optimum` the largest that the rules allow (an upper bound when `proved` is
    false); `worst` is the least sum of scores of a need (`worst_need`) that has to be served, and `worst_bound` what no
    plan whatever can exceed. `total >= (1 - tolerance) * total of the best plan found`.
    """

    lines: tuple[Assigned, ...]
    total: float
    optimum: float
    proved: bool
    worst: float
    worst_need: int | None
    worst_bound: float

    @property
    def share(self) -> float:
        """The part of the optimum that the plan reaches, 1 when there is nothing to reach."""
        return self.total / self.optimum if self.optimum else 1.0


def _refuse_limits(named: int | str, least: int, most: int) -> None:
    if not 0 <= least <= most:
        raise ValueError(f"{named!r} wants at least {least} and at most {most}")


def _in_order(what: str, keys: Sequence[int] | Sequence[str]) -> None:
    if any(not one < other for one, other in pairwise(keys)):  # type: ignore[operator]  # keys of one kind
        raise ValueError(f"{what} are not in order, or one appears twice")
