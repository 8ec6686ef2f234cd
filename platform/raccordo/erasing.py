"""The erasure of a person: its row keeps the number, what it did stays with the body, all else goes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from raccordo import audit, emails, outbox, personal_copy
from raccordo.database import Writing, write
from raccordo.language import DEFAULT, Sentence
from raccordo.models import (
    Membership,
    MembershipStatus,
    Notification,
    OutboxEvent,
    Person,
    PersonStatus,
    Purpose,
    Role,
    Session,
    SingleUse,
)
from raccordo.notifications import coordinators
from raccordo.people import SYSTEM, Actor
from raccordo.personal_data import INVENTORY, OWNER, OnErasure
from raccordo.presence import demand_presence
from raccordo.refusals import NotFound, Refused, refused

LAST_COORDINATOR = Sentence(
    "È l’unica utenza del coordinamento: senza, nessuno potrebbe invitare. "
    "Prima si invita un’altra persona, e quando ha accettato si può cancellare questa."
)
LAST_ADMINISTRATOR = Sentence(
    "È l’unica utenza che amministra {body}: prima si invita un’altra persona che amministri, "
    "o si chiede al coordinamento di farlo."
)
NAMELESS = "—"  # in what was told to others


async def erase_oneself(
    actor: Actor, session: Session, password: str, confirmation: str, address: str
) -> None:
    """Erase whoever acts, once it typed its password and its own address. Raises Refused or NotAllowed."""
    person = await demand_presence("erase", actor, session, password, address)
    if emails.normal(confirmation) != emails.normal(typed_by(person)):
        raise refused(
            "confirmation",
            "not_confirmed",
            Sentence("Per confermare va scritto {text}, per intero.", {"text": typed_by(person)}),
        )
    await _erase_and_say_goodbye(actor, person)


async def erase_by_letter(email: str) -> None:
    """Erase somebody who asked otherwise, at the command line."""
    await _erase_and_say_goodbye(SYSTEM, await personal_copy.by_email(email))


def typed_by(person: Person) -> str:
    """What a person types to say that it means it."""
    return person.email or person.name


async def _erase_and_say_goodbye(actor: Actor, person: Person) -> None:
    async def work(writing: Writing) -> None:
        fresh = await Person.get(id=person.id)  # as it is now that nobody else writes
        if fresh.status is PersonStatus.ERASED:
            raise NotFound("unknown_person", personal_copy.NOBODY)
        await _demand_successor(fresh)
        await erase(writing, actor, fresh)
        if fresh.email:
            goodbye = {"to": fresh.email, "template": "account_erased", "language": fresh.language}
            await outbox.put(writing, "mail", {**goodbye, "values": {}})

    await write(work)


async def erase(writing: Writing, actor: Actor, person: Person) -> None:
    """Take everything of a person away but its number; what it wrote stays, under nobody's name."""
    await _drop_mails(person)
    for model in {entry.model for entry in INVENTORY if entry.on_erasure is OnErasure.DELETED} & set(OWNER):
        await model.filter(**{OWNER[model]: person.id}).delete()
    now = datetime.now(UTC)
    await Membership.filter(person_id=person.id).update(
        status=MembershipStatus.ENDED, decided_at=now, because=""
    )
    await Person.filter(id=person.id).update(
        name="",
        email=None,
        email_confirmed_at=None,
        password="",
        language=DEFAULT,
        status=PersonStatus.ERASED,
        totp_secret="",
        totp_step=None,
        created_at=now,
        seen_on=None,
    )
    await audit.record(writing, actor, "erase", f"person:{person.id}", {})


async def _demand_successor(person: Person) -> None:
    """Raise Refused when nobody else could do what only this person may."""
    held = await Membership.filter(person_id=person.id, status=MembershipStatus.ACTIVE).select_related("body")
    roles = {one.role for one in held}
    if Role.COORDINATOR in roles and not set(await coordinators()) - {person.id}:
        raise Refused("last_coordinator", LAST_COORDINATOR)
    for one in held:
        if one.role is Role.ADMINISTRATOR and one.body and not await _administered_by_others(one, person):
            raise Refused("last_administrator", Sentence(LAST_ADMINISTRATOR.text, {"body": one.body.name}))


async def _administered_by_others(held: Membership, person: Person) -> bool:
    return (
        await Membership.filter(
            role=Role.ADMINISTRATOR,
            body=held.body,
            status=MembershipStatus.ACTIVE,
            person__status=PersonStatus.ACTIVE,
        )
        .exclude(person_id=person.id)
        .exists()
    )


async def _drop_mails(person: Person) -> None:
    """Drop the mails that wait for a person; take its name out of what others were or will be told."""
    proposed = await SingleUse.filter(person_id=person.id, purpose=Purpose.CHANGE_EMAIL).values_list(
        "subject", flat=True
    )
    its = {person.id, *filter(None, (person.email, *map(str, proposed)))}
    words = _words(person)
    for event in await OutboxEvent.filter(kind="mail", done_at=None).exclude(payload="{}"):
        payload = json.loads(event.payload)
        if payload.get("to") in its or payload.get("person") == person.id:
            await event.delete()
        elif words and (plain := json.dumps(_without(payload, words))) != event.payload:
            await OutboxEvent.filter(id=event.id).update(payload=plain)
    if person.name and words:
        for said in await Notification.exclude(person_id=person.id).filter(values__contains=_inside(person)):
            plain = json.dumps(_without(json.loads(said.values), words), ensure_ascii=False)
            await Notification.filter(id=said.id).update(values=plain)


def _words(person: Person) -> re.Pattern[str] | None:
    known = [re.escape(one) for one in (person.name, person.email) if one]
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)") if known else None


def _inside(person: Person) -> str:
    """The name as JSON text holds it."""
    return json.dumps(person.name, ensure_ascii=False)[1:-1]


def _without(value: object, words: re.Pattern[str]) -> object:
    if isinstance(value, dict):
        return {key: _without(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    return words.sub(NAMELESS, value) if isinstance(value, str) else value
