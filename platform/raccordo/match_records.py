"""A match that people act on, as its parties read it: the record, who reads it, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from raccordo import catalogue
from raccordo.language import Sentence
from raccordo.match_steps import OPEN, Side, verbs_of
from raccordo.models import (
    BodyKind,
    DeclineReason,
    InitiativeKind,
    Match,
    MatchState,
    NeedParty,
    NeedStatus,
    Outcome,
    Partnership,
    PartyStatus,
    Role,
)
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY, Actor
from raccordo.refusals import NotFound
from raccordo.rights import Body, Subject, allows

RELATED = ("need__owner", "laboratory", "passed_from", "passed_to", "partnership")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRecord:
    """What began when both sides accepted; `ended_at` None while it is under way."""

    id: int
    version: int
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None
    outcome_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRecord:
    """A need and a laboratory about which somebody did something. `parties` are bodies that share the need."""

    id: int
    version: int
    state: MatchState
    need_number: int
    need_title: str
    need_published: bool
    example: bool
    owner: Body
    owner_name: str
    parties: tuple[Body, ...]
    laboratory: str
    laboratory_name: str
    snapshot_id: str
    score: float
    position: int
    asked_at: datetime | None
    answered_at: datetime | None
    decline_reason: DeclineReason | None
    note: str
    passed_from: str | None
    passed_to: tuple[str, ...]
    scope: str
    kind: InitiativeKind | None
    semester: str
    accepted_by_owner: bool
    accepted_by_laboratory: bool
    changed_at: datetime
    partnership: PartnershipRecord | None

    @property
    def ended(self) -> bool:
        """True when no step is left: declined, passed on, dropped, or finished."""
        if self.partnership:
            return self.partnership.ended_at is not None
        return self.state not in OPEN

    @property
    def under_way(self) -> bool:
        return self.partnership is not None and self.partnership.ended_at is None


def side_of(actor: Actor, record: MatchRecord) -> Side | None:
    """For which side somebody acts: None for a party that only follows, and for strangers."""
    if actor.acts_for(*record.owner):
        return Side.OWNER
    if actor.works_in(record.laboratory):
        return Side.LABORATORY
    return Side.COORDINATOR if actor.role is Role.COORDINATOR else None


def side_in_general(actor: Actor) -> Side | None:
    """The side of whoever acts wherever it takes part: None for coordinators and for visitors."""
    if actor.role in FOR_A_BODY:
        return Side.OWNER
    return Side.LABORATORY if actor.role in FOR_A_LABORATORY else None


def allowed_verbs(actor: Actor, record: MatchRecord) -> tuple[str, ...]:
    """The steps that this actor could take now, as far as rights and the table are concerned."""
    side = side_of(actor, record)
    if side is None or record.ended:
        # What was dropped can be taken up again: nothing else follows an end.
        again = record.state is MatchState.DROPPED and record.need_published and side is Side.OWNER
        return ("shortlist",) if again and allows(actor, "shortlist", "match", acting(record)) else ()
    return tuple(
        verb
        for verb in verbs_of(record.state, side)
        if (record.need_published or verb == "finish")
        and allows(actor, verb, "match", acting(record))
        and not (verb == "accept" and _accepted(record, side))
    )


def _accepted(record: MatchRecord, side: Side) -> bool:
    return record.accepted_by_owner if side is Side.OWNER else record.accepted_by_laboratory


def acting(record: MatchRecord) -> Subject:
    """The match as the right to act on it sees it: the owner leads, parties follow."""
    return Subject(bodies=frozenset({record.owner}), laboratory=_known_to(record), example=record.example)


def reading(record: MatchRecord) -> Subject:
    """The match as the right to read it sees it: with every body that shares the need."""
    return Subject(bodies=frozenset({record.owner, *record.parties}), laboratory=_known_to(record))


def _known_to(record: MatchRecord) -> str | None:
    """A shortlist is the owner's own paper: the laboratory reads it once it was asked."""
    return record.laboratory if record.asked_at else None


def next_step(record: MatchRecord) -> tuple[Sentence, Side | None]:
    """What comes next and who owes it: the same words for both sides. None: nobody owes anything."""
    values: dict[str, object] = {"owner": record.owner_name, "laboratory": record.laboratory_name}
    if record.partnership:
        if record.partnership.ended_at:
            return Sentence("La collaborazione è conclusa."), None
        return Sentence("Al lavoro: quando è finita, uno dei due scrive com’è andata."), None
    if record.state in OPEN and not record.need_published:
        return Sentence("Il bisogno non è più pubblicato: non si possono fare altri passi."), None
    text, side = _NEXT[record.state] if record.state is not MatchState.SCOPE_AGREED else _to_accept(record)
    return Sentence(text.text, values), side


def waits_for(side: Side | None, record: MatchRecord) -> bool:
    """Whether the next step is this side's; None waits for nobody."""
    owes = next_step(record)[1]
    return side is not None and owes in (side, Side.BOTH) and not _accepted(record, side)


_NEXT: dict[MatchState, tuple[Sentence, Side | None]] = {
    MatchState.SHORTLISTED: (
        Sentence("Tocca a {owner}: chiedere a {laboratory}, o toglierlo dalla rosa."),
        Side.OWNER,
    ),
    MatchState.ASKED: (
        Sentence("Tocca a {laboratory}: dire se interessa, declinare o passare ad altri."),
        Side.LABORATORY,
    ),
    MatchState.INTERESTED: (
        Sentence("Tocca a {owner} e a {laboratory}: scrivere che cosa fare insieme."),
        Side.BOTH,
    ),
    MatchState.DECLINED: (Sentence("{laboratory} ha declinato: si può chiedere ad altri."), None),
    MatchState.PASSED_ON: (Sentence("{laboratory} ha passato la richiesta a un altro laboratorio."), None),
    MatchState.DROPPED: (Sentence("{owner} ci ha rinunciato: può rimetterlo nella rosa."), None),
    MatchState.ACCEPTED: (Sentence("Al lavoro."), None),
}


def _to_accept(record: MatchRecord) -> tuple[Sentence, Side]:
    if record.accepted_by_owner:
        return Sentence(
            "Tocca a {laboratory}: accettare quello che c’è scritto, o cambiarlo."
        ), Side.LABORATORY
    if record.accepted_by_laboratory:
        return Sentence("Tocca a {owner}: accettare quello che c’è scritto, o cambiarlo."), Side.OWNER
    return Sentence(
        "Tocca a {owner} e a {laboratory}: accettare quello che c’è scritto, o cambiarlo."
    ), Side.BOTH


async def read(match_id: int) -> MatchRecord | None:
    """The match with that number, whoever asks."""
    if not 0 < match_id < 2**31:
        return None
    row = await Match.get_or_none(id=match_id).prefetch_related(*RELATED)
    return (await records([row]))[0] if row else None


async def find(actor: Actor, match_id: int) -> MatchRecord:
    """The match as a party or a coordinator reads it; for everybody else there is none: NotFound."""
    record = await read(match_id)
    if record is None or not allows(actor, "read", "match", reading(record)):
        raise unknown()
    return record


def unknown() -> NotFound:
    return NotFound("unknown_match", Sentence("Qui non c’è nessuna collaborazione."))


async def readable_by(actor: Actor) -> list[MatchRecord]:
    """Everything that this actor may read, the last changed first."""
    rows = Match.all() if actor.role is Role.COORDINATOR else None
    if actor.body_kind:
        shared = await NeedParty.filter(
            body__kind=actor.body_kind, body__code=actor.body_code, status=PartyStatus.JOINED
        ).values_list("need_id", flat=True)
        owned = await Match.filter(
            need__owner__kind=actor.body_kind, need__owner__code=actor.body_code
        ).values_list("need_id", flat=True)
        rows = Match.filter(need_id__in=[*shared, *owned])
    if actor.role in FOR_A_LABORATORY:
        rows = Match.filter(laboratory_id=actor.laboratory, asked_at__not_isnull=True)
    if rows is None:
        return []
    found = await records(await rows.order_by("-changed_at", "-id").prefetch_related(*RELATED))
    return [record for record in found if allows(actor, "read", "match", reading(record))]


async def waiting_for(actor: Actor) -> list[MatchRecord]:
    """The matches of which the next step is this actor's."""
    side = side_in_general(actor)
    return [one for one in await readable_by(actor) if waits_for(side, one)] if side else []


async def of_need(number: int) -> dict[str, MatchRecord]:
    """The matches of a need by laboratory, whoever asks: callers check who reads."""
    rows = await Match.filter(need_id=number).prefetch_related(*RELATED)
    return {record.laboratory: record for record in await records(rows)}


async def records(rows: Iterable[Match]) -> list[MatchRecord]:
    """Rows with their relations as records, in the same order."""
    rows = list(rows)
    joined: dict[int, list[Body]] = {}
    parties = (
        await NeedParty.filter(
            need_id__in=sorted({row.need.number for row in rows}), status=PartyStatus.JOINED
        )
        .order_by("id")
        .values_list("need_id", "body__kind", "body__code")
    )
    for need, kind, code in parties:
        joined.setdefault(need, []).append((BodyKind(kind), code))
    return [_record(row, tuple(joined.get(row.need.number, ()))) for row in rows]


def _record(row: Match, parties: tuple[Body, ...]) -> MatchRecord:
    own = "id version state snapshot_id score position asked_at answered_at decline_reason note scope kind semester"
    own += " accepted_by_owner accepted_by_laboratory changed_at"
    owner = (row.need.owner.kind, row.need.owner.code)
    ended_in: Partnership | None = row.partnership  # type: ignore[attr-defined]  # the other end of a relation
    passed_to: Iterable[Match] = row.passed_to  # type: ignore[attr-defined]  # the same
    return MatchRecord(
        **{name: getattr(row, name) for name in own.split()},
        need_number=row.need.number,
        need_title=row.need.title,
        need_published=row.need.status is NeedStatus.PUBLISHED,
        example=row.need.example,
        owner=owner,
        owner_name=name_of(owner),
        parties=parties,
        laboratory=row.laboratory.slug,
        laboratory_name=row.laboratory.name,
        passed_from=row.passed_from.laboratory_id if row.passed_from else None,  # type: ignore[attr-defined]  # Tortoise adds it
        passed_to=tuple(sorted(one.laboratory_id for one in passed_to)),  # type: ignore[attr-defined]  # the same
        partnership=_partnership(ended_in) if ended_in else None,
    )


def name_of(body: Body) -> str:
    """The name of a territorial body of today; its code when it is gone."""
    found = catalogue.current().body(*body)
    return found.name if found else body[1]


def _partnership(row: Partnership) -> PartnershipRecord:
    own = "id version started_at ended_at outcome outcome_note"
    return PartnershipRecord(**{name: getattr(row, name) for name in own.split()})
