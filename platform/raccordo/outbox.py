"""Effects outside the database: written with their cause, delivered at least once, a few tries apart."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from raccordo.database import Writing, write
from raccordo.models import OutboxEvent

LEASE = timedelta(minutes=2)  # how long one worker may take before another tries the same event
BATCH = 20
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubled after every failed try


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


async def take(now: datetime) -> list[Event]:
    """The events that are due, leased to whoever takes them: nobody else gets them for two minutes."""

    async def work(_: Writing) -> list[Event]:
        rows = (
            await OutboxEvent.filter(done_at=None, due_at__lte=now, attempts__lt=TRIES)
            .order_by("id")
            .limit(BATCH)
        )
        for row in rows:
            row.attempts += 1
            row.due_at = now + LEASE
            await row.save(update_fields=["attempts", "due_at"])
        return [
            Event(id=row.id, kind=row.kind, payload=json.loads(row.payload), attempt=row.attempts)
            for row in rows
        ]

    if not await OutboxEvent.filter(done_at=None, due_at__lte=now, attempts__lt=TRIES).exists():
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
        pause = FIRST_PAUSE * 2 ** (event.attempt - 1)
        await OutboxEvent.filter(id=event.id).update(due_at=datetime.now(UTC) + pause, problem=problem[:300])

    await write(work)


async def deliver(send: Callable[[Event], Awaitable[None]]) -> int:
    """Deliver what is due now, one after the other; returns how many effects happened."""
    count = 0
    for event in await take(datetime.now(UTC)):
        try:
            await send(event)
        except Exception as error:  # whatever went wrong, the event must not be lost
            await failed(event, f"{type(error).__name__}: {error}")
        else:
            await done(event)
            count += 1
    return count
