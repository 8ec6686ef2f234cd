"""Not for us, but for them: a laboratory that was not asked tells the owner of a need which other one fits better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, database, needs
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import LaboratoryHint
from raccordo.people import Actor
from raccordo.published import Need
from raccordo.refusals import refused
from raccordo.rights import allows, demand
from raccordo.written_text import checked

NOTE = 300  # characters
NOT_YOURS = Sentence("Un altro laboratorio lo indica chi risponde di un laboratorio.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """`laboratory` says that `other` fits the need better, and perhaps why."""

    need: int
    laboratory: str
    other: str
    note: str
    given_at: datetime


async def give(actor: Actor, need_number: int, laboratory: str, note: str = "") -> Hint:
    """Say for the actor's laboratory that another one fits the need better; the last word of a laboratory counts."""
    current = catalogue.current()
    need = current.needs.get(need_number)
    if need is None:
        raise await needs.missing(need_number)
    demand(actor, "give", "hint", needs.subject_of(need), NOT_YOURS)
    mine = actor.laboratory or ""
    if laboratory not in current.laboratories or laboratory == mine:
        raise refused("laboratory", "unknown", Sentence("Manca un altro laboratorio, scelto dall’elenco."))
    said = checked("note", note, NOTE, None)

    async def work(writing: Writing) -> int:
        await LaboratoryHint.filter(need_id=need_number, laboratory_id=mine).delete()
        row = await LaboratoryHint.create(
            need_id=need_number,
            laboratory_id=mine,
            other_id=laboratory,
            note=said,
            given_at=datetime.now(UTC),
        )
        details = {"laboratory": mine, "other": laboratory}
        await audit.record(writing, actor, "give_hint", f"need:{need_number}", details)
        return row.id

    return _hint(await LaboratoryHint.get(id=await database.write(work)))


async def of_need(actor: Actor, need: Need) -> tuple[Hint, ...]:
    """The hints about a need: all of them for its owner and the coordinators, one's own for a laboratory."""
    rows = LaboratoryHint.filter(need_id=need.number).order_by("given_at", "id")
    if not allows(actor, "read", "hint", needs.subject_of(need)):
        if not actor.laboratory or not allows(actor, "give", "hint", needs.subject_of(need)):
            return ()
        rows = rows.filter(laboratory_id=actor.laboratory)
    known = catalogue.current().laboratories
    return tuple(_hint(row) for row in await rows if row.other_id in known)  # type: ignore[attr-defined]  # Tortoise adds it


def _hint(row: LaboratoryHint) -> Hint:
    return Hint(
        need=row.need_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        laboratory=row.laboratory_id,  # type: ignore[attr-defined]  # the same
        other=row.other_id,  # type: ignore[attr-defined]  # the same
        note=row.note,
        given_at=row.given_at,
    )
