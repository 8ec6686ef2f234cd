"""People with accounts and roles, as tests need them: who they are, their browser's key, what they were told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import database, notifications, sessions
from raccordo.database import Writing
from raccordo.holders import Held
from raccordo.models import Membership, Notification, OutboxEvent, Person, Role, TerritorialBody
from raccordo.people import Actor, actor_of_membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person, its memberships in the order in which they were asked for, and the key of a session of its."""

    person: int
    email: str
    numbers: tuple[int, ...]
    key: str


async def member(name: str, *roles: tuple[Role, Held], second_factor: bool = False) -> Account:
    """An account with these roles; the first one acts in its session. `Held()` is a coordinator's side left open."""

    async def work(writing: Writing) -> Account:
        email = f"{name.lower()}@example.invalid"
        enrolled: dict[str, Any] = (
            {"totp_secret": "JBSWY3DPEHPK3PXP", "totp_step": 1} if second_factor else {}
        )
        person = await Person.create(name=name, email=email, created_at=datetime.now(UTC), **enrolled)
        rows = [
            await Membership.create(person=person, role=role, **await _columns(held)) for role, held in roles
        ]
        key = await sessions.start(writing, person, second_factor=second_factor)
        return Account(person=person.id, email=email, numbers=tuple(row.id for row in rows), key=key)

    return await database.write(work)


async def _columns(held: Held) -> dict[str, Any]:
    body = await TerritorialBody.get(kind=held.body[0], code=held.body[1]) if held.body else None
    keys = {f"{name}_id": getattr(held, name) or None for name in ("laboratory", "department", "school")}
    return {"body": body, "coordinates_for": held.coordinates_for, **keys}


async def actor(account: Account, *, second_factor: bool = False) -> Actor:
    """Whoever acts with the first membership of an account."""
    row = await Membership.get(id=account.numbers[0]).select_related("body")
    return actor_of_membership(await Person.get(id=account.person), row, second_factor=second_factor)


async def told(account: Account) -> list[str]:
    """What the person finds in its inbox, in Italian."""
    rows = await Notification.filter(person_id=account.person).order_by("id")
    return [notifications.sentence_of(row).say("it") for row in rows]


async def mailed() -> dict[str, Any]:
    """The last mail that was written down."""
    row = await OutboxEvent.all().order_by("-id").first()
    assert row
    found: dict[str, Any] = json.loads(row.payload)
    return found
