"""The lexicon that ships: read once a process, checked when the reference data is loaded, and where it is thin."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

import raccordo_graph
from raccordo import reference_files
from raccordo.catalogue_reading import parts
from raccordo.reference_tables import CONCEPTS, LEXICON, Tongue
from raccordo.tables import Row, parse_table
from raccordo_graph.text import Language

LEAST = 60  # ways of saying something about a theme or function below which the coverage report calls it thin
FILES = ("concepts", "lexicon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Concepts and terms as the graph takes them; `digest` names the two files they come from."""

    digest: str
    concepts: tuple[raccordo_graph.Concept, ...]
    terms: tuple[raccordo_graph.Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many concepts, terms and ways of writing them lead to a theme or function; `thin` below the minimum."""

    key: str
    concepts: int
    terms: int
    forms: int
    thin: bool


def within(lexicon: Lexicon, themes: Collection[str], functions: Collection[str]) -> Lexicon:
    """The part of a lexicon that leads to these themes and functions; the rest has nowhere to lead."""
    concepts = tuple(
        concept
        for concept in lexicon.concepts
        if {*concept.themes}.issubset(themes) and {*concept.functions}.issubset(functions)
    )
    if len(concepts) == len(lexicon.concepts):
        return lexicon
    known = {concept.slug for concept in concepts}
    return replace(
        lexicon,
        concepts=concepts,
        terms=tuple(
            replace(term, concepts=tuple(slug for slug in term.concepts if slug in known))
            for term in lexicon.terms
        ),
    )


@cache
def shipped() -> Lexicon:
    """The lexicon of the reference folder. Loading the reference data has refused a broken one."""
    names = [f"{name}.csv" for name in FILES]
    contents = [(reference_files.shipped() / name).read_bytes() for name in names]
    tables = zip(contents, names, (CONCEPTS, LEXICON), strict=True)
    concepts, terms = (parse_table(*one) for one in tables)
    return Lexicon(
        digest=hashlib.sha256(b"\n".join(contents)).hexdigest()[:16],
        concepts=tuple(_concept(row) for row in concepts),
        terms=tuple(_term(row) for row in terms),
    )


def coverage(lexicon: Lexicon, family: str, keys: tuple[str, ...]) -> tuple[Coverage, ...]:
    """What leads to each of `keys`, of the family "themes" or "functions", the thinnest first.

    A service leads to functions and to no theme.
    """
    leads = {
        concept.slug: () if concept.service and family == "themes" else getattr(concept, family)
        for concept in lexicon.concepts
    }
    concepts = Counter(key for found in leads.values() for key in found)
    terms: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for term in lexicon.terms:
        for key in {key for concept in term.concepts for key in leads[concept]}:
            terms[key] += 1
            forms[key] += 1 + len(term.variants)
    rows = [
        Coverage(key=key, concepts=concepts[key], terms=terms[key], forms=forms[key], thin=forms[key] < LEAST)
        for key in keys
    ]
    return tuple(sorted(rows, key=lambda row: (row.forms, row.key)))


def _concept(row: Row) -> raccordo_graph.Concept:
    return raccordo_graph.Concept(
        slug=row["slug"],
        label_it=row["label_it"],
        label_en=row["label_en"],
        themes=row["themes"],
        functions=row["functions"],
        service=row["service"],
    )


def _term(row: Row) -> raccordo_graph.Term:
    language: Language = "en" if row["language"] == Tongue.EN else "it"
    return raccordo_graph.Term(
        term=row["term"], variants=parts(row["variants"]), language=language, concepts=row["concepts"]
    )
