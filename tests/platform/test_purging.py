"""What is over goes when its time has come, not before, a few rows at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tortoise.models import Model

from dump import dump
from raccordo import purging, retention
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.models import (
    AccessToken,
    IdempotencyKey,
    Membership,
    Notification,
    OutboxEvent,
    Person,
    PersonStatus,
    Purpose,
    Role,
    Session,
    SingleUse,
)
from raccordo.purging import purge
from raccordo.sessions import IDLE
from readers import ANNA, person

NOW = datetime.now(UTC)
SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(days=1)
DAY = timedelta(days=1)
Make = Callable[[Person, datetime], Awaitable[Model]]


async def _membership(who: Person) -> Membership:
    return await Membership.create(person=who, role=Role.INTEGRATOR)


async def token(who: Person, **times: datetime) -> Model:
    given: dict[str, Any] = {"created_at": NOW, "expires_at": LATER, **times}
    return await AccessToken.create(
        person=who, membership=await _membership(who), digest="a", name="a", scopes="", **given
    )


def news(who: Person, **times: datetime) -> Awaitable[Model]:
    given: dict[str, Any] = {"created_at": NOW, **times}
    return Notification.create(person=who, kind="a", text="a", path="/", **given)


def secret(who: Person, purpose: Purpose = Purpose.RESET_PASSWORD, **times: datetime) -> Awaitable[Model]:
    given: dict[str, Any] = {"created_at": NOW, "expires_at": LATER, **times}
    return SingleUse.create(person=who, digest="a", purpose=purpose, **given)


def session(who: Person, **times: datetime) -> Awaitable[Model]:
    given: dict[str, Any] = {"created_at": NOW, "seen_at": NOW, "ends_at": LATER, **times}
    return Session.create(person=who, digest="a", second_factor=False, **given)


def mail(created: datetime, **columns: Any) -> Awaitable[Model]:
    return OutboxEvent.create(kind="mail", payload="{}", created_at=created, due_at=created, **columns)


# How a row is made whose time comes at the given instant, and how long it is kept from then on.
OVER: dict[str, tuple[Make, timedelta]] = {
    "an expired session": (lambda who, at: session(who, ends_at=at), timedelta(0)),
    "an idle session": (lambda who, at: session(who, seen_at=at), IDLE),
    "an expired link": (lambda who, at: secret(who, expires_at=at), timedelta(0)),
    "a used link": (lambda who, at: secret(who, used_at=at), timedelta(0)),
    "a link to answer": (
        lambda who, at: secret(who, Purpose.ANSWER, expires_at=at, used_at=at),
        retention.SECRET.periods[1],
    ),
    "a delivered mail": (lambda _, at: mail(at, done_at=at), retention.OUTBOX.periods[0]),
    "a given-up mail": (lambda _, at: mail(at, attempts=14, problem="refused"), retention.OUTBOX.periods[0]),
    "a mail that nobody fetched": (lambda _, at: mail(at), retention.OUTBOX.periods[0]),
    "a read notification": (lambda who, at: news(who, read_at=at), retention.NEWS.periods[0]),
    "an unread notification": (lambda who, at: news(who, created_at=at), retention.NEWS.periods[1]),
    "an answer kept for its key": (
        lambda who, at: IdempotencyKey.create(
            person=who, key="a", fingerprint="a", answer="a", created_at=at
        ),
        timedelta(hours=24),
    ),
    "an expired token": (lambda who, at: token(who, expires_at=at), retention.TOKEN.periods[0]),
    "a revoked token": (lambda who, at: token(who, revoked_at=at), retention.TOKEN.periods[0]),
}


@pytest.mark.parametrize("what", OVER)
async def test_it_goes_when_its_time_has_come_and_not_before(current: Catalogue, what: str) -> None:
    make, kept = OVER[what]
    row = await make(await person(ANNA), NOW - kept + SECOND)
    table = type(row)._meta.db_table
    assert (await purge(NOW))[table] == 0
    assert (await purge(NOW + SECOND))[table] == 1
    assert not await type(row).all().exists()


async def test_a_trial_counts_the_same_and_takes_nothing(current: Catalogue) -> None:
    await secret(await person(ANNA), used_at=NOW - DAY)
    before = await dump()
    tried = await purge(NOW, dry_run=True)
    assert await dump() == before
    assert tried == await purge(NOW)
    assert tried["single_use"] == 1


async def test_many_rows_go_in_small_batches(current: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 3)
    for _ in range(7):
        await mail(NOW - 40 * DAY)
    batches = 0

    async def counted(work: Callable[[Writing], Awaitable[int]]) -> int:
        nonlocal batches
        batches += 1
        return await write(work)

    monkeypatch.setattr(purging, "write", counted)
    assert (await purge(NOW))["outbox_event"] == 7
    assert batches == 3


async def invited(status: PersonStatus = PersonStatus.INVITED, days: int = 31) -> Person:
    made = await person(ANNA)
    await Person.filter(id=made.id).update(status=status, created_at=NOW - days * DAY)
    return made


async def test_whoever_was_invited_and_never_came_is_erased_without_a_mail(current: Catalogue) -> None:
    made = await invited()
    assert (await purge(NOW))["person"] == 1
    assert (await Person.get(id=made.id)).status is PersonStatus.ERASED
    assert await OutboxEvent.all().count() == 0


@pytest.mark.parametrize(("status", "days"), [(PersonStatus.ACTIVE, 900), (PersonStatus.INVITED, 29)])
async def test_whoever_came_or_may_still_come_stays(
    current: Catalogue, status: PersonStatus, days: int
) -> None:
    await invited(status, days)
    assert (await purge(NOW))["person"] == 0


async def test_somebody_invited_again_has_the_time_of_the_new_link(current: Catalogue) -> None:
    made = await invited()
    times: dict[str, Any] = {"created_at": NOW, "expires_at": NOW + DAY}
    await SingleUse.create(person=made, digest="a", purpose=Purpose.INVITATION, **times)
    assert (await purge(NOW))["person"] == 0
    assert (await purge(NOW + DAY))["person"] == 1


async def test_the_worker_purges_once_a_day(current: Catalogue) -> None:
    daily = purging.Daily()
    await mail(NOW - 40 * DAY)
    await daily.when_due()
    await mail(NOW - 40 * DAY)
    await daily.when_due()
    assert await OutboxEvent.all().count() == 1
    daily.last = NOW - DAY
    await daily.when_due()
    assert await OutboxEvent.all().count() == 0
