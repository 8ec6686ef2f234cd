"""The hash-chained log: every write by a person leaves an entry in the same transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import AuditEntry
from raccordo.people import Actor, person_of

GENESIS = "0" * 64
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading the whole chain found: how many entries, its last digest, and every break in words."""

    entries: int
    head: str
    breaks: tuple[Sentence, ...]


def digest(entry: AuditEntry) -> str:
    """SHA-256 over every column and the previous digest, as canonical JSON."""
    columns = [
        entry.number,
        entry.at,
        entry.person_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        entry.acting_as,
        entry.verb,
        entry.subject,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(canonical(columns).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value, the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


async def record(
    _writing: Writing, actor: Actor, verb: str, subject: str, details: Mapping[str, object]
) -> AuditEntry:
    """Append one entry. `_writing` proves that the write lock is held, so numbers have no gaps."""
    person = await person_of(actor)
    last = await AuditEntry.all().order_by("-number").first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        person=person,
        acting_as=f"{actor.label} membership:{actor.membership}" if actor.membership else actor.label,
        verb=verb,
        subject=subject,
        details=canonical(details),
        previous=last.digest if last else GENESIS,
    )
    entry.digest = digest(entry)
    await entry.save(force_create=True)
    return entry


async def verify() -> Verification:
    """Read the chain from its beginning; finds edits, deletions and reordering of entries."""
    expected, previous, breaks, count = 1, GENESIS, list[Sentence](), 0
    while page := await AuditEntry.filter(number__gte=expected).order_by("number").limit(PAGE):
        for entry in page:
            count += 1
            breaks.extend(_breaks(entry, expected, previous))
            expected, previous = entry.number + 1, entry.digest
    return Verification(count, previous, tuple(breaks))


def _breaks(entry: AuditEntry, expected: int, previous: str) -> list[Sentence]:
    found = []
    if entry.number != expected:
        found.append(
            Sentence(
                "Mancano le voci da {first} a {last} del registro.",
                {"first": expected, "last": entry.number - 1},
            )
        )
    elif entry.previous != previous:
        found.append(Sentence("La voce {number} non segue quella prima di lei.", {"number": entry.number}))
    if digest(entry) != entry.digest:
        found.append(Sentence("La voce {number} è stata modificata.", {"number": entry.number}))
    return found
