"""What makes a group of municipalities good: six named objectives, each a number that is better when it is lower."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot


class Objective(StrEnum):
    """What can be weighed when municipalities are put together."""

    NUMBER = "NUMBER"
    BALANCE = "BALANCE"
    COMPACTNESS = "COMPACTNESS"
    SIMILARITY = "SIMILARITY"
    COMMUNITY = "COMMUNITY"
    NEEDS = "NEEDS"


WEIGHTS: Mapping[Objective, float] = {
    Objective.NUMBER: 4.0,
    Objective.BALANCE: 1.0,
    Objective.COMPACTNESS: 2.0,
    Objective.SIMILARITY: 4.0,
    Objective.COMMUNITY: 1.0,
    Objective.NEEDS: 1.0,
}
"""How much each counts unless somebody says otherwise."""

UNIT_KM = 10.0
"""So many kilometres from the centre of the group count as 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What the objectives read of a municipality.

    `east` and `north` are kilometres on a plane, `traits` standardised attributes, `community` the slug of its mountain
    community or None, `themes` what its needs are about.
    """

    population: int
    east: float
    north: float
    traits: tuple[float, ...]
    community: str | None
    themes: frozenset[str]


def measured(towns: Sequence[Town], needed: int) -> dict[Objective, float]:
    """Return every objective of a group that should reach `needed` residents; 0 is best, all are at least 0.

    NUMBER: residents beyond the threshold, as a share of it (their sum is smallest when groups are many).
    BALANCE: its square (no group much larger than the others).
    COMPACTNESS: sum over members of the distance from the centre, in units of 10 km.
    SIMILARITY: sum over members of the mean deviation of their traits from the group's mean.
    COMMUNITY: sum over members of the share of the group that is in another mountain community, or in none.
    NEEDS: sum over members with needs of what the closest other member's needs are not about (1 less Jaccard).
    """
    excess = sum(town.population for town in towns) / needed - 1
    return {
        Objective.NUMBER: excess,
        Objective.BALANCE: excess * excess,
        Objective.COMPACTNESS: sum(distances(towns)) / UNIT_KM,
        Objective.SIMILARITY: deviation(towns),
        Objective.COMMUNITY: mixture([town.community for town in towns]),
        Objective.NEEDS: strangeness([town.themes for town in towns]),
    }


def distances(towns: Sequence[Town]) -> list[float]:
    """Return how far every member is from the mean point of the group, in kilometres."""
    east = sum(town.east for town in towns) / len(towns)
    north = sum(town.north for town in towns) / len(towns)
    return [hypot(town.east - east, town.north - north) for town in towns]


def deviation(towns: Sequence[Town]) -> float:
    """Return the sum over members of their mean absolute deviation from the group's mean, over the traits.

    >>> place = {"population": 900, "east": 0.0, "north": 0.0, "community": None, "themes": frozenset()}
    >>> deviation([Town(traits=(-1.0, 0.0), **place), Town(traits=(1.0, 0.0), **place)])
    1.0
    """
    whole, count = 0.0, len(towns)
    columns = list(zip(*(town.traits for town in towns), strict=True))
    for column in columns:
        mean = sum(column) / count
        whole += sum([abs(value - mean) for value in column])
    return whole / len(columns) if columns else 0.0


def mixture(names: Sequence[str | None]) -> float:
    """Return the sum over members of the share of the group that has another name.

    >>> mixture(["valle", "valle", "valle", None])
    1.5
    """
    if len(set(names)) == 1:
        return 0.0
    return len(names) - sum(names.count(name) for name in names) / len(names)


def strangeness(themes: Sequence[frozenset[str]]) -> float:
    """Return the sum, over members that have needs, of 1 less the Jaccard index with the most alike other member.

    >>> strangeness([frozenset({"ponti"}), frozenset({"ponti", "frane"}), frozenset()])
    1.0
    """
    if not any(themes):
        return 0.0
    return sum(
        1 - max(len(own & other) / len(own | other) for at, other in enumerate(themes) if at != place)
        for place, own in enumerate(themes)
        if own and len(themes) > 1
    )
