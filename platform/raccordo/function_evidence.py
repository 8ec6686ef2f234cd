"""What studies say about managing each function together, with the source: it weighs a little, and is shown.

A table of it ships; coordinators may put another weight and its source in the place of a row (`function_evidence_edits`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from raccordo import reference_files
from raccordo.association_tables import FUNCTION_EVIDENCE, Finding
from raccordo.models import EvidenceEdit
from raccordo.tables import parse_table, read_bytes

UNKNOWN_PRIOR = 0.5  # neither for nor against


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionEvidence:
    """`prior` is between 0 (no benefit found) and 1 (benefit found).

    `edited` where it is a coordinator's, with the `source`; `finding`, the texts and `shipped_prior` are what ships.
    `version` is 0 where nobody has changed it yet.
    """

    function: str
    finding: Finding
    prior: float
    text_it: str
    text_en: str
    evidence: str
    source: str
    shipped_prior: float
    edited: bool = False
    version: int = 0


@cache
def _shipped() -> dict[str, FunctionEvidence]:
    name = "function_evidence.csv"
    rows = parse_table(read_bytes(reference_files.shipped() / name), name, FUNCTION_EVIDENCE)
    return {row["function"]: FunctionEvidence(**row.values, shipped_prior=row["prior"]) for row in rows}


def shipped(letter: str) -> FunctionEvidence:
    """The row of a function that ships; where no study speaks of it, one that says so."""
    return _shipped().get(letter) or FunctionEvidence(
        function=letter,
        finding=Finding.UNKNOWN,
        prior=UNKNOWN_PRIOR,
        text_it="Gli studi raccolti non dicono nulla su questa funzione: il fattore vale a metà strada.",
        text_en="The studies collected say nothing about this function: the factor stands half way.",
        evidence="",
        source="",
        shipped_prior=UNKNOWN_PRIOR,
    )


async def read(letters: Iterable[str]) -> dict[str, FunctionEvidence]:
    """What is in force for every function, for the catalogue."""
    edits = {row.function: row for row in await EvidenceEdit.all()}
    return {letter: in_force(shipped(letter), edits.get(letter)) for letter in letters}


def in_force(row: FunctionEvidence, edit: EvidenceEdit | None) -> FunctionEvidence:
    """The row that ships, with what a coordinator put in its place."""
    if edit is None:
        return row
    if edit.prior is None:
        return replace(row, version=edit.version)
    return replace(row, prior=edit.prior, source=edit.source, edited=True, version=edit.version)
