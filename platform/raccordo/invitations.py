"""Accounts by invitation: a role in a body or a laboratory, offered to a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import accounts, audit, emails, passwords, sessions, single_use
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import (
    BodyKind,
    CoordinatingBody,
    Laboratory,
    Membership,
    MembershipStatus,
    Person,
    PersonStatus,
    Purpose,
    Role,
    TerritorialBody,
    Verification,
)
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY, Actor
from raccordo.refusals import refused
from raccordo.rights import Subject, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A role, and that for which it is held."""

    email: str
    role: Role
    body: tuple[BodyKind, str] | None = None
    laboratory: str = ""
    coordinates_for: CoordinatingBody | None = None
    language: str = "it"


async def invite(actor: Actor, wanted: Invitation) -> str:
    """Offer the role by mail; returns the secret of the link, which only the command line shows.

    Somebody who already has an account gets the role at once and is told; the secret is then empty.
    """
    sides = frozenset({wanted.body}) if wanted.body else frozenset()
    demand(
        actor,
        "invite",
        "account",
        Subject(bodies=sides, laboratory=wanted.laboratory or None),
        Sentence("Invita chi coordina, dopo il secondo fattore, o chi amministra, per il proprio ente."),
    )
    email = emails.checked(wanted.email)
    held = await _held(wanted)

    async def work(writing: Writing) -> str:
        person = await Person.get_or_none(email=email)
        if person is None:
            person = await Person.create(
                name="",
                email=email,
                language=accounts.checked_language(wanted.language),
                status=PersonStatus.INVITED,
                created_at=datetime.now(UTC),
            )
        await _grant(person, wanted.role, held)
        await audit.record(writing, actor, "invite", f"person:{person.id}", {"role": wanted.role.value})
        if person.status is not PersonStatus.INVITED:
            if person.status is PersonStatus.ACTIVE:
                await accounts.send(writing, person, "membership_given", path="/profilo")
            return ""
        secret = await single_use.issue(writing, Purpose.INVITATION, person)
        await accounts.send(writing, person, "invitation", path=f"/invito/{secret}")
        return secret

    return await write(work)


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


async def _grant(person: Person, role: Role, held: dict[str, Any]) -> None:
    known = await Membership.get_or_none(person=person, role=role, **held)
    columns: dict[str, Any] = {
        "status": MembershipStatus.ACTIVE,
        "verified_by": Verification.INVITATION,
        "decided_at": datetime.now(UTC),
    }
    if known is None:
        await Membership.create(person=person, role=role, **held, **columns)
    else:
        await Membership.filter(id=known.id).update(**columns)


async def _held(wanted: Invitation) -> dict[str, Any]:
    """The columns of what the role is held for; raises Refused when role and holder do not fit."""
    if wanted.role is Role.COORDINATOR and wanted.coordinates_for and not wanted.body:
        return {"coordinates_for": wanted.coordinates_for}
    if wanted.role in FOR_A_BODY and wanted.body and not wanted.laboratory:
        body = await TerritorialBody.get_or_none(kind=wanted.body[0], code=wanted.body[1])
        if body:
            return {"body": body}
    if wanted.role in FOR_A_LABORATORY and wanted.laboratory and not wanted.body:
        laboratory = await Laboratory.get_or_none(slug=wanted.laboratory)
        if laboratory:
            return {"laboratory": laboratory}
    raise refused(
        "role",
        "does_not_fit",
        Sentence("Il ruolo e ciò per cui vale non vanno insieme: serve un ente, un laboratorio o una parte."),
    )
