"""Secrets that are mailed: random, kept as a digest, for one purpose, used once before they expire."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Person, Purpose, SingleUse
from raccordo.refusals import NotFound, refused

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
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike
GROUPS, GROUP = 4, 4
TRIES = 10  # wrong ones before a typed code is over
LONGEST = 200  # characters that are read of what was typed


def digest(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def issue(writing: Writing, purpose: Purpose, person: Person | None, subject: str = "") -> str:
    """A new secret, to be mailed and never stored; the earlier ones for the same end stop working."""
    secret = secrets.token_urlsafe(32)
    await _renew(writing, secret, purpose, person, subject)
    return secret


async def issue_code(writing: Writing, purpose: Purpose, person: Person, subject: str) -> str:
    """A new secret that is typed from a mail: four groups of four letters, 80 bits, for one person and subject."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
    await _renew(writing, letters, purpose, person, subject)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


async def use_code(_writing: Writing, typed: str, purpose: Purpose, person: int | None, subject: str) -> bool:
    """Whether the typed code is right, which uses it up; a wrong one is counted, and after ten it is over.

    Call it while writing and keep the transaction: the count is in it. Raises Refused `code_over`.
    """
    row = await SingleUse.get_or_none(
        purpose=purpose,
        person_id=person,
        subject=subject,
        used_at=None,
        expires_at__gt=datetime.now(UTC),
        tries__lt=TRIES,
    )
    if row is None:
        raise refused(
            "code",
            "code_over",
            Sentence("Il codice è scaduto o è stato sbagliato troppe volte: se ne chiede un altro."),
        )
    letters = "".join(letter for letter in typed[:LONGEST].upper() if letter.isalnum())
    if not hmac.compare_digest(row.digest, digest(letters)):
        await SingleUse.filter(digest=row.digest).update(tries=row.tries + 1)
        return False
    await SingleUse.filter(digest=row.digest).update(used_at=datetime.now(UTC))
    return True


async def _renew(
    writing: Writing, secret: str, purpose: Purpose, person: Person | None, subject: str
) -> None:
    """Remember a secret; the earlier ones for the same end stop working."""
    earlier = SingleUse.filter(purpose=purpose, person=person, subject=subject, used_at=None)
    await earlier.update(used_at=datetime.now(UTC))
    await keep(writing, purpose, secret, person, subject)


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
