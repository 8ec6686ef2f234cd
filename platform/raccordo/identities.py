"""Whom identity providers vouch for: entering, and tying an identity to an account, never behind its back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from raccordo import accounts, audit, emails, logins, single_use
from raccordo.database import Writing, write
from raccordo.identity_settings import Provider
from raccordo.language import Sentence
from raccordo.logins import Entered
from raccordo.models import (
    ExternalIdentity,
    Person,
    PersonStatus,
    Purpose,
    Session,
    WaitingIdentity,
)
from raccordo.openid.conversation import Proven
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, NotFound, Refused
from raccordo.throttling import Act, attempt

WAITS = timedelta(minutes=10)  # for an account, or for the login that ties it to one


async def enter(proven: Proven, previous: str = "") -> Entered | None:
    """Log in whoever this identity belongs to; None when it belongs to nobody yet."""

    async def work(writing: Writing) -> Entered | None:
        person = await _owner(proven.provider.issuer, proven.subject)
        if person is None:
            return None
        if person.status is not PersonStatus.ACTIVE:
            raise Refused("closed", Sentence("Con questa identità non si può accedere."))
        return await logins.admit(writing, person, previous, strong=proven.strong)

    return await write(work)


async def wait(proven: Proven) -> str:
    """Remember for some minutes an identity that belongs to nobody; returns the key for this browser."""
    key, now = secrets.token_urlsafe(32), datetime.now(UTC)
    try:
        email = emails.checked(proven.email)
    except Refused:
        email = ""

    async def work(_: Writing) -> None:
        await WaitingIdentity.filter(expires_at__lte=now).delete()
        await WaitingIdentity.create(
            digest=single_use.digest(key),
            provider=proven.provider.slug,
            subject=proven.subject,
            name=proven.name,
            email=email,
            expires_at=now + WAITS,
        )

    await write(work)
    return key


async def waiting(key: str) -> WaitingIdentity | None:
    """The identity that this browser brought, while it waits."""
    if not key:
        return None
    return await WaitingIdentity.get_or_none(digest=single_use.digest(key), expires_at__gt=datetime.now(UTC))


async def has_account(provider: Provider, found: WaitingIdentity) -> bool:
    """Whether the address that a trusted provider calls verified has an account; of others nothing is told."""
    return (
        provider.trusts_email
        and bool(found.email)
        and await Person.exists(email=found.email, status=PersonStatus.ACTIVE)
    )


async def ask_account(
    provider: Provider, key: str, name: str, email: str, language: str, address: str
) -> Entered:
    """An account for an identity that waits. The mailbox confirms it, unless the provider is trusted for that.

    The answer is empty when a mail was sent, or when one need not be sent: which, the mailbox knows.
    """
    name, email = accounts.checked_name(name), emails.checked(email)
    language = accounts.checked_language(language)
    attempt(Act.MAIL, email, address)

    async def work(writing: Writing) -> Entered:
        found = await _taken(writing, provider, key)
        known = provider.trusts_email and found.email == email
        person = await Person.get_or_none(email=email)
        if person is None:
            person = await Person.create(
                name=name, email=email, status=PersonStatus.INVITED, created_at=datetime.now(UTC)
            )
        if person.status is PersonStatus.ACTIVE and known:
            raise _has_account()
        if person.status is PersonStatus.ACTIVE:
            await accounts.send(writing, person, "account_exists", path="/password-dimenticata")
        if person.status is not PersonStatus.INVITED:
            return Entered()
        await Person.filter(id=person.id).update(name=name, language=language)
        person.language = language
        if known:
            return await _activate(writing, person, provider, found.subject)
        mark = f"{provider.slug} {_mark(provider, found.subject)}"
        secret = await single_use.issue(writing, Purpose.CONFIRM_IDENTITY, person, mark)
        await accounts.send(writing, person, "confirm_identity", path=f"/conferma-identita/{secret}")
        return Entered()

    return await write(work)


async def to_confirm(secret: str) -> str:
    """The slug of the provider with which a mailed link is confirmed."""
    return (await single_use.look(secret, Purpose.CONFIRM_IDENTITY)).subject.partition(" ")[0]


async def confirm(secret: str, proven: Proven, previous: str = "") -> Entered:
    """The mailbox's owner and whoever asked are one: the link was opened, and the same identity came back."""

    async def work(writing: Writing) -> Entered:
        row = await single_use.look(secret, Purpose.CONFIRM_IDENTITY)
        asked = f"{proven.provider.slug} {_mark(proven.provider, proven.subject)}"
        if not hmac.compare_digest(row.subject.encode(), asked.encode()):
            raise Refused(
                "another_identity",
                Sentence("Questa utenza è stata chiesta con un’altra identità: si conferma con quella."),
            )
        row = await single_use.use(writing, secret, Purpose.CONFIRM_IDENTITY)
        person = accounts.owner(row)
        return await _activate(writing, person, proven.provider, proven.subject, previous, proven.strong)

    return await write(work)


async def _activate(
    writing: Writing,
    person: Person,
    provider: Provider,
    subject: str,
    previous: str = "",
    strong: bool = False,
) -> Entered:
    if person.status is not PersonStatus.INVITED:
        raise accounts.link_over()
    if await _owner(provider.issuer, subject) is not None:
        raise _belongs_to_another()
    # A password that somebody else chose when asking for the same address must not open this account.
    await accounts.activate(writing, person, password="")
    await _tie(writing, Actor(person=person.id), person, provider, subject)
    return await logins.admit(writing, person, previous, strong=strong)


async def of_person(actor: Actor) -> list[ExternalIdentity]:
    """The identities tied to the account of whoever acts."""
    return await ExternalIdentity.filter(person_id=actor.person).order_by("id")


async def tie_waiting(actor: Actor, session: Session, provider: Provider, key: str) -> None:
    """Tie the identity that waits to the account of whoever has just logged in."""
    accounts.oneself(actor)
    if session.created_at < datetime.now(UTC) - WAITS:
        raise Refused(
            "not_recent", Sentence("Per questo serve un accesso recente: si esce e si accede di nuovo.")
        )

    async def work(writing: Writing) -> None:
        found = await _taken(writing, provider, key)
        await _add(writing, actor, provider, found.subject)

    await write(work)


async def demand_owner(actor: Actor, password: str, address: str) -> Person:
    """The person who acts, once its password was typed, if it has one: before the ways to log in change."""
    accounts.oneself(actor)
    person = await accounts.row_of(actor)
    return await accounts.demand_password(actor, password, address) if person.password else person


async def add(actor: Actor, began: int, proven: Proven) -> None:
    """Tie the identity to the account of whoever began the journey and is still the one who acts."""
    accounts.oneself(actor)
    if actor.person != began:
        raise NotAllowed(
            "change_account", Sentence("Nel frattempo in questo browser è entrata un’altra persona.")
        )

    async def work(writing: Writing) -> None:
        await _add(writing, actor, proven.provider, proven.subject)

    await write(work)


async def remove(actor: Actor, identity: int, password: str, address: str) -> None:
    """This identity no longer opens the account; the last way to log in stays."""
    await demand_owner(actor, password, address)

    async def work(writing: Writing) -> None:
        person = await accounts.row_of(actor)
        row = await ExternalIdentity.get_or_none(id=identity, person=person)
        if row is None:
            raise NotFound("unknown_identity", Sentence("Questa identità non è tra quelle collegate."))
        if not person.password and await ExternalIdentity.filter(person=person).count() == 1:
            raise Refused(
                "last_way",
                Sentence("È l’unico modo per accedere: prima serve una parola d’ordine o un’altra identità."),
            )
        await row.delete()
        await audit.record(writing, actor, "remove_identity", f"person:{person.id}", {})
        await accounts.send(writing, person, "identity_removed", path="/profilo/identita")

    await write(work)


async def _add(writing: Writing, actor: Actor, provider: Provider, subject: str) -> None:
    person, owner = await accounts.row_of(actor), await _owner(provider.issuer, subject)
    if owner is not None and owner.id != person.id:
        raise _belongs_to_another()
    if owner is None:
        await _tie(writing, actor, person, provider, subject)
        await accounts.send(writing, person, "identity_added", path="/profilo/identita")


async def _tie(writing: Writing, actor: Actor, person: Person, provider: Provider, subject: str) -> None:
    await ExternalIdentity.create(person=person, issuer=provider.issuer, subject=subject)
    await audit.record(writing, actor, "add_identity", f"person:{person.id}", {"provider": provider.slug})


async def _owner(issuer: str, subject: str) -> Person | None:
    row = await ExternalIdentity.get_or_none(issuer=issuer, subject=subject).select_related("person")
    return row.person if row else None


async def _taken(_writing: Writing, provider: Provider, key: str) -> WaitingIdentity:
    """The identity that waits, which then waits no longer."""
    found = await waiting(key)
    if found is None or found.provider != provider.slug:
        raise Refused("waited_too_long", Sentence("È passato troppo tempo: si ricomincia dall’accesso."))
    await found.delete()
    return found


def _belongs_to_another() -> Refused:
    return Refused("taken", Sentence("Questa identità è già collegata a un’altra utenza."))


def _has_account() -> Refused:
    return Refused(
        "has_account",
        Sentence("Questo indirizzo ha già un’utenza: l’identità si collega dopo averle fatto l’accesso."),
    )


def _mark(provider: Provider, subject: str) -> str:
    return hashlib.sha256(f"{provider.issuer} {subject}".encode()).hexdigest()
