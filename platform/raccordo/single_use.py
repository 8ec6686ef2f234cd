"""Secrets that are mailed: random, kept as a digest, for one purpose, used once before they expire."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Person, Purpose, SingleUse
from raccordo.refusals import NotFound

LIFETIMES = {
    Purpose.INVITATION: timedelta(days=14),
    Purpose.CONFIRM_EMAIL: timedelta(days=2),
    Purpose.CHANGE_EMAIL: timedelta(hours=4),
    Purpose.RESET_PASSWORD: timedelta(hours=2),
    Purpose.VERIFY_OFFICER: timedelta(days=7),
    Purpose.ANSWER: timedelta(days=30),
    Purpose.PREFERENCES: timedelta(days=400),
    Purpose.SECOND_FACTOR: timedelta(minutes=10),
    Purpose.IDENTITY_JOURNEY: timedelta(minutes=10),
    Purpose.CONFIRM_IDENTITY: timedelta(days=2),
}


def digest(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def issue(writing: Writing, purpose: Purpose, person: Person | None, subject: str = "") -> str:
    """A new secret, to be mailed and never stored; the earlier ones for the same end stop working."""
    now = datetime.now(UTC)
    await SingleUse.filter(purpose=purpose, person=person, subject=subject, used_at=None).update(used_at=now)
    secret = secrets.token_urlsafe(32)
    await keep(writing, purpose, secret, person, subject)
    return secret


async def keep(
    _writing: Writing, purpose: Purpose, secret: str, person: Person | None, subject: str = ""
) -> None:
    """Remember a secret that was made before; `issue` makes one."""
    now = datetime.now(UTC)
    await SingleUse.create(
        digest=digest(secret),
        purpose=purpose,
        person=person,
        subject=subject,
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
    )


async def look(secret: str, *purposes: Purpose) -> SingleUse:
    """The unused, unexpired secret, without using it: what a GET may do. Raises NotFound `link_over`."""
    row = await SingleUse.get_or_none(
        digest=digest(secret), purpose__in=purposes, used_at=None, expires_at__gt=datetime.now(UTC)
    ).select_related("person")
    if row is None:
        raise NotFound(
            "link_over",
            Sentence(
                "Questo collegamento è scaduto o è già stato usato: se serve ancora, va chiesto di nuovo."
            ),
        )
    return row


async def use(_writing: Writing, secret: str, *purposes: Purpose) -> SingleUse:
    """Use the secret: of two at once only one succeeds. Raises NotFound `link_over`."""
    row = await look(secret, *purposes)
    row.used_at = datetime.now(UTC)
    await row.save(update_fields=["used_at"])
    return row
