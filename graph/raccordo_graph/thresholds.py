"""The size that a group should reach: a reference threshold, recomputed for every set of members."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """How many residents a group should have together; what is None asks nothing. It weighs, it excludes nobody.

    `residents`, or `mountain_residents` where every member belongs to a mountain community; so many times the smallest
    member (`times_smallest`) is enough as well. Raises ValueError for numbers below 1.

    >>> law = Threshold(residents=5000, mountain_residents=3000)
    >>> law.needed([900, 1200], mountain=True), law.needed([900, 1200], mountain=False)
    (3000, 5000)
    >>> Threshold(residents=5000, times_smallest=4).needed([900, 2800], mountain=False), Threshold().needed([900], mountain=True)
    (3600, 0)
    """

    residents: int | None = None
    mountain_residents: int | None = None
    times_smallest: int | None = None

    def __post_init__(self) -> None:
        if any(number is not None and number < 1 for number in self._numbers):
            raise ValueError(f"{self} asks for less than one resident: take positive numbers, or None")

    @property
    def least(self) -> int:
        """The least residents that it asks of any group, the multiple of the smallest apart; 0 where it asks none."""
        sizes = (self.residents, self.mountain_residents)
        return min((size for size in sizes if size is not None), default=0)

    def size(self, *, mountain: bool) -> int | None:
        """Return what it asks of any members, whoever is the smallest; `mountain`: all in mountain communities."""
        own = self.mountain_residents if mountain else None
        return own if own is not None else self.residents

    def needed(self, populations: Sequence[int], *, mountain: bool) -> int:
        """Return the residents that a group of `populations` should reach: the least of the alternatives, 0 for none."""
        asked = [self.size(mountain=mountain)]
        if self.times_smallest is not None:
            asked.append(self.times_smallest * min(populations))
        return min((number for number in asked if number is not None), default=0)

    @property
    def _numbers(self) -> tuple[int | None, ...]:
        return self.residents, self.mountain_residents, self.times_smallest
