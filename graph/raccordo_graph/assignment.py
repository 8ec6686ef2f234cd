"""Fair assignment under capacity: the largest total fit, then the worst-served need, then ties by seed."""

from collections.abc import Callable
from math import fsum

from raccordo_graph.assignment_check import violations
from raccordo_graph.assignment_fairness import raise_worst
from raccordo_graph.assignment_optimum import Optimum, optimum
from raccordo_graph.assignment_problem import Plan, Problem
from raccordo_graph.assignment_rows import Rows, rows
from raccordo_graph.assignment_table import Table

TOLERANCE = 0.006  # of the largest total, that may be given up so that nobody is served badly
Report = Callable[[float], None]


def assign(
    problem: Problem,
    *,
    seed: int = 0,
    tolerance: float = TOLERANCE,
    report: Report | None = None,
) -> Plan | None:
    """Return the plan for `problem`; None when no plan keeps all its rules.

    Totals that differ by less than a millionth for each laboratory given are equal, and `seed` chooses among them. Up to
    `tolerance` of the largest total is given up to raise the worst-served need. `report` hears the share that is done,
    between 0 and 1, and may raise to stop. The same arguments give the same plan: there is no limit of time, only one of
    nodes of the branching, after which :exc:`Undecided` of :mod:`assignment_optimum` is raised if there is nothing to
    show.

    >>> from raccordo_graph.assignment_problem import Demand, Quota
    >>> problem = Problem(
    ...     needs=(Demand(need=1), Demand(need=2)),
    ...     laboratories=(Quota(laboratory="a"), Quota(laboratory="b")),
    ...     scores=((0.9, 0.2), (0.8, 0.1)),
    ... )
    >>> plan = assign(problem, tolerance=0.0)
    >>> [(line.need, line.laboratory) for line in plan.lines], plan.total, plan.worst
    ([(1, 'b'), (2, 'a')], 1.0, 0.2)
    """
    if not 0 <= tolerance <= 1:
        raise ValueError(f"tolerance {tolerance} is not between 0 and 1")
    tell = report or (lambda _share: None)
    tell(0.0)
    if problem.together & (problem.conflicts | problem.apart):
        return None
    ruled = rows(Table.of(problem))
    tell(0.1)
    best = optimum(ruled, seed)
    if best is None:
        return None
    tell(0.6)
    plan = _fair(ruled, best, tolerance)
    tell(1.0)
    return plan


def _fair(ruled: Rows, best: Optimum, tolerance: float) -> Plan:
    table = ruled.table
    chosen = ruled.chosen(best.values)
    total = fsum(line.score for line in table.lines(chosen))
    fair = raise_worst(ruled, chosen, tolerance * total)
    lines = table.lines(fair.chosen)
    if broken := violations(table.problem, lines):
        raise RuntimeError(f"the plan breaks its rules: {'; '.join(broken)}")
    served = dict.fromkeys((demand.need for demand in table.problem.needs), 0.0)
    for line in lines:
        served[line.need] += line.score
    counted = [table.problem.needs[row].need for row in table.counted.nonzero()[0]]
    worst = min(counted, key=lambda need: (served[need], need), default=None)
    above = 0.0 if best.proved else max(0.0, best.bound - fsum(table.scores[chosen].tolist()))
    return Plan(
        lines=lines,
        total=fsum(line.score for line in lines),
        optimum=total + above,
        proved=best.proved,
        worst=0.0 if worst is None else served[worst],
        worst_need=worst,
        worst_bound=fair.bound,
    )
