"""The register as the coordination reads it: the latest entries first, by subject and verb, without names."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

from tortoise.queryset import QuerySet

from raccordo import audit
from raccordo.language import Sentence
from raccordo.models import AuditEntry
from raccordo.people import Actor
from raccordo.refusals import refused
from raccordo.rights import NOTHING, demand
from raccordo.voices import voice

ONLY_COORDINATORS = Sentence("Il registro lo legge il coordinamento, dopo il secondo fattore.")
SHAPE = re.compile(r"\w*(:[\w.:-]*)?", re.ASCII)
MOST = 128  # characters of a subject or a verb
HIGHEST = 2**62  # no entry has such a number

_turn = asyncio.Semaphore(1)  # verifications at the same time: each reads everything


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One act: `person` is a number, `who` a body, a laboratory or the coordination, never a name.

    `at` is null where somebody made a text of it that is no instant.
    """

    number: int
    at: datetime | None
    person: int | None
    acting_as: str
    who: Sentence
    verb: str
    subject: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What the register is narrowed to: `subject` is one thing ("need:12") or a kind of things ("need")."""

    subject: str = ""
    verb: str = ""


async def entries(
    actor: Actor,
    wanted: RegisterFilter,
    *,
    before: int = HIGHEST,
    after: int = 0,
    most: int = 25,
    oldest: bool = False,
) -> list[RegisterEntry]:
    """The last entries between two numbers, newest first; with `oldest` the first ones instead.

    Raises NotAllowed or Refused.
    """
    found = _selected(actor, wanted).filter(number__lt=min(before, HIGHEST), number__gt=min(after, HIGHEST))
    rows = await found.order_by("number" if oldest else "-number").limit(most)
    return [_record(row) for row in (reversed(rows) if oldest else rows)]


async def count(actor: Actor, wanted: RegisterFilter) -> int:
    """How many entries there are in all. Raises NotAllowed or Refused."""
    return await _selected(actor, wanted).count()


async def verify(actor: Actor) -> audit.Verification:
    """Read the whole chain; whoever else is served meanwhile does not wait for it."""
    demand(actor, "read", "audit_entry", NOTHING, ONLY_COORDINATORS)
    async with _turn:
        return await audit.verify()


def _selected(actor: Actor, wanted: RegisterFilter) -> QuerySet[AuditEntry]:
    demand(actor, "read", "audit_entry", NOTHING, ONLY_COORDINATORS)
    found = AuditEntry.all()
    if subject := _plain("subject", wanted.subject):
        whole = ":" in subject
        found = found.filter(subject=subject) if whole else found.filter(subject__startswith=f"{subject}:")
    if verb := _plain("verb", wanted.verb):
        found = found.filter(verb=verb)
    return found


def _plain(field: str, value: str) -> str:
    value = value.strip()
    if len(value) > MOST or not SHAPE.fullmatch(value):
        raise refused(
            field,
            "unreadable",
            Sentence("Si scrive come nel registro, per esempio need, need:12 oppure publish."),
        )
    return value


def _record(row: AuditEntry) -> RegisterEntry:
    return RegisterEntry(
        number=row.number,
        at=_instant(row.at),
        person=row.person_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        acting_as=row.acting_as,
        who=voice(row.acting_as),
        verb=row.verb,
        subject=row.subject,
        details="" if row.details == "{}" else row.details,
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
