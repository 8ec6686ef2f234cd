"""Why a laboratory is proposed: what both sides share, as data, before any number."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.factors import topic_weights
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.sentences import ENGLISH, ITALIAN, sentence
from raccordo_graph.understanding import Understanding

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Node

LEAST_SHARE = 0.1
"""An inferred theme is told as a reason from this weight up; below, it counts but explains nothing."""

LEAST_WAY = 0.02
"""A way of the walk is told from this weight times fit up."""

MOST_WORDS = 5
"""Shared words that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWord:
    """A word of both sides, as the need and as the laboratory write it, and its part of their cosine."""

    need: str
    laboratory: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The reasons of a match.

    `shared_themes` are slugs that the need speaks of and the laboratory states; `path` is the likeliest way of
    the walk, from the need's word, theme or function to the laboratory; `distance_km` is as the crow flies,
    ``None`` when place or campus is unknown; `free_places` of ``None`` reads "da chiedere".
    """

    shared_words: tuple[SharedWord, ...]
    shared_themes: tuple[str, ...]
    path: "tuple[Node, ...]"
    campus: str | None
    distance_km: float | None
    free_places: int | None
    sentence_it: str
    sentence_en: str


def explain(index: Index, need: Understanding, laboratory: str, place: Place | str | None) -> Reasons:
    """Return why `laboratory` would fit `need`."""
    graph, node = index.graph, ("laboratory", laboratory)
    words = _shared_words(index, need, node)
    themes = _shared_themes(index, need, node)
    path = _path(index, need, node)
    campus = index.campus_of(laboratory)
    km = index.distances(place).get(campus or "")
    told = tuple(word.need for word in words)
    return Reasons(
        shared_words=words,
        shared_themes=themes,
        path=path,
        campus=campus,
        distance_km=km,
        free_places=graph.nodes[node]["free_places"],
        sentence_it=sentence(ITALIAN, graph, themes, told, path, campus, km),
        sentence_en=sentence(ENGLISH, graph, themes, told, path, campus, km),
    )


def _shared_words(index: Index, need: Understanding, laboratory: "Node") -> tuple[SharedWord, ...]:
    """Return one entry for each word of the need, heaviest first, with the laboratory's word that it meets."""
    found: dict[str, SharedWord] = {}
    for word in need.words:
        edge = index.graph.adj["word", word.stem].get(laboratory) if word.stem in index.words else None
        if edge is not None:
            weight = word.weight * edge["weight"]
            before = found.get(word.written)
            if before is None or weight > before.weight:
                found[word.written] = SharedWord(need=word.written, laboratory=edge["written"], weight=weight)
    return tuple(sorted(found.values(), key=lambda word: (-word.weight, word.need))[:MOST_WORDS])


def _shared_themes(index: Index, need: Understanding, laboratory: "Node") -> tuple[str, ...]:
    return tuple(
        topic.key
        for topic in need.themes
        if (topic.chosen or topic.weight >= LEAST_SHARE)
        and index.graph.adj["theme", topic.key].get(laboratory, {}).get("kind") == "studied_by"
    )


def _path(index: Index, need: Understanding, laboratory: "Node") -> "tuple[Node, ...]":
    """Return the way from the theme or function that gives most, led in by the word that speaks of it loudest."""
    nodes = tuple(index.bases)
    column = index.laboratories[laboratory[1]]
    ways = [(-weight * index.fit[row, column], nodes[row]) for row, weight in topic_weights(index, need)]
    gain, start = min(ways, default=(0.0, laboratory))
    if -gain < LEAST_WAY:
        return ()
    way = index.paths.path(start, laboratory)
    if any(topic.chosen and topic.key == start[1] for topic in (*need.themes, *need.functions)):
        return way
    names = [
        (-word.weight * edge["weight"], word.stem)
        for word in need.words
        if word.stem in index.words and (edge := index.graph.adj["word", word.stem].get(start)) is not None
    ]
    return (("word", min(names)[1]), *way) if names else way
