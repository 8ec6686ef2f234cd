"""Files that an operator brings in: all of a file or nothing, and a rehearsal says what would change."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from raccordo import audit, catalogue, people
from raccordo.database import Writing, state, write
from raccordo.importing import (
    associations,
    ipa,
    istat,
    laboratories,
    municipalities,
    needs,
    offers,
    profiles,
    publications,
    unions,
)
from raccordo.importing.arrival import Arrival, Outcome
from raccordo.language import Sentence
from raccordo.tables import Table, parse_table, read_bytes

Say = Callable[[Sentence], None]
MOST_SHOWN = 20  # rows that a report names one by one


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its columns, what to do with its rows, and whether that asks the catalogue."""

    table: Table
    bring_in: Callable[[Arrival], Awaitable[Outcome]]
    asks_catalogue: bool = False


KINDS = {
    "istat": Kind(istat.TABLE, istat.bring_in),
    "ipa": Kind(ipa.TABLE, ipa.bring_in),
    "laboratories": Kind(laboratories.TABLE, laboratories.bring_in),
    "needs": Kind(needs.TABLE, needs.bring_in, asks_catalogue=True),
    "offers": Kind(offers.TABLE, offers.bring_in, asks_catalogue=True),
    "municipalities": Kind(municipalities.TABLE, municipalities.bring_in),
    "profiles": Kind(profiles.TABLE, profiles.bring_in),
    "publications": Kind(publications.TABLE, publications.bring_in),
    "unions": Kind(unions.TABLE, unions.bring_in),
    "associations": Kind(associations.TABLE, associations.bring_in),
}


PUBLISHED = ("needs", "offers")  # what people publish: the reference data stay as they are


class _Rehearsed(Exception):
    """Thrown at the end of a dry run, so that the transaction keeps nothing."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


async def run(kind: str, path: Path, say: Say, *, dry_run: bool = False) -> Outcome:
    """Import a file of that kind and say what changed; raises BrokenTable and changes nothing."""
    content = read_bytes(path)
    await state()  # a database that is not ready is said before the file is judged
    rows = parse_table(content, path.name, KINDS[kind].table)
    say(Sentence("{file}, righe lette: {count}", {"file": path.name, "count": len(rows)}))
    if KINDS[kind].asks_catalogue:
        await catalogue.catch_up()  # before the lock is taken: reading the whole picture is slow

    async def work(writing: Writing) -> Outcome:
        outcome = await KINDS[kind].bring_in(Arrival(path.name, rows, writing))
        if outcome:
            await _record(writing, kind, content, outcome)
        if dry_run:
            raise _Rehearsed(outcome)
        return outcome

    try:
        outcome = await write(work)
    except _Rehearsed as rehearsed:
        outcome = rehearsed.outcome
    _report(outcome, say, dry_run=dry_run)
    return outcome


async def _record(writing: Writing, kind: str, content: bytes, outcome: Outcome) -> None:
    writing.publishes = True
    writing.reference = kind not in PUBLISHED
    # The fingerprint identifies the file; its name could be a person's.
    details = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "added": len(outcome.added),
        "changed": len(outcome.changed),
    }
    await audit.record(writing, people.SYSTEM, "import", f"import:{kind}", details)


def _report(outcome: Outcome, say: Say, *, dry_run: bool) -> None:
    lines = [Sentence("  nuovo: {key}", {"key": key}) for key in outcome.added]
    lines += [
        Sentence("  cambia: {key} ({columns})", {"key": key, "columns": "; ".join(columns)})
        for key, columns in outcome.changed.items()
    ]
    for line in lines[:MOST_SHOWN]:
        say(line)
    if len(lines) > MOST_SHOWN:
        say(Sentence("  … e altre righe: {count}", {"count": len(lines) - MOST_SHOWN}))
    counts = {
        "added": len(outcome.added),
        "changed": len(outcome.changed),
        "unchanged": outcome.unchanged,
    }
    if dry_run:
        say(
            Sentence(
                "Prova. Righe nuove: {added}; da cambiare: {changed}; uguali: {unchanged}. Nulla è stato scritto.",
                counts,
            )
        )
    else:
        say(
            Sentence(
                "Importazione riuscita. Righe nuove: {added}; cambiate: {changed}; uguali: {unchanged}.",
                counts,
            )
        )
