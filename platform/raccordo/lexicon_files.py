"""The lexicon as a CSV file: exported whole, imported all or nothing, with a rehearsal that writes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from raccordo import audit, catalogue, database, lexicon, lexicon_edits
from raccordo.catalogue import Catalogue
from raccordo.cells import listed, text, yes_no
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.lexicon_edits import LONGEST, ONLY_COORDINATORS, Edits, Entry, TermInput, check
from raccordo.lexicon_overlay import PREFIX, key_of, with_edits
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


Key = tuple[str, str]  # term and language
Wanted = Mapping[Key, tuple[TermInput, bool]]  # and whether it is taken away


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
    wanted = _checked(current, parse_table(content, file, TABLE), file)
    if dry_run:
        return _outcome(_known(current, await lexicon_edits.edits()), wanted, dry_run=True)

    async def work(writing: Writing) -> Imported:
        # While nobody else writes: what a coordinator saved meanwhile is seen, and said as it is now.
        stored = await lexicon_edits.edits()
        known = _known(current, stored)
        outcome = _outcome(known, wanted, dry_run=False)
        for key, (term, removed) in _changing(known, wanted).items():
            await lexicon_edits.put(writing, actor, term, stored.get(key), removed=removed)
        counts = {name: len(getattr(outcome, name)) for name in ("added", "changed", "removed")}
        if any(counts.values()):
            await audit.record(writing, actor, "import_lexicon", "lexicon", counts)
        return outcome

    outcome = await database.write(work)
    await catalogue.catch_up()
    return outcome


def _known(current: Catalogue, stored: Edits) -> Mapping[Key, Entry]:
    """The lexicon as it ships and as these rows change it: the picture may not show the newest of them yet."""
    edited = with_edits(lexicon.shipped(), stored.values())
    fresh = replace(current, lexicon=lexicon.within(edited, current.themes, current.functions))
    return {key_of(one.term, one.language): one for one in lexicon_edits.chosen(fresh, stored)}


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


def _checked(current: Catalogue, rows: list[Row], file: str) -> Wanted:
    """Every row as a term, and whether it takes the term away; raises BrokenTable naming line and column."""
    problems = Problems()
    wanted: dict[Key, tuple[TermInput, bool]] = {}
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


def _changing(known: Mapping[Key, Entry], wanted: Wanted) -> Wanted:
    return {key: one for key, one in wanted.items() if not _says_already(known.get(key), one)}


def _outcome(known: Mapping[Key, Entry], wanted: Wanted, *, dry_run: bool) -> Imported:
    changing = _changing(known, wanted)
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
