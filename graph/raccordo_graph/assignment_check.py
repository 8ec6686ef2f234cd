"""Whether a plan keeps the rules, checked from the plan alone: what no solver is taken at its word for."""

from collections import Counter
from collections.abc import Iterable

from raccordo_graph.assignment_problem import Assigned, Floor, Pair, Problem


def violations(problem: Problem, lines: Iterable[Assigned]) -> tuple[str, ...]:
    """Return what `lines` break of the rules of `problem`, in words for programmers; empty when nothing.

    >>> from raccordo_graph.assignment_problem import Demand, Quota
    >>> problem = Problem(
    ...     needs=(Demand(need=1),), laboratories=(Quota(laboratory="lia"),), scores=((0.5,),)
    ... )
    >>> violations(problem, ())
    ('need 1 has 0 laboratories, not 1 to 1',)
    """
    pairs = [(line.need, line.laboratory) for line in lines]
    of_need, of_laboratory = Counter(need for need, _ in pairs), Counter(slug for _, slug in pairs)
    broken = [
        f"need {one.need} has {of_need[one.need]} laboratories, not {one.least} to {one.most}"
        for one in problem.needs
        if not one.least <= of_need[one.need] <= one.most
    ]
    broken += [
        f"laboratory {one.laboratory!r} has {of_laboratory[one.laboratory]} needs, not {one.least} to {one.most}"
        for one in problem.laboratories
        if not one.least <= of_laboratory[one.laboratory] <= one.most
    ]
    return (*broken, *_pairs(problem, pairs), *_floors(problem, pairs))


def _pairs(problem: Problem, pairs: list[Pair]) -> list[str]:
    chosen, known = set(pairs), _candidates(problem)
    return [
        *(f"{pair} appears twice" for pair, count in Counter(pairs).items() if count > 1),
        *(f"{pair} is a conflict" for pair in sorted(chosen & problem.conflicts)),
        *(f"{pair} is kept apart by hand" for pair in sorted(chosen & problem.apart)),
        *(f"{pair} is fixed by hand and missing" for pair in sorted(problem.together - chosen)),
        *(f"{pair} is no candidate" for pair in sorted(chosen - problem.together - known.keys())),
    ]


def _floors(problem: Problem, pairs: list[Pair]) -> list[str]:
    known = _candidates(problem)
    broken = []
    for floor in problem.floors:
        served = len(served_by(floor, {pair: known.get(pair, 0.0) for pair in pairs}))
        if served < floor.least:
            broken.append(f"floor {floor.key!r} has {served} needs, not {floor.least}")
    return broken


def served_by(floor: Floor, chosen: dict[Pair, float]) -> frozenset[int]:
    """Return the needs of `floor` that `chosen` (scores by pair) serves with a fit that is good enough."""
    good = frozenset(need for (need, _), score in chosen.items() if score >= floor.fit)
    return good & frozenset(floor.needs)


def _candidates(problem: Problem) -> dict[Pair, float]:
    return {
        (demand.need, quota.laboratory): score
        for demand, row in zip(problem.needs, problem.scores, strict=True)
        for quota, score in zip(problem.laboratories, row, strict=True)
        if score is not None
    }
