"""The inventory of personal data in words, for the privacy page and for the documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from raccordo.language import Sentence
from raccordo.personal_data import INVENTORY

HEADINGS: Mapping[str, Sentence] = {
    "table": Sentence("Tabella"),
    "columns": Sentence("Colonne"),
    "what": Sentence("Che cosa"),
    "purpose": Sentence("A che serve"),
    "basis": Sentence("Base"),
    "kept": Sentence("Quanto si tiene"),
    "seen": Sentence("Chi lo vede"),
    "copied": Sentence("Nella copia"),
    "erasure": Sentence("Alla cancellazione"),
}


def table(language: str) -> list[tuple[str, ...]]:
    """The inventory in words, a row for each entry, under HEADINGS."""
    return [
        (
            entry.model._meta.db_table,
            ", ".join(entry.columns),
            *(
                sentence.say(language)
                for sentence in (
                    entry.what,
                    entry.purpose,
                    entry.basis,
                    entry.retention.sentence,
                    entry.seen_by,
                    entry.export.value,
                    entry.on_erasure.value,
                )
            ),
        )
        for entry in INVENTORY
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries that follow one another and are treated alike: `lines` are what, where, and whether in the copy."""

    lines: tuple[tuple[str, str, str], ...]
    purpose: str
    basis: str
    kept: str
    seen: str
    erasure: str


def groups(language: str) -> list[Group]:
    """The inventory in words, what is treated alike said once."""
    found = []
    for (purpose, basis, kept, seen, erasure), rows in groupby(
        table(language), lambda row: (*row[3:7], row[8])
    ):
        lines = tuple((row[2], f"{row[0]}: {row[1]}", row[7]) for row in rows)
        found.append(Group(lines=lines, purpose=purpose, basis=basis, kept=kept, seen=seen, erasure=erasure))
    return found


def markdown(language: str) -> str:
    """The same as a table of a document."""
    head = [heading.say(language) for heading in HEADINGS.values()]
    rows = [head, ["---"] * len(head), *table(language)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
