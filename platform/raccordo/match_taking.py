"""One step between a need and a laboratory, inside the transaction of whoever takes it: several can share one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from raccordo import catalogue, conflicts, match_records, matches, needs
from raccordo.database import Work, Writing
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord, acting, side_of
from raccordo.match_steps import WITHOUT_NEED, Side, Transition, transition
from raccordo.match_writing import taken
from raccordo.models import Match, MatchState
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refused, Stale, refused
from raccordo.rights import demand

Change = Callable[[Writing, MatchRecord, Transition], Awaitable[dict[str, Any]]]

NOT_YOURS = Sentence("Questo passo non tocca a chi agisce.")

# What was agreed before, when a match begins anew.
FORGOTTEN: Mapping[str, Any] = {
    "scope": "",
    "kind": None,
    "semester": "",
    "accepted_by_owner": False,
    "accepted_by_laboratory": False,
}


async def shortlisting(actor: Actor, need_number: int, laboratory: str) -> Work[int]:
    """What puts a laboratory on the need's shortlist and gives the match; the right and the score are looked up now."""
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
            raise already("laboratory", found.name)
        fresh: dict[str, Any] = {
            "state": MatchState.SHORTLISTED,
            "snapshot_id": ranking.snapshot_id,
            "score": scored.score,
            "position": scored.position,
            "changed_at": datetime.now(UTC),
        }
        if row is None:
            row = await Match.create(need_id=need_number, laboratory_id=found.slug, **fresh)
        else:
            await Match.filter(id=row.id).update(**fresh, **FORGOTTEN, version=row.version + 1)
        await taken(writing, actor, await read(row.id), "shortlist", "")
        return row.id

    return work


async def step(
    writing: Writing,
    actor: Actor,
    match_id: int,
    version: int | None,
    verb: str,
    change: Change,
    note: str,
) -> None:
    """One step of the table: rights, then version, then state, then the change and all that follows from it."""
    record = await read(match_id)
    demand(actor, verb, "match", acting(record), NOT_YOURS)
    if version is not None and record.version != version:
        raise stale(record)
    row = _row_for(actor, record, verb)
    columns = await change(writing, record, row)
    now = datetime.now(UTC)
    await Match.filter(id=match_id).update(**columns, changed_at=now, version=record.version + 1)
    await taken(writing, actor, await read(match_id), verb, note)


async def asking(_writing: Writing, record: MatchRecord, row: Transition) -> dict[str, Any]:
    """What a question changes; refused while a conflict of interest stands between the two."""
    await conflicts.refuse_between(record.laboratory, (record.owner, *record.parties))
    return {"state": row.after, "asked_at": datetime.now(UTC), "answered_at": None}


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


def already(field: str, name: str) -> Refused:
    """The refusal of a laboratory that this need concerns already."""
    return refused(
        field,
        "already_involved",
        Sentence("{laboratory} è già coinvolto in questo bisogno.", {"laboratory": name}),
    )


def stale(current: MatchRecord) -> Stale:
    """The refusal of a step from an older version."""
    return Stale(Sentence("Qualcuno ha fatto un passo nel frattempo: ecco com’è adesso."), current)


async def read(match_id: int) -> MatchRecord:
    """The record of a match that must be there, whoever asks."""
    record = await match_records.read(match_id)
    if record is None:
        raise match_records.unknown()
    return record
