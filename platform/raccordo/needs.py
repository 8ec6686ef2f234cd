"""The life of a need: publish, revise, withdraw, publish again. Rights and versions are decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from raccordo import audit, catalogue, database, written_text
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Need, NeedStatus
from raccordo.need_input import NeedInput, check
from raccordo.need_rows import NeedState, announce, create, replace, step, stored, teaching
from raccordo.people import Actor, body_acted_for, person_of
from raccordo.published import Need as PublishedNeed
from raccordo.refusals import NotAllowed, NotFound
from raccordo.rights import Body, Subject, allows, demand
from raccordo.spoken import Day

REASON = 500  # characters


def find(current: Catalogue, number: int) -> PublishedNeed:
    """The published need with that number; raises NotFound."""
    need = current.needs.get(number)
    if need is None:
        raise NotFound(
            "unknown_need",
            Sentence("Non c’è nessun bisogno pubblicato col numero {number}.", {"number": number}),
        )
    return need


async def missing(number: int) -> NotFound:
    """Why a need is not published: it was withdrawn on a day, or it never existed."""
    row = await Need.get_or_none(number=number) if 0 < number < 2**31 else None
    if row is None or row.status != NeedStatus.WITHDRAWN or row.ended_at is None:
        return NotFound(
            "unknown_need",
            Sentence("Non c’è nessun bisogno pubblicato col numero {number}.", {"number": number}),
        )
    told = {"number": number, "day": Day(row.ended_at), "reason": row.ended_because}
    return NotFound(
        "withdrawn",
        Sentence("Il bisogno {number} è stato ritirato il {day}. Motivo: {reason}", told)
        if row.ended_because
        else Sentence("Il bisogno {number} è stato ritirato il {day}.", told),
    )


async def descriptions(numbers: Sequence[int]) -> dict[int, str]:
    """The long texts of published needs, in one statement."""
    rows = await Need.filter(number__in=list(numbers), status=NeedStatus.PUBLISHED).values_list(
        "number", "description"
    )
    return dict(rows)


def subject_of(need: PublishedNeed) -> Subject:
    """The need as rights see it."""
    return Subject(bodies=frozenset({(need.owner_kind, need.owner_code)}), open=True, example=need.example)


def may_revise(actor: Actor, need: PublishedNeed) -> bool:
    """Only an officer of the body that owns it; an example belongs to nobody."""
    return allows(actor, "revise", "need", subject_of(need))


def may_withdraw(actor: Actor, need: PublishedNeed) -> bool:
    """Whoever may revise it, and the coordinators, who keep the board in order."""
    return allows(actor, "withdraw", "need", subject_of(need))


async def publish(actor: Actor, wanted: NeedInput, external_id: str = "") -> PublishedNeed:
    """Publish a need for the body that the actor works for; raises NotAllowed or Refused.

    `external_id` is the key that the body's own system gives it.
    """
    current = catalogue.current()
    body = publishing_body(current, actor)
    checked = check(current, wanted, external_id)
    teaches = teaching(current, checked)

    async def work(writing: Writing) -> int:
        author = await person_of(actor)
        return await create(writing, actor, body, author, checked, teaches, external_id=external_id)

    number = await database.write(work)
    return find(await catalogue.catch_up(), number)


def publishing_body(current: Catalogue, actor: Actor) -> Body:
    """The body for which the actor publishes; raises NotAllowed."""
    found = body_acted_for(current, actor)
    body = (found.body_kind, found.code)
    sentence = Sentence("Questo accesso non permette di pubblicare bisogni.")
    demand(actor, "publish", "need", Subject(bodies=frozenset({body})), sentence)
    return body


async def state_for(actor: Actor, number: int) -> NeedState:
    """The need as its owner edits it; raises NotFound or NotAllowed."""
    await _need_revisable_by(actor, number)
    return await stored(number)


async def revise(actor: Actor, number: int, version: int, wanted: NeedInput) -> PublishedNeed:
    """Replace what the need says; raises NotFound, NotAllowed, Refused, or Stale with the current state."""
    await _need_revisable_by(actor, number)
    current = catalogue.current()
    checked = check(current, wanted)
    teaches = teaching(current, checked)
    await database.write(lambda writing: replace(writing, actor, number, version, checked, teaches))
    return find(await catalogue.catch_up(), number)


async def withdraw(actor: Actor, number: int, version: int, reason: str = "") -> NeedState:
    """Take a need off the board; it stays in the database and can be published again."""
    need = await _published(number)
    if not may_withdraw(actor, need):
        raise _not_yours(number)
    because = _reason(reason)

    async def work(writing: Writing) -> None:
        ended: dict[str, Any] = {
            "status": NeedStatus.WITHDRAWN,
            "ended_at": datetime.now(UTC),
            "ended_because": because,
        }
        await step(writing, number, version, ended)
        await audit.record(writing, actor, "withdraw", f"need:{number}", {"version": version + 1})
        await announce(writing, actor, number)

    await database.write(work)
    await catalogue.catch_up()
    return await stored(number)


async def publish_again(actor: Actor, number: int, version: int) -> PublishedNeed:
    """Undo a withdrawal; raises NotAllowed for whoever may not withdraw it either."""
    row = await Need.get_or_none(number=number, status=NeedStatus.WITHDRAWN).prefetch_related("owner")
    if row is None:
        raise await missing(number)
    subject = Subject(bodies=frozenset({(row.owner.kind, row.owner.code)}), example=row.example)
    if not allows(actor, "publish_again", "need", subject):
        raise _not_yours(number)

    async def work(writing: Writing) -> None:
        again: dict[str, Any] = {"status": NeedStatus.PUBLISHED, "ended_at": None, "ended_because": ""}
        await step(writing, number, version, again)
        await audit.record(writing, actor, "publish_again", f"need:{number}", {"version": version + 1})
        await announce(writing, actor, number)

    await database.write(work)
    return find(await catalogue.catch_up(), number)


async def _published(number: int) -> PublishedNeed:
    need = catalogue.current().needs.get(number)
    if need is None:
        raise await missing(number)
    return need


async def _need_revisable_by(actor: Actor, number: int) -> PublishedNeed:
    need = await _published(number)
    if not may_revise(actor, need):
        raise _not_yours(number)
    return need


def _not_yours(number: int) -> NotAllowed:
    return NotAllowed(
        "not_the_owner",
        Sentence("Il bisogno {number} può cambiarlo solo l’ente che l’ha pubblicato.", {"number": number}),
    )


def _reason(reason: str) -> str:
    return written_text.checked("reason", " ".join(reason.split()), REASON, None)
