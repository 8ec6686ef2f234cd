"""What studies say about managing each function together, with the source: it weighs a little, and is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from raccordo import reference_files
from raccordo.association_tables import FUNCTION_EVIDENCE, Finding
from raccordo.tables import parse_table, read_bytes

UNKNOWN_PRIOR = 0.5  # neither for nor against


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionEvidence:
    """`prior` is between 0 (no benefit found) and 1 (benefit found)."""

    function: str
    finding: Finding
    prior: float
    text_it: str
    text_en: str
    evidence: str
    source: str


@cache
def _shipped() -> dict[str, FunctionEvidence]:
    name = "function_evidence.csv"
    rows = parse_table(read_bytes(reference_files.shipped() / name), name, FUNCTION_EVIDENCE)
    return {row["function"]: FunctionEvidence(**row.values) for row in rows}


def of_function(letter: str) -> FunctionEvidence:
    """The row of a function; where no study speaks of it, one that says so."""
    return _shipped().get(letter) or FunctionEvidence(
        function=letter,
        finding=Finding.UNKNOWN,
        prior=UNKNOWN_PRIOR,
        text_it="Gli studi raccolti non dicono nulla su questa funzione: il fattore vale a metà strada.",
        text_en="The studies collected say nothing about this function: the factor stands half way.",
        evidence="",
        source="",
    )
