"""Small assignments drawn at random, with every kind of rule: about one in three has a plan."""

from __future__ import annotations

from itertools import product
from random import Random

from raccordo_graph.assignment_problem import Demand, Floor, Problem, Quota


def _limits(random: Random, highest: int, chance: float) -> tuple[int, int]:
    most = random.randint(0, highest)
    return (random.randint(0, most) if random.random() < chance else min(most, 1)), most


def _floor(random: Random, name: int, needs: int) -> Floor:
    members = tuple(sorted(random.sample(range(1, needs + 1), random.randint(1, needs))))
    least = random.randint(0, len(members))
    return Floor(key=f"group {name}", needs=members, least=least, fit=random.choice((0.0, 0.0, 0.3, 0.6)))


def random_problem(seed: int) -> Problem:
    """Up to nine needs and six laboratories."""
    random = Random(seed)  # noqa: S311  # a test, not a secret
    needs, names = random.randint(1, 9), [f"lab{number}" for number in range(random.randint(1, 6))]
    demands = [(number, *_limits(random, 3, 0.5)) for number in range(1, needs + 1)]
    quotas = [(name, *_limits(random, 4, 0.3)) for name in names]
    pairs = list(product(range(1, needs + 1), names))
    decimals = random.choice((1, 3))  # few decimals make ties

    def some(share: float) -> frozenset[tuple[int, str]]:
        return frozenset(pair for pair in pairs if random.random() < share)

    together, conflicts = some(0.04), some(0.05)
    if random.random() < 0.9:
        together -= conflicts
    return Problem(
        needs=tuple(Demand(need=number, least=least, most=most) for number, least, most in demands),
        laboratories=tuple(
            Quota(laboratory=name, least=least if random.random() < 0.4 else 0, most=most)
            for name, least, most in quotas
        ),
        scores=tuple(
            tuple(None if random.random() < 0.2 else round(random.random(), decimals) for _ in names)
            for _ in range(needs)
        ),
        conflicts=conflicts,
        together=together,
        apart=some(0.05) - together,
        floors=tuple(_floor(random, name, needs) for name in range(random.randint(0, 3))),
    )
