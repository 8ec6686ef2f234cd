"""The lexicon as a CSV file: exported whole, imported all or nothing, with a rehearsal that writes nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from raccordo import audit, catalogue, database, lexicon_edits
from raccordo.catalogue import Catalogue
from raccordo.cells import listed, text, yes_no
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.lexicon_edits import LONGEST, ONLY_COORDINATORS, Entry, TermInput, check
from raccordo.lexicon_overlay import PREFIX, key_of
from raccordo.models import LexiconTerm
from raccordo.people import Actor
from raccordo.problems import Problems
from raccordo.refusals import Refused
from raccordo.rights import NOTHING, demand
from raccordo.tables import Column, Row, Table, parse_table

COLUMNS = ("term", "language", "variants", "concepts", "removed")
MOST_PASTED = 30_000  # characters of a file that comes by a form or a mutation
TABLE = Table(
    columns=(
        Column("term", text(LONGEST)),
        Column("language", text(2)),
        Column("variants", listed(text(LONGEST)), ()),
        Column("concepts", listed(text(64)), ()),
        Column("removed", yes_no, False, optional=True),
    ),
    key=("term", "language"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file changes, or would: terms by name."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    dry_run: bool


async def export(current: Catalogue) -> str:
    """The whole lexicon in force and what was removed, as a file that can be imported."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(await lexicon_edits.search(current, ""), key=lambda one: (one.term, one.language)):
        slugs = [
            concept.slug for concept in one.concepts if not concept.slug.startswith(tuple(PREFIX.values()))
        ]
        if slugs:
            cells = (
                one.term,
                one.language,
                "|".join(one.variants),
                "|".join(slugs),
                "yes" if one.removed else "no",
            )
            writer.writerow(cells)
    return written.getvalue()


async def bring_in(actor: Actor, content: bytes, file: str, *, dry_run: bool) -> Imported:
    """Take the rows of a file; terms that it does not name stay. Raises NotAllowed, BrokenTable or Refused."""
    demand(actor, "import", "lexicon_term", NOTHING, ONLY_COORDINATORS)
    current = await catalogue.catch_up()
    rows = parse_table(content, file, TABLE)
    known = {key_of(one.term, one.language): one for one in await lexicon_edits.search(current, "")}
    wanted = _checked(current, rows, file)
    changing = {key: one for key, one in wanted.items() if not _says_already(known.get(key), one)}
    outcome = _outcome(known, wanted, changing, dry_run=dry_run)
    if changing and not dry_run:

        async def work(writing: Writing) -> None:
            stored = {key_of(row.term, row.language): row for row in await LexiconTerm.all()}
            for key, (term, removed) in changing.items():
                await lexicon_edits.put(writing, actor, term, stored.get(key), removed=removed)
            details = {
                "added": len(outcome.added),
                "changed": len(outcome.changed),
                "removed": len(outcome.removed),
            }
            await audit.record(writing, actor, "import_lexicon", "lexicon", details)

        await database.write(work)
        await catalogue.catch_up()
    return outcome


async def bring_in_text(actor: Actor, content: str, *, dry_run: bool) -> Imported:
    """The same for a file that was pasted; a longer one comes by the command."""
    demand(actor, "import", "lexicon_term", NOTHING, ONLY_COORDINATORS)
    if len(content) > MOST_PASTED:
        sentence = Sentence(
            "Sono {count} caratteri: da una pagina il massimo è {most}. Un file intero si porta con "
            "`raccordo lexicon import FILE`, oppure in più parti.",
            {"count": len(content), "most": MOST_PASTED},
        )
        raise Refused("too_long", sentence)
    return await bring_in(actor, content.encode("utf-8", "replace"), "lexicon.csv", dry_run=dry_run)


def _checked(current: Catalogue, rows: list[Row], file: str) -> dict[tuple[str, str], tuple[TermInput, bool]]:
    """Every row as a term, and whether it takes the term away; raises BrokenTable naming line and column."""
    problems, wanted = Problems(), {}
    for row in rows:
        typed = TermInput(
            term=row["term"], language=row["language"], variants=row["variants"], concepts=row["concepts"]
        )
        try:
            term = check(current, typed)
        except Refused as refusal:
            for wrong in refusal.fields:
                problems.add(file, row.line, wrong.field, wrong.sentence)
            continue
        wanted[key_of(term.term, term.language)] = (term, bool(row.values.get("removed", False)))
    problems.refuse_any()
    return wanted


def _says_already(known: Entry | None, wanted: tuple[TermInput, bool]) -> bool:
    term, removed = wanted
    if known is None or known.removed != removed:
        return known is None and removed
    slugs = [one.slug for one in known.concepts if not one.slug.startswith(tuple(PREFIX.values()))]
    return removed or (set(known.variants), set(slugs)) == (set(term.variants), set(term.concepts))


def _outcome(
    known: dict[tuple[str, str], Entry],
    wanted: dict[tuple[str, str], tuple[TermInput, bool]],
    changing: dict[tuple[str, str], tuple[TermInput, bool]],
    *,
    dry_run: bool,
) -> Imported:
    taken = tuple(term.term for term, removed in changing.values() if removed)
    kept = {key: term for key, (term, removed) in changing.items() if not removed}
    there = {key for key, one in known.items() if not one.removed}
    return Imported(
        added=tuple(term.term for key, term in kept.items() if key not in there),
        changed=tuple(term.term for key, term in kept.items() if key in there),
        removed=taken,
        unchanged=len(wanted) - len(changing),
        dry_run=dry_run,
    )
