"""Asking for a role: an officer proves it through the office's own mailbox, everybody else is decided about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from raccordo import accounts, audit, holder_search, holders, memberships, outbox, single_use
from raccordo.accounts import NOT_YOU
from raccordo.database import Writing, write
from raccordo.holders import Held
from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import (
    BodyKind,
    Membership,
    MembershipStatus,
    Municipality,
    Purpose,
    Role,
    Verification,
)
from raccordo.notifications import coordinators, deciding_for, notify
from raccordo.people import Actor
from raccordo.refusals import NotFound, Refused, refused
from raccordo.rights import Subject, demand
from raccordo.throttling import Act, attempt, forgive

# What can be asked for; the others are only given.
ASKED = (
    Role.OFFICER,
    Role.PROFESSOR,
    Role.LABORATORY_MEMBER,
    Role.LABORATORY_MANAGER,
    Role.DEPARTMENT_APPROVER,
    Role.SCHOOL_APPROVER,
    Role.INSTITUTION_OFFICER,
)
MOST_WAITING = 12  # requests of one person
DECIDING_PAGE = "/ruoli"


async def ask(actor: Actor, role: str, holder: str, address: str) -> MembershipRecord:
    """Ask for a role; where the office has a mailbox on record a code leaves for it, else people decide.

    Asking again while a code is awaited mails a new one. Raises NotAllowed or Refused.
    """
    demand(actor, "ask_role", "account", Subject(person=actor.person), NOT_YOU)
    wanted = _asked(role)
    held = await holder_search.find(wanted, holder)
    attempt(Act.ROLE, str(actor.person), address)
    mailbox = await mailbox_of(wanted, held)
    if mailbox:
        attempt(Act.MAIL, f"mailbox:{held.key}", address)
    columns = await holders.columns(wanted, held)

    async def work(writing: Writing) -> int:
        row, again = await _requested(actor, wanted, columns, renewable=bool(mailbox))
        if mailbox:
            await _mail_code(writing, actor, row, mailbox, holders.name(held))
        if not again:
            await _tell_deciders(writing, actor, held, alone=not mailbox)
        await audit.record(writing, actor, "ask_role", f"membership:{row.id}", {"role": wanted.value})
        return row.id

    return await memberships.find(actor, await write(work))


async def enter_code(actor: Actor, number: int, code: str, address: str) -> MembershipRecord:
    """The code from the office's mailbox makes the person who asked an officer; tries are bounded."""
    demand(actor, "enter_code", "account", Subject(person=actor.person), NOT_YOU)
    await awaiting_code(actor, number)
    attempt(Act.LOGIN, f"officer:{number}", address)

    async def work(writing: Writing) -> bool:
        subject = f"membership:{number}"
        if not await single_use.use_code(writing, code, Purpose.VERIFY_OFFICER, actor.person, subject):
            return False
        moved = await Membership.filter(id=number, status=MembershipStatus.REQUESTED).update(
            status=MembershipStatus.ACTIVE, verified_by=Verification.MAILBOX, decided_at=datetime.now(UTC)
        )
        if not moved:
            raise _not_awaited()
        await memberships.put_to_use(writing, await Membership.get(id=number))
        await audit.record(writing, actor, "enter_code", subject, {})
        return True

    if not await write(work):  # the wrong try is counted, hence kept
        raise refused("code", "wrong_code", Sentence("Il codice non è quello del messaggio."))
    forgive(Act.LOGIN, f"officer:{number}")
    return await memberships.find(actor, number)


async def awaiting_code(actor: Actor, number: int) -> MembershipRecord:
    """One's own request that a code can answer; raises NotFound, also for somebody else's."""
    record = await memberships.find(actor, number)
    waits = record.status is MembershipStatus.REQUESTED and bool(await mailbox_of(record.role, record.held))
    if record.person != actor.person or not waits:
        raise _not_awaited()
    return record


async def mailbox_of(role: Role, held: Held) -> str:
    """The mailbox that proves who an officer is; empty where none is on record."""
    if role is not Role.OFFICER or not held.body or held.body[0] is not BodyKind.MUNICIPALITY:
        return ""
    town = await Municipality.get_or_none(istat_code=held.body[1])
    return town.mailbox if town else ""


def _asked(role: str) -> Role:
    if role not in ASKED:
        raise refused("role", "not_asked", Sentence("Va scelto un ruolo fra quelli che si possono chiedere."))
    return Role(role)


async def _requested(
    actor: Actor, role: Role, columns: dict[str, Any], *, renewable: bool
) -> tuple[Membership, bool]:
    """The request, and whether it was already waiting."""
    known = await Membership.get_or_none(person_id=actor.person, role=role, **columns)
    if known and known.status is MembershipStatus.ACTIVE:
        raise refused("holder", "already_held", Sentence("Questo ruolo c’è già."))
    if known and known.status is MembershipStatus.REQUESTED:
        if not renewable:
            raise refused("holder", "already_asked", Sentence("Questa richiesta aspetta già una risposta."))
        return known, True
    waiting = Membership.filter(person_id=actor.person, status=MembershipStatus.REQUESTED)
    if await waiting.count() >= MOST_WAITING:
        raise Refused(
            "too_many_waiting", Sentence("Ci sono già troppe richieste che aspettano una risposta.")
        )
    asked: dict[str, Any] = {"status": MembershipStatus.REQUESTED, "requested_at": datetime.now(UTC)}
    if known is None:
        return await Membership.create(person_id=actor.person, role=role, **columns, **asked), False
    await Membership.filter(id=known.id).update(**asked, decided_at=None, verified_by=None, because="")
    return known, False


async def _mail_code(writing: Writing, actor: Actor, row: Membership, mailbox: str, office: str) -> None:
    person = await accounts.row_of(actor)
    code = await single_use.issue_code(writing, Purpose.VERIFY_OFFICER, person, f"membership:{row.id}")
    values = {
        "name": _harmless(person.name),
        "email": person.email,
        "office": office,
        "code": code,
        "path": f"/profilo/ruoli/{row.id}/codice",
    }
    await outbox.put(
        writing, "mail", {"to": mailbox, "template": "verify_officer", "language": "it", "values": values}
    )


def _harmless(name: str) -> str:
    """A name as it may stand in a mail to somebody else: no address can be hidden in letters alone."""
    return "".join(letter for letter in name if letter.isalpha() or letter in " '’-")


async def _tell_deciders(writing: Writing, actor: Actor, held: Held, *, alone: bool) -> None:
    """Whoever decides about it is told; the coordinators only where no mailbox does their work."""
    people = await deciding_for(held.body, held.laboratory)
    if alone:
        people += await coordinators()
    told = Sentence("Una richiesta di ruolo per {name} aspetta una decisione.", {"name": holders.name(held)})
    others = [person for person in people if person != actor.person]
    await notify(writing, others, "role_request", told, DECIDING_PAGE, urgent=True)


def _not_awaited() -> NotFound:
    return NotFound("no_code_awaited", Sentence("Qui non si aspetta nessun codice da questa utenza."))
