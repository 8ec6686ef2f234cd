"""A proposed need as its two sides read it, and nobody else: where it stands, what comes next, who owes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from raccordo import catalogue
from raccordo.language import Sentence
from raccordo.match_records import name_of
from raccordo.models import BodyKind, ProposedNeed, ProposedNeedState
from raccordo.need_input import NeedInput
from raccordo.need_rows import understood_fields
from raccordo.people import FOR_A_BODY, Actor
from raccordo.proposed_need_steps import TABLE, DelegationSide, side_of
from raccordo.refusals import NotFound
from raccordo.rights import Body, Subject, allows
from raccordo.spoken import Day

RELATED = ("poster", "municipality")
LASTS = timedelta(days=60)
SEPARATOR = "|"
WHAT = "proposed_need"
PATH = "/bisogni/proposti/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedNeedRecord:
    """What `poster` proposes for `municipality`. `told` says that somebody of the municipality knows of it."""

    number: int
    version: int
    state: ProposedNeedState
    poster: Body
    poster_name: str
    municipality: Body
    municipality_name: str
    written: NeedInput
    reason: str
    need: int | None
    told: bool
    proposed_at: datetime
    changed_at: datetime

    @property
    def waiting(self) -> bool:
        return self.state is ProposedNeedState.WAITING

    @property
    def deadline(self) -> date | None:
        """The day by which it is needed."""
        return date.fromisoformat(self.written.deadline) if self.written.deadline else None

    @property
    def expires_at(self) -> datetime:
        """When it ends unless somebody changes or answers it."""
        return self.changed_at + LASTS


def subject_of(record: ProposedNeedRecord, verb: str = "read") -> Subject:
    """The proposal as the right to a verb sees it: read by both sides, changed by the one whose verb it is."""
    sides = {DelegationSide.POSTER: record.poster, DelegationSide.MUNICIPALITY: record.municipality}
    both = frozenset({record.poster, record.municipality})
    return Subject(bodies=both if verb == "read" else frozenset({sides[side_of(verb)]}))


def allowed_verbs(actor: Actor, record: ProposedNeedRecord) -> tuple[str, ...]:
    """What this actor may do with the proposal as it stands, in the order of the table."""
    return tuple(
        row.verb
        for row in TABLE
        if row.before is record.state
        and row.side is not DelegationSide.CLOCK
        and allows(actor, row.verb, WHAT, subject_of(record, row.verb))
    )


def next_step(record: ProposedNeedRecord) -> tuple[Sentence, DelegationSide | None]:
    """What comes next in words that both sides read, and who owes it."""
    values = {
        "poster": record.poster_name,
        "municipality": record.municipality_name,
        "day": Day(record.expires_at),
    }
    if not record.waiting:
        return Sentence(_ENDED[record.state].text, values), None
    return Sentence((_TOLD if record.told else _UNTOLD).text, values), DelegationSide.MUNICIPALITY


_TOLD = Sentence("Tocca a {municipality}: confermare, correggere o dire di no, entro il {day}.")
_UNTOLD = Sentence(
    "Tocca a {municipality}, dove ancora nessuno ha un’utenza: chi ci lavora la ottiene da «Chiedere "
    "un’utenza», o la invita il coordinamento, che è stato avvisato. Si aspetta fino al {day}."
)
_ENDED = {
    ProposedNeedState.CONFIRMED: Sentence("Confermato: il bisogno è di {municipality} ed è pubblicato."),
    ProposedNeedState.DECLINED: Sentence("{municipality} non l’ha confermato: se ne può scrivere un altro."),
    ProposedNeedState.TAKEN_BACK: Sentence("{poster} l’ha ritirato prima della risposta."),
    ProposedNeedState.EXPIRED: Sentence("Scaduto senza risposta: se serve ancora, va proposto di nuovo."),
}


async def read(number: int) -> ProposedNeedRecord | None:
    """The proposal with that number, whoever asks."""
    if not 0 < number < 2**31:
        return None
    row = await ProposedNeed.get_or_none(number=number).prefetch_related(*RELATED)
    return _record(row) if row else None


async def find(actor: Actor, number: int) -> ProposedNeedRecord:
    """The proposal as one of its sides reads it; for everybody else there is none: NotFound."""
    record = await read(number)
    if record is None or not allows(actor, "read", WHAT, subject_of(record)):
        raise NotFound("unknown_proposed_need", Sentence("Qui non c’è nessun bisogno proposto."))
    return record


async def readable_by(actor: Actor) -> tuple[ProposedNeedRecord, ...]:
    """What this actor's body proposed or was proposed to it, the last changed first."""
    if actor.role not in FOR_A_BODY or actor.body_kind is None:
        return ()
    side = "municipality" if actor.body_kind is BodyKind.MUNICIPALITY else "poster"
    rows = ProposedNeed.filter(**{f"{side}__kind": actor.body_kind, f"{side}__code": actor.body_code})
    found = records(await rows.order_by("-changed_at", "-number").prefetch_related(*RELATED))
    return tuple(one for one in found if allows(actor, "read", WHAT, subject_of(one)))


async def waiting_for(actor: Actor) -> tuple[ProposedNeedRecord, ...]:
    """The proposals that this actor's body is to confirm or decline."""
    return tuple(one for one in await readable_by(actor) if "confirm" in allowed_verbs(actor, one))


def records(rows: Iterable[ProposedNeed]) -> tuple[ProposedNeedRecord, ...]:
    """Rows with their bodies as records, in the same order."""
    return tuple(_record(row) for row in rows)


def _record(row: ProposedNeed) -> ProposedNeedRecord:
    poster, municipality = (_body(one.kind, one.code) for one in (row.poster, row.municipality))
    return ProposedNeedRecord(
        number=row.number,
        version=row.version,
        state=row.state,
        poster=poster,
        poster_name=name_of(poster),
        municipality=municipality,
        municipality_name=name_of(municipality),
        written=NeedInput(
            title=row.title,
            description=row.description,
            functions=_parts(row.functions),
            themes=_parts(row.themes),
            axes=_parts(row.axes),
            funding=row.funding,
            deadline=row.deadline.isoformat() if row.deadline else "",
            **understood_fields(row),
        ),
        reason=row.reason,
        need=row.need_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        told=row.told_at is not None,
        proposed_at=row.proposed_at,
        changed_at=row.changed_at,
    )


def _body(kind: BodyKind, code: str) -> Body:
    """The body of today: what continues a municipality that merged away."""
    found = catalogue.current().body(kind, code)
    return (kind, found.code if found else code)


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(SEPARATOR)) if joined else ()
