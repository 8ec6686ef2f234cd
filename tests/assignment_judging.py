"""What tests check plans, certificates and repairs with: the product believes its own only after `violations`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from raccordo_graph.assignment_certificate import Cause, Certificate
from raccordo_graph.assignment_problem import Demand, Pair, Problem, Quota
from raccordo_graph.assignment_repairs import Change, Remedy, cheapest


def certifies(problem: Problem, certificate: Certificate) -> bool:
    """Whether the certificate proves that there is no plan, counted anew and by hand from the problem alone."""
    figures = (certificate.asked, certificate.given, certificate.elsewhere)
    return certificate.missing > 0 and figures == _COUNTS[certificate.cause](problem, certificate)


def _places(problem: Problem, certificate: Certificate) -> Figures:
    return (
        sum(max(0, one.least - _fixed(problem, one.need)) for one in _needs(problem, certificate)),
        sum(one.most - _fixed(problem, one.laboratory) for one in _laboratories(problem, certificate)),
        sum(
            need in certificate.needs and slug not in certificate.laboratories
            for need, slug in _open(problem)
        ),
    )


def _least(problem: Problem, certificate: Certificate) -> Figures:
    return (
        sum(
            max(0, one.least - _fixed(problem, one.laboratory)) for one in _laboratories(problem, certificate)
        ),
        sum(one.most - _fixed(problem, one.need) for one in _needs(problem, certificate)),
        sum(
            slug in certificate.laboratories and need not in certificate.needs
            for need, slug in _open(problem)
        ),
    )


def _by_hand(problem: Problem, certificate: Certificate) -> Figures:
    if certificate.needs and certificate.laboratories:
        pairs = set(product(certificate.needs, certificate.laboratories))
        return len(pairs & problem.together & (problem.conflicts | problem.apart)), 0, 0
    key: int | str = certificate.needs[0] if certificate.needs else certificate.laboratories[0]
    most = [one.most for one in _needs(problem, certificate)]
    most += [one.most for one in _laboratories(problem, certificate)]
    return _fixed(problem, key), most[0], 0


def _floor(problem: Problem, certificate: Certificate) -> Figures:
    floors = tuple(floor for floor in problem.floors if floor.key in certificate.floors)
    lowered = cheapest(replace(problem, floors=floors), [Remedy.FLOOR])
    asked = sum(floor.least for floor in floors)
    return asked, asked - sum(change.amount for change in lowered.changes) if lowered else -1, 0


Figures = tuple[int, int, int]
_COUNTS = {
    Cause.PLACES: _places,
    Cause.LEAST: _least,
    Cause.BY_HAND: _by_hand,
    Cause.FLOOR: _floor,
}


def _needs(problem: Problem, certificate: Certificate) -> list[Demand]:
    return [one for one in problem.needs if one.need in certificate.needs]


def _laboratories(problem: Problem, certificate: Certificate) -> list[Quota]:
    return [one for one in problem.laboratories if one.laboratory in certificate.laboratories]


def _fixed(problem: Problem, key: int | str) -> int:
    return sum(key in pair for pair in problem.together)


def _open(problem: Problem) -> set[Pair]:
    """The pairs that a plan may choose."""
    candidates = {
        (demand.need, quota.laboratory)
        for demand, row in zip(problem.needs, problem.scores, strict=True)
        for quota, score in zip(problem.laboratories, row, strict=True)
        if score is not None
    }
    return candidates - problem.together - problem.conflicts - problem.apart


def apply(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem after the changes."""
    for change in changes:
        problem = _applied(problem, change)
    return problem


def _applied(problem: Problem, change: Change) -> Problem:
    pair = (change.need, change.laboratory)
    if change.remedy is Remedy.BY_HAND:
        return replace(problem, together=problem.together - {pair}, apart=problem.apart - {pair})
    if change.remedy is Remedy.FLOOR:
        floors = tuple(
            replace(floor, least=floor.least - change.amount) if floor.key == change.floor else floor
            for floor in problem.floors
        )
        return replace(problem, floors=floors)
    if change.remedy is Remedy.DEMAND:
        needs = tuple(
            replace(demand, least=demand.least - change.amount) if demand.need == change.need else demand
            for demand in problem.needs
        )
        return replace(problem, needs=needs)
    more = {"most": change.amount} if change.remedy is Remedy.PLACES else {"least": -change.amount}
    return replace(
        problem,
        laboratories=tuple(
            replace(quota, **{name: getattr(quota, name) + step for name, step in more.items()})
            if quota.laboratory == change.laboratory
            else quota
            for quota in problem.laboratories
        ),
    )
