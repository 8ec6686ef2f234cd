"""The inventory of personal data in words, for the privacy page and for the documents."""

from __future__ import annotations

from raccordo.language import Sentence
from raccordo.personal_data import INVENTORY

HEADINGS = (
    Sentence("Tabella"),
    Sentence("Colonne"),
    Sentence("Che cosa"),
    Sentence("A che serve"),
    Sentence("Base"),
    Sentence("Quanto si tiene"),
    Sentence("Chi lo vede"),
    Sentence("Nella copia"),
    Sentence("Alla cancellazione"),
)


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


def markdown(language: str) -> str:
    """The same as a table of a document."""
    head = [heading.say(language) for heading in HEADINGS]
    rows = [head, ["---"] * len(head), *table(language)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
