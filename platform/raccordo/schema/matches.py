"""Matches with their reasons, needs that resemble each other, and what a text still being written finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

import strawberry

import raccordo_graph
from raccordo import laboratory_needs, matches, published
from raccordo.catalogue import Catalogue
from raccordo.laboratory_needs import LaboratoryNeedFilter
from raccordo.need_search import AlikeNeed as FoundAlike
from raccordo.schema.connections import Listing
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, optional, said, shows
from raccordo.schema.initiatives import InitiativeKind
from raccordo.schema.links import ACampus, ALaboratory, ANeed, ATheme
from raccordo.schema.listings import picked
from raccordo_graph import Band, NeedMatch
from raccordo_graph import Factor as GraphFactor
from raccordo_graph import Match as GraphMatch
from raccordo_graph import Reasons as GraphReasons
from raccordo_graph import SharedWord as GraphWord
from raccordo_graph.reasons import SharedConcept as GraphConcept

RANKING = 10  # what a ranking costs in the limiter's count, beside its fields
RANKING_NEEDS = 100  # what ranking every need for a laboratory costs
COMPARING = 5  # what comparing a need with all others costs

enumeration(
    Band,
    "How much a match says, in four steps; finer distinctions are right only two times in three.",
    STRONG="Much in common.",
    PLAUSIBLE="Something in common.",
    WEAK="Little in common.",
    NONE="Nothing in common: there is no reason to suggest it.",
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A match seen with both its sides; `need` is None for a text that nobody published."""

    need: published.Need | None
    laboratory: published.Laboratory
    match: GraphMatch | NeedMatch

    @property
    def score(self) -> float:
        return self.match.score

    @property
    def band(self) -> Band:
        return self.match.band

    @property
    def position(self) -> int:
        return self.match.position

    @property
    def level(self) -> int:
        return self.match.level

    @property
    def factors(self) -> Sequence[GraphFactor]:
        return self.match.factors

    @property
    def reasons(self) -> GraphReasons:
        return self.match.reasons


def fits(
    catalogue: Catalogue, listing: str, ranking: matches.Ranking, need: published.Need | None
) -> Listing[GraphMatch]:
    """The laboratories of a ranking, best first; equal scores by slug."""
    return Listing(
        listing,
        ranking.matches,
        lambda match: (-match.score, match.laboratory),
        lambda match: Fit(need, catalogue.laboratories[match.laboratory], match),
    )


@strawberry.input(name="LaboratoryNeedFilter", description="What the needs of a laboratory are narrowed to.")
class AskedLaboratoryNeeds:
    theme: str | None = optional("Only those of this theme: its slug.")
    province: str | None = optional("Only those of bodies inside this province: ISTAT's three digits.")
    instruments: list[InitiativeKind] | None = optional(
        "Only those that ask for one of these kinds of initiative, by their owner's choice or their text."
    )
    within_km: int | None = optional("Only those at most so many kilometres away, as the crow flies.")
    due_from: date | None = optional("Only those with a deadline on that day or later.")
    due_until: date | None = optional("Only those with a deadline on that day or earlier.")


LaboratoryNeedsAsked: TypeAlias = Annotated[
    AskedLaboratoryNeeds | None,
    strawberry.argument(
        description="What the list is narrowed to; with a filter, needs without anything in common are left out."
    ),
]


def fits_of_laboratory(
    catalogue: Catalogue, laboratory: published.Laboratory, asked: AskedLaboratoryNeeds | None
) -> Listing[NeedMatch]:
    """The needs that fit a laboratory, best first; equal scores by number."""
    wanted = said(asked)
    return Listing(
        f"matches:{laboratory.slug}",
        laboratory_needs.select(catalogue, laboratory, LaboratoryNeedFilter(**wanted))
        if wanted
        else matches.for_laboratory(catalogue, laboratory),
        lambda match: (-match.score, match.need),
        lambda match: Fit(catalogue.needs[match.need], laboratory, match),
    )


@shows(GraphFactor, "One named part of a score: contribution = value × weight.")
class Factor:
    name: str = described(
        "What it looks at: `words`, `concepts`, `themes`, `distance`, `capacity` or `feedback` in a match;"
        " `distance`, `province`, `belonging`, `border`, `size`, `lead`, `age`, `needs`, `evidence` and `threshold` among"
        " municipalities."
    )
    value: float = described("Between 0 and 1, of feedback between -1 and 1; 0 when nobody knows.")
    weight: float = described("How much it counts; all weights but that of feedback sum to 1.")
    contribution: float = described("What it adds to the score.")
    known: bool = described("False when nobody knows the value: then it adds nothing.")


@shows(GraphWord, "A word that a need and a laboratory share, as each of them writes it.")
class SharedWord:
    need: str = described("As the need writes it.")
    laboratory: str = described("As the laboratory writes it.")
    weight: float = described("Its part of the words factor.")


@shows(GraphConcept, "A concept of the lexicon that a need and a laboratory share, each with its own word.")
class SharedConcept:
    key: str = described("The concept.")
    need: str = described("The need's word for it.")
    laboratory: str = described(
        "The laboratory's word for it; the concept's Italian label where its card has none."
    )
    weight: float = described("Its part of the concepts factor.")
    confirmed: bool = described(
        "False where only the laboratory's discipline suggests it, and nobody of the laboratory has confirmed it."
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A node on the way from a need to a laboratory."""

    kind: str
    key: str


@shows(Step, "A node of the knowledge graph on the way from a need to a laboratory.")
class PathStep:
    kind: str = described(
        "What the node is: `word`, `term`, `concept`, `theme`, `function`, `department`, `laboratory` …"
    )
    key: str = described("Its natural key.")


def _shared_themes(root: strawberry.Parent[GraphReasons], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.shared_themes)


def _path(root: strawberry.Parent[GraphReasons]) -> list[Step]:
    return [Step(kind, str(key)) for kind, key in root.path]


def _campus(root: strawberry.Parent[GraphReasons], info: Info) -> published.Campus | None:
    return info.context.catalogue.campuses.get(root.campus or "")


def _semester(root: strawberry.Parent[GraphReasons]) -> str:
    return root.places_for.semester if root.places_for else ""


@shows(raccordo_graph.Answered, "How many needs like one a laboratory answered; which ones is not told.")
class Answered:
    accepted: int = described("Those that became a partnership.")
    declined: int = described("Those that it declined as not its field.")


@shows(GraphReasons, "Why a laboratory is proposed: facts, then one sentence in each language.")
class Reasons:
    shared_words: list[SharedWord] = described("The words of both sides, heaviest first.")
    shared_concepts: list[SharedConcept] = described("The concepts of both sides, heaviest first.")
    shared_themes: list[ATheme] = described("The themes of both sides, heaviest first.", _shared_themes)
    path: list[PathStep] = described(
        "The likeliest way through the knowledge graph, from the need's word or theme to the laboratory.",
        _path,
    )
    way_it: str = described("That way in one Italian sentence; empty when no walk arrives.")
    way_en: str = described("That way in one English sentence.")
    campus: ACampus | None = described("Where the laboratory is; null when unknown.", _campus)
    distance_km: float | None = described("Kilometres as the crow flies; null when either place is unknown.")
    free_places: int | None = described("Free places of the laboratory; null when nobody knows.")
    semester: str = described(
        "The semester of those places, such as `2027-1`, where the need says from when and the laboratory stated them; "
        "else empty, and they are those of any time.",
        _semester,
    )
    answered: Answered = described("What the laboratory answered to other needs like this one.")
    beyond_km: int | None = described(
        "How far the laboratory travels, where the need lies beyond it; else null."
    )
    sentence_it: str = described("The reasons in one Italian sentence.")
    sentence_en: str = described("The reasons in one English sentence.")


@shows(Fit, "A need and a laboratory that may fit it. A suggestion: no match is ever made without a person.")
class Match:
    need: ANeed | None = described("The need; null for a text that nobody published.")
    laboratory: ALaboratory = described("The laboratory.")
    score: float = described("The sum of the factors' contributions, between 0 and 1.")
    band: Band = described("How much the score says.")
    position: int = described("Its place in the ranking, from 1; equal scores share one.")
    level: int = described(
        "The place that it shares with those whose scores cannot be told from its own: to be read as equal."
    )
    factors: list[Factor] = described("The parts of the score.")
    reasons: Reasons = described("Why the laboratory is proposed.")


def _alike_themes(root: strawberry.Parent[FoundAlike], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.shared_themes)


@shows(FoundAlike, "A need that resembles another one.")
class AlikeNeed:
    need: ANeed = described("The need that resembles.")
    similarity: float = described("How much, between 0 and 1.")
    shared_words: list[str] = described("The words of both, heaviest first.")
    shared_themes: list[ATheme] = described("The themes of both, heaviest first.", _alike_themes)
    border_metres: int | None = described(
        "Length of the border of the two owners; null when they share none."
    )


def alike(listing: str, rows: Sequence[FoundAlike]) -> Listing[FoundAlike]:
    """Needs that resemble, most similar first."""
    return Listing(listing, rows, lambda row: (-row.similarity, row.need.number))
