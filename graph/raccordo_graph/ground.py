"""Municipalities as bits: what any set of them is worth as a group, computed once per set."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import cos, log, radians, sqrt

from raccordo_graph.geography import EARTH_RADIUS_KM
from raccordo_graph.objectives import Objective, Town, measured
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

LEAST_MEMBERS = 2
"""A municipality alone is no association."""

Group = int
"""A set of municipalities: bit `i` stands for the i-th of the ground."""


def bits(group: Group) -> Iterator[int]:
    """Return the places of the bits of `group`, lowest first.

    >>> list(bits(0b1011))
    [0, 1, 3]
    """
    while group:
        lowest = group & -group
        yield lowest.bit_length() - 1
        group ^= lowest


class Ground:
    """Municipalities that look for company, their borders, and the price of every set of them.

    They stand in an order of their own, by where they are and how large they are, and only then by code: while no two
    agree in all of that, what they are called changes nothing. Raises ValueError for a threshold without `residents`.
    """

    def __init__(
        self,
        territory: Territory,
        codes: Collection[str],
        *,
        threshold: Threshold,
        weights: Mapping[Objective, float],
        themes: Mapping[str, frozenset[str]],
        least_members: int = LEAST_MEMBERS,
    ) -> None:
        if threshold.residents is None:
            raise ValueError("a territory is divided by a size: say how many residents a group should have")
        self.codes = tuple(sorted(set(codes), key=lambda code: structural(territory, code)))
        place = {code: at for at, code in enumerate(self.codes)}
        self.towns = _towns(territory, self.codes, themes)
        self.near = [
            sorted(place[other] for other in territory.adj[code] if other in place) for code in self.codes
        ]
        self.around = [sum(1 << other for other in row) for row in self.near]
        self.threshold, self.weights, self.least_members = threshold, dict(weights), least_members
        self.known: dict[Group, float | None] = {}
        self.work = 0
        self._least = 0 if threshold.times_smallest else threshold.least

    def whole(self) -> Group:
        """Return all municipalities."""
        return (1 << len(self.codes)) - 1

    def members(self, group: Group) -> list[Town]:
        """Return the municipalities of a group."""
        return [self.towns[at] for at in bits(group)]

    def named(self, group: Group) -> tuple[str, ...]:
        """Return the codes of a group, in the order of the codes."""
        return tuple(sorted(self.codes[at] for at in bits(group)))

    def population(self, group: Group) -> int:
        """Return the residents of a group."""
        return sum(town.population for town in self.members(group))

    def needed(self, group: Group) -> int:
        """Return the residents that the group should have."""
        towns = self.members(group)
        mountain = all(town.community is not None for town in towns)
        return self.threshold.needed([town.population for town in towns], mountain=mountain)

    def price(self, group: Group) -> float | None:
        """Return the weighted objectives of a group; None when it is no group: torn, too small, too few.

        The lower the better. Connectedness and threshold are looked at for every set anew, so that no way of
        searching can propose what is not a group.
        """
        try:
            return self.known[group]
        except KeyError:
            found = self.known[group] = self._price(group)
            return found

    def hopeless(self, population: int) -> bool:
        """Return whether no group of so many residents can reach its threshold, whoever they are."""
        return population < self._least

    def _price(self, group: Group) -> float | None:
        towns = self.members(group)
        self.work += len(towns)
        if len(towns) < self.least_members:
            return None
        needed = self.needed(group)
        if sum(town.population for town in towns) < needed or not self.connected(group):
            return None
        values = measured(towns, needed)
        return sum(weight * values[objective] for objective, weight in self.weights.items())

    def connected(self, group: Group) -> bool:
        """Return whether one can walk between any two members without leaving the group; an empty group is not."""
        return bool(group) and self.piece(group, group & -group) == group

    def piece(self, group: Group, start: Group) -> Group:
        """Return the part of `group` that can be reached from `start`."""
        reached = edge = start
        while edge:
            following = self.beside(edge) & group & ~reached
            reached |= following
            edge = following
        return reached

    def beside(self, group: Group) -> Group:
        """Return everybody who borders on a member, members included."""
        found = 0
        while group:
            lowest = group & -group
            found |= self.around[lowest.bit_length() - 1]
            group ^= lowest
        return found

    def pieces(self, group: Group) -> list[Group]:
        """Return the connected parts of a set, in the order of their first members."""
        found = []
        while group:
            part = self.piece(group, group & -group)
            found.append(part)
            group ^= part
        return found


def structural(territory: Territory, code: str) -> tuple[float | str, ...]:
    """Return what orders municipalities: point, residents, age, area, and their code only where all these agree."""
    node = territory.nodes[code]
    return (*(node[name] for name in ("latitude", "longitude", "population", "over_65", "area_km2")), code)


def _towns(
    territory: Territory, codes: Sequence[str], themes: Mapping[str, frozenset[str]]
) -> tuple[Town, ...]:
    nodes = [territory.nodes[code] for code in codes]
    if not nodes:
        return ()
    km = radians(1) * EARTH_RADIUS_KM
    shrink = cos(radians(sum(node["latitude"] for node in nodes) / len(nodes)))
    columns = (
        standardised([log(max(1, node["population"])) for node in nodes]),
        standardised([node["over_65"] / max(1, node["population"]) for node in nodes]),
        standardised([log(max(1, node["population"]) / node["area_km2"]) for node in nodes]),
    )
    return tuple(
        Town(
            population=node["population"],
            east=km * shrink * node["longitude"],
            north=km * node["latitude"],
            traits=traits,
            community=node["mountain_community"],
            themes=themes.get(code, frozenset()),
        )
        for code, node, traits in zip(codes, nodes, zip(*columns, strict=True), strict=True)
    )


def standardised(values: Sequence[float]) -> list[float]:
    """Return the values less their mean, over their standard deviation; zeros where all are equal.

    >>> standardised([1.0, 3.0]), standardised([2.0, 2.0])
    ([-1.0, 1.0], [0.0, 0.0])
    """
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread else 0.0 for value in values]
