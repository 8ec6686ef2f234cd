"""The second factor: a code of six figures from the time and a shared secret (RFC 6238, SHA-1, 30 seconds)."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from raccordo import audit, sessions
from raccordo.accounts import demand_password, oneself, row_of, send
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Person
from raccordo.people import Actor
from raccordo.refusals import NotFound, Refused, refused
from raccordo.rights import Subject, demand
from raccordo.throttling import Act, attempt, forgive

STEP = 30  # seconds
DIGITS = 6
DRIFT = (0, -1, 1)  # steps by which a telephone's clock may be wrong


def code_at(secret: str, step: int) -> str:
    """The code of one step.

    >>> code_at(base64.b32encode(b"12345678901234567890").decode(), 59 // STEP)
    '287082'
    """
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The step that the code belongs to; None when it is wrong or was used before."""
    typed = "".join(code.split()).encode()
    present = int(now.timestamp()) // STEP
    found = None
    for drift in DRIFT:
        right = hmac.compare_digest(code_at(secret, present + drift).encode(), typed)
        if right and (last is None or present + drift > last):
            found = present + drift
    return found


def enrolled(person: Person) -> bool:
    """A secret counts once a code from it was given; until then it is only proposed."""
    return bool(person.totp_secret) and person.totp_step is not None


def uri(person: Person) -> str:
    """What an authenticator reads."""
    label = quote(f"Raccordo:{person.email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': person.totp_secret, 'issuer': 'Raccordo'})}"


async def use(_writing: Writing, person: Person, code: str) -> bool:
    """Whether the code is right; it is then used up. Call it while writing, so that of two only one succeeds."""
    fresh = await Person.get(id=person.id)
    if not fresh.totp_secret:
        return False
    step = step_of(fresh.totp_secret, code, datetime.now(UTC), fresh.totp_step)
    if step is None:
        return False
    await Person.filter(id=person.id).update(totp_step=step)
    return True


async def propose(actor: Actor, password: str, address: str) -> None:
    """Make a new secret, to be confirmed with a code; one that counts must be reset first."""
    person = await demand_password(actor, password, address)
    if enrolled(person):
        raise Refused("enrolled", Sentence("Il secondo fattore è già attivo."))
    secret = base64.b32encode(secrets.token_bytes(20)).decode()

    async def work(_: Writing) -> None:
        await Person.filter(id=person.id, totp_step=None).update(totp_secret=secret)

    await write(work)


async def enrol(actor: Actor, code: str, address: str) -> str:
    """The secret counts from now on, other browsers are logged out; returns the new key of this one."""
    oneself(actor)
    person = await row_of(actor)
    attempt(Act.LOGIN, f"code:{person.id}", address)

    async def work(writing: Writing) -> str:
        if enrolled(await Person.get(id=person.id)) or not await use(writing, person, code):
            raise wrong_code()
        await sessions.end_all(writing, person)
        await audit.record(writing, actor, "enrol_second_factor", f"person:{person.id}", {})
        await send(writing, person, "second_factor_on")
        return await sessions.start(writing, person, second_factor=True)

    key = await write(work)
    forgive(Act.LOGIN, f"code:{person.id}")
    return key


async def reset(actor: Actor, person_id: int) -> None:
    """A coordinator takes the second factor from another person who lost it; that person is logged out."""
    demand(
        actor,
        "reset_second_factor",
        "account",
        Subject(person=person_id),
        Sentence("Solo il coordinamento, dopo il secondo fattore, può azzerare quello di un’altra persona."),
    )
    if actor.person == person_id:
        raise Refused("oneself", Sentence("Il proprio secondo fattore lo azzera un’altra persona."))

    async def work(writing: Writing) -> None:
        person = await Person.get_or_none(id=person_id)
        if person is None:
            raise NotFound("unknown_person", Sentence("Questa persona non c’è."))
        await Person.filter(id=person_id).update(totp_secret="", totp_step=None)
        await sessions.end_all(writing, person)
        await audit.record(writing, actor, "reset_second_factor", f"person:{person_id}", {})
        await send(writing, person, "second_factor_off")

    await write(work)


def wrong_code() -> Refused:
    return refused(
        "code",
        "wrong_code",
        Sentence("Il codice non è quello di adesso: si legge nell’applicazione e vale una volta."),
    )
