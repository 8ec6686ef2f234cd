"""A need as a query: which words, themes and functions of the graph its text speaks of."""

from collections import defaultdict
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from raccordo_graph.index import Index
from raccordo_graph.text import Word, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE_WEIGHT = 2.0
"""A word of the title counts as two of the text."""

KEPT = 0.5
"""A theme or function is inferred when it scores at least this share of the best one."""

MOST = 5
"""And at most so many are kept."""

THROUGH_THEMES = 0.5
"""How much the themes say about the function, beside the function's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWord:
    """A stem that the graph knows, its weight in the need, and the word as the need writes it."""

    stem: str
    weight: float
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A theme (by slug) or a function (by letter) with its weight; `chosen` by a person or inferred from the text."""

    key: str
    weight: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A need in the words of the graph. Each tuple is ordered by weight, heaviest first, then by key."""

    words: tuple[NeedWord, ...] = ()
    themes: tuple[Topic, ...] = ()
    functions: tuple[Topic, ...] = ()


def understand(
    index: Index, text: str, *, title: str = "", themes: tuple[str, ...] = (), functions: tuple[str, ...] = ()
) -> Understanding:
    """Read a need. Chosen `themes` and `functions` weigh 1 each; inferred ones share a weight of 1.

    An unknown slug or letter raises :exc:`ValueError`.
    """
    _refuse_unknown("theme", themes, index.themes)
    _refuse_unknown("function", functions, index.functions)
    found = _words(index, title, text)
    query = _vector(index, found)
    by_theme = index.theme_words.T @ query
    by_function = index.function_words.T @ query + THROUGH_THEMES * (by_theme @ (index.theme_functions > 0))
    return Understanding(
        words=found,
        themes=_topics(index.themes, by_theme, themes),
        functions=_topics(index.functions, by_function, functions),
    )


def _refuse_unknown(kind: str, keys: tuple[str, ...], known: tuple[str, ...]) -> None:
    unknown = sorted(set(keys) - set(known))
    if unknown:
        raise ValueError(f"unknown {kind} {', '.join(map(repr, unknown))}")


def _words(index: Index, title: str, text: str) -> tuple[NeedWord, ...]:
    counts: dict[str, float] = defaultdict(float)
    written: dict[str, str] = {}
    unknown: dict[str, tuple[str, float]] = {}
    for source, weight in ((title, TITLE_WEIGHT), (text, 1.0)):
        for word in words(source):
            key = _known_stem(index, word)
            if key is not None:
                counts[key] += weight
                written.setdefault(key, word.written)
            else:
                before = unknown.get(stem(word.folded, "it"), (word.written, 0.0))
                unknown[stem(word.folded, "it")] = (before[0], before[1] + weight)
    for found, (surface, weight) in zip(index.likeness.closest(list(unknown)), unknown.values(), strict=True):
        for row, alike in found:
            key = index.stems[row]
            counts[key] += weight * alike
            written.setdefault(key, surface)
    raw = {key: log(1 + count) * index.idf[index.row[key]] for key, count in counts.items()}
    length = sqrt(sum(value * value for value in sorted(raw.values()))) or 1.0
    ordered = sorted(raw, key=lambda key: (-raw[key], key))
    return tuple(NeedWord(stem=key, weight=raw[key] / length, written=written[key]) for key in ordered)


def _known_stem(index: Index, word: Word) -> str | None:
    for language in ("it", "en"):
        key = stem(word.folded, language)
        if key in index.row:
            return key
    return None


def _vector(index: Index, found: tuple[NeedWord, ...]) -> "NDArray[np.float64]":
    import numpy as np

    query = np.zeros(len(index.stems))
    for word in found:
        query[index.row[word.stem]] = word.weight
    return query


def _topics(
    keys: tuple[str, ...], scores: "NDArray[np.float64]", chosen: tuple[str, ...]
) -> tuple[Topic, ...]:
    best = max(scores, default=0.0)
    ranked = sorted(zip(keys, map(float, scores), strict=True), key=lambda pair: (-pair[1], pair[0]))
    kept = [
        (key, score) for key, score in ranked if score > 0 and score >= KEPT * best and key not in chosen
    ][:MOST]
    total = sum(score for _, score in kept)
    return tuple(Topic(key=key, weight=1.0, chosen=True) for key in sorted(set(chosen))) + tuple(
        Topic(key=key, weight=score / total, chosen=False) for key, score in kept
    )
