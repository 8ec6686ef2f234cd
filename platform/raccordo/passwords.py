"""Passwords: argon2 in a thread, few at a time, and the same work for an account that does not exist."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from raccordo.language import Sentence
from raccordo.refusals import refused

LEAST = 12  # characters
MOST = 200
AT_ONCE = 2  # hashes computed at the same time: each takes 64 MiB
COMMON = frozenset(
    [
        "password",
        "passwordpassword",
        "123456789012",
        "1234567890123",
        "qwertyuiop12",
        "raccordoraccordo",
        "politecnico2026",
        "comunecomune",
        "lombardia2026",
        "benvenuto123",
        "administrator",
        "passwordlunga",
    ]
)

_hasher = PasswordHasher()
_room = asyncio.Semaphore(AT_ONCE)


def check_password(password: str, *, email: str = "") -> None:
    """Raise Refused, about the field `password`, when the password would be too easy or too long."""
    if len(password) < LEAST:
        raise refused(
            "password",
            "too_short",
            Sentence(
                "La parola d’ordine ha {count} caratteri: ne servono almeno {least}.",
                {"count": len(password), "least": LEAST},
            ),
        )
    if len(password) > MOST:
        raise refused(
            "password", "too_long", Sentence("La parola d’ordine ha più di {most} caratteri.", {"most": MOST})
        )
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < 5 or (email and email.partition("@")[0].casefold() in plain):
        raise refused(
            "password",
            "too_easy",
            Sentence("Questa parola d’ordine è facile da indovinare: meglio tre o quattro parole a caso."),
        )


async def hash_password(password: str) -> str:
    """What to store of a password that passed `check_password`."""
    async with _room:
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, stored: str) -> bool:
    """Whether the password is the stored one. Nothing stored costs the same work as a wrong password."""
    known = stored or _nobody()
    async with _room:
        right = await asyncio.to_thread(_verify, known, password[:MOST])
    return right and bool(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
