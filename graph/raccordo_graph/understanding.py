"""A need as a query on the graph: the words, concepts, themes and functions that its text speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import TYPE_CHECKING

from raccordo_graph.arrays import DECIMALS
from raccordo_graph.asking import NOTHING_ASKED, Asking, asking
from raccordo_graph.hearing import Hearing, hear
from raccordo_graph.index import Index
from raccordo_graph.initiatives import ANYTIME, Wanted
from raccordo_graph.negation import affirmed
from raccordo_graph.text import Word, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE = 2.0
"""A word of the title counts as two of the text."""

MOST_WORDS = 1000
"""Different words that are read of one text: no need is longer, and a hostile one costs no more."""

KIN = 0.3
"""What the look-alikes of a known word weigh together beside it, at most."""

THROUGH_THEMES = 0.5
"""How loudly the themes speak for a function, beside the function's own words."""

DOUBT = 0.1
"""A likeness to a theme (or function) that is worth as much as no likeness at all."""

SURE = 0.7
"""Where the lexicon has understood a text whole, this part of what the themes' own words say is left out."""

MOST_TOPICS = 8
"""Inferred concepts, themes or functions that are kept."""

LEAST_SHARE = 0.02
"""Smaller shares are not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWord:
    """A stem of the graph, its weight in the need (0 to 1), and the word of the need that it stands for."""

    stem: str
    weight: float
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A concept or theme (by slug) or function (by letter) and its weight: 1 if `chosen` by a person, less if
    inferred; `words` are those of the need from which the lexicon infers it, most telling first."""

    key: str
    weight: float
    chosen: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A need in the terms of the graph; each tuple goes from the heaviest to the lightest, then by key.

    `terms` are the stems of the lexicon that the text says, in alphabetical order, and how often; `wanted` is what a
    person confirmed, which no text is read for; `asking` is how the text asks, `services` how much of it asks for a
    service (0 to 1), every concept counted.
    """

    words: tuple[NeedWord, ...] = ()
    concepts: tuple[Topic, ...] = ()
    themes: tuple[Topic, ...] = ()
    functions: tuple[Topic, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    wanted: Wanted = ANYTIME
    asking: Asking = NOTHING_ASKED
    services: float = 0.0


def understand(
    index: Index, text: str, *, title: str = "", themes: tuple[str, ...] = (), functions: tuple[str, ...] = ()
) -> Understanding:
    """Return what a need is about.

    What the text does not want (:mod:`raccordo_graph.negation`) counts nowhere. *Words* weigh TF-IDF, scaled to length 1; a word that the graph does not know stands for those that it
    resembles. *Concepts* are those of the lexicon (:mod:`raccordo_graph.hearing`). *Themes* and *functions* named in
    the arguments weigh 1; the others have what the concepts say, and beside it ``s**2 / (DOUBT**2 + sum of all s**2)``,
    where `s` is the cosine of the need's words and the topic's own (for a function, plus half the sum over its
    themes): whole where the lexicon knows nothing, ``1 - SURE`` of it where the lexicon understands all. An unknown
    slug or letter raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> need = understand(Index.from_graph(build(VALLEY)), "I cassonetti traboccano di spazzatura")
    >>> [word.stem for word in need.words], need.themes[0].key, need.functions[0].key
    (['cassonett', 'spazzatur'], 'rifiuti', 'f')
    """
    index.refuse_unknown("theme", themes)
    index.refuse_unknown("function", functions)
    title, text = affirmed(title), affirmed(text)
    said = _said(title, text)
    found, hearing = _words(index, said), hear(index, said)
    query = _vector(index, found)
    by_theme = index.names_theme.T @ query
    by_function = index.names_function.T @ query + THROUGH_THEMES * (by_theme @ index.belongs)
    own = 1 - SURE * hearing.shares.sum()
    studied, near = hearing.shares * index.concepts.studied, index.concepts
    return Understanding(
        words=found,
        concepts=_concepts(near.keys, hearing),
        themes=_topics(
            index.themes, studied @ near.themes + own * _squared(by_theme), themes, hearing, near.themes
        ),
        functions=_topics(
            index.functions,
            hearing.shares @ near.functions + own * _squared(by_function),
            functions,
            hearing,
            near.functions,
        ),
        terms=hearing.terms,
        services=round(float((hearing.shares * (1 - near.studied)).sum()), DECIMALS),
        asking=asking(f"{title}\n{text}"),
    )


def without(
    index: Index,
    need: Understanding,
    *,
    themes: frozenset[str] = frozenset(),
    functions: frozenset[str] = frozenset(),
) -> Understanding:
    """Return `need` without the inferred topics that a person set aside, and without the concepts that lead only there.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> whole = understand(index, "Una passerella sul torrente")
    >>> part = without(index, whole, themes=frozenset({"strade-ponti"}))
    >>> [topic.key for topic in whole.concepts], [topic.key for topic in part.concepts]
    (['bridges', 'streams'], ['streams'])
    """
    if not themes and not functions:
        return need

    def leads_elsewhere(concept: str) -> bool:
        ends = [key for family, key in index.graph.adj["concept", concept] if family == "theme"]
        return not ends or not themes.issuperset(ends)

    return replace(
        need,
        concepts=tuple(topic for topic in need.concepts if leads_elsewhere(topic.key)),
        themes=tuple(topic for topic in need.themes if topic.chosen or topic.key not in themes),
        functions=tuple(topic for topic in need.functions if topic.chosen or topic.key not in functions),
    )


def _said(title: str, text: str) -> dict[Word, float]:
    """Return the different words of a need in their order, each with how often it is said."""
    said: dict[Word, float] = {}
    known: dict[str, Word] = {}
    for part, times in ((title, TITLE), (text, 1.0)):
        for word in words(part):
            if word.folded not in known and len(known) == MOST_WORDS:
                continue
            first = known.setdefault(word.folded, word)
            said[first] = said.get(first, 0.0) + times
    return said


def _words(index: Index, said: Mapping[Word, float]) -> tuple[NeedWord, ...]:
    counts, written = _counts(index, said)
    rarest = max(index.idf, default=0.0)
    weights: dict[str, float] = defaultdict(float)
    heaviest: dict[str, tuple[float, str]] = {}
    for key, stand_ins in _stand_ins(index, list(counts)).items():
        idf = index.idf[index.words[key]] if key in index.words else rarest
        for known, share in stand_ins:
            weight = log(1 + counts[key]) * idf * share
            weights[known] += weight
            if known not in heaviest or weight > heaviest[known][0]:
                heaviest[known] = (weight, written[key])
    length = sqrt(sum(weight * weight for weight in weights.values()))
    ordered = sorted((-round(weight / length, DECIMALS), key) for key, weight in weights.items())
    return tuple(NeedWord(stem=key, weight=-weight, written=heaviest[key][1]) for weight, key in ordered)


def _counts(index: Index, said: Mapping[Word, float]) -> tuple[dict[str, float], dict[str, str]]:
    """Return how often each stem is said, and how it is first written."""
    counts: dict[str, float] = defaultdict(float)
    written: dict[str, str] = {}
    for word, times in said.items():
        key = _stem(index, word)
        counts[key] += times
        written.setdefault(key, word.written)
    return counts, written


def _stem(index: Index, word: Word) -> str:
    """Return the stem as the graph has it, Italian before English; the Italian one when it has neither."""
    italian = stem(word.folded, "it")
    if italian in index.words:
        return italian
    english = stem(word.folded, "en")
    return english if english in index.words else italian


def _stand_ins(index: Index, stems: list[str]) -> dict[str, list[tuple[str, float]]]:
    """Return the stems of the graph that each of `stems` stands for, with their shares.

    A known stem stands for itself (1) and for its look-alikes (`KIN` at most, together); an unknown one for those
    that it resembles (1 at most, together).
    """
    unknown = [stem for stem in stems if stem not in index.words]
    found = dict(zip(unknown, index.resemblance.of(unknown), strict=True))
    return {
        stem: _shares(found[stem], 1.0) if stem in found else [(stem, 1.0), *_shares(index.kin[stem], KIN)]
        for stem in stems
    }


def _shares(alike: Sequence[tuple[str, float]], most: float) -> list[tuple[str, float]]:
    whole = max(1.0, sum(weight for _, weight in alike))
    return [(stem, most * weight / whole) for stem, weight in alike]


def _vector(index: Index, found: tuple[NeedWord, ...]) -> "NDArray[np.float64]":
    import numpy as np

    query = np.zeros(len(index.words))
    for word in found:
        query[index.words[word.stem]] = word.weight
    return query


def _squared(likeness: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the share of each likeness, squared, beside `DOUBT`."""
    squares = likeness**2
    shares: NDArray[np.float64] = squares / (DOUBT**2 + squares.sum())
    return shares


def _concepts(keys: Iterable[str], hearing: Hearing) -> tuple[Topic, ...]:
    shares = zip(hearing.shares.round(DECIMALS).tolist(), keys, range(len(hearing.shares)), strict=True)
    loudest = sorted(((-share, key, row) for share, key, row in shares if share >= LEAST_SHARE))[:MOST_TOPICS]
    return tuple(
        Topic(key=key, weight=-share, chosen=False, words=hearing.words[row]) for share, key, row in loudest
    )


def _topics(
    keys: Iterable[str],
    weights: "NDArray[np.float64]",
    chosen: tuple[str, ...],
    hearing: Hearing,
    near: "NDArray[np.float64]",
) -> tuple[Topic, ...]:
    """Return the topics `chosen`, then those that weigh most, together 1 at most."""
    every = dict(zip(keys, range(len(weights)), strict=True))
    rest = {key: weights[row] for key, row in every.items() if key not in chosen}
    whole = max(1.0, sum(rest.values()))
    shares = sorted((-round(float(weight) / whole, DECIMALS), key) for key, weight in rest.items())
    return tuple(
        Topic(key=key, weight=1.0, chosen=True, words=_telling(hearing, near[:, every[key]]))
        for key in sorted(set(chosen))
    ) + tuple(
        Topic(key=key, weight=-share, chosen=False, words=_telling(hearing, near[:, every[key]]))
        for share, key in shares[:MOST_TOPICS]
        if -share >= LEAST_SHARE
    )


def _telling(hearing: Hearing, near: "NDArray[np.float64]") -> tuple[str, ...]:
    """Return the words of the concept that says most about a topic."""
    said = hearing.shares * near
    return hearing.words[int(said.argmax())] if said.any() else ()
