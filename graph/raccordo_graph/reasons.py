"""Why a laboratory is proposed: what both sides share, as data, before any number."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from raccordo_graph.factors import beyond, meant, starts
from raccordo_graph.feedback import NEVER, Answered
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.initiatives import Wanted
from raccordo_graph.resemblance import dice
from raccordo_graph.sentences import ENGLISH, ITALIAN, sentence
from raccordo_graph.text import Language, stem, stemmed, words
from raccordo_graph.understanding import NeedWord, Understanding
from raccordo_graph.ways import ENGLISH_WAY, ITALIAN_WAY, way

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Node

LEAST_SHARE = 0.1
"""An inferred theme is told as a reason from this weight up; below, it counts but explains nothing."""

LEAST_WAY = 0.04
"""A way of the walk is told from this weight times fit up."""

CLEAR = 0.8
"""The share of grams from which two words are told as the same: "ponti" for "ponte", never "scan" for "scavate"."""

LANGUAGES: tuple[Language, ...] = ("it", "en")

MOST_WORDS = 5
"""Shared words that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWord:
    """A word of both sides, as the need and as the laboratory write it, and its part of their cosine."""

    need: str
    laboratory: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedConcept:
    """A concept of the lexicon that both sides treat, and its part of the factor.

    Each side has its own word for it; where the laboratory's texts have none, it is the concept's Italian label. It is
    `confirmed` unless only the laboratory's discipline suggests it.
    """

    key: str
    need: str
    laboratory: str
    weight: float
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The reasons of a match.

    `answered` counts what it answered to needs like this one; `beyond_km` is the radius that it travels, where the need
    lies beyond it. `shared_concepts` go from the one that says most; `shared_themes` are slugs that the need speaks of and the
    laboratory states; `path` is the likeliest way of the walk, from the need's word, concept, theme or function to the
    laboratory, which `way_it` and `way_en` tell in a sentence; `distance_km` is as the crow flies, ``None`` when place or
    campus is unknown; `free_places` of ``None`` reads "da chiedere", and `places_for` names the semester that they are
    of, and the kind where the need wants one, if the laboratory stated them so.
    """

    shared_words: tuple[SharedWord, ...]
    shared_concepts: tuple[SharedConcept, ...]
    shared_themes: tuple[str, ...]
    path: "tuple[Node, ...]"
    campus: str | None
    distance_km: float | None
    free_places: int | None
    places_for: Wanted | None
    answered: Answered
    beyond_km: int | None
    sentence_it: str
    sentence_en: str
    way_it: str
    way_en: str

    @property
    def any(self) -> bool:
        """Whether anything speaks for the laboratory: without, it is not proposed."""
        return bool(self.shared_words or self.shared_concepts or self.shared_themes or self.path)


class Explainer:
    """Explains one need, at one place, with any laboratory.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> Explainer(index, understand(index, "Spazzatura ovunque"), "097042").reasons("waste").path
    (('word', 'spazzatur'), ('theme', 'rifiuti'), ('laboratory', 'waste'))
    """

    def __init__(self, index: Index, need: Understanding, place: Place | str | None) -> None:
        self._index = index
        self._need = need
        self._distances = index.distances(place)
        self._meant = meant(index, need)
        self._starts = [*self._meant, *starts(index, need)]
        self._telling = {("concept", topic.key): topic.words[0] for topic in need.concepts if topic.words}
        self._said = [word for word in need.words if _clear(word)]
        self._stems = {"word": [(word.stem, word.weight) for word in need.words], "term": need.terms}
        self._written = self._written_words()
        self._told = [topic.key for topic in need.themes if topic.weight >= LEAST_SHARE]
        chosen = {("theme", topic.key) for topic in need.themes if topic.chosen}
        chosen |= {("function", topic.key) for topic in need.functions if topic.chosen}
        self._leads = {start: () if start in chosen else self._lead(start) for start, _, _ in self._starts}

    def reasons(self, laboratory: str, answered: Answered = NEVER) -> Reasons:
        """Return why `laboratory` would fit the need, and what it `answered` to others like it."""
        shared, themes = self._shared_words(laboratory), self._shared_themes(laboratory)
        concepts = self._shared_concepts(laboratory)
        path = self._path(laboratory)
        campus = self._index.campus_of(laboratory)
        km = None if campus is None else self._distances.get(campus)
        radius = self._index.radius_of(laboratory)
        beyond_km = radius if km is not None and beyond(km, radius) else None
        meeting = self._meeting(laboratory, shared, concepts)
        free, places_for = self._index.free_for(laboratory, self._need.wanted)
        spoken = partial(
            sentence,
            graph=self._index.graph,
            themes=themes,
            words=list(dict.fromkeys(word.laboratory for word in shared)),
            meeting=meeting,
            path=path,
            campus=campus,
            km=km,
            subject=self._subject(laboratory, concepts) if meeting is None else None,
            beyond_km=beyond_km,
            places=(free, places_for) if free is not None and places_for else None,
            answered=answered,
        )
        return Reasons(
            shared_words=shared,
            shared_concepts=concepts,
            shared_themes=themes,
            path=path,
            campus=campus,
            distance_km=km,
            free_places=free,
            places_for=places_for,
            answered=answered,
            beyond_km=beyond_km,
            sentence_it=spoken(ITALIAN),
            sentence_en=spoken(ENGLISH),
            way_it=way(ITALIAN_WAY, self._index.graph, path, self._written),
            way_en=way(ENGLISH_WAY, self._index.graph, path, self._written),
        )

    def _written_words(self) -> "Mapping[Node, str]":
        """Return how the need writes the words from which a way may start."""
        found = {("word", word.stem): word.written for word in self._need.words}
        for topic in self._need.concepts:
            for written in topic.words:
                for language in LANGUAGES:
                    found.update({("term", word.stem): written for word in stemmed(written, language)})
        return found

    def spoken_for(self) -> list[bool]:
        """Return of each laboratory of the index whether anything speaks for it, as :attr:`Reasons.any` says."""
        import numpy as np

        fits = [weight * self._index.fit[row, :] for _, row, weight in self._starts]
        ways = np.max(fits, axis=0) if fits else np.zeros(len(self._index.laboratories))
        return [
            bool(
                way >= LEAST_WAY
                or self._shared_words(slug)
                or self._shared_concepts(slug)
                or self._shared_themes(slug)
            )
            for slug, way in zip(self._index.laboratories, ways.tolist(), strict=True)
        ]

    def _meeting(
        self, laboratory: str, shared: tuple[SharedWord, ...], concepts: tuple[SharedConcept, ...]
    ) -> tuple[str, str, str] | None:
        """Return two different words, of the need and of the laboratory, and the concept in which they meet."""
        said = {word.need for word in shared}
        edges, node = self._index.graph.edges, ("laboratory", laboratory)
        for one in concepts:
            if one.need not in said and edges[("concept", one.key), node]["clear"]:
                return one.need, one.laboratory, one.key
        return None

    def _shared_words(self, laboratory: str) -> tuple[SharedWord, ...]:
        """Return one entry for each word of the need, heaviest first, with the laboratory's word that it meets.

        Words that merely resemble each other help the score a little and are not told: no reader would see why.
        """
        heard = self._index.heard["laboratory", laboratory]
        found: dict[str, SharedWord] = {}
        for word in self._said:
            edge = heard.get(word.stem)
            if edge is not None:
                weight = word.weight * edge["weight"]
                if word.written not in found or weight > found[word.written].weight:
                    found[word.written] = SharedWord(
                        need=word.written, laboratory=edge["written"], weight=weight
                    )
        return tuple(sorted(found.values(), key=lambda word: (-word.weight, word.need))[:MOST_WORDS])

    def _shared_concepts(self, laboratory: str) -> tuple[SharedConcept, ...]:
        graph, node, found = self._index.graph, ("laboratory", laboratory), []
        for start, _, share in self._meant:
            if share >= LEAST_SHARE and graph.has_edge(start, node):
                edge = graph.edges[start, node]
                found.append(
                    SharedConcept(
                        key=start[1],
                        need=self._telling[start],
                        laboratory=edge["written"],
                        weight=share * edge["weight"],
                        confirmed=edge["kind"] != "suits",
                    )
                )
        return tuple(sorted(found, key=lambda one: (-one.weight, one.key)))

    def _subject(self, laboratory: str, concepts: tuple[SharedConcept, ...]) -> tuple[str, str] | None:
        """Return the concept of both sides that says most and the kind of its link, unless a word tells it already."""
        if not concepts:
            return None
        edge = self._index.graph.edges[("concept", concepts[0].key), ("laboratory", laboratory)]
        return None if edge["clear"] else (concepts[0].key, edge["kind"])

    def _shared_themes(self, laboratory: str) -> tuple[str, ...]:
        graph, node = self._index.graph, ("laboratory", laboratory)
        return tuple(
            slug
            for slug in self._told
            if graph.has_edge(("theme", slug), node)
            and graph.edges[("theme", slug), node]["kind"] == "studied_by"
        )

    def _path(self, laboratory: str) -> "tuple[Node, ...]":
        """Return the way from the theme or function that gives most, led in by the word that says it loudest."""
        column = self._index.laboratories[laboratory]
        ways = [(-weight * self._index.fit[row, column], start) for start, row, weight in self._starts]
        if not ways or -min(ways)[0] < LEAST_WAY:
            return ()
        start = min(ways)[1]
        way = self._index.walk.way(start, ("laboratory", laboratory))
        return (*self._leads[start], *way)

    def _lead(self, start: "Node") -> "tuple[Node, ...]":
        """Return the word of the need that says `start` loudest, if any does."""
        heard = self._index.heard[start]
        family = "term" if start[0] == "concept" else "word"
        said = [
            (-weight * heard[stem]["weight"], stem) for stem, weight in self._stems[family] if stem in heard
        ]
        return ((family, min(said)[1]),) if said else ()


def _clear(word: NeedWord) -> bool:
    """Return whether a reader sees at once that the written word is the one that the graph knows."""
    return any(
        dice(stem(said.folded, language), word.stem) >= CLEAR
        for said in words(word.written)
        for language in LANGUAGES
    )
