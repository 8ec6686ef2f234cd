"""A need written for a municipality: proposed by a body it belongs to, its own once it confirms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from raccordo import audit, catalogue, database, delegation, municipalities, need_rows
from raccordo import proposed_need_news as news
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import BodyKind, ProposedNeed, ProposedNeedState, TerritorialBody
from raccordo.need_input import CheckedNeed, NeedInput, check
from raccordo.people import SYSTEM, Actor, body_acted_for, person_of
from raccordo.proposed_need_records import (
    LASTS,
    RELATED,
    SEPARATOR,
    WHAT,
    ProposedNeedRecord,
    find,
    next_step,
    read,
    records,
    subject_of,
)
from raccordo.proposed_need_steps import step
from raccordo.published import Municipality
from raccordo.refusals import NotFound, Refused, Stale, refused
from raccordo.rights import Subject, demand
from raccordo.written_text import checked as checked_text

MOST_WAITING = 10  # that one body may have at once with one municipality
REASON = 500  # characters

Change = Callable[[Writing, ProposedNeedRecord], Awaitable[dict[str, Any]]]

NO_MEMBER = Sentence(
    "Per conto di un comune propone bisogni solo l’unione, la comunità montana o la provincia di cui fa parte."
)
NOT_YOURS = Sentence("Questo passo non tocca a chi agisce.")
CHANGED = Sentence("Qualcuno ha cambiato la proposta nel frattempo: ecco com’è adesso.")


async def propose(
    actor: Actor, municipality: str, wanted: NeedInput, external_id: str = ""
) -> ProposedNeedRecord:
    """Write a need for a member municipality, which is told and decides; a former code leads to the successor.

    Raises NotAllowed or Refused, also for an `external_id`: the need will be the municipality's, the key would not.
    Nothing is published.
    """
    current = catalogue.current()
    town = _town(current, municipality)
    subject = Subject(bodies=delegation.posters_of(current, town))
    demand(actor, "propose", WHAT, subject, NO_MEMBER)
    body = body_acted_for(current, actor)
    checked = check(current, wanted)
    if external_id.strip():
        sentence = Sentence(
            "Il codice è di un sistema del proprio ente: per conto di un comune si lascia vuoto."
        )
        raise refused("external_id", "own_only", sentence)

    async def work(writing: Writing) -> int:
        owner = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=town.istat_code)
        poster = await TerritorialBody.get(kind=body.body_kind, code=body.code)
        await _refuse_unwanted(town, owner, poster)
        now = datetime.now(UTC)
        row = await ProposedNeed.create(
            **_columns(checked),
            poster=poster,
            municipality=owner,
            author=await person_of(actor),
            state=ProposedNeedState.WAITING,
            proposed_at=now,
            changed_at=now,
        )
        record = await _read(row.number)
        await _log(writing, actor, record, "propose")
        await news.of_proposal(writing, record)
        return row.number

    return await _read(await database.write(work))


async def revise(actor: Actor, number: int, version: int, wanted: NeedInput) -> ProposedNeedRecord:
    """Replace what the proposal says: only its poster, only until the municipality answers."""
    checked = check(catalogue.current(), wanted)

    async def change(_writing: Writing, _record: ProposedNeedRecord) -> dict[str, Any]:
        return _columns(checked)

    return await _step(actor, number, version, "revise", change)


async def take_back(actor: Actor, number: int, version: int) -> ProposedNeedRecord:
    """The poster no longer proposes it; the municipality has nothing left to decide."""
    return await _step(actor, number, version, "take_back", _unchanged)


async def confirm(
    actor: Actor, number: int, version: int, corrected: NeedInput | None = None
) -> ProposedNeedRecord:
    """The municipality makes the need its own and publishes it, as it is written or corrected.

    Raises NotFound, NotAllowed, Refused, or Stale with the current state: what is confirmed was seen.
    """

    seen, current = await _allowed(actor, number, "confirm"), catalogue.current()
    _refuse_late(seen, version, "confirm")
    checked = check(current, corrected or seen.written)
    teaches = need_rows.teaching(current, checked)

    async def change(writing: Writing, record: ProposedNeedRecord) -> dict[str, Any]:
        row = await ProposedNeed.get(number=number).select_related("author")
        need = await need_rows.create(
            writing, actor, record.municipality, row.author, checked, teaches, proposed_need=number
        )
        return {"need_id": need}

    record = await _step(actor, number, version, "confirm", change, corrected=corrected is not None)
    await catalogue.catch_up()
    return record


async def decline(actor: Actor, number: int, version: int, reason: str) -> ProposedNeedRecord:
    """The municipality does not want it, and says why: the poster reads the reason."""
    missing = Sentence("Manca il motivo: bastano poche parole.")
    because = checked_text("reason", " ".join(reason.split()), REASON, missing)

    async def change(_writing: Writing, _record: ProposedNeedRecord) -> dict[str, Any]:
        return {"reason": because}

    return await _step(actor, number, version, "decline", change)


async def expire(now: datetime) -> int:
    """End what nobody answered for sixty days and tell both sides; returns how many. For a periodic job.

    Whoever got an account since is told first: nothing waits unseen.
    """
    await _tell_newcomers()
    due = ProposedNeed.filter(state=ProposedNeedState.WAITING, changed_at__lte=now - LASTS)
    numbers = [int(str(number)) for number in await due.values_list("number", flat=True)]
    return sum([await _expire(number, now) for number in numbers])


async def _expire(number: int, now: datetime) -> bool:
    async def work(writing: Writing) -> bool:
        record = await _read(number)
        # Again, now that nobody else writes: it may have been answered or changed meanwhile.
        if not record.waiting or record.expires_at > now:
            return False
        await _move(writing, SYSTEM, record, "expire", {})
        return True

    return await database.write(work)


async def _tell_newcomers() -> None:
    rows = await ProposedNeed.filter(state=ProposedNeedState.WAITING, told_at=None).prefetch_related(*RELATED)
    for record in [one for one in records(rows) if await news.reachable(one)]:

        async def work(writing: Writing, number: int = record.number) -> None:
            fresh = await _read(number)
            if fresh.waiting and not fresh.told:
                await news.of_proposal(writing, fresh)

        await database.write(work)


def _town(current: Catalogue, municipality: str) -> Municipality:
    try:
        return municipalities.find(current, municipality)
    except NotFound as missing:
        raise refused("municipality", "unknown", missing.sentence) from None


async def _refuse_unwanted(town: Municipality, owner: TerritorialBody, poster: TerritorialBody) -> None:
    """A municipality that writes for itself, or has enough to decide, is proposed nothing."""
    if not await delegation.accepts(town.istat_code):
        sentence = Sentence("{name} ha scelto di scrivere da sé i propri bisogni.", {"name": town.name})
        raise refused("municipality", "closed", sentence)
    waiting = ProposedNeed.filter(poster=poster, municipality=owner, state=ProposedNeedState.WAITING)
    if await waiting.count() >= MOST_WAITING:
        sentence = Sentence(
            "{name} ha già {count} proposte da confermare: prima va aspettata una risposta, o ritirata una.",
            {"name": town.name, "count": MOST_WAITING},
        )
        raise refused("municipality", "too_many", sentence)


async def _step(
    actor: Actor, number: int, version: int, verb: str, change: Change, *, corrected: bool = False
) -> ProposedNeedRecord:
    """One step of the table; of two at once the first wins, and the other is told where things stand."""
    await _allowed(actor, number, verb)

    async def work(writing: Writing) -> None:
        record = await _read(number)
        _refuse_late(record, version, verb)
        await _move(writing, actor, record, verb, await change(writing, record), corrected=corrected)

    await database.write(work)
    return await _read(number)


async def _allowed(actor: Actor, number: int, verb: str) -> ProposedNeedRecord:
    seen = await find(actor, number)
    demand(actor, verb, WHAT, subject_of(seen, verb), NOT_YOURS)
    return seen


def _refuse_late(record: ProposedNeedRecord, version: int, verb: str) -> None:
    if record.version != version:
        raise Stale(CHANGED, record)
    if step(record.state, verb) is None:
        raise Refused("step_not_possible", next_step(record)[0])


async def _unchanged(_writing: Writing, _record: ProposedNeedRecord) -> dict[str, Any]:
    return {}


async def _move(
    writing: Writing,
    actor: Actor,
    record: ProposedNeedRecord,
    verb: str,
    columns: dict[str, Any],
    *,
    corrected: bool = False,
) -> None:
    row = step(record.state, verb)
    assert row  # noqa: S101  # the caller looked
    await ProposedNeed.filter(number=record.number).update(
        **columns, state=row.after, version=record.version + 1, changed_at=datetime.now(UTC)
    )
    after = await _read(record.number)
    await _log(writing, actor, after, verb, corrected=corrected)
    await news.of_step(writing, after, verb, corrected=corrected)


async def _log(
    writing: Writing, actor: Actor, record: ProposedNeedRecord, verb: str, *, corrected: bool = False
) -> None:
    """Under whoever acted and the body acted for; the details say for whom it was written, and by which body."""
    details: dict[str, object] = {
        "version": record.version,
        "on_behalf_of": ":".join(record.municipality),
        "proposed_by": ":".join(record.poster),
    }
    if record.need:
        details |= {"need": record.need, "corrected": corrected}
    await audit.record(writing, actor, f"{verb}_{WHAT}", f"{WHAT}:{record.number}", details)


async def _read(number: int) -> ProposedNeedRecord:
    record = await read(number)
    assert record is not None  # noqa: S101  # proposals are never deleted
    return record


def _columns(checked: CheckedNeed) -> dict[str, Any]:
    lists = {name: SEPARATOR.join(getattr(checked, name)) for name in ("functions", "themes", "axes")}
    texts = {name: getattr(checked, name) for name in ("title", "description", "funding", "deadline")}
    return lists | texts | need_rows.understood_columns(checked)
