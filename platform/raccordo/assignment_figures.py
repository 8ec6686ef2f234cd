"""A plan in numbers: counted once, where it is computed, and kept beside it."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo_graph.assignment_problem import Plan, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A plan in numbers. `bound` is what no plan can exceed for the worst-served need; `places` are those offered."""

    needs: int
    wanted: int
    places: int
    given: int
    total: float
    share: float
    proved: bool
    worst: float
    worst_need: int | None
    bound: float
    unserved: int


def counted(problem: Problem, plan: Plan) -> Figures:
    """The figures of a plan for a problem."""
    served = {line.need for line in plan.lines}
    return Figures(
        needs=len(problem.needs),
        wanted=sum(demand.most for demand in problem.needs),
        places=sum(quota.most for quota in problem.laboratories),
        given=len(plan.lines),
        total=plan.total,
        share=plan.share,
        proved=plan.proved,
        worst=plan.worst,
        worst_need=plan.worst_need,
        bound=plan.worst_bound,
        unserved=sum(1 for demand in problem.needs if demand.most and demand.need not in served),
    )
