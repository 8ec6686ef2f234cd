"""What GraphQL changes of plans and of what is fixed by hand: the verbs of the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import assignment_locks, assignment_suggestions, assignments
from raccordo.models import LockKind
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.assignment_input import AssignmentInput, written
from raccordo.schema.assignments import AssignmentLock, AssignmentPlan
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.refusals import Refusal

PlanAssignmentResult: TypeAlias = Annotated[
    AssignmentPlan | Refusal,
    strawberry.union("PlanAssignmentResult", description="The scenario, being computed, or why not."),
]
SuggestAssignmentResult: TypeAlias = Annotated[
    AssignmentPlan | Refusal,
    strawberry.union(
        "SuggestAssignmentResult", description="The scenario whose plan was suggested, or why not."
    ),
]
AssignmentLockResult: TypeAlias = Annotated[
    AssignmentLock | Refusal,
    strawberry.union("AssignmentLockResult", description="What is fixed, or no longer, or why not."),
]
Asked: TypeAlias = Annotated[AssignmentInput, strawberry.argument(description="What the plan is asked for.")]
NeedNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
PlanNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the scenario.")]
OneNeed: TypeAlias = Annotated[
    int | None,
    strawberry.argument(description="The number of the need whose lines are suggested; null for all."),
]
Slug: TypeAlias = Annotated[str, strawberry.argument(description="The slug of the laboratory.")]
Kind: TypeAlias = Annotated[LockKind, strawberry.argument(description="Together or apart.")]
Because: TypeAlias = Annotated[str, strawberry.argument(description="Why, in one line.")]
Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the lock.")]


async def _plan(info: Info, input: Asked) -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(info, lambda: assignments.plan(info.context.actor, written(input)))


async def _suggest(info: Info, plan: PlanNumber, need_number: OneNeed = None) -> Any:
    return await answer(info, lambda: assignment_suggestions.suggest(info.context.actor, plan, need_number))


async def _fix(info: Info, need_number: NeedNumber, laboratory: Slug, lock: Kind, reason: Because) -> Any:
    return await answer(
        info,
        lambda: assignment_locks.fix(info.context.actor, need_number, laboratory, lock.value, reason),
    )


async def _release(info: Info, number: Number) -> Any:
    return await answer(info, lambda: assignment_locks.release(info.context.actor, number))


@strawberry.type
class AssignmentMutation:
    plan_assignment: PlanAssignmentResult = described(
        "Ask for a plan of the whole demand; it is computed in the background.",
        _plan,
        cost=WRITING,
        right=("plan", "assignment"),
    )
    suggest_assignment: SuggestAssignmentResult = described(
        "Suggest the laboratories of a plan to the owners of the needs, who are told and decide.",
        _suggest,
        cost=WRITING,
        right=("suggest", "assignment"),
    )
    fix_assignment: AssignmentLockResult = described(
        "Fix a need and a laboratory by hand, together or apart, in every plan.",
        _fix,
        cost=WRITING,
        right=("fix", "assignment"),
    )
    release_assignment: AssignmentLockResult = described(
        "Take away what is fixed.", _release, cost=WRITING, right=("release", "assignment")
    )
