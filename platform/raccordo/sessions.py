"""Browsers that are logged in: a random key in the cookie, its digest in the database."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from raccordo.database import Writing, write
from raccordo.days import today
from raccordo.models import Membership, MembershipStatus, Person, PersonStatus, Session
from raccordo.single_use import digest

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)  # how exactly `seen_at` is kept: a write per page would be too many


async def start(_writing: Writing, person: Person, *, second_factor: bool) -> str:
    """A new session, acting as the person's first active membership; returns the key for the cookie."""
    now = datetime.now(UTC)
    key = secrets.token_urlsafe(32)
    first = await Membership.filter(person=person, status=MembershipStatus.ACTIVE).order_by("id").first()
    await Session.create(
        digest=digest(key),
        person=person,
        membership=first,
        second_factor=second_factor,
        created_at=now,
        seen_at=now,
        ends_at=now + ABSOLUTE,
    )
    return key


async def resolve(key: str) -> Session | None:
    """The live session with its person and membership, or None: over, idle too long, revoked, blocked."""
    now = datetime.now(UTC)
    session = await Session.get_or_none(
        digest=digest(key), ends_at__gt=now, seen_at__gt=now - IDLE, person__status=PersonStatus.ACTIVE
    ).select_related("person", "membership__body", "membership__institution", "membership")
    if session is None:
        return None
    if now - session.seen_at > SEEN_EVERY:

        async def touch(_: Writing) -> None:
            await Session.filter(digest=session.digest).update(seen_at=now)
            await Person.filter(id=session.person.id).update(seen_on=today())

        await write(touch)
    return session


async def act_as(_writing: Writing, session: Session, membership: Membership | None) -> None:
    """Act as another of the person's memberships from now on."""
    await Session.filter(digest=session.digest).update(membership=membership)


async def end(_writing: Writing, key: str) -> None:
    """Log this browser out."""
    await Session.filter(digest=digest(key)).delete()


async def end_all(_writing: Writing, person: Person, *, except_digest: str = "") -> int:
    """Log every other browser of the person out; returns how many."""
    return await Session.filter(person=person).exclude(digest=except_digest).delete()
