"""The hash-chained log: every write by a person leaves an entry in the same transaction."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import AuditEntry
from raccordo.people import Actor, person_of
from raccordo.refusals import Refused

GENESIS = "0" * 64
LOWEST = -(2**62)  # below every number that a row can have
PAGE = 250  # entries read at once: more would keep whoever else is served waiting
MOST_BREAKS = 20  # said in words; the others are counted
# What the digest of an entry covers, in this order.
COVERED = ("number", "at", "person_id", "acting_as", "verb", "subject", "details", "previous")

STRAY = Sentence("La voce {number} non fa parte della catena, che comincia da 1.")
GAP = Sentence("Mancano le voci da {first} a {last} del registro.")
LOOSE = Sentence("La voce {number} non segue quella prima di lei.")
EDITED = Sentence("La voce {number} è stata modificata.")
CUT = Sentence(
    "Il registro finisce alla voce {last}, ma l’ancora del {at} ne contava {entries}: "
    "mancano le voci da {first} a {entries}."
)
REWRITTEN = Sentence(
    "La voce {number} non è quella che l’ancora del {at} ha visto: "
    "il registro è stato riscritto fra la voce {first} e la voce {number}."
)
MORE = Sentence("E altre {count} rotture.")

Row = tuple[Any, ...]  # the columns of COVERED, then the digest


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries the log had at an instant and the digest of the last one: to be kept elsewhere."""

    entries: int
    head: str
    at: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading the whole chain found: how many entries, its last digest, and every break in words."""

    entries: int
    head: str
    breaks: tuple[Sentence, ...]


def digest(entry: AuditEntry) -> str:
    """SHA-256 over every column and the previous digest, as canonical JSON."""
    return digest_of(tuple(getattr(entry, name) for name in COVERED))


def digest_of(covered: Row) -> str:
    """The same for the columns of COVERED."""
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value, the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


async def record(
    _writing: Writing, actor: Actor, verb: str, subject: str, details: Mapping[str, object]
) -> AuditEntry:
    """Append one entry. `_writing` proves that the write lock is held, so numbers have no gaps."""
    person = await person_of(actor)
    number, previous = await _last()
    entry = AuditEntry(
        number=number + 1,
        at=_now(),
        person=person,
        acting_as=f"{actor.label} membership:{actor.membership}" if actor.membership else actor.label,
        verb=verb,
        subject=subject,
        details=canonical(details),
        previous=previous,
    )
    entry.digest = digest(entry)
    await entry.save(force_create=True)
    return entry


async def rows(since: int = 1) -> AsyncIterator[list[Row]]:
    """The log from an entry on, a page at a time: however long it is, one page is in memory."""
    while page := (
        await AuditEntry.filter(number__gte=since)
        .order_by("number")
        .limit(PAGE)
        .values_list(*COVERED, "digest")
    ):
        yield page
        since = page[-1][0] + 1


async def verify(anchors: Sequence[Anchor] = ()) -> Verification:
    """Read the chain from its beginning; finds edits, deletions and reordering of entries.

    With anchors that were kept elsewhere it also finds a log that was cut off or written anew.
    """
    chain = _Chain(anchors)
    async for page in rows(LOWEST):
        await asyncio.to_thread(chain.read, page)  # whoever else is served meanwhile does not wait for it
    return chain.end()


async def anchor(known: Sequence[Anchor] = ()) -> Anchor:
    """An anchor of the log as it is now; raises Refused when the log, or an earlier anchor, does not hold."""
    found = await verify(known)
    if found.breaks:
        raise Refused("broken", found.breaks[0])
    return Anchor(found.entries, found.head, _now())


async def lines(since: int = 1) -> AsyncIterator[str]:
    """The log as JSON lines: whoever has them can compute every digest again."""
    names = (*(name.removesuffix("_id") for name in COVERED), "digest")
    async for page in rows(since):
        for row in page:
            yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":"))


async def _last() -> tuple[int, str]:
    """The number and the digest of the last entry, found by its key."""
    found = await AuditEntry.all().order_by("-number").limit(1).values_list("number", "digest")
    return (found[0][0], found[0][1]) if found else (0, GENESIS)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


class _Chain:
    """What was read so far of the chain, and every break in it."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.anchors = sorted(anchors, key=lambda one: (one.entries, one.at))
        self.seen: dict[int, str] = {0: GENESIS}  # the digests of the entries that an anchor names
        self.named = {one.entries for one in anchors}
        self.last, self.head, self.count = 0, GENESIS, 0
        self.breaks: list[Sentence] = []
        self.more = 0

    def read(self, page: list[Row]) -> None:
        for row in page:
            number, written = row[0], row[-1]
            if number < 1:
                self._say(STRAY, number=number)
                continue
            if number != self.last + 1:
                self._say(GAP, first=self.last + 1, last=number - 1)
            elif row[-2] != self.head:
                self._say(LOOSE, number=number)
            if digest_of(row[:-1]) != written:
                self._say(EDITED, number=number)
            if number in self.named:
                self.seen[number] = written
            self.last, self.head, self.count = number, written, self.count + 1

    def end(self) -> Verification:
        held = 0
        for one in self.anchors:
            if one.entries > self.last:
                self._say(CUT, last=self.last, at=one.at, entries=one.entries, first=self.last + 1)
            elif self.seen.get(one.entries) == one.head:
                held = one.entries
            elif one.entries in self.seen:
                self._say(REWRITTEN, number=one.entries, at=one.at, first=held + 1)
        if self.more:
            self.breaks.append(Sentence(MORE.text, {"count": self.more}))
        return Verification(self.count, self.head, tuple(self.breaks))

    def _say(self, sentence: Sentence, **values: object) -> None:
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(Sentence(sentence.text, values))
        else:
            self.more += 1
