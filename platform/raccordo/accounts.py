"""A person's own account: asking for one, password, e-mail address, name and language."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo import audit, emails, outbox, passwords, sessions, single_use
from raccordo.database import Writing, write
from raccordo.language import LANGUAGES, Sentence
from raccordo.models import OutboxEvent, Person, PersonStatus, Purpose, Session, SingleUse
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, NotFound, Stale, refused
from raccordo.rights import Subject, demand
from raccordo.throttling import Act, attempt, forgive

NAME = 160  # characters
NO_PASSWORD = Sentence(
    "Questa utenza non ha una parola d’ordine: per questo se ne sceglie prima una, da «Password dimenticata»."
)
NOT_YOU = Sentence("Per questo bisogna aver fatto l’accesso.")


async def register(name: str, email: str, password: str, language: str, address: str) -> None:
    """Ask for an account; whether the address already has one is told to its mailbox only."""
    name, email = checked_name(name), emails.checked(email)
    passwords.check_password(password, email=email)
    attempt(Act.MAIL, email, address)
    stored = await passwords.hash_password(password)

    async def work(writing: Writing) -> None:
        person = await Person.get_or_none(email=email)
        if person is None:
            person = await Person.create(
                name=name, email=email, status=PersonStatus.INVITED, created_at=datetime.now(UTC)
            )
        if person.status is PersonStatus.INVITED:
            await Person.filter(id=person.id).update(
                name=name, password=stored, language=checked_language(language)
            )
            secret = await single_use.issue(writing, Purpose.CONFIRM_EMAIL, person)
            await send(writing, person, "confirm_email", path=f"/conferma/{secret}")
        elif person.status is PersonStatus.ACTIVE:
            await send(writing, person, "account_exists", path="/password-dimenticata")

    await write(work)


async def confirm(secret: str, password: str, address: str) -> None:
    """The mailbox is whoever asked's: the password proves that the same person asked and confirms."""
    row = await single_use.look(secret, Purpose.CONFIRM_EMAIL)
    person = owner(row)
    attempt(Act.LOGIN, str(person.email), address)
    if not await passwords.matches(password, person.password):
        raise wrong_password()

    async def work(writing: Writing) -> None:
        await single_use.use(writing, secret, Purpose.CONFIRM_EMAIL)
        await activate(writing, person)

    await write(work)


async def activate(writing: Writing, person: Person, **columns: object) -> None:
    """An invited person whose mailbox is proven may log in; a blocked one stays blocked. Logs the act."""
    if person.status not in (PersonStatus.INVITED, PersonStatus.ACTIVE):
        raise link_over()
    await Person.filter(id=person.id).update(
        status=PersonStatus.ACTIVE, email_confirmed_at=datetime.now(UTC), **columns
    )
    await audit.record(writing, Actor(person=person.id), "activate", f"person:{person.id}", {})


async def forget(email: str, address: str) -> None:
    """Mail a link for a new password; the same answer and the same statements when there is no account."""
    email = emails.checked(email)
    attempt(Act.MAIL, email, address)

    async def work(writing: Writing) -> None:
        person = await Person.get_or_none(email=email, status__in=(PersonStatus.ACTIVE, PersonStatus.INVITED))
        secret = await single_use.issue(writing, Purpose.RESET_PASSWORD, person, "" if person else "nobody")
        if person:
            await send(writing, person, "reset_password", path=f"/nuova-password/{secret}")
        else:  # as much is written as for an account, and nothing is sent
            now = datetime.now(UTC)
            await OutboxEvent.create(kind="mail", payload="{}", created_at=now, due_at=now, done_at=now)

    await write(work)


async def reset_password(secret: str, password: str) -> None:
    """A new password by mailed link; every browser is logged out, a second factor stays."""
    person = owner(await single_use.look(secret, Purpose.RESET_PASSWORD))
    passwords.check_password(password, email=str(person.email))
    stored = await passwords.hash_password(password)

    async def work(writing: Writing) -> None:
        await single_use.use(writing, secret, Purpose.RESET_PASSWORD)
        await activate(writing, person, password=stored)
        await _password_changed(writing, person, "")

    await write(work)


async def change_password(actor: Actor, session: Session, old: str, new: str, address: str) -> None:
    """A new password by whoever knows the old one; the other browsers are logged out."""
    person = await demand_password(actor, old, address)
    passwords.check_password(new, email=str(person.email))
    stored = await passwords.hash_password(new)

    async def work(writing: Writing) -> None:
        await Person.filter(id=person.id).update(password=stored)
        await audit.record(writing, actor, "change_password", f"person:{person.id}", {})
        await _password_changed(writing, person, session.digest)

    await write(work)


async def _password_changed(writing: Writing, person: Person, except_digest: str) -> None:
    await sessions.end_all(writing, person, except_digest=except_digest)
    # Whoever knew the old password may have asked for these links.
    await SingleUse.filter(
        person=person, used_at=None, purpose__in=(Purpose.RESET_PASSWORD, Purpose.CHANGE_EMAIL)
    ).update(used_at=datetime.now(UTC))
    await send(writing, person, "password_changed", path="/password-dimenticata")


async def ask_new_email(actor: Actor, password: str, email: str, address: str) -> None:
    """Mail a link to the new address; whether somebody else has it is told to that mailbox only."""
    person = await demand_password(actor, password, address)
    email = emails.checked(email)
    attempt(Act.MAIL, email, address)

    async def work(writing: Writing) -> None:
        taken = await Person.get_or_none(email=email)
        if taken is not None:
            await send(writing, taken, "account_exists", path="/password-dimenticata")
            return
        secret = await single_use.issue(writing, Purpose.CHANGE_EMAIL, person, email)
        await send(writing, person, "change_email", to=email, path=f"/conferma/{secret}")

    await write(work)


async def change_email(secret: str) -> None:
    """The new address counts from now on; the old one is told."""

    async def work(writing: Writing) -> None:
        row = await single_use.use(writing, secret, Purpose.CHANGE_EMAIL)
        person, old = owner(row), str(owner(row).email)
        if person.status is not PersonStatus.ACTIVE or await Person.exists(email=row.subject):
            raise link_over()
        await Person.filter(id=person.id).update(email=row.subject, email_confirmed_at=datetime.now(UTC))
        await audit.record(writing, Actor(person=person.id), "change_email", f"person:{person.id}", {})
        await send(writing, person, "email_changed", to=old)

    await write(work)


async def describe(actor: Actor, version: int, name: str, language: str) -> None:
    """Change one's name and the language of one's mail; raises Stale when another window was first."""
    oneself(actor)
    name, language = checked_name(name), checked_language(language)

    async def work(writing: Writing) -> None:
        changed = await Person.filter(id=actor.person, version=version).update(
            name=name, language=language, version=version + 1
        )
        if not changed:
            raise Stale(Sentence("Il profilo è cambiato nel frattempo."), await row_of(actor))
        await audit.record(writing, actor, "describe", f"person:{actor.person}", {})

    await write(work)


async def demand_password(actor: Actor, password: str, address: str) -> Person:
    """The person who acts, once the present password was typed; tries count like those of a login."""
    oneself(actor)
    person = await row_of(actor)
    if not person.password:
        raise refused("old", "no_password", NO_PASSWORD)
    attempt(Act.LOGIN, str(person.email), address)
    if not await passwords.matches(password, person.password):
        raise wrong_password("old")
    forgive(Act.LOGIN, str(person.email))
    return person


def oneself(actor: Actor) -> None:
    """Raise NotAllowed unless a browser of a person acts."""
    demand(actor, "change", "account", Subject(person=actor.person), NOT_YOU)


async def row_of(actor: Actor) -> Person:
    if actor.person is None:
        raise NotAllowed("change_account", NOT_YOU)
    return await Person.get(id=actor.person)


async def send(writing: Writing, person: Person, template: str, *, to: str = "", path: str = "") -> None:
    """A mail about the account, to the person's address as it is now unless another is named."""
    payload = {
        "to": to or person.email,
        "person": person.id,  # whose mail it is, wherever it goes: an erasure drops it
        "template": template,
        "language": person.language,
        "values": {"name": person.name, "path": path},
    }
    await outbox.put(writing, "mail", payload)


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME or not name.isprintable():
        raise refused(
            "name", "no_name", Sentence("Serve il nome, al massimo {most} caratteri.", {"most": NAME})
        )
    return name


def checked_language(language: str) -> str:
    if language not in LANGUAGES:
        raise refused("language", "unknown", Sentence("Le lingue sono italiano e inglese."))
    return language


def wrong_password(field: str = "password") -> Exception:
    return refused(field, "wrong_password", Sentence("La parola d’ordine non è quella giusta."))


def link_over() -> NotFound:
    return NotFound("link_over", Sentence("Questo collegamento non vale più."))


def owner(row: SingleUse) -> Person:
    """The person a secret was mailed to; one that was made for nobody opens nothing."""
    if row.person is None:
        raise link_over()
    return row.person
