"""Work that takes longer than an answer may: how far it is, and its end. What came out, each subject shows itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import computations
from raccordo.computations import Calculation
from raccordo.models import ComputationState
from raccordo.refusals import NotFound
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.refusals import Refusal

enumeration(
    ComputationState,
    "How far a computation is.",
    QUEUED="It waits for those before it.",
    RUNNING="It is being computed.",
    DONE="Its result can be read.",
    CANCELLED="Somebody ended it.",
    FAILED="It could not be computed; `problem` says why.",
)


def _problem(root: strawberry.Parent[Calculation], info: Info) -> str | None:
    return root.problem.say(info.context.language) if root.problem else None


@shows(Calculation, "A piece of work done in the background; kept for thirty days.")
class Computation:
    token: str = described("What it is asked for by; nobody guesses it.")
    kind: str = described("What is computed.")
    state: ComputationState = described("How far it is.")
    share: float = described("The share done, 0 to 1.")
    ahead: int = described("How many come before it, while it waits.")
    problem: str | None = described("Why there is no result, in words.", _problem)
    created_at: datetime = described("When it was asked for.")
    finished_at: datetime | None = described("When it ended, in whatever way.")


CancelComputationResult: TypeAlias = Annotated[
    Computation | Refusal,
    strawberry.union("CancelComputationResult", description="The computation as it is now, or why not."),
]
Token: TypeAlias = Annotated[str, strawberry.argument(description="The token of the computation.")]


async def _computation(token: Token) -> Calculation | None:
    try:
        return await computations.find(token)
    except NotFound:
        return None


async def _cancel(info: Info, token: Token) -> Any:
    return await answer(info, lambda: computations.cancel(info.context.actor, token))


@strawberry.type
class ComputationQuery:
    computation: Computation | None = described("The computation of a token.", _computation)


@strawberry.type
class ComputationMutation:
    cancel_computation: CancelComputationResult = described(
        "End a computation; one that is over stays as it is.",
        _cancel,
        cost=WRITING,
        right=("cancel", "computation"),
    )
