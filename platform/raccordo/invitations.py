"""Accounts by invitation: a role, and that for which it is held, offered to a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import (
    accounts,
    audit,
    emails,
    holder_search,
    holders,
    memberships,
    passwords,
    sessions,
    single_use,
)
from raccordo.database import Writing, write
from raccordo.holders import PARTS, Held
from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import (
    CoordinatingBody,
    Membership,
    MembershipStatus,
    Person,
    PersonStatus,
    Purpose,
    Role,
    Verification,
)
from raccordo.people import Actor
from raccordo.refusals import NotAllowed
from raccordo.rights import demand

WHO_INVITES = Sentence(
    "Invita chi coordina, dopo il secondo fattore, o chi amministra, per il proprio ente o laboratorio."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(Held):
    """A role, and that for which it is held."""

    email: str
    role: Role
    language: str = "it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The membership that was given, and the secret of the mailed link: empty for who has an account."""

    membership: int
    secret: str


async def invite(actor: Actor, wanted: Invitation) -> str:
    """Offer the role by mail; returns the secret of the link, which only the command line shows.

    Somebody who already has an account gets the role at once and is told; the secret is then empty.
    """
    return (await offer(actor, wanted)).secret


async def offer(actor: Actor, wanted: Invitation) -> Offer:
    """What `invite` does, with the membership's number; raises NotAllowed or Refused."""
    demand(
        actor,
        "invite",
        "account",
        wanted.subject,
        WHO_INVITES,
    )
    email, language = emails.checked(wanted.email), accounts.checked_language(wanted.language)
    columns = await holders.columns(wanted.role, wanted)

    async def work(writing: Writing) -> Offer:
        person = await Person.get_or_none(email=email)
        if person is None:
            person = await Person.create(
                name="",
                email=email,
                language=language,
                status=PersonStatus.INVITED,
                created_at=datetime.now(UTC),
            )
        number = await _grant(writing, person, wanted.role, columns)
        details = {"role": wanted.role.value, "membership": number}
        await audit.record(writing, actor, "invite", f"person:{person.id}", details)
        if person.status is not PersonStatus.INVITED:
            if person.status is PersonStatus.ACTIVE:
                await accounts.send(writing, person, "membership_given", path="/profilo/ruoli")
            return Offer(membership=number, secret="")
        secret = await single_use.issue(writing, Purpose.INVITATION, person)
        await accounts.send(writing, person, "invitation", path=f"/invito/{secret}")
        return Offer(membership=number, secret=secret)

    return await write(work)


async def invite_by_name(
    actor: Actor, *, email: str, role: Role, holder: str, side: CoordinatingBody | None, language: str
) -> MembershipRecord:
    """Invite to a role that is held for whatever has this name, code or key; a coordinator's has a side."""
    if not memberships.may_decide(actor):
        raise NotAllowed("invite_account", WHO_INVITES)
    named = role in PARTS and role is not Role.COORDINATOR and (holder.strip() or role is not Role.INTEGRATOR)
    held = await holder_search.find(role, holder) if named else Held(coordinates_for=side)
    known = {name: getattr(held, name) for name in held.parts}
    made = await offer(actor, Invitation(email=email, role=role, language=language, **known))
    return await memberships.find(actor, made.membership)


async def accept(secret: str, name: str, language: str, password: str) -> str:
    """The invited person chooses name, language and password; returns the key of its first session."""
    person = accounts.owner(await single_use.look(secret, Purpose.INVITATION))
    name, language = accounts.checked_name(name), accounts.checked_language(language)
    passwords.check_password(password, email=str(person.email))
    stored = await passwords.hash_password(password)

    async def work(writing: Writing) -> str:
        row = await single_use.use(writing, secret, Purpose.INVITATION)
        invited = accounts.owner(row)
        if invited.status is not PersonStatus.INVITED:
            raise accounts.link_over()
        await accounts.activate(writing, invited, name=name, language=language, password=stored)
        return await sessions.start(writing, invited, second_factor=False)

    return await write(work)


async def _grant(writing: Writing, person: Person, role: Role, held: dict[str, Any]) -> int:
    row = await Membership.get_or_none(person=person, role=role, **held)
    if row is None:
        row = await Membership.create(person=person, role=role, **held)
    await Membership.filter(id=row.id).update(
        status=MembershipStatus.ACTIVE,
        verified_by=Verification.INVITATION,
        decided_at=datetime.now(UTC),
        because="",
    )
    await memberships.put_to_use(writing, row)
    return row.id
