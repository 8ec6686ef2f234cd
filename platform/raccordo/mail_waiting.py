"""Mails that wait in the outbox: what each says, and to whom it goes now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from raccordo.models import OutboxEvent, Person, PersonStatus
from raccordo.outbox import Event, GivenUp

REACHABLE = (PersonStatus.ACTIVE, PersonStatus.INVITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One mail and its reader. `email` is empty only for the demonstration's people."""

    name: str
    email: str
    template: str
    language: str
    values: Mapping[str, object]
    unsubscribe: str
    written_at: datetime


async def addressee(event: Event) -> Addressee | None:
    """Whom an event goes to now; None when that person can no longer be written to."""
    row = await OutboxEvent.get(id=event.id)
    found = await _read(event.payload, row.created_at)
    return found if found and found.email else None


async def waiting(most: int) -> list[Addressee]:
    """The last mails that were not delivered yet, the newest first: what the demonstration shows."""
    rows = await OutboxEvent.filter(kind="mail", done_at=None).order_by("-id").limit(most)
    found = [await _read(json.loads(row.payload), row.created_at) for row in rows if row.payload != "{}"]
    return [one for one in found if one]


async def _read(payload: Mapping[str, object], written_at: datetime) -> Addressee | None:
    """A payload with its reader: `to` is the number of a person, or an address."""
    to, values = payload.get("to"), payload.get("values", {})
    if not isinstance(to, int | str) or not isinstance(values, dict) or "template" not in payload:
        raise GivenUp("a mail without reader, template or values")
    name, email, language = "", str(to), "it"
    if isinstance(to, int):
        person = await Person.get_or_none(id=to, status__in=REACHABLE)
        if person is None:
            return None
        name, email, language = person.name, person.email or "", person.language
    return Addressee(
        name=name,
        email=email,
        template=str(payload["template"]),
        language=str(payload.get("language") or language),
        values=values,
        unsubscribe=str(payload.get("unsubscribe", "")),
        written_at=written_at,
    )
