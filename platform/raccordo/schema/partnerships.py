"""Matches that people act on: for their parties and the coordinators only; figures of trust for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import strawberry

from raccordo import match_records, match_timeline, published, trust
from raccordo.capacity import Places as StoredPlaces
from raccordo.conflicts import Conflict as StoredConflict
from raccordo.match_records import MatchRecord as StoredMatch
from raccordo.match_records import PartnershipRecord, next_step
from raccordo.match_steps import Side
from raccordo.match_timeline import TimelineEntry as StoredEntry
from raccordo.models import DeclineReason, InitiativeKind, MatchState, Outcome, PartyStatus
from raccordo.parties import Party as StoredParty
from raccordo.rights import Body
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import ABody, ALaboratory, ANeed

enumeration(
    MatchState,
    "Where a match that people act on stands.",
    SHORTLISTED="On the owner’s own shortlist; the laboratory does not know.",
    ASKED="The laboratory was asked and has not answered.",
    INTERESTED="The laboratory would like to: what to do is written together.",
    DECLINED="The laboratory said no.",
    PASSED_ON="The laboratory handed the question to another one.",
    SCOPE_AGREED="What to do is written, and not yet accepted by both.",
    ACCEPTED="Both accepted: a partnership.",
    DROPPED="The owner renounced.",
)
enumeration(
    DeclineReason,
    "Why a laboratory declines.",
    NOT_OUR_FIELD="It is not its field.",
    NO_CAPACITY="It has no place.",
    NOT_NOW="Not now.",
    TOO_FAR="It is too far away.",
    CONFLICT_OF_INTEREST="There is a conflict of interest.",
    OTHER="Something else, said in the note.",
)
enumeration(
    Outcome,
    "How a partnership ended.",
    DONE="It did what it was for.",
    PARTLY_DONE="It did a part of it.",
    ABANDONED="It was abandoned.",
)
enumeration(
    PartyStatus,
    "Whether an invited body shares a need.",
    INVITED="It has not answered yet.",
    JOINED="It shares the need.",
    DECLINED="It does not.",
)
enumeration(
    Side,
    "A side of a match.",
    OWNER="The body that owns the need.",
    LABORATORY="The laboratory.",
    BOTH="Either of them.",
    COORDINATOR="The coordinators.",
)


def _known_body(info: Info, body: Body) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*body)


def _owner(root: strawberry.Parent[StoredMatch], info: Info) -> published.TerritorialBody | None:
    return _known_body(info, root.owner)


def _parties(root: strawberry.Parent[StoredMatch], info: Info) -> list[published.TerritorialBody]:
    return [body for one in root.parties if (body := _known_body(info, one))]


def _need(root: strawberry.Parent[StoredMatch], info: Info) -> published.Need | None:
    return info.context.catalogue.needs.get(root.need_number)


def _laboratory(root: strawberry.Parent[StoredMatch], info: Info) -> published.Laboratory:
    return info.context.catalogue.laboratories[root.laboratory]


def _next(root: strawberry.Parent[StoredMatch], info: Info) -> str:
    return next_step(root)[0].say(info.context.language)


def _owes(root: strawberry.Parent[StoredMatch]) -> Side | None:
    return next_step(root)[1]


async def _timeline(root: strawberry.Parent[StoredMatch]) -> list[StoredEntry]:
    return list(await match_timeline.timeline(root))


def _sentence(root: strawberry.Parent[StoredEntry], info: Info) -> str:
    return root.sentence.say(info.context.language)


def _number(root: strawberry.Parent[StoredMatch]) -> int:
    return root.id


def _partnership_number(root: strawberry.Parent[PartnershipRecord]) -> int:
    return root.id


@shows(StoredEntry, "A step that somebody took, as both sides read it.", right=("read", "match"))
class TimelineEntry:
    at: datetime = described("When.")
    verb: str = described("What was done: `ask`, `accept` …")
    state: MatchState = described("Where the match stood afterwards.")
    side: Side = described("Whose step it was.")
    sentence: str = described("The same in words, in the language of `Accept-Language`.", _sentence)
    note: str = described("What was written with it; empty when nothing was.")


@shows(PartnershipRecord, "What began when both sides accepted.", right=("read", "match"))
class Partnership:
    number: int = described("Its natural key: pass it to `finishPartnership`.", _partnership_number)
    version: int = described("The version to pass back when it ends.")
    started_at: datetime = described("When both had accepted.")
    ended_at: datetime | None = described("When it ended; null while it is under way.")
    outcome: Outcome | None = described("How it ended; null while it is under way.")
    outcome_note: str = described("What remains of it, in free words.")


@shows(
    StoredMatch,
    "A match that people act on. Only its parties and the coordinators read it.",
    right=("read", "match"),
)
class MatchRecord:
    number: int = described("Its natural key: pass it to the steps.", _number)
    version: int = described("The version to pass back with the next step.")
    state: MatchState = described("Where it stands.")
    need_number: int = described("The number of the need.")
    need_title: str = described("The title of the need, also when it is no longer published.")
    need: ANeed | None = described("The need; null when it is no longer published.", _need)
    laboratory: ALaboratory = described("The laboratory.", _laboratory)
    owner: ABody | None = described("The body that owns the need; null when it is gone.", _owner)
    parties: list[ABody] = described("The bodies that share the need.", _parties)
    next_step: str = described("What comes next, the same words for both sides.", _next)
    owes: Side | None = described("Who owes the next step; null when nobody does.", _owes)
    score: float = described("The score it had when it was taken from the ranking.")
    position: int = described("The position it had there.")
    snapshot_id: str = described("The ranking it was taken from.")
    asked_at: datetime | None = described("When the laboratory was asked; null before that.")
    answered_at: datetime | None = described("When it first answered; null before that.")
    decline_reason: DeclineReason | None = described("Why it declined.")
    note: str = described("What was written when it declined.")
    passed_from: str | None = described("The slug of the laboratory that passed it here.")
    passed_to: list[str] = described("The slugs of laboratories to which it was passed.")
    scope: str = described("What to do together; empty until somebody writes it.")
    kind: InitiativeKind | None = described("The kind of initiative, where the scope says one.")
    semester: str = described("The semester, where the scope says one; else empty.")
    accepted_by_owner: bool = described("Whether the owner accepted this scope.")
    accepted_by_laboratory: bool = described("Whether the laboratory accepted this scope.")
    changed_at: datetime = described("When the last step was taken.")
    partnership: Partnership | None = described("The partnership; null until both accepted.")
    timeline: list[TimelineEntry] = described("Every step so far, the first one first.", _timeline)


def _party_body(root: strawberry.Parent[StoredParty], info: Info) -> published.TerritorialBody | None:
    return _known_body(info, root.body)


@shows(StoredParty, "A body beside the owner of a need.", right=("read", "party"))
class Party:
    body: ABody | None = described("The body; null when it is gone.", _party_body)
    name: str = described("Its name.")
    status: PartyStatus = described("Whether it shares the need.")
    changed_at: datetime = described("When it was invited or answered.")


def _conflict_number(root: strawberry.Parent[StoredConflict]) -> int:
    return root.id


def _conflict_body(root: strawberry.Parent[StoredConflict], info: Info) -> published.TerritorialBody | None:
    return _known_body(info, root.body)


@shows(
    StoredConflict,
    "A declared conflict of interest: only the laboratory and the coordinators read it.",
    right=("read", "conflict"),
)
class Conflict:
    number: int = described("Its natural key.", _conflict_number)
    laboratory: str = described("The slug of the laboratory.")
    body: ABody | None = described("The body; null when it is gone.", _conflict_body)
    reason: str = described("Why, in one line.")
    declared_at: datetime = described("When it was declared.")


@shows(StoredPlaces, "The places of a laboratory.")
class Places:
    laboratory: str = described("The slug of the laboratory.")
    version: int = described("The version to pass back with the next declaration.")
    declared: int | None = described("How many it can have at once; null when nobody said.")
    taken: int = described("How many partnerships are under way.")
    free: int | None = described("How many are left; null when nobody said how many there are.")


@dataclass(frozen=True, slots=True)
class TrustOf:
    """Somebody's figures with whose they are."""

    name: str
    key: str
    laboratory: published.Laboratory | None
    trust: trust.Trust

    @property
    def cases(self) -> int | None:
        return self.trust.cases

    @property
    def share(self) -> float | None:
        return self.trust.share

    @property
    def median_days(self) -> float | None:
        return self.trust.median_days


@shows(TrustOf, "How soon somebody answers; given from three cases up, in no order of merit.")
class TrustFigures:
    name: str = described("Whose figures they are.")
    laboratory: ALaboratory | None = described("The laboratory; null for a body.")
    cases: int | None = described("How many questions count.")
    share: float | None = described("The share of them that got an answer, between 0 and 1.")
    median_days: float | None = described("Days to the first answer; null for fewer than three answers.")


def _of_laboratories(root: strawberry.Parent[trust.Figures], info: Info) -> Listing[TrustOf]:
    known = info.context.catalogue.laboratories
    found = (
        TrustOf(known[slug].name, slug, known[slug], one)
        for slug, one in root.laboratories.items()
        if slug in known
    )
    return _by_name("trust_of_laboratories", found)


def _of_bodies(root: strawberry.Parent[trust.Figures]) -> Listing[TrustOf]:
    found = (
        TrustOf(match_records.name_of(body), ":".join(body), None, one) for body, one in root.bodies.items()
    )
    return _by_name("trust_of_bodies", found)


def _by_name(listing: str, found: Iterable[TrustOf]) -> Listing[TrustOf]:
    rows = sorted(found, key=lambda one: (one.name, one.key))
    return Listing(listing, rows, lambda one: (one.name, one.key))


@shows(trust.Figures, "Figures of trust: whoever has fewer than three cases is not in them.")
class Trust:
    laboratories: Connection[TrustFigures] = listed("How soon laboratories answer.", _of_laboratories)
    bodies: Connection[TrustFigures] = listed("How soon bodies go on after an interest.", _of_bodies)


def matches_listing(name: str, records: list[StoredMatch]) -> Listing[StoredMatch]:
    """The last changed first; equal instants by number."""
    rows = sorted(records, key=lambda one: (-one.changed_at.timestamp(), one.id))
    return Listing(name, rows, lambda one: (-one.changed_at.timestamp(), one.id))
