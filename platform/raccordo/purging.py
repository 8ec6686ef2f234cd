"""The daily purge: what is over, or kept for as long as the inventory says, goes in small batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tortoise.expressions import Q
from tortoise.models import Model

from raccordo import erasing, retention, sessions
from raccordo.database import Writing, write
from raccordo.models import (
    AccessToken,
    IdempotencyKey,
    Notification,
    OutboxEvent,
    Person,
    PersonStatus,
    Purpose,
    Session,
    SingleUse,
    WaitingIdentity,
)
from raccordo.people import SYSTEM
from raccordo.retention import Retention

BATCH = 500  # rows of one transaction: nobody waits long for the write lock
EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows of a table are over at an instant."""

    model: type[Model]
    retention: Retention
    over: Callable[[datetime, tuple[timedelta, ...]], Q]


def _either(*conditions: Q) -> Q:
    return Q(*conditions, join_type="OR")


RULES = (
    Rule(
        Session,
        retention.SESSION,
        lambda now, _: _either(Q(ends_at__lte=now), Q(seen_at__lte=now - sessions.IDLE)),
    ),
    Rule(
        SingleUse,
        retention.SECRET,
        # Whoever opens an answer's link late asks for another one by it.
        lambda now, kept: _either(
            Q(expires_at__lte=now - kept[1]),
            Q(
                Q(purpose__not=Purpose.ANSWER),
                _either(Q(expires_at__lte=now - kept[0]), Q(used_at__lte=now - kept[0])),
            ),
        ),
    ),
    Rule(WaitingIdentity, retention.NEWCOMER, lambda now, kept: Q(expires_at__lte=now - kept[0])),
    Rule(OutboxEvent, retention.OUTBOX, lambda now, kept: Q(created_at__lte=now - kept[0])),
    Rule(
        Notification,
        retention.NEWS,
        lambda now, kept: _either(Q(read_at__lte=now - kept[0]), Q(created_at__lte=now - kept[1])),
    ),
    Rule(IdempotencyKey, retention.ANSWER, lambda now, kept: Q(created_at__lte=now - kept[0])),
    Rule(
        AccessToken,
        retention.TOKEN,
        lambda now, kept: _either(Q(expires_at__lte=now - kept[0]), Q(revoked_at__lte=now - kept[0])),
    ),
)


async def purge(now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Take away what is over; returns how many rows of each table. `dry_run` only counts them."""
    counts = {Person._meta.db_table: await _unconfirmed(now, dry_run=dry_run)}
    for rule in RULES:
        counts[rule.model._meta.db_table] = await _sweep(rule, now, dry_run=dry_run)
    return counts


async def _sweep(rule: Rule, now: datetime, *, dry_run: bool) -> int:
    over, key = rule.over(now, rule.retention.periods), rule.model._meta.pk_attr
    if dry_run:
        return await rule.model.filter(over).count()

    async def batch(_: Writing) -> int:
        keys = await rule.model.filter(over).order_by(key).limit(BATCH).values_list(key, flat=True)
        return await rule.model.filter(**{f"{key}__in": keys}).delete() if keys else 0

    total = 0
    while await rule.model.filter(over).exists():
        total += await write(batch)
    return total


async def _unconfirmed(now: datetime, *, dry_run: bool) -> int:
    """Erase who was invited, or asked, and never came; not whom a link that still works waits for."""
    waiting = await SingleUse.filter(
        purpose__in=(Purpose.INVITATION, Purpose.CONFIRM_EMAIL, Purpose.RESET_PASSWORD),
        used_at=None,
        expires_at__gt=now,
        person_id__not_isnull=True,
    ).values_list("person_id", flat=True)
    [period] = retention.UNCONFIRMED.periods
    forgotten = await Person.filter(
        status=PersonStatus.INVITED, created_at__lte=now - period, id__not_in=list(waiting) or [0]
    )
    for person in [] if dry_run else forgotten:

        async def work(writing: Writing, person: Person = person) -> None:
            await erasing.erase(writing, SYSTEM, person)

        await write(work)
    return len(forgotten)


class Daily:
    """Purges when a process starts and then once a day."""

    def __init__(self) -> None:
        self.last: datetime | None = None

    async def when_due(self) -> None:
        now = datetime.now(UTC)
        if self.last is None or now - self.last >= EVERY:
            self.last = now
            await purge(now)
