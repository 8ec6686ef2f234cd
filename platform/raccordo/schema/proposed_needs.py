"""Needs proposed for a municipality: for the two bodies concerned only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from raccordo import published
from raccordo.delegation import DelegationChoice as StoredChoice
from raccordo.models import ProposedNeedState
from raccordo.proposed_need_records import ProposedNeedRecord as StoredProposal
from raccordo.proposed_need_records import find, next_step, readable_by
from raccordo.proposed_need_steps import DelegationSide
from raccordo.published import Axis
from raccordo.refusals import NotFound
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import ABody, ANeed

READING = 5  # what reading all of one side's proposals costs in the limiter's count

enumeration(
    ProposedNeedState,
    "Where a need that was proposed for a municipality stands.",
    WAITING="The municipality has not answered.",
    CONFIRMED="The municipality made it its own: it is published.",
    DECLINED="The municipality said no, and why.",
    TAKEN_BACK="Its poster took it back before the answer.",
    EXPIRED="Sixty days went by without an answer.",
)
enumeration(
    DelegationSide,
    "Who takes a step of a proposed need.",
    POSTER="The body that wrote it.",
    MUNICIPALITY="The municipality for which it was written.",
    CLOCK="Nobody: time alone ends it.",
)


def _poster(root: strawberry.Parent[StoredProposal], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*root.poster)


def _municipality(root: strawberry.Parent[StoredProposal], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*root.municipality)


def _need(root: strawberry.Parent[StoredProposal], info: Info) -> published.Need | None:
    return info.context.catalogue.needs.get(root.need or 0)


def _next(root: strawberry.Parent[StoredProposal], info: Info) -> str:
    return next_step(root)[0].say(info.context.language)


def _owes(root: strawberry.Parent[StoredProposal]) -> DelegationSide | None:
    return next_step(root)[1]


def _says(name: str):  # type: ignore[no-untyped-def]  # a resolver for each field of the same input
    def resolver(root: strawberry.Parent[StoredProposal]) -> object:
        return getattr(root.written, name)

    return resolver


@shows(
    StoredProposal,
    "A need that a union, a mountain community or a province wrote for a municipality: only these two read it.",
    right=("read", "proposed_need"),
)
class ProposedNeed:
    number: int = described("Its natural key, apart from the numbers of needs.")
    version: int = described("The version to pass back with the next step.")
    state: ProposedNeedState = described("Where it stands.")
    poster: ABody | None = described("The body that wrote it; null when it is gone.", _poster)
    municipality: ABody | None = described("For whom it was written; null when it is gone.", _municipality)
    title: str = described("The title as proposed.", _says("title"))
    description: str = described("The whole text as proposed.", _says("description"))
    functions: list[str] = described("The letters of the functions that were chosen.", _says("functions"))
    themes: list[str] = described("The slugs of the themes that were chosen.", _says("themes"))
    axes: list[Axis] = described("The axes that were chosen.", _says("axes"))
    funding: str = described("The funding as proposed.", _says("funding"))
    deadline: str = described("The deadline as YYYY-MM-DD; empty when there is none.", _says("deadline"))
    reason: str = described("Why the municipality said no; empty otherwise.")
    need: ANeed | None = described("The need that was made of it; null unless it is published.", _need)
    next_step: str = described("What comes next, the same words for both sides.", _next)
    owes: DelegationSide | None = described("Who owes the next step; null when nobody does.", _owes)
    told: bool = described("False while nobody of the municipality has an account to be told by.")
    proposed_at: datetime = described("When it was proposed.")
    changed_at: datetime = described("When it last changed.")
    expires_at: datetime = described("When it ends unless somebody changes or answers it.")


@shows(
    StoredChoice,
    "Whether others may propose needs for a municipality.",
    right=("choose", "delegation"),
)
class DelegationChoice:
    municipality: str = described("The ISTAT code of the municipality.")
    accepts: bool = described("True when they may.")


Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the proposal.")]


async def _one(info: Info, number: Number) -> StoredProposal | None:
    try:
        return await find(info.context.actor, number)
    except NotFound:
        return None


async def _mine(info: Info) -> Listing[StoredProposal]:
    found = await readable_by(info.context.actor)
    rows = sorted(found, key=_place)
    return Listing("proposed_needs", rows, _place)


def _place(one: StoredProposal) -> tuple[float, int]:
    return (-one.changed_at.timestamp(), one.number)


@strawberry.type
class ProposedNeedQuery:
    proposed_needs: Connection[ProposedNeed] = listed(
        "What the body of whoever acts proposed or was proposed to it, the last changed first.",
        _mine,
        cost=READING,
    )
    proposed_need: ProposedNeed | None = described(
        "A proposed need; null for whoever belongs to neither side.", _one
    )
