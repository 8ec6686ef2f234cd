"""What would make a plan possible, at the least cost: more places, less demand, lower floors, or a hand that lets go."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from raccordo_graph.assignment_optimum import NODES
from raccordo_graph.assignment_problem import Pair, Problem
from raccordo_graph.assignment_rows import Rows, rows
from raccordo_graph.assignment_table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Remedy(StrEnum):
    """A kind of change that a person may make. Conflicts of interest have none."""

    PLACES = "PLACES"
    LEAST = "LEAST"
    DEMAND = "DEMAND"
    FLOOR = "FLOOR"
    BY_HAND = "BY_HAND"


COSTS = {Remedy.PLACES: 1, Remedy.LEAST: 1, Remedy.DEMAND: 2, Remedy.FLOOR: 2, Remedy.BY_HAND: 3}
"""What one unit of a change costs: who gets less pays more than who gives more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change by `amount`: of the most or least of a laboratory, of the least of a need, of a floor, or of what a
    hand fixed (need and laboratory)."""

    remedy: Remedy
    need: int | None = None
    laboratory: str | None = None
    floor: str | None = None
    amount: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Changes after which there is a plan; `proved` when none of the same kinds costs less."""

    changes: tuple[Change, ...]
    cost: int
    proved: bool


def repairs(problem: Problem) -> tuple[Repair, ...]:
    """Return the cheapest repair by each kind of change alone, and by all kinds together; the cheapest first.

    A kind that cannot repair is left out; a problem that has a plan needs one repair without changes.

    >>> from raccordo_graph.assignment_problem import Demand, Quota
    >>> problem = Problem(
    ...     needs=(Demand(need=1), Demand(need=2)),
    ...     laboratories=(Quota(laboratory="lia"),),
    ...     scores=((0.5,), (0.4,)),
    ... )
    >>> for repair in repairs(problem):
    ...     print(repair.cost, [(change.remedy.value, change.need, change.laboratory) for change in repair.changes])
    1 [('PLACES', None, 'lia')]
    2 [('DEMAND', 2, None)]
    """
    tried = [repair for kinds in _choices(problem) if (repair := cheapest(problem, kinds))]
    different = {repair.changes: repair for repair in tried}
    return tuple(sorted(different.values(), key=lambda repair: (repair.cost, len(repair.changes))))


def cheapest(problem: Problem, kinds: Iterable[Remedy]) -> Repair | None:
    """Return the cheapest repair by changes of `kinds`, among equals the one with the better plan; None without one."""
    allowed = frozenset(kinds)
    loose = problem
    if Remedy.BY_HAND in allowed:
        loose = _without_hands(problem)
    elif problem.together & (problem.conflicts | problem.apart):
        return None
    elastic = _Elastic(problem, rows(Table.of(loose), shorter=False), allowed)
    return elastic.solved()


def _without_hands(problem: Problem) -> Problem:
    """Return `problem` without what hands fixed; what they put together stays possible, candidates or not."""
    names = [quota.laboratory for quota in problem.laboratories]
    scores = tuple(
        tuple(
            0.0 if score is None and (demand.need, name) in problem.together else score
            for name, score in zip(names, row, strict=True)
        )
        for demand, row in zip(problem.needs, problem.scores, strict=True)
    )
    return replace(problem, scores=scores, together=frozenset(), apart=frozenset())


def _choices(problem: Problem) -> list[tuple[Remedy, ...]]:
    useful = [Remedy.PLACES, Remedy.DEMAND]
    if any(quota.least for quota in problem.laboratories):
        useful.append(Remedy.LEAST)
    if problem.floors:
        useful.append(Remedy.FLOOR)
    if problem.together or problem.apart:
        useful.append(Remedy.BY_HAND)
    return [(kind,) for kind in useful] + [tuple(useful)]


@dataclass(frozen=True, slots=True)
class _Slack:
    """A variable that loosens one row by its value: `step` is what it adds there, `most` what it can be."""

    row: int
    step: int
    most: int
    change: Change


class _Elastic:
    """The rows of a problem with a slack for every change that is allowed."""

    def __init__(self, problem: Problem, ruled: Rows, allowed: frozenset[Remedy]) -> None:
        self.problem, self.ruled, self.allowed = problem, ruled, allowed
        self.slacks = [slack for slack in _slacks(ruled) if slack.change.remedy in allowed]

    def solved(self) -> Repair | None:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        before = int(self.ruled.matrix.shape[1])
        costs = self._costs()
        if not len(costs):
            if self._asked():
                return None
            gone = tuple(self._let_go(np.zeros(0)))
            return Repair(changes=gone, cost=COSTS[Remedy.BY_HAND] * len(gone), proved=True)
        most = np.concatenate([np.ones(before), [slack.most for slack in self.slacks]])
        found = milp(
            costs,
            constraints=LinearConstraint(self._matrix(), self.ruled.low, self.ruled.high),
            bounds=Bounds(0, most),
            integrality=np.ones(len(costs)),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        changes = (*self._loosened(found.x[before:].round()), *self._let_go(found.x[:before]))
        cost = sum(COSTS[change.remedy] * change.amount for change in changes)
        return Repair(changes=changes, cost=cost, proved=found.status == 0)

    def _asked(self) -> bool:
        return bool((self.ruled.low > 0).any() or (self.ruled.high < 0).any())

    def _matrix(self) -> object:
        from scipy.sparse import csc_array, hstack

        steps = [slack.step for slack in self.slacks]
        at = [slack.row for slack in self.slacks]
        shape = (self.ruled.matrix.shape[0], len(steps))
        return hstack([self.ruled.matrix, csc_array((steps, (at, range(len(steps)))), shape=shape)])

    def _costs(self) -> "NDArray[np.float64]":
        """Return the cost of every variable; what the plan gains by them decides only between equal costs."""
        import numpy as np

        table, pairs = self.ruled.table, self.ruled.pairs
        possible = sum(demand.most for demand in self.problem.needs) * float(table.scores.max(initial=1.0))
        own = -table.scores[pairs] * (0.5 / (1.0 + possible))
        if Remedy.BY_HAND in self.allowed:
            price = COSTS[Remedy.BY_HAND]
            keys = _keys(table, pairs)
            own += [price * ((pair in self.problem.apart) - (pair in self.problem.together)) for pair in keys]
        loosening = [COSTS[slack.change.remedy] for slack in self.slacks]
        return np.concatenate([own, np.zeros(self.ruled.counted), loosening])

    def _loosened(self, values: "NDArray[np.float64]") -> list[Change]:
        return [
            replace(slack.change, amount=int(value))
            for slack, value in zip(self.slacks, values, strict=True)
            if value > 0
        ]

    def _let_go(self, values: "NDArray[np.float64]") -> list[Change]:
        if Remedy.BY_HAND not in self.allowed:
            return []
        keys = _keys(self.ruled.table, self.ruled.pairs)
        chosen = {pair for pair, value in zip(keys, values, strict=False) if value > 0.5}
        gone = (self.problem.together - chosen) | (self.problem.apart & chosen)
        return [Change(remedy=Remedy.BY_HAND, need=need, laboratory=slug) for need, slug in sorted(gone)]


def _keys(table: Table, pairs: "tuple[NDArray[np.intp], NDArray[np.intp]]") -> list[Pair]:
    needs, laboratories = table.problem.needs, table.problem.laboratories
    return [(needs[row].need, laboratories[column].laboratory) for row, column in zip(*pairs, strict=True)]


def _slacks(ruled: Rows) -> list[_Slack]:
    """Return every slack that could help, row by row."""
    table = ruled.table
    needs, laboratories = table.problem.needs, table.problem.laboratories
    slacks = []
    for row, demand in enumerate(needs):
        if most := int(table.need_least[row]):
            slacks.append(_Slack(row, 1, most, Change(remedy=Remedy.DEMAND, need=demand.need)))
    for column, quota in enumerate(laboratories):
        row, slug = len(needs) + column, quota.laboratory
        slacks.append(_Slack(row, -1, len(needs), Change(remedy=Remedy.PLACES, laboratory=slug)))
        if most := int(table.laboratory_least[column]):
            slacks.append(_Slack(row, 1, most, Change(remedy=Remedy.LEAST, laboratory=slug)))
    first = len(needs) + len(laboratories)
    for which, floor in enumerate(table.problem.floors):
        if most := int(ruled.low[first + which]):
            slacks.append(_Slack(first + which, 1, most, Change(remedy=Remedy.FLOOR, floor=floor.key)))
    return slacks
