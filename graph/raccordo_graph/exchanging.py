"""Better proposals from a first one: members change group, groups are taken together and divided anew (annealing)."""

from collections.abc import Callable, Sequence
from math import exp

from raccordo_graph.ground import Ground, Group, bits

HOT, COLD = 3.0, 0.05
"""Temperatures at the start and at the end, in units of the price."""

DIVIDING = 0.5
"""The share of the steps that divide neighbouring groups anew; in the others one member changes group."""

THREE = 0.3
"""The share of those that take three groups together instead of two."""

WORK = 1500
"""Members looked at in new groups, for every municipality, after which it ends before its steps: large groups take
longer, and a limit of work gives the same answer on every machine."""

TOLD = 500
"""Steps between two reports."""

Report = Callable[[float], None]
"""Called with the share that is done, 0 to 1; whoever wants to stop raises an exception in it."""


class Exchange:
    """A proposal that changes step by step. Every group is one (`Ground.price`) after every step."""

    def __init__(self, ground: Ground, groups: Sequence[Group], seed: int) -> None:
        from numpy.random import default_rng

        self.ground, self._chance = ground, default_rng(seed)
        self._numbers: list[float] = []
        self.owner = [0] * len(ground.codes)
        self.price = 0.0
        self._put(groups)
        self.placed = [at for at, group in enumerate(self.owner) if group and ground.near[at]]
        self.best, self.best_price = self.groups(), self.price

    def groups(self) -> list[Group]:
        """Return the groups of now, in the order of their bits."""
        return sorted({group for group in self.owner if group})

    def run(self, steps: int, report: Report | None = None) -> list[Group]:
        """Return the best proposal met in `steps` steps, from hot to cold."""
        if not self.placed:
            return self.best
        work = max(1, WORK * len(self.ground.codes))
        started = self.ground.work
        for step in range(steps):
            done = max(step / steps, (self.ground.work - started) / work)
            if done >= 1:
                break
            if report and step % TOLD == 0:
                report(done)
            self.step(HOT * (COLD / HOT) ** done)
        return self.best

    def step(self, heat: float) -> None:
        """Try one change; keep it when it is better, or sometimes when it is not much worse."""
        at = self.placed[int(self._random() * len(self.placed))]
        near = self.ground.near[at]
        own = self.owner[at]
        other = self.owner[near[int(self._random() * len(near))]]
        if not other:
            return
        if self._random() < DIVIDING or own == other:
            old = self._some(own, other)
            new = self._divided(sum(old))
        else:
            old, new = [own, other], [own ^ (1 << at), other | (1 << at)]
        if new is not None and set(new) != set(old):
            self._weigh(old, new, heat)

    def _random(self) -> float:
        if not self._numbers:
            self._numbers = self._chance.random(4096).tolist()
        return self._numbers.pop()

    def _some(self, own: Group, other: Group) -> list[Group]:
        """Two neighbouring groups, sometimes a third beside them; one when it is the same twice."""
        chosen = [own] if own == other else [own, other]
        if self._random() < THREE:
            both = own | other
            edge = list(bits(self.ground.beside(both) & ~both))
            third = self.owner[edge[int(self._random() * len(edge))]] if edge else 0
            if third:
                chosen.append(third)
        return chosen

    def _divided(self, whole: Group) -> list[Group] | None:
        """Groups grown at random from `whole` until what is left would be too little."""
        made, rest = list[Group](), whole
        while True:
            part = self._grown(rest)
            left = rest & ~part
            if left and self.ground.price(left) is None:
                return [*made, rest] if made else None
            made.append(part)
            if not left:
                return made
            rest = left

    def _grown(self, rest: Group) -> Group:
        places, towns = list(bits(rest)), self.ground.towns
        at = places[int(self._random() * len(places))]
        part, people = 1 << at, towns[at].population
        edge = self.ground.around[at] & rest
        while self.ground.hopeless(people) or self.ground.price(part) is None:
            ways = list(bits(edge))
            if not ways:
                return rest
            at = ways[int(self._random() * len(ways))]
            part, people = part | 1 << at, people + towns[at].population
            edge = (edge | self.ground.around[at] & rest) & ~part
        return part

    def _weigh(self, old: list[Group], new: list[Group], heat: float) -> None:
        price = 0.0
        for group in new:
            found = self.ground.price(group)
            if found is None:
                return
            price += found
        worse = price - sum(self.ground.known[group] or 0.0 for group in old)
        if worse > 0 and self._random() >= exp(-worse / heat):
            return
        self.price -= sum(self.ground.known[group] or 0.0 for group in old)
        self._put(new)
        if self.price < self.best_price - 1e-9:
            self.best, self.best_price = self.groups(), self.price

    def _put(self, groups: Sequence[Group]) -> None:
        for group in groups:
            price = self.ground.price(group)
            if price is None:
                raise ValueError(f"{self.ground.named(group)} is no group: torn, too small or too few")
            self.price += price
            for at in bits(group):
                self.owner[at] = group
