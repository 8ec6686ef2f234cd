"""Logging in: a password, and a code where there is a second factor; the session's key is always new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import emails, passwords, second_factor, sessions, single_use
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Person, PersonStatus, Purpose, Session, SingleUse
from raccordo.people import Actor
from raccordo.refusals import Refused
from raccordo.rights import Subject, demand
from raccordo.throttling import Act, attempt, forgive

CODES = 5  # wrong codes after which the password is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Either the key of a session, or the secret with which the code is asked."""

    key: str = ""
    secret: str = ""


async def enter(email: str, password: str, address: str, previous: str = "") -> Entered:
    """Log in, or ask for the code; one sentence for a wrong password, no account and a blocked one.

    `previous` is the key that the browser came with: it stops working, whoever gave it to the browser.
    """
    email = emails.normal(email)
    attempt(Act.LOGIN, email, address)
    person = await Person.get_or_none(email=email) if email else None
    right = await passwords.matches(password, person.password if person else "")
    if person is None or not right or person.status is not PersonStatus.ACTIVE:
        raise Refused("wrong_login", Sentence("L’indirizzo o la parola d’ordine non sono giusti."))
    forgive(Act.LOGIN, email)

    async def work(writing: Writing) -> Entered:
        return await admit(writing, person, previous)

    return await write(work)


async def admit(writing: Writing, person: Person, previous: str, *, strong: bool = False) -> Entered:
    """Let a person in who has shown who it is; where there is a second factor, only with the code.

    `strong` says that whoever vouched for the person asked for a second factor itself.
    """
    if second_factor.enrolled(person) and not strong:
        return Entered(secret=await single_use.issue(writing, Purpose.SECOND_FACTOR, person))
    return Entered(key=await _start(writing, person, previous, second_factor=strong))


async def enter_code(secret: str, code: str, address: str, previous: str = "") -> Entered:
    """The second step; after a few wrong codes the password is asked again."""
    found = await single_use.look(secret, Purpose.SECOND_FACTOR)
    attempt(Act.LOGIN, f"code:{found.person.id if found.person else 0}", address)

    async def work(writing: Writing) -> Entered:
        row = await single_use.look(secret, Purpose.SECOND_FACTOR)
        person = row.person
        if person is None or person.status is not PersonStatus.ACTIVE:
            return Entered()
        if not await second_factor.use(writing, person, code):
            over = datetime.now(UTC) if row.tries + 1 >= CODES else None
            await SingleUse.filter(digest=row.digest).update(tries=row.tries + 1, used_at=over)
            return Entered()
        await single_use.use(writing, secret, Purpose.SECOND_FACTOR)
        return Entered(key=await _start(writing, person, previous, second_factor=True))

    entered = await write(work)
    if not entered.key:
        raise second_factor.wrong_code()
    forgive(Act.LOGIN, f"code:{found.person.id if found.person else 0}")
    return entered


async def _start(writing: Writing, person: Person, previous: str, *, second_factor: bool) -> str:
    if previous:
        await sessions.end(writing, previous)
    return await sessions.start(writing, person, second_factor=second_factor)


async def leave(key: str) -> None:
    """Log this browser out."""

    async def work(writing: Writing) -> None:
        await sessions.end(writing, key)

    await write(work)


async def browsers(actor: Actor) -> list[Session]:
    """The live sessions of whoever acts, the latest first."""
    now = datetime.now(UTC)
    return await Session.filter(
        person_id=actor.person, ends_at__gt=now, seen_at__gt=now - sessions.IDLE
    ).order_by("-created_at")


async def revoke(actor: Actor, digest: str) -> None:
    """Log one of one's browsers out; one of somebody else's is not found and nothing happens."""
    _demand(actor)

    async def work(_: Writing) -> None:
        await Session.filter(digest=digest, person_id=actor.person).delete()

    await write(work)


async def revoke_others(actor: Actor, session: Session) -> None:
    """Log every other browser out."""
    _demand(actor)

    async def work(writing: Writing) -> None:
        await sessions.end_all(writing, session.person, except_digest=session.digest)

    await write(work)


def _demand(actor: Actor) -> None:
    demand(
        actor,
        "change",
        "account",
        Subject(person=actor.person),
        Sentence("Per questo bisogna aver fatto l’accesso."),
    )
