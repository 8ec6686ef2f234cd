"""The verbs between a need and a laboratory: shortlist, ask, answer, agree, accept, finish."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from raccordo import capacity, catalogue, conflicts, database, match_records, matches, semesters
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord, acting, find, side_of
from raccordo.match_steps import Side, Transition
from raccordo.match_taking import (
    FORGOTTEN,
    NOT_YOURS,
    Change,
    already,
    asking,
    read,
    shortlisting,
    stale,
    step,
)
from raccordo.match_writing import NOTE, SCOPE, taken
from raccordo.models import DeclineReason, InitiativeKind, Match, MatchState, Outcome, Partnership
from raccordo.people import Actor
from raccordo.refusals import Refused, refused
from raccordo.rights import demand
from raccordo.written_text import checked

NO_KIND = Sentence("Manca il tipo di iniziativa: uno dell’elenco.")


async def shortlist(actor: Actor, need_number: int, laboratory: str) -> MatchRecord:
    """Put a laboratory on the need's shortlist, with the score it had; what was dropped is taken up again."""
    return await read(await database.write(await shortlisting(actor, need_number, laboratory)))


async def ask(actor: Actor, match_id: int, version: int, note: str = "") -> MatchRecord:
    """Ask the laboratory; refused while a conflict of interest stands between the two."""
    return await _step(actor, match_id, version, "ask", asking, note)


async def show_interest(actor: Actor, match_id: int, version: int, note: str = "") -> MatchRecord:
    """The laboratory would like to: nothing is promised yet."""
    return await _step(actor, match_id, version, "show_interest", _answer, note)


async def decline(
    actor: Actor, match_id: int, version: int, reason: DeclineReason | str, note: str = ""
) -> MatchRecord:
    """The laboratory says no, and why."""
    because = _known_value(
        DeclineReason, "reason", str(reason), Sentence("Manca il motivo: uno dell’elenco.")
    )

    async def change(writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
        answered = await _answer(writing, record, row)
        writing.publishes = because is DeclineReason.NOT_OUR_FIELD  # rankings learn from it
        return answered | {"decline_reason": because, "note": checked("note", note, NOTE, None)}

    return await _step(actor, match_id, version, "decline", change, note)


async def pass_on(actor: Actor, match_id: int, version: int, laboratory: str, note: str = "") -> MatchRecord:
    """Hand the question to a laboratory that fits better: it is asked at once, and knows by whom."""

    async def change(writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
        answered = await _answer(writing, record, row)
        await _arrive(writing, actor, record, laboratory, note)
        return answered

    return await _step(actor, match_id, version, "pass_on", change, note)


async def agree_scope(
    actor: Actor, match_id: int, version: int, scope: str, initiative: str = "", semester: str = ""
) -> MatchRecord:
    """Write what to do together. Whatever was accepted before is accepted again.

    With a kind of initiative and a semester, the acceptance takes a place where the laboratory declared some.
    """
    text = checked("scope", scope, SCOPE, None)
    what = _known_value(InitiativeKind, "initiative", initiative, NO_KIND) if initiative else None
    when = semesters.checked("semester", semester) if semester else ""
    if not text:
        raise refused("scope", "missing", Sentence("Manca che cosa fare insieme: bastano due righe."))

    async def change(_writing: Writing, _record: MatchRecord, row: Transition) -> dict[str, Any]:
        return {
            "state": row.after,
            "scope": text,
            "kind": what,
            "semester": when,
            "accepted_by_owner": False,
            "accepted_by_laboratory": False,
        }

    return await _step(actor, match_id, version, "agree_scope", change, "")


async def accept(actor: Actor, match_id: int, version: int) -> MatchRecord:
    """Accept the scope as it is written; the second of the two begins the partnership and takes a place."""
    return await _step(actor, match_id, version, "accept", _accepting(actor), "")


def _accepting(actor: Actor) -> Change:
    async def change(writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
        by_owner = side_of(actor, record) is Side.OWNER
        if record.accepted_by_owner if by_owner else record.accepted_by_laboratory:
            raise Refused("already_accepted", Sentence("Da questa parte è già accettato: tocca all’altra."))
        await conflicts.refuse_between(record.laboratory, (record.owner, *record.parties))
        await capacity.refuse_when_full(record.laboratory, record.kind, record.semester)
        if row.completes:
            await Partnership.create(match_id=record.id, started_at=datetime.now(UTC))
            writing.publishes = True  # one free place less
        return {"state": row.after, "accepted_by_owner" if by_owner else "accepted_by_laboratory": True}

    return change


async def drop(actor: Actor, match_id: int, version: int, note: str = "") -> MatchRecord:
    """The owner renounces, before the partnership begins."""

    async def change(_writing: Writing, _record: MatchRecord, row: Transition) -> dict[str, Any]:
        return {"state": row.after, "accepted_by_owner": False, "accepted_by_laboratory": False}

    return await _step(actor, match_id, version, "drop", change, note)


async def finish(
    actor: Actor, partnership_id: int, version: int, outcome: Outcome | str, note: str = ""
) -> MatchRecord:
    """End a partnership with its outcome; `version` is the partnership's. The place is free again."""
    found = await Partnership.get_or_none(id=partnership_id) if 0 < partnership_id < 2**31 else None
    if found is None:
        raise match_records.unknown()
    match_id: int = found.match_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    await find(actor, match_id)
    how = _known_value(Outcome, "outcome", str(outcome), Sentence("Manca com’è andata: una dell’elenco."))
    text = checked("note", note, NOTE, None)

    async def change(writing: Writing, record: MatchRecord, _row: Transition) -> dict[str, Any]:
        ended = {"ended_at": datetime.now(UTC), "outcome": how, "outcome_note": text}
        if not await Partnership.filter(id=partnership_id, version=version, ended_at=None).update(
            **ended, version=version + 1
        ):
            raise stale(await read(record.id))
        writing.publishes = True  # one free place more
        return {}

    return await _step(actor, match_id, None, "finish", change, note)


async def _step(
    actor: Actor, match_id: int, version: int | None, verb: str, change: Change, note: str
) -> MatchRecord:
    """One step of the table, in a transaction of its own."""
    demand(actor, verb, "match", acting(await find(actor, match_id)), NOT_YOURS)
    said = checked("note", note, NOTE, None)
    await database.write(lambda writing: step(writing, actor, match_id, version, verb, change, said))
    await catalogue.catch_up()
    return await read(match_id)


async def _answer(_writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
    """Any answer of the laboratory: only the first one counts as the first."""
    return {"state": row.after, "answered_at": record.answered_at or datetime.now(UTC)}


async def _arrive(writing: Writing, actor: Actor, record: MatchRecord, laboratory: str, note: str) -> None:
    """The question reaches another laboratory, unless it was asked already."""
    current = catalogue.current()
    found = current.laboratories.get(laboratory)
    if found is None or found.slug == record.laboratory:
        raise refused("laboratory", "unknown", Sentence("Manca un altro laboratorio, scelto dall’elenco."))
    row = await Match.get_or_none(need_id=record.need_number, laboratory_id=found.slug)
    if row and row.state not in (MatchState.SHORTLISTED, MatchState.DROPPED):
        raise already("laboratory", found.name)
    await conflicts.refuse_between(found.slug, (record.owner, *record.parties))
    now = datetime.now(UTC)
    asked: dict[str, Any] = {
        "state": MatchState.ASKED,
        "asked_at": now,
        "answered_at": None,
        "changed_at": now,
        "passed_from_id": record.id,
    }
    if row is None:
        ranking = matches.for_need(current, current.needs[record.need_number])
        scored = next(match for match in ranking.matches if match.laboratory == found.slug)
        row = await Match.create(
            need_id=record.need_number,
            laboratory_id=found.slug,
            snapshot_id=ranking.snapshot_id,
            score=scored.score,
            position=scored.position,
            **asked,
        )
    else:
        await Match.filter(id=row.id).update(**asked, **FORGOTTEN, version=row.version + 1)
    await taken(writing, actor, await read(row.id), "arrive", checked("note", note, NOTE, None))


def _known_value(kind: Any, field: str, value: str, sentence: Sentence) -> Any:
    if value not in kind.__members__:
        raise refused(field, "missing", sentence)
    return kind[value]
