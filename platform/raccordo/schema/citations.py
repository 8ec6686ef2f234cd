"""Rankings that somebody cites: kept, read, and compared with today's."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import citations
from raccordo.citations import Citation as Kept
from raccordo.citations import CitedMatch as KeptMatch
from raccordo.citations import Comparison as Compared
from raccordo.citations import Heard as KeptHeard
from raccordo.citations import Move as Moved
from raccordo.refusals import NotFound
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.matches import Factor
from raccordo.schema.refusals import Refusal
from raccordo_graph import Band

READING = 20  # what reading a kept ranking costs in the limiter's count
COMPARING = 30  # what ranking its need again costs


@shows(KeptMatch, "A laboratory as it was ranked when the ranking was cited.")
class CitedMatch:
    laboratory: str = described("The slug of the laboratory.")
    name: str = described("Its name on that day.")
    position: int = described("Its place, from 1; scores that could not be told apart share one.")
    tied: bool = described("Whether it shared its place with another one.")
    recalled: bool | None = described(
        "Whether what was known of it was still to be confirmed; null when that was not kept."
    )
    score: float = described("The sum of the factors’ contributions.")
    band: Band = described("How much the score says.")
    factors: list[Factor] = described("The parts of the score.")
    sentence_it: str = described("The reasons in one Italian sentence.")
    sentence_en: str = described("The reasons in one English sentence.")


@shows(KeptHeard, "Something that the text was understood as when the ranking was cited.")
class CitedTopic:
    family: str = described("Concept, theme, function or word.")
    key: str = described("The slug, the letter of the function, or the stem of the word.")
    weight: float = described("How much it weighed, from 0 to 1.")


@shows(Moved, "A laboratory that has another place or another score today.")
class RankingMove:
    name: str = described("Its name.")
    then: int | None = described("Its place in the citation; null when it was not there.")
    now: int | None = described("Its place today; null when it is not there.")
    score_then: float = described("Its score in the citation.")
    score_now: float = described("Its score today.")


def _causes(root: strawberry.Parent[Compared], info: Info) -> list[str]:
    return [one.say(info.context.language) for one in root.causes]


def _moves(root: strawberry.Parent[Compared]) -> Listing[Moved]:
    order = {id(move): place for place, move in enumerate(root.moves)}
    return Listing("moves", root.moves, lambda move: (order[id(move)],))


@shows(Compared, "Today beside a citation.")
class RankingComparison:
    published: bool = described("Whether the need is still published.")
    differs: bool = described("Whether today's ranking is another one.")
    snapshot_id: str = described("What today's ranking is computed from.")
    causes: list[str] = described("What changed since, in words; at most seven.", _causes)
    moves: Connection[RankingMove] = listed(
        "Who has another place or another score, the most important place first.", _moves
    )


def _weights(root: strawberry.Parent[Kept]) -> list[CitedWeight]:
    return [CitedWeight(factor=name, weight=weight) for name, weight in root.weights.items()]


@strawberry.type(description="What a factor weighed when the ranking was cited.")
class CitedWeight:
    factor: str = described("The factor.")
    weight: float = described("Its weight.")


def _matches(root: strawberry.Parent[Kept]) -> Listing[KeptMatch]:
    return Listing(f"citation:{root.name}", root.matches, lambda one: (-one.score, one.laboratory))


def _understood(root: strawberry.Parent[Kept]) -> Listing[KeptHeard]:
    order = {heard: place for place, heard in enumerate(root.heard)}
    return Listing(f"understood:{root.name}", root.heard, lambda heard: (order[heard],))


def _title(root: strawberry.Parent[Kept], info: Info) -> str:
    return root.title if root.need in info.context.catalogue.needs else ""


async def _today(root: strawberry.Parent[Kept], info: Info) -> Compared:
    return await citations.compare(info.context.catalogue, root)


@shows(Kept, "A ranking as it was on the day it was cited; it never changes.")
class Citation:
    name: str = described("What an act cites.")
    cited_at: datetime = described("When it was cited first.")
    snapshot_id: str = described("What it was computed from.")
    code_version: str = described("The version of formulas and numbers.")
    need: int = described("The number of the need.")
    title: str = described(
        "The need's title on that day; empty once the need is not published any more.", _title
    )
    owner: str = described("Whose need it was.")
    text_digest: str = described("The SHA-256 of the need's text on that day.")
    weights: list[CitedWeight] = described("What every factor weighed.", _weights)
    understood: Connection[CitedTopic] = listed(
        "What the text was understood as: concepts, themes, functions and words, each from the heaviest.",
        _understood,
    )
    matches: Connection[CitedMatch] = listed("The laboratories, best first.", _matches)
    today: RankingComparison = described("The same need today.", _today, cost=COMPARING)


CiteRankingResult: TypeAlias = Annotated[
    Citation | Refusal,
    strawberry.union("CiteRankingResult", description="The ranking as it is kept, or why it was refused."),
]
Name: TypeAlias = Annotated[str, strawberry.argument(description="What the act cites: snapshot-need.")]
Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]


async def _citation(name: Name) -> Kept | None:
    try:
        return await citations.find(name)
    except NotFound:
        return None


async def _cite(info: Info, number: Number) -> Any:
    return await answer(info, lambda: citations.cite(info.context.actor, number))


@strawberry.type
class CitationQuery:
    citation: Citation | None = described("The ranking that an act cites.", _citation, cost=READING)


@strawberry.type
class CitationMutation:
    cite_ranking: CiteRankingResult = described(
        "Keep today's ranking of a need under a name that never changes.",
        _cite,
        cost=WRITING,
        right=("cite", "ranking"),
    )
