"""What each laboratory treats, as the reference data says until its own people do: read once a process."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from raccordo import reference_files
from raccordo.published import Laboratory
from raccordo.reference_tables import LABORATORY_CONCEPTS
from raccordo.tables import parse_table
from raccordo_graph import Index

FILE = "laboratory_concepts.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedConcept:
    """A concept of the lexicon that a laboratory treats: 1 is what it is known for, 0.6 its work, 0.3 a contribution."""

    concept: str
    weight: float
    evidence: str

    @property
    def inferred(self) -> bool:
        """True when no text of the laboratory says so: shown as "da confermare dal laboratorio"."""
        return self.evidence == "inferred"


@dataclass(frozen=True, slots=True)
class Statements:
    """What ships: by the slug of the laboratory, the heaviest first; `digest` names the file."""

    digest: str
    treated: Mapping[str, tuple[TreatedConcept, ...]]

    def of(self, laboratory: str) -> tuple[TreatedConcept, ...]:
        """What is said of a laboratory; nothing of one that the file does not know."""
        return self.treated.get(laboratory, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedConcept:
    """A concept as a page names it; not `confirmed` where only the laboratory's discipline suggests it."""

    label_it: str
    label_en: str
    weight: float
    confirmed: bool


def named(index: Index, laboratory: Laboratory) -> tuple[NamedConcept, ...]:
    """What a laboratory is thought to treat, as rankings count it, the heaviest first.

    What the laboratory itself has said something about is left out.
    """
    stated, nodes = dict(laboratory.stated), index.graph.nodes
    known = sorted(index.inferred_of(laboratory.slug).items(), key=lambda one: (-one[1].weight, one[0]))
    return tuple(
        NamedConcept(
            label_it=nodes["concept", slug]["label_it"],
            label_en=nodes["concept", slug]["label_en"],
            weight=inferred.weight,
            confirmed=not inferred.supposed,
        )
        for slug, inferred in known
        if slug not in stated
    )


@cache
def shipped() -> Statements:
    """The table of the reference folder. Loading the reference data has refused a broken one."""
    content = (reference_files.shipped() / FILE).read_bytes()
    found: dict[str, list[TreatedConcept]] = defaultdict(list)
    for row in parse_table(content, FILE, LABORATORY_CONCEPTS):
        found[row["laboratory"]].append(
            TreatedConcept(concept=row["concept"], weight=row["weight"], evidence=row["evidence"])
        )
    return Statements(
        digest=hashlib.sha256(content).hexdigest()[:16],
        treated={
            slug: tuple(sorted(some, key=lambda one: (-one.weight, one.concept)))
            for slug, some in found.items()
        },
    )
