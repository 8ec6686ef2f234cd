"""What somebody was told: its own notifications, the newest first; read by its button or by opening the thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tortoise.queryset import QuerySet

from raccordo import audit
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Notification
from raccordo.notifications import sentence_of
from raccordo.people import Actor, person_number
from raccordo.refusals import NotAllowed, NotFound
from raccordo.rights import NOTHING, allows

KEPT = 1000  # that a program can page through
HIGHEST = 2**63 - 1  # number of a notification
NOBODY = Sentence("Gli avvisi sono di chi è entrato: prima bisogna farsi riconoscere.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that its reader should know; `urgent` waits, or waited, for the reader's answer."""

    id: int
    kind: str
    sentence: Sentence
    path: str
    urgent: bool
    at: datetime
    read: bool


def demand(actor: Actor, verb: str) -> None:
    """Raise NotAllowed for whoever has no inbox."""
    if actor.system or not allows(actor, verb, "notification", NOTHING):
        raise NotAllowed(f"{verb}_notification", NOBODY)


async def newest(actor: Actor, most: int = KEPT, before: int | None = None) -> tuple[Notice, ...]:
    """The newest notifications, older than number `before`; nothing for whoever has no inbox."""
    person = await person_number(actor)
    if person is None or not allows(actor, "read", "notification", NOTHING):
        return ()
    rows = Notification.filter(person_id=person)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple([_notice(row) for row in await rows.order_by("-id").limit(most)])


async def unread(actor: Actor) -> int:
    """How many were not read; 0 for whoever has no inbox."""
    person = await person_number(actor)
    if person is None or not allows(actor, "read", "notification", NOTHING):
        return 0
    return await _unread(person).count()


async def mark_read(actor: Actor, number: int | None = None) -> int:
    """Read one of one's own, or all; returns how many were not read before. Raises NotAllowed or NotFound."""
    demand(actor, "mark")
    person = await person_number(actor) or 0
    if number is not None and not await Notification.filter(id=_possible(number), person_id=person).exists():
        raise NotFound("unknown_notification", Sentence("Fra i propri avvisi questo non c’è."))

    async def work(writing: Writing) -> int:
        rows = _unread(person) if number is None else _unread(person).filter(id=number)
        count = await rows.update(read_at=datetime.now(UTC))
        if count:
            await audit.record(writing, actor, "mark_notification", f"person:{person}", {"count": count})
        return count

    return await write(work)


async def opened(actor: Actor, path: str) -> int:
    """Its reader opened the page of a thing: what told about it is read. Kept like when somebody was last seen."""
    person = await person_number(actor)
    if person is None or not allows(actor, "mark", "notification", NOTHING):
        return 0
    if not await _unread(person).filter(path=path).exists():
        return 0

    async def work(_: Writing) -> int:
        return await _unread(person).filter(path=path).update(read_at=datetime.now(UTC))

    return await write(work)


def _unread(person: int) -> QuerySet[Notification]:
    return Notification.filter(person_id=person, read_at=None)


def _possible(number: int) -> int:
    return number if 0 < number <= HIGHEST else 0


def _notice(row: Notification) -> Notice:
    return Notice(
        id=row.id,
        kind=row.kind,
        sentence=sentence_of(row),
        path=row.path,
        urgent=row.urgent,
        at=row.created_at,
        read=row.read_at is not None,
    )
