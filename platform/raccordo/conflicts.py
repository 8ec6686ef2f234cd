"""Conflicts of interest: a laboratory says with which body it must not work, and both are kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, database
from raccordo.database import Writing
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.models import BodyKind, ConflictOfInterest, TerritorialBody
from raccordo.people import Actor
from raccordo.refusals import FieldRefusal, NotFound, Refused, refused
from raccordo.rights import Body, Subject, allows, demand

REASON = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One declaration; its reason is read by the laboratory and the coordinators only."""

    id: int
    laboratory: str
    body: Body
    body_name: str
    reason: str
    declared_at: datetime


def may_read(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "read", "conflict", Subject(laboratory=laboratory))


def may_declare(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "declare", "conflict", Subject(laboratory=laboratory))


async def of_laboratory(actor: Actor, laboratory: str) -> tuple[Conflict, ...]:
    """The conflicts of a laboratory, for those who may read them; for others there are none."""
    if not may_read(actor, laboratory):
        return ()
    rows = await ConflictOfInterest.filter(laboratory_id=laboratory).order_by("id").prefetch_related("body")
    return tuple(_conflict(row) for row in rows)


async def declare(actor: Actor, laboratory: str, kind: str, code: str, reason: str) -> Conflict:
    """Declare a conflict with a body; raises NotAllowed or Refused."""
    current = catalogue.current()
    found = find_laboratory(current, laboratory)
    _demand(actor, "declare", found.slug)
    body = current.body(BodyKind(kind), code.strip()) if kind in BodyKind.__members__ else None
    if body is None:
        raise refused(
            "code", "unknown", Sentence("Questo ente non c’è: il codice ISTAT di un comune ha sei cifre.")
        )
    because = _reason(reason)

    async def work(writing: Writing) -> int:
        row = await TerritorialBody.get(kind=body.body_kind, code=body.code)
        if await ConflictOfInterest.exists(laboratory_id=found.slug, body=row):
            raise refused("code", "already_declared", Sentence("Questo conflitto è già dichiarato."))
        made = await ConflictOfInterest.create(
            laboratory_id=found.slug, body=row, reason=because, declared_at=datetime.now(UTC)
        )
        await audit.record(
            writing, actor, "declare_conflict", f"laboratory:{found.slug}", {"conflict": made.id}
        )
        return made.id

    number = await database.write(work)
    return _conflict(await ConflictOfInterest.get(id=number).prefetch_related("body"))


async def remove(actor: Actor, conflict_id: int) -> Conflict:
    """Take a declaration back; raises NotFound also for those who may not know of it."""
    row = (
        await ConflictOfInterest.get_or_none(id=conflict_id).prefetch_related("body")
        if 0 < conflict_id < 2**31
        else None
    )
    if row is None or not may_read(actor, _conflict(row).laboratory):
        raise NotFound("unknown_conflict", Sentence("Qui non c’è nessun conflitto dichiarato."))
    gone = _conflict(row)
    _demand(actor, "remove", gone.laboratory)

    async def work(writing: Writing) -> None:
        await ConflictOfInterest.filter(id=conflict_id).delete()
        await audit.record(
            writing, actor, "remove_conflict", f"laboratory:{gone.laboratory}", {"conflict": conflict_id}
        )

    await database.write(work)
    return gone


async def refuse_between(laboratory: str, bodies: Iterable[Body]) -> None:
    """Raise Refused when the laboratory declared a conflict with one of the bodies; call it while writing."""
    wanted = set(bodies)
    for row in await ConflictOfInterest.filter(laboratory_id=laboratory).prefetch_related(
        "body", "laboratory"
    ):
        if (row.body.kind, row.body.code) in wanted:
            sentence = Sentence(
                "{laboratory} ha dichiarato un conflitto d’interessi con {body}: non possono lavorare insieme.",
                {"laboratory": row.laboratory.name, "body": _conflict(row).body_name},
            )
            raise Refused("conflict", sentence, [FieldRefusal("laboratory", "conflict", sentence)])


def _demand(actor: Actor, verb: str, laboratory: str) -> None:
    sentence = Sentence("I conflitti d’interessi li dichiara chi risponde del laboratorio.")
    demand(actor, verb, "conflict", Subject(laboratory=laboratory), sentence)


def _reason(reason: str) -> str:
    folded = " ".join(reason.split())
    if not folded:
        raise refused(
            "reason",
            "missing",
            Sentence("Manca il motivo: una riga, che leggono solo il laboratorio e il coordinamento."),
        )
    if len(folded) > REASON:
        raise refused(
            "reason",
            "too_long",
            Sentence(
                "Il motivo è lungo {count} caratteri: il massimo è {most}.",
                {"count": len(folded), "most": REASON},
            ),
        )
    return folded


def _conflict(row: ConflictOfInterest) -> Conflict:
    body = (row.body.kind, row.body.code)
    known = catalogue.current().body(*body)
    return Conflict(
        id=row.id,
        laboratory=row.laboratory_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        body=body,
        body_name=known.name if known else row.body.code,
        reason=row.reason,
        declared_at=row.declared_at,
    )
