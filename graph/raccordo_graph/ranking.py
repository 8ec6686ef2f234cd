"""A need finds its laboratories: named factors that add up, reasons as data, ties shown as ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from raccordo_graph.geography import Place, closeness, kilometres
from raccordo_graph.index import Index
from raccordo_graph.reasons import Reasons, SharedWord, sentence_en, sentence_it
from raccordo_graph.similarity import Similar, similar
from raccordo_graph.understanding import Topic, Understanding, understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from raccordo_graph.knowledge import Node

__all__ = [
    "BANDS",
    "CODE_VERSION",
    "WEIGHTS",
    "Band",
    "Factor",
    "Index",
    "Match",
    "NeedMatch",
    "Place",
    "Reasons",
    "SharedWord",
    "Similar",
    "Understanding",
    "rank",
    "rank_needs",
    "similar",
    "understand",
]

WEIGHTS: Mapping[str, float] = {"words": 0.45, "themes": 0.40, "distance": 0.10, "capacity": 0.05}
"""The one table of factors and weights; they sum to 1. Prestige, size and politics are not in it."""

TIE = 1e-9
"""Scores closer than this are equal."""

DECIMALS = 12
"""Factor values are rounded to so many decimals, so that two processors write the same bytes."""

ENOUGH_WORDS = 0.15
"""The cosine at which the words factor is one half."""

ENOUGH_PLACES = 2
"""The free places at which the capacity factor is one half."""


class Band(StrEnum):
    """How much a match says, in four steps; finer distinctions are right only two times in three."""

    STRONG = "strong"
    PLAUSIBLE = "plausible"
    WEAK = "weak"
    NONE = "none"


BANDS: Mapping[Band, float] = {Band.STRONG: 0.5, Band.PLAUSIBLE: 0.25, Band.WEAK: 0.0}
"""A band begins above this sum of the words and themes contributions; nothing in common is no band."""

CODE_VERSION = "1:" + sha256(repr((WEIGHTS, BANDS, ENOUGH_WORDS, ENOUGH_PLACES)).encode()).hexdigest()[:12]
"""Names how scores are computed: goes into the snapshot id. Raise the number when a formula changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One named part of a score: ``contribution = value * weight``; not `known` means nobody knows, value 0."""

    name: str
    value: float
    weight: float
    contribution: float
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A laboratory for a need; `position` counts from 1 and repeats for equal scores."""

    laboratory: str
    score: float
    factors: tuple[Factor, ...]
    reasons: Reasons
    band: Band
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMatch:
    """A need, by number, for a laboratory: same score, same factors, same reasons as :class:`Match`."""

    need: int
    score: float
    factors: tuple[Factor, ...]
    reasons: Reasons
    band: Band
    position: int


def rank(
    index: Index, need: Understanding, *, place: Place | str | None = None, limit: int | None = None
) -> tuple[Match, ...]:
    """Return the laboratories for `need`, best first; equal scores by slug.

    `place` is where the need is: a :class:`Place`, or a municipality's ISTAT code. All laboratories are returned
    unless `limit` says otherwise.
    """
    words, themes = _word_values(index, need), _theme_values(index, need)
    here = index.place_of(place) if isinstance(place, str) else place
    distances = _distances(index, here)
    scored = []
    for column, slug in enumerate(index.laboratories):
        factors = _factors(index, slug, float(words[column]), float(themes[column]), distances)
        scored.append((-_score(factors), slug, factors))
    scored.sort(key=lambda row: row[:2])
    positions = _positions([-row[0] for row in scored])
    return tuple(
        Match(
            laboratory=slug,
            score=-negative,
            factors=factors,
            reasons=_reasons(index, need, slug, distances),
            band=_band(factors),
            position=position,
        )
        for (negative, slug, factors), position in list(zip(scored, positions, strict=True))[:limit]
    )


def rank_needs(
    index: Index,
    laboratory: str,
    needs: Mapping[int, tuple[Understanding, Place | str | None]],
    limit: int | None = None,
) -> tuple[NeedMatch, ...]:
    """Return the needs that fit `laboratory`, best first; equal scores by number.

    Same score as :func:`rank`: a need and a laboratory read the same number from both sides.
    """
    if laboratory not in index.column:
        raise ValueError(f"unknown laboratory {laboratory!r}")
    column = index.column[laboratory]
    scored = []
    for number, (need, place) in needs.items():
        here = index.place_of(place) if isinstance(place, str) else place
        distances = _distances(index, here)
        words = float(_word_values(index, need)[column])
        themes = float(_theme_values(index, need)[column])
        factors = _factors(index, laboratory, words, themes, distances)
        scored.append((-_score(factors), number, factors, need, distances))
    scored.sort(key=lambda row: row[:2])
    positions = _positions([-row[0] for row in scored])
    return tuple(
        NeedMatch(
            need=number,
            score=-negative,
            factors=factors,
            reasons=_reasons(index, need, laboratory, distances),
            band=_band(factors),
            position=position,
        )
        for (negative, number, factors, need, distances), position in list(
            zip(scored, positions, strict=True)
        )[:limit]
    )


def _word_values(index: Index, need: Understanding) -> "NDArray[np.float64]":
    import numpy as np

    rows = [index.row[word.stem] for word in need.words if word.stem in index.row]
    weights = np.array([word.weight for word in need.words if word.stem in index.row])
    if not rows:
        return np.zeros(len(index.laboratories))
    cosine = index.described[rows].T @ weights
    values: NDArray[np.float64] = (cosine / (cosine + ENOUGH_WORDS)).round(DECIMALS)
    return values


def _theme_values(index: Index, need: Understanding) -> "NDArray[np.float64]":
    import numpy as np

    total = np.zeros(len(index.laboratories))
    for family, topics in (("theme", need.themes), ("function", need.functions)):
        for topic in topics:
            weight = topic.weight if family == "theme" else topic.weight / 4
            total += weight * index.fit[_base(index, family, topic)]
    values: NDArray[np.float64] = (1 - np.exp(-total)).round(DECIMALS)
    return values


def _base(index: Index, family: str, topic: Topic) -> int:
    if (family, topic.key) not in index.bases:
        raise ValueError(f"unknown {family} {topic.key!r}")
    return index.bases[family, topic.key]


def _distances(index: Index, place: Place | None) -> dict[str, float]:
    """Return the kilometres from `place` to every reachable campus."""
    if place is None:
        return {}
    return {
        key: kilometres(place, data["place"])
        for (family, key), data in index.graph.nodes.items()
        if family == "campus" and data["reachable"]
    }


def _factors(
    index: Index, laboratory: str, words: float, themes: float, distances: dict[str, float]
) -> tuple[Factor, ...]:
    campus = _campus(index, laboratory)
    free = index.graph.nodes["laboratory", laboratory]["free_places"]
    near = None if campus not in distances else closeness(distances[campus])
    room = None if free is None else free / (free + ENOUGH_PLACES)
    return tuple(
        _factor(name, value)
        for name, value in (("words", words), ("themes", themes), ("distance", near), ("capacity", room))
    )


def _factor(name: str, value: float | None) -> Factor:
    weight = WEIGHTS[name]
    known = value is not None
    value = round(value or 0.0, DECIMALS)
    return Factor(name=name, value=value, weight=weight, contribution=value * weight, known=known)


def _score(factors: tuple[Factor, ...]) -> float:
    return sum(factor.contribution for factor in factors)


def _band(factors: tuple[Factor, ...]) -> Band:
    fit = sum(factor.contribution for factor in factors if factor.name in ("words", "themes"))
    return next((band for band, above in BANDS.items() if fit > above), Band.NONE)


def _positions(scores: list[float]) -> list[int]:
    positions: list[int] = []
    for place, score in enumerate(scores):
        tied = place > 0 and scores[place - 1] - score < TIE
        positions.append(positions[-1] if tied else place + 1)
    return positions


def _campus(index: Index, laboratory: str) -> str | None:
    return next(
        (key for family, key in index.graph.adj["laboratory", laboratory] if family == "campus"), None
    )


def _reasons(index: Index, need: Understanding, laboratory: str, distances: dict[str, float]) -> Reasons:
    node = ("laboratory", laboratory)
    graph = index.graph
    words = []
    for word in need.words:
        edge = graph.adj["word", word.stem].get(node)
        if edge is not None:
            words.append(
                SharedWord(need=word.written, laboratory=edge["written"], weight=word.weight * edge["weight"])
            )
    shared_words = tuple(sorted(words, key=lambda word: (-word.weight, word.need))[:5])
    shared_themes = tuple(topic.key for topic in need.themes if node in graph.adj["theme", topic.key])
    path = _path(index, need, laboratory)
    campus = _campus(index, laboratory)
    km = None if campus is None else distances.get(campus)
    return Reasons(
        shared_words=shared_words,
        shared_themes=shared_themes,
        path=path,
        campus=campus,
        distance_km=km,
        free_places=graph.nodes[node]["free_places"],
        sentence_it=sentence_it(graph, shared_themes, shared_words, path, campus, km),
        sentence_en=sentence_en(graph, shared_themes, shared_words, path, campus, km),
    )


def _path(index: Index, need: Understanding, laboratory: str) -> "tuple[Node, ...]":
    column = index.column[laboratory]
    best, start = 0.0, None
    for topic in need.themes:
        gained = topic.weight * index.fit[_base(index, "theme", topic), column]
        if gained > best:
            best, start = gained, topic
    if start is None:
        return ()
    theme = ("theme", start.key)
    way = index.paths.path(theme, ("laboratory", laboratory))
    if start.chosen:
        return way
    first = next((word.stem for word in need.words if theme in index.graph.adj["word", word.stem]), None)
    return way if first is None else (("word", first), *way)
