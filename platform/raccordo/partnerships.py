"""The verbs between a need and a laboratory: shortlist, ask, answer, agree, accept, finish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from raccordo import capacity, catalogue, conflicts, database, match_records, matches, needs, semesters
from raccordo.database import Writing
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord, acting, find, side_of
from raccordo.match_steps import WITHOUT_NEED, Side, Transition, transition
from raccordo.match_writing import NOTE, SCOPE, taken
from raccordo.models import DeclineReason, InitiativeKind, Match, MatchState, Outcome, Partnership
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refused, Stale, refused
from raccordo.rights import demand
from raccordo.written_text import checked

Change = Callable[[Writing, MatchRecord, Transition], Awaitable[dict[str, Any]]]

NO_KIND = Sentence("Manca il tipo di iniziativa: uno dell’elenco.")
NOT_YOURS = Sentence("Questo passo non tocca a chi agisce.")

# What was agreed before, when a match begins anew.
FORGOTTEN: Mapping[str, Any] = {
    "scope": "",
    "kind": None,
    "semester": "",
    "accepted_by_owner": False,
    "accepted_by_laboratory": False,
}


async def shortlist(actor: Actor, need_number: int, laboratory: str) -> MatchRecord:
    """Put a laboratory on the need's shortlist, with the score it had; what was dropped is taken up again."""
    current = catalogue.current()
    need = current.needs.get(need_number)
    if need is None:
        raise await needs.missing(need_number)
    demand(actor, "shortlist", "match", needs.subject_of(need), NOT_YOURS)
    found = find_laboratory(current, laboratory)
    ranking = matches.for_need(current, need)
    scored = next(match for match in ranking.matches if match.laboratory == found.slug)

    async def work(writing: Writing) -> int:
        row = await Match.get_or_none(need_id=need_number, laboratory_id=found.slug)
        if row and transition(row.state, "shortlist") is None:
            raise _already("laboratory", found.name)
        now = datetime.now(UTC)
        fresh: dict[str, Any] = {
            "state": MatchState.SHORTLISTED,
            "snapshot_id": ranking.snapshot_id,
            "score": scored.score,
            "position": scored.position,
            "changed_at": now,
        }
        if row is None:
            row = await Match.create(need_id=need_number, laboratory_id=found.slug, **fresh)
        else:
            await Match.filter(id=row.id).update(**fresh, **FORGOTTEN, version=row.version + 1)
        await taken(writing, actor, await _read(row.id), "shortlist", "")
        return row.id

    return await _read(await database.write(work))


async def ask(actor: Actor, match_id: int, version: int, note: str = "") -> MatchRecord:
    """Ask the laboratory; refused while a conflict of interest stands between the two."""

    async def change(_writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
        await conflicts.refuse_between(record.laboratory, (record.owner, *record.parties))
        return {"state": row.after, "asked_at": datetime.now(UTC), "answered_at": None}

    return await _step(actor, match_id, version, "ask", change, note)


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
            raise _stale(await _read(record.id))
        writing.publishes = True  # one free place more
        return {}

    return await _step(actor, match_id, None, "finish", change, note)


async def _step(
    actor: Actor, match_id: int, version: int | None, verb: str, change: Change, note: str
) -> MatchRecord:
    """One step of the table: rights, then version, then state, then the change and all that follows from it."""
    demand(actor, verb, "match", acting(await find(actor, match_id)), NOT_YOURS)
    said = checked("note", note, NOTE, None)

    async def work(writing: Writing) -> None:
        record = await _read(match_id)
        if version is not None and record.version != version:
            raise _stale(record)
        row = _row_for(actor, record, verb)
        columns = await change(writing, record, row)
        now = datetime.now(UTC)
        await Match.filter(id=match_id).update(**columns, changed_at=now, version=record.version + 1)
        await taken(writing, actor, await _read(match_id), verb, said)

    await database.write(work)
    await catalogue.catch_up()
    return await _read(match_id)


def _row_for(actor: Actor, record: MatchRecord, verb: str) -> Transition:
    """The row of the table for this step; refuses what the table does not know, or no longer."""
    side = side_of(actor, record)
    other = record.accepted_by_laboratory if side is Side.OWNER else record.accepted_by_owner
    row = transition(record.state, verb, completes=verb == "accept" and other)
    if row is None or (record.partnership and record.partnership.ended_at):
        raise Refused(
            "wrong_state", Sentence("A questo punto il passo non è possibile: la pagina dice com’è adesso.")
        )
    if side not in row.sides:
        raise NotAllowed(f"{verb}_match", NOT_YOURS)
    if not record.need_published and verb not in WITHOUT_NEED:
        raise Refused(
            "need_withdrawn",
            Sentence("Il bisogno non è più pubblicato: non si possono fare altri passi."),
        )
    return row


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
        raise _already("laboratory", found.name)
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
    await taken(writing, actor, await _read(row.id), "arrive", checked("note", note, NOTE, None))


def _already(field: str, name: str) -> Refused:
    return refused(
        field,
        "already_involved",
        Sentence("{laboratory} è già coinvolto in questo bisogno.", {"laboratory": name}),
    )


def _stale(current: MatchRecord) -> Stale:
    return Stale(Sentence("Qualcuno ha fatto un passo nel frattempo: ecco com’è adesso."), current)


def _known_value(kind: Any, field: str, value: str, sentence: Sentence) -> Any:
    if value not in kind.__members__:
        raise refused(field, "missing", sentence)
    return kind[value]


async def _read(match_id: int) -> MatchRecord:
    record = await match_records.read(match_id)
    if record is None:
        raise match_records.unknown()
    return record
