"""Groups of municipalities that could manage a function together: what a group is worth, and good ones around one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from raccordo_graph import territory as land
from raccordo_graph.affinity import WEIGHTS, Circumstances, summed, values
from raccordo_graph.factors import Factor
from raccordo_graph.partners import DECIMALS, score
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

PAIRS = 0.85
"""What the factors of the pairs weigh in a group, averaged over its pairs; the threshold weighs the rest."""

GROUP_WEIGHTS: Mapping[str, float] = {
    **{name: PAIRS * weight for name, weight in WEIGHTS.items()},
    "threshold": 1 - PAIRS,
}
"""The factors of a group and their weights, which sum to 1."""

MOST = 8
"""A suggested group has at most so many members: more is a district, and a partition of the province finds it."""

BRANCHES = 6
"""So many neighbours are tried as the first partner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as it is: `factors` sum to `score`, `needed` are the residents that the threshold asks.

    `pieces` are its connected parts; `share_of_largest` between 0 and 1; `widest` the kilometres between the two
    points farthest apart.
    """

    members: tuple[str, ...]
    lead: str
    score: float
    factors: tuple[Factor, ...]
    population: int
    needed: int
    pieces: tuple[tuple[str, ...], ...]
    share_of_largest: float
    widest: float

    @property
    def missing(self) -> int:
        """The residents that the threshold still asks; 0 when it is met."""
        return max(0, self.needed - self.population)

    @property
    def connected(self) -> bool:
        return len(self.pieces) == 1


def needed(territory: Territory, members: Iterable[str], threshold: Threshold) -> int:
    """Return the residents that `threshold` asks of `members`."""
    nodes = [territory.nodes[code] for code in members]
    mountain = all(node["mountain_community"] for node in nodes)
    return threshold.needed([node["population"] for node in nodes], mountain=mountain)


def group(
    territory: Territory,
    members: Iterable[str],
    known: Circumstances,
    threshold: Threshold,
    lead: str | None = None,
) -> Group:
    """Return what `members` are as a group, connected or not; the lead is the largest unless one is named.

    Raises ValueError for fewer than two members or a lead that is none of them, KeyError for an unknown code.
    """
    codes = tuple(sorted(set(members)))
    if len(codes) < 2 or (lead is not None and lead not in codes):
        raise ValueError(
            f"a group has two members or more, and its lead is one of them: {codes}, lead {lead}"
        )
    sizes = {code: territory.nodes[code]["population"] for code in codes}
    population, asked = sum(sizes.values()), needed(territory, codes, threshold)
    factors = summed(
        {**_of_pairs(territory, codes, known), "threshold": min(1.0, population / asked) if asked else 1.0},
        GROUP_WEIGHTS,
    )
    return Group(
        members=codes,
        lead=lead or min(codes, key=lambda code: (-sizes[code], code)),
        score=score(factors),
        factors=factors,
        population=population,
        needed=asked,
        pieces=land.pieces(territory, codes),
        share_of_largest=max(sizes.values()) / population if population else 0.0,
        widest=max(land.apart(territory, one, other) for one, other in combinations(codes, 2)),
    )


def _of_pairs(territory: Territory, codes: Collection[str], known: Circumstances) -> dict[str, float]:
    """The mean of every factor over the pairs, each seen from both sides."""
    found = [
        values(territory, *pair, known)
        for one, other in combinations(codes, 2)
        for pair in ((one, other), (other, one))
    ]
    return {name: fmean(each[name] for each in found) for name in WEIGHTS}


def groups(
    territory: Territory,
    code: str,
    known: Circumstances,
    threshold: Threshold,
    first: int | None = None,
    leave_out: Collection[str] = (),
) -> tuple[Group, ...]:
    """Return connected groups around municipality `code`, best first, equal scores by members.

    Each of its best neighbours begins a group, which takes in the neighbour of the group that gives the best score
    until it has `MOST` members; of every beginning the best stage is kept. `leave_out` are never members. An island
    has none. Raises KeyError for an unknown code.
    """
    worth = _Worth(territory, known, threshold)
    beginnings = [(code, other) for other in territory.adj[code] if other not in leave_out]
    stages = {
        _best_stage(territory, begun, worth, leave_out)
        for begun in sorted(beginnings, key=worth.order)[:BRANCHES]
    }
    best = sorted(stages, key=worth.order)[:first]
    return tuple(group(territory, members, known, threshold) for members in best)


def joinable(territory: Territory, members: Collection[str], known: Circumstances) -> tuple[str, ...]:
    """Return who borders on the group, those first that have most in common with its members on average."""
    codes = tuple(sorted(members))
    worth = _Worth(territory, known, Threshold())
    around = land.neighbours(territory, codes)
    return tuple(sorted(around, key=lambda one: (-worth.with_all(one, codes), one)))


class _Worth:
    """The score of a group, for comparing many: each pair is looked at once."""

    def __init__(self, territory: Territory, known: Circumstances, threshold: Threshold) -> None:
        self._territory, self._known, self._threshold = territory, known, threshold
        self._pairs: dict[tuple[str, str], float] = {}

    def order(self, members: Sequence[str]) -> tuple[float, tuple[str, ...]]:
        """The key that sorts groups, best first and equal ones by their members."""
        codes = tuple(sorted(members))
        population = sum(self._territory.nodes[code]["population"] for code in codes)
        asked = needed(self._territory, codes, self._threshold)
        pairs = fmean(self._pair(one, other) for one, other in combinations(codes, 2))
        reached = min(1.0, population / asked) if asked else 1.0
        return -round(PAIRS * pairs + (1 - PAIRS) * reached, DECIMALS), codes

    def with_all(self, one: str, members: Sequence[str]) -> float:
        """What the pairs of `one` with every member are worth on average."""
        return round(fmean(self._pair(one, other) for other in members), DECIMALS)

    def _pair(self, one: str, other: str) -> float:
        if (one, other) not in self._pairs:
            sides = [values(self._territory, *pair, self._known) for pair in ((one, other), (other, one))]
            self._pairs[one, other] = fmean(
                sum(weight * side[name] for name, weight in WEIGHTS.items()) for side in sides
            )
        return self._pairs[one, other]


def _best_stage(
    territory: Territory, begun: Sequence[str], worth: _Worth, leave_out: Collection[str]
) -> tuple[str, ...]:
    stages = [tuple(sorted(begun))]
    while len(stages[-1]) < MOST:
        around = [one for one in land.neighbours(territory, stages[-1]) if one not in leave_out]
        if not around:
            break
        stages.append(min((tuple(sorted((*stages[-1], other))) for other in around), key=worth.order))
    return min(stages, key=worth.order)


def remedy(territory: Territory, members: Collection[str], threshold: Threshold) -> tuple[str, ...] | None:
    """Return the neighbours that, taken in one after the other, let the group reach `threshold`.

    Each time it is the smallest neighbour that is enough, or else the largest. No neighbour is named when the group
    meets it already; None is returned when no chain of `MOST` neighbours is enough.
    """
    codes: set[str] = set(members)
    added: list[str] = []
    while _short(territory, codes, threshold):
        around = land.neighbours(territory, codes)
        if not around or len(added) == MOST:
            return None
        enough = [one for one in around if not _short(territory, codes | {one}, threshold)]
        chosen = min(
            enough or around,
            key=lambda one: ((1 if enough else -1) * territory.nodes[one]["population"], one),
        )
        codes.add(chosen)
        added.append(chosen)
    return tuple(added)


def _short(territory: Territory, codes: Collection[str], threshold: Threshold) -> bool:
    population = sum(territory.nodes[code]["population"] for code in codes)
    return bool(population < needed(territory, codes, threshold))
