"""Effects outside the database: written with their cause, delivered at least once, a few tries apart."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from raccordo.database import Writing, write
from raccordo.models import OutboxEvent

LOG = logging.getLogger("raccordo.outbox")
LEASE = timedelta(minutes=2)  # how long one worker may take before another tries the same event
BATCH = 20
TRIES = 14  # about a day and a half: a server that is down over a weekend's night loses nothing
FIRST_PAUSE = timedelta(minutes=1)  # doubled after every failed try
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An effect that is due. `attempt` counts from 1."""

    id: int
    kind: str
    payload: Mapping[str, object]
    attempt: int


async def put(
    _writing: Writing, kind: str, payload: Mapping[str, object], due_at: datetime | None = None
) -> None:
    """Write an effect down in the transaction of its cause."""
    now = datetime.now(UTC)
    await OutboxEvent.create(kind=kind, payload=json.dumps(payload), created_at=now, due_at=due_at or now)


class GivenUp(Exception):
    """Raised by whoever delivers when trying again would change nothing; the text holds no personal data."""


async def take(now: datetime, most: int = BATCH, kind: str = "") -> list[Event]:
    """The events that are due, leased to whoever takes them: nobody else gets them for two minutes.

    `kind` takes only those of one kind.
    """
    due = OutboxEvent.filter(done_at=None, due_at__lte=now, attempts__lt=TRIES)
    if kind:
        due = due.filter(kind=kind)

    async def work(_: Writing) -> list[Event]:
        rows = await due.order_by("id").limit(most)
        for row in rows:
            row.attempts += 1
            row.due_at = now + LEASE
            await row.save(update_fields=["attempts", "due_at"])
        return [
            Event(id=row.id, kind=row.kind, payload=json.loads(row.payload), attempt=row.attempts)
            for row in rows
        ]

    if not await due.exists():
        return []
    return await write(work)


async def done(event: Event) -> None:
    """The effect happened; its payload, which may hold a secret, is emptied."""

    async def work(_: Writing) -> None:
        await OutboxEvent.filter(id=event.id).update(done_at=datetime.now(UTC), payload="{}", problem="")

    await write(work)


async def failed(event: Event, problem: str) -> None:
    """The effect did not happen: it is due again after a pause, and given up after the last try."""

    async def work(_: Writing) -> None:
        pause = min(FIRST_PAUSE * 2 ** (event.attempt - 1), LONGEST_PAUSE)
        await OutboxEvent.filter(id=event.id).update(due_at=datetime.now(UTC) + pause, problem=problem[:300])

    await write(work)


async def give_up(event: Event, problem: str) -> None:
    """The effect will never happen: the row stays, with its problem and without its payload."""

    async def work(_: Writing) -> None:
        emptied = {"attempts": TRIES, "payload": "{}", "problem": problem[:300]}
        await OutboxEvent.filter(id=event.id).update(**emptied)

    await write(work)


@dataclass(frozen=True, slots=True)
class Round:
    """How many events were due and taken, and how many of their effects happened."""

    taken: int
    done: int


async def deliver(send: Callable[[Event], Awaitable[object]], most: int = BATCH, kind: str = "") -> Round:
    """Deliver what is due now, one after the other; a failure does not keep the next one from leaving.

    What is kept and logged of a failure is its kind only: its text may hold an address.
    """
    events, count = await take(datetime.now(UTC), most, kind), 0
    for event in events:
        try:
            await send(event)
        except GivenUp as reason:
            await _end(event, str(reason))
        except Exception as error:  # whatever went wrong, the event must not be lost
            await _missed(event, type(error).__name__)
        else:
            await done(event)
            count += 1
    return Round(len(events), count)


async def _missed(event: Event, problem: str) -> None:
    if event.attempt < TRIES:
        await failed(event, problem)
    else:
        await _end(event, f"{problem}, {TRIES} times")


async def _end(event: Event, problem: str) -> None:
    await give_up(event, problem)
    LOG.error("given up: event %s (%s): %s", event.id, event.kind, problem)
