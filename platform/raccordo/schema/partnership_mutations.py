"""What GraphQL changes of matches, shared needs, conflicts and places: the verbs of the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import capacity, conflicts, parties, partnerships
from raccordo.models import BodyKind, DeclineReason, InitiativeKind, Outcome
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.initiatives import SEMESTER
from raccordo.schema.partnerships import Conflict, MatchRecord, Party, Places
from raccordo.schema.refusals import Refusal

MatchStepResult: TypeAlias = Annotated[
    MatchRecord | Refusal,
    strawberry.union("MatchStepResult", description="The match after the step, or why it was refused."),
]
PartyResult: TypeAlias = Annotated[
    Party | Refusal, strawberry.union("PartyResult", description="The party as it is now, or why not.")
]
ConflictResult: TypeAlias = Annotated[
    Conflict | Refusal, strawberry.union("ConflictResult", description="The declaration, or why not.")
]
PlacesResult: TypeAlias = Annotated[
    Places | Refusal, strawberry.union("PlacesResult", description="The places as they are now, or why not.")
]


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


Number: TypeAlias = Annotated[int, _said("The number of the match.")]
Version: TypeAlias = Annotated[int, _said("The version the step was decided from; an older one is refused.")]
NeedNumber: TypeAlias = Annotated[int, _said("The number of the need.")]
Slug: TypeAlias = Annotated[str, _said("The slug of the laboratory.")]
Note: TypeAlias = Annotated[str, _said("A few words for the other side.")]
Initiative: TypeAlias = Annotated[
    InitiativeKind | None,
    _said("The kind of initiative: with a semester, the acceptance takes one of the places declared for it."),
]
Semester: TypeAlias = Annotated[str, _said(SEMESTER)]
Scope: TypeAlias = Annotated[str, _said("What to do together.")]
Reason: TypeAlias = Annotated[DeclineReason, _said("Why the laboratory declines.")]
How: TypeAlias = Annotated[Outcome, _said("How it ended.")]
PartnershipNumber: TypeAlias = Annotated[int, _said("The number of the partnership.")]
Kind: TypeAlias = Annotated[BodyKind, _said("The kind of body.")]
Code: TypeAlias = Annotated[str, _said("The natural key of the body.")]
Because: TypeAlias = Annotated[str, _said("Why, in one line.")]
ConflictNumber: TypeAlias = Annotated[int, _said("The number of the declaration.")]
HowMany: TypeAlias = Annotated[int | None, _said("How many at once; null when nobody knows.")]


async def _shortlist(info: Info, need_number: NeedNumber, laboratory: Slug) -> Any:
    return await answer(info, lambda: partnerships.shortlist(info.context.actor, need_number, laboratory))


async def _ask(info: Info, number: Number, version: Version, note: Note = "") -> Any:
    return await answer(info, lambda: partnerships.ask(info.context.actor, number, version, note))


async def _interest(info: Info, number: Number, version: Version, note: Note = "") -> Any:
    return await answer(info, lambda: partnerships.show_interest(info.context.actor, number, version, note))


async def _decline(info: Info, number: Number, version: Version, reason: Reason, note: Note = "") -> Any:
    return await answer(
        info, lambda: partnerships.decline(info.context.actor, number, version, reason.value, note)
    )


async def _pass_on(info: Info, number: Number, version: Version, laboratory: Slug, note: Note = "") -> Any:
    return await answer(
        info, lambda: partnerships.pass_on(info.context.actor, number, version, laboratory, note)
    )


async def _agree(
    info: Info,
    number: Number,
    version: Version,
    scope: Scope,
    initiative: Initiative = None,
    semester: Semester = "",
) -> Any:
    what = initiative.value if initiative else ""
    return await answer(
        info,
        lambda: partnerships.agree_scope(info.context.actor, number, version, scope, what, semester),
    )


async def _accept(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: partnerships.accept(info.context.actor, number, version))


async def _drop(info: Info, number: Number, version: Version, note: Note = "") -> Any:
    return await answer(info, lambda: partnerships.drop(info.context.actor, number, version, note))


async def _finish(
    info: Info, number: PartnershipNumber, version: Version, outcome: How, note: Note = ""
) -> Any:
    return await answer(
        info, lambda: partnerships.finish(info.context.actor, number, version, outcome.value, note)
    )


async def _invite(info: Info, need_number: NeedNumber, kind: Kind, code: Code) -> Any:
    return await answer(info, lambda: parties.invite(info.context.actor, need_number, kind.value, code))


async def _join(info: Info, need_number: NeedNumber) -> Any:
    return await answer(info, lambda: parties.join(info.context.actor, need_number))


async def _leave(info: Info, need_number: NeedNumber) -> Any:
    return await answer(info, lambda: parties.decline(info.context.actor, need_number))


async def _conflict(info: Info, laboratory: Slug, kind: Kind, code: Code, reason: Because) -> Any:
    return await answer(
        info, lambda: conflicts.declare(info.context.actor, laboratory, kind.value, code, reason)
    )


async def _no_conflict(info: Info, number: ConflictNumber) -> Any:
    return await answer(info, lambda: conflicts.remove(info.context.actor, number))


async def _places(info: Info, laboratory: Slug, version: Version, places: HowMany = None) -> Any:
    said = "" if places is None else str(places)
    return await answer(info, lambda: capacity.declare(info.context.actor, laboratory, version, said))


@strawberry.type
class PartnershipMutation:
    shortlist_laboratory: MatchStepResult = described(
        "Put a laboratory on a need’s shortlist; its owner.",
        _shortlist,
        cost=WRITING,
        right=("shortlist", "match"),
    )
    ask_laboratory: MatchStepResult = described(
        "Ask the laboratory; the owner.", _ask, cost=WRITING, right=("ask", "match")
    )
    show_interest: MatchStepResult = described(
        "Say that the laboratory would like to.", _interest, cost=WRITING, right=("show_interest", "match")
    )
    decline_match: MatchStepResult = described(
        "Say no for the laboratory, and why.", _decline, cost=WRITING, right=("decline", "match")
    )
    pass_on_match: MatchStepResult = described(
        "Hand the question to another laboratory, which is asked at once.",
        _pass_on,
        cost=WRITING,
        right=("pass_on", "match"),
    )
    agree_scope: MatchStepResult = described(
        "Write what to do together; whatever was accepted is accepted again.",
        _agree,
        cost=WRITING,
        right=("agree_scope", "match"),
    )
    accept_match: MatchStepResult = described(
        "Accept the scope; the second of the two sides begins the partnership.",
        _accept,
        cost=WRITING,
        right=("accept", "match"),
    )
    drop_match: MatchStepResult = described(
        "Renounce before the partnership begins; the owner or a coordinator.",
        _drop,
        cost=WRITING,
        right=("drop", "match"),
    )
    finish_partnership: MatchStepResult = described(
        "End a partnership with its outcome; either side or a coordinator.",
        _finish,
        cost=WRITING,
        right=("finish", "match"),
    )
    invite_party: PartyResult = described(
        "Ask another body to share a need; its owner.", _invite, cost=WRITING, right=("invite", "party")
    )
    join_need: PartyResult = described(
        "Share the need that one was invited to.", _join, cost=WRITING, right=("join", "party")
    )
    decline_need: PartyResult = described(
        "Do not share the need, or no longer.", _leave, cost=WRITING, right=("decline", "party")
    )
    declare_conflict: ConflictResult = described(
        "Declare a conflict of interest; the laboratory’s manager.",
        _conflict,
        cost=WRITING,
        right=("declare", "conflict"),
    )
    remove_conflict: ConflictResult = described(
        "Take a declaration back; the laboratory’s manager.",
        _no_conflict,
        cost=WRITING,
        right=("remove", "conflict"),
    )
    declare_places: PlacesResult = described(
        "Say how many partnerships the laboratory can have at once; its manager.",
        _places,
        cost=WRITING,
        right=("declare_places", "laboratory"),
    )
