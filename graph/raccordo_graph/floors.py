"""The size that a group should reach: the reference threshold, recomputed for every set of members."""

from collections.abc import Sequence
from dataclasses import dataclass

REFERENCE_PEOPLE = 5000
"""Residents together, L.R. Lombardia 22/2011 art. 8 c. 1."""

REFERENCE_IN_MOUNTAINS = 3000
"""The same where every member belongs to a mountain community."""

REFERENCE_TIMES_SMALLEST = 4
"""Or so many times the smallest member: the third way of the same article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """How many residents a group should have together.

    `people`, or `in_mountains` where every member belongs to a mountain community; with `times_smallest` also so many
    times the smallest member is enough, 0 leaves that way out. It is a reference, not a duty. Raises ValueError for
    numbers below 1, or below 0 for `times_smallest`.

    >>> Floor().needed([900, 1200], mountain=True), Floor().needed([900, 1200], mountain=False)
    (3000, 5000)
    >>> Floor(times_smallest=4).needed([900, 2800], mountain=False)
    3600
    """

    people: int = REFERENCE_PEOPLE
    in_mountains: int = REFERENCE_IN_MOUNTAINS
    times_smallest: int = 0

    def __post_init__(self) -> None:
        if self.people < 1 or self.in_mountains < 1 or self.times_smallest < 0:
            raise ValueError(f"{self} asks for less than one resident: take positive numbers")

    def needed(self, populations: Sequence[int], *, mountain: bool) -> int:
        """Return the residents that a group of `populations` should reach; `mountain`: all in mountain communities."""
        plain = self.in_mountains if mountain else self.people
        return min(plain, self.times_smallest * min(populations)) if self.times_smallest else plain
