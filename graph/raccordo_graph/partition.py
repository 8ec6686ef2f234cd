"""A territory divided into proposals of associated management: every group connected and as large as it should be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from raccordo_graph.anchoring import Stranded, stranded
from raccordo_graph.exchanging import Exchange, Report
from raccordo_graph.ground import LEAST_MEMBERS, Ground, bits
from raccordo_graph.ground import Group as Bits
from raccordo_graph.growing import grown
from raccordo_graph.objectives import WEIGHTS, Objective, deviation, distances
from raccordo_graph.set_partitioning import chosen
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

STEPS = 200
"""Steps of the exchange for every municipality."""

DIGITS = 9
"""Decimals of every number told: sums in another order differ after them."""


class Way(StrEnum):
    """How groups are looked for: QUICK grows groups and exchanges members; BEST then also chooses from all groups
    met on the way those that together cost least (set partitioning)."""

    QUICK = "QUICK"
    BEST = "BEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioGroup:
    """A suggested group: members and lead by ISTAT code, residents together and how many there should be.

    `kilometres` is the mean distance of the members from their middle, `heterogeneity` the mean deviation of their
    standardised traits from the group's mean; `alike` are the members with needs, where two or more have needs that
    all share a theme.
    """

    members: tuple[str, ...]
    lead: str
    population: int
    needed: int
    kilometres: float
    heterogeneity: float
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A whole partition in numbers: means over members for kilometres and heterogeneity, `spread` the coefficient of
    variation of the groups' residents, `cost` the sum that was made small."""

    groups: int
    covered: int
    stranded: int
    smallest: int
    largest: int
    spread: float
    kilometres: float
    heterogeneity: float
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Groups by their first member, those without a group, and the whole in figures."""

    groups: tuple[ScenarioGroup, ...]
    stranded: tuple[Stranded, ...]
    figures: Figures


def partition(
    territory: Territory,
    codes: Collection[str],
    *,
    threshold: Threshold,
    weights: Mapping[Objective, float] = WEIGHTS,
    themes: Mapping[str, frozenset[str]] | None = None,
    seed: int = 1,
    way: Way = Way.BEST,
    least_members: int = LEAST_MEMBERS,
    report: Report | None = None,
) -> Partition:
    """Return `codes` divided into groups along the borders of `territory`; nobody is dropped.

    Groups hold members of `codes` only, are connected and reach `threshold`; who can be in no such group is told in
    `stranded` with the larger neighbours that could be an anchor. `themes` say what the needs of a municipality are
    about, `weights` what counts (an objective without weight counts nothing), `seed` which of many near-equal answers is
    found. `report` hears the share done and may raise to stop.

    The same arguments give the same bytes. Municipalities that agree in point, residents, age and area are told apart
    by their codes; where no two agree, new codes for the same land give the same groups under the new codes.

    >>> from raccordo_graph.territory import Border, Municipality, build
    >>> land = build(
    ...     (Municipality(istat_code=code, population=3000, over_65=700, area_km2=9.0, latitude=45 + at / 50,
    ...                   longitude=9.0, province="097") for at, code in enumerate("abcd")),
    ...     [Border(first=one, second=other, metres=900) for one, other in ("ab", "bc", "cd")],
    ... )
    >>> [group.members for group in partition(land, land, threshold=Threshold(residents=5000)).groups]
    [('a', 'b'), ('c', 'd')]
    """
    ground = Ground(
        territory,
        codes,
        threshold=threshold,
        weights=weights,
        themes=themes or {},
        least_members=least_members,
    )
    groups, alone = grown(ground)
    exchange = Exchange(ground, groups, seed)
    groups = exchange.run(STEPS * len(ground.codes), report)
    if way is Way.BEST and groups:
        groups = chosen(ground, groups)
    if report:
        report(1.0)
    return _told(territory, ground, groups, alone)


def restored(
    territory: Territory,
    codes: Collection[str],
    groups: Sequence[Collection[str]],
    *,
    threshold: Threshold,
    weights: Mapping[Objective, float],
    themes: Mapping[str, frozenset[str]],
) -> Partition:
    """Return the partition of `codes` that the members of its groups tell, with everything counted anew.

    Raises ValueError for what is no group on this territory, or shares a member with another; KeyError for an
    unknown code.
    """
    ground = Ground(territory, codes, threshold=threshold, weights=weights, themes=themes)
    place = {code: at for at, code in enumerate(ground.codes)}
    found, alone = list[Bits](), ground.whole()
    for members in groups:
        group = sum(1 << place[code] for code in set(members))
        if group & ~alone or ground.price(group) is None:
            raise ValueError(f"{sorted(members)} is no group: torn, too small, too few, or a member is taken")
        found.append(group)
        alone &= ~group
    return _told(territory, ground, found, alone)


def _told(territory: Territory, ground: Ground, groups: Sequence[Bits], alone: Bits) -> Partition:
    told = sorted((_group(territory, ground, group) for group in groups), key=lambda one: one.members)
    left = [
        stranded(
            territory,
            ground.named(piece),
            ground.codes,
            needed=ground.needed(piece),
            least=ground.threshold.least,
        )
        for piece in ground.pieces(alone)
    ]
    return Partition(
        groups=tuple(told),
        stranded=tuple(sorted(left, key=lambda one: one.members)),
        figures=_figures(ground, groups, told, alone.bit_count()),
    )


def _group(territory: Territory, ground: Ground, group: Bits) -> ScenarioGroup:
    towns, codes = ground.members(group), ground.named(group)
    return ScenarioGroup(
        members=codes,
        lead=min(codes, key=lambda code: (-territory.nodes[code]["population"], code)),
        population=sum(town.population for town in towns),
        needed=ground.needed(group),
        kilometres=round(sum(distances(towns)) / len(towns), DIGITS),
        heterogeneity=round(deviation(towns) / len(towns), DIGITS),
        alike=_alike(ground, group),
    )


def _alike(ground: Ground, group: Bits) -> tuple[str, ...]:
    """Members with needs, where these share a theme; nobody where only one has any."""
    found = {ground.codes[at]: ground.towns[at].themes for at in bits(group) if ground.towns[at].themes}
    return tuple(sorted(found)) if len(found) > 1 and frozenset.intersection(*found.values()) else ()


def _figures(ground: Ground, groups: Sequence[Bits], told: Sequence[ScenarioGroup], alone: int) -> Figures:
    sizes = [one.population for one in told] or [0]
    covered = sum(len(one.members) for one in told)
    mean = sum(sizes) / len(sizes)
    spread = sqrt(sum((size - mean) ** 2 for size in sizes) / len(sizes)) / mean if mean else 0.0
    return Figures(
        groups=len(told),
        covered=covered,
        stranded=alone,
        smallest=min(sizes),
        largest=max(sizes),
        spread=round(spread, DIGITS),
        kilometres=round(sum(one.kilometres * len(one.members) for one in told) / max(1, covered), DIGITS),
        heterogeneity=round(
            sum(one.heterogeneity * len(one.members) for one in told) / max(1, covered), DIGITS
        ),
        cost=round(sum(ground.price(group) or 0.0 for group in groups), DIGITS),
    )
