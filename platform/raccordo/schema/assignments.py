"""Plans of the coordination, as the schema shows them: for coordinators after their second factor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from raccordo import (
    assignment_board,
    assignment_locks,
    assignment_reading,
    assignment_suggestions,
    assignment_words,
    assignments,
)
from raccordo import published as public
from raccordo.assignment_board import Board
from raccordo.assignment_figures import Figures
from raccordo.assignment_locks import Lock
from raccordo.assignment_reading import FloorKept, Load, PlanLine
from raccordo.assignment_words import Reason, Repair
from raccordo.assignments import PlanSummary, StoredPlan
from raccordo.models import ComputationState, LockKind
from raccordo.refusals import NotFound
from raccordo.schema.computations import Computation
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import ALaboratory, ANeed
from raccordo.schema.matches import Fit, Match

READING = 10  # what reading the rows costs in the limiter's count
RIGHT = ("read", "assignment")

enumeration(
    LockKind,
    "What is fixed by hand about a need and a laboratory.",
    TOGETHER="Every plan puts them together.",
    APART="Every plan keeps them apart.",
)


@shows(Board, "The whole demand against the capacity.", right=RIGHT)
class AssignmentBoard:
    needs: int = described("How many needs are published.")
    examples: int = described("How many of them are examples.")
    laboratories: int = described("How many laboratories there are.")
    places: int = described("The free places that laboratories declared.")
    unknown: int = described("How many laboratories never said how many places they have.")
    conflicts: int = described("How many conflicts of interest are declared.")
    locks: int = described("How many pairs are fixed by hand.")


def _need(root: strawberry.Parent[PlanLine], info: Info) -> public.Need | None:
    return info.context.catalogue.needs.get(root.need)


def _laboratory(root: strawberry.Parent[PlanLine], info: Info) -> public.Laboratory | None:
    return info.context.catalogue.laboratories.get(root.laboratory)


@shows(PlanLine, "A need with a laboratory; a suggestion.", right=RIGHT)
class AssignmentLine:
    need_number: int = described("The number of the need.", lambda root: root.need)
    need: ANeed | None = described("The need; null when it is not published any more.", _need)
    laboratory: ALaboratory | None = described("The laboratory.", _laboratory)
    score: float = described("The score of the match, as in the ranking.")
    by_hand: bool = described("Whether a person fixed it.")


def _loaded(root: strawberry.Parent[Load], info: Info) -> public.Laboratory | None:
    return info.context.catalogue.laboratories.get(root.laboratory)


@shows(Load, "How many needs a plan gives to a laboratory.", right=RIGHT)
class AssignmentLoad:
    laboratory: ALaboratory | None = described("The laboratory.", _loaded)
    needs: int = described("How many needs it gets.")
    least: int = described("How many it has to get.")
    most: int = described("How many it may get.")
    assumed: bool = described("Whether its places are an assumption of the scenario.")


def _group(root: strawberry.Parent[FloorKept], info: Info) -> str:
    return root.name.say(info.context.language)


@shows(FloorKept, "An equity floor and what a plan makes of it.", right=RIGHT)
class AssignmentFloor:
    key: str = described("The group: `size:small`, `mountain`, `province:097` …")
    name: str = described("The group in words, in the language of `Accept-Language`.", _group)
    size: int = described("How many needs the group has.")
    asked: int = described("How many of them are to be served well.")
    served: int | None = described("How many are; null without a plan.")


@shows(Figures, "A plan in numbers.", right=RIGHT)
class AssignmentFigures:
    needs: int = described("How many needs are planned.")
    wanted: int = described("How many laboratories they want at most.")
    places: int = described("How many places there are.")
    given: int = described("How many matches the plan has.")
    unserved: int = described("How many needs want a laboratory and get none.")
    total: float = described("The sum of all scores.")
    share: float = described("The part of the largest possible total, between 0 and 1.")
    proved: bool = described("Whether that largest total is proved, or only a limit.")
    worst: float = described("What the worst-served need gets.")
    worst_need: int | None = described("The number of that need.")
    bound: float = described("What no plan can exceed for the worst-served need.")


@shows(Reason, "Why no plan is possible, in words that can be counted again.", right=RIGHT)
class AssignmentReason:
    sentence: str = described("What is missing, in the language of `Accept-Language`.")
    detail: str = described("How one counts it.")
    needs: list[int] = described("The needs that it is about, by number.")
    laboratories: list[str] = described("The laboratories that it is about, by slug.")


def _scenario(root: strawberry.Parent[Repair]) -> str:
    typed = root.scenario.typed()
    return "\n".join([typed.quotas, typed.demands, typed.floors, typed.let_go]).strip()


@shows(Repair, "Changes after which a plan is possible.", right=RIGHT)
class AssignmentRepair:
    summary: str = described("How much of each kind changes, in the language of `Accept-Language`.")
    sentences: list[str] = described("The changes, in the language of `Accept-Language`.")
    cost: int = described("What they cost together; the cheapest comes first.")
    proved: bool = described("Whether none of the same kinds costs less.")
    lines: str = described("The lines of the scenario's four lists in which it is done.", _scenario)


def _state(root: strawberry.Parent[PlanSummary]) -> ComputationState:
    if root.calculation:
        return root.calculation.state
    return ComputationState.DONE if root.computed else ComputationState.FAILED


async def _whole(root: PlanSummary, info: Info) -> StoredPlan:
    return await assignments.whole(info.context.actor, root)


async def _lines(root: strawberry.Parent[PlanSummary], info: Info) -> Listing[PlanLine]:
    found = assignment_reading.lines_of(info.context.catalogue, await _whole(root, info))
    return Listing(f"assignment_lines:{root.number}", found, lambda line: (line.need, line.laboratory))


async def _loads(root: strawberry.Parent[PlanSummary], info: Info) -> Listing[Load]:
    found = assignment_reading.loads_of(info.context.catalogue, await _whole(root, info))
    in_order = sorted(found, key=lambda load: load.laboratory)
    return Listing(f"assignment_loads:{root.number}", in_order, lambda load: (load.laboratory,))


async def _floors(root: strawberry.Parent[PlanSummary], info: Info) -> list[FloorKept]:
    return assignment_reading.floors_of(info.context.catalogue, await _whole(root, info))


async def _reasons(root: strawberry.Parent[PlanSummary], info: Info) -> list[Reason]:
    found = await _whole(root, info)
    if found.result is None:
        return []
    return assignment_words.reasons(info.context.catalogue, found.result, info.context.language)


async def _repairs(root: strawberry.Parent[PlanSummary], info: Info) -> list[Repair]:
    found = await _whole(root, info)
    if found.result is None:
        return []
    return assignment_words.repairs(
        info.context.catalogue, found.scenario, found.result, info.context.language
    )


@shows(PlanSummary, "A scenario and what came out of it: a suggestion, never an assignment.", right=RIGHT)
class AssignmentPlan:
    number: int = described("Its natural key.")
    name: str = described("The scenario's name.")
    token: str = described("The token of its computation, for `computation` and `cancelComputation`.")
    state: ComputationState = described("How far its computation is.", _state)
    calculation: Computation | None = described(
        "Its computation until there is a result.", name="computation"
    )
    snapshot_id: str = described("What it was computed from: the same scenario on it gives the same plan.")
    created_at: datetime = described("When it was asked for.")
    feasible: bool = described("Whether a plan was found.")
    figures: AssignmentFigures | None = described("The plan in numbers; null without one.")
    lines: Connection[AssignmentLine] = listed("The plan, by need and laboratory.", _lines, cost=READING)
    loads: Connection[AssignmentLoad] = listed(
        "The laboratories that get a need, by slug.", _loads, cost=READING
    )
    floors: list[AssignmentFloor] = described("The equity floors that were asked for.", _floors, cost=READING)
    reasons: list[AssignmentReason] = described(
        "Why no plan is possible; empty with one.", _reasons, cost=READING
    )
    repairs: list[AssignmentRepair] = described("What would make one possible.", _repairs, cost=READING)


def _fixed_need(root: strawberry.Parent[Lock], info: Info) -> public.Need | None:
    return info.context.catalogue.needs.get(root.need)


def _fixed_laboratory(root: strawberry.Parent[Lock], info: Info) -> public.Laboratory | None:
    return info.context.catalogue.laboratories.get(root.laboratory)


@shows(Lock, "A need and a laboratory that a coordinator fixed by hand.", right=RIGHT)
class AssignmentLock:
    number: int = described("Its natural key: pass it to `releaseAssignment`.")
    need: ANeed | None = described("The need; null when it is not published any more.", _fixed_need)
    laboratory: ALaboratory | None = described("The laboratory.", _fixed_laboratory)
    kind: LockKind = described("Together or apart.")
    reason: str = described("Why, in one line.")
    fixed_at: datetime = described("When.")


Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the scenario.")]


async def _board(info: Info) -> Board:
    return await assignment_board.board(info.context.actor, info.context.catalogue)


async def _plan(info: Info, number: Number) -> StoredPlan | None:
    try:
        return await assignments.find(info.context.actor, number)
    except NotFound:
        return None


async def _plans(info: Info) -> Listing[PlanSummary]:
    found = await assignments.newest(info.context.actor)
    return Listing("assignment_plans", found, lambda plan: (-plan.number,))


async def _locks(info: Info) -> Listing[Lock]:
    found = await assignment_locks.every(info.context.actor)
    return Listing("assignment_locks", found, lambda lock: (lock.need, lock.laboratory))


async def _suggested(info: Info) -> Listing[Fit]:
    found = await assignment_suggestions.waiting_for(info.context.actor)
    fits = [Fit(need=one.need, laboratory=one.laboratory, match=one.match) for one in found]
    return Listing("assignment_suggestions", fits, lambda fit: (fit.need.number, fit.laboratory.slug))  # type: ignore[union-attr]  # never without a need


@strawberry.type
class AssignmentQuery:
    assignment_board: AssignmentBoard = described(
        "The whole demand against the capacity; for a coordinator after its second factor.",
        _board,
        cost=READING,
    )
    assignment_plan: AssignmentPlan | None = described(
        "A scenario; for a coordinator after its second factor.", _plan, cost=READING
    )
    assignment_plans: Connection[AssignmentPlan] = listed(
        "The scenarios, the last first, at most a hundred; for a coordinator after its second factor.",
        _plans,
        cost=READING,
    )
    assignment_suggestions: Connection[Match] = listed(
        "The laboratories that the coordination suggests for the needs of the body that one acts for, waiting for it.",
        _suggested,
        cost=READING,
    )
    assignment_locks: Connection[AssignmentLock] = listed(
        "What is fixed by hand; for a coordinator after its second factor.", _locks, cost=READING
    )
