"""Needs that resemble each other: the same words, the same themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from raccordo_graph.arrays import DECIMALS, rows
from raccordo_graph.factors import said
from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

WORDS_SHARE = 0.7
"""Of a similarity, the part that words make; themes make the rest."""

LEAST_SHARE = 0.1
"""A theme that weighs less than this on either side is not told as shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Another need, by number: its similarity (0 to 1), the shared words as *this* need writes them, the themes."""

    need: int
    similarity: float
    shared_words: tuple[str, ...]
    shared_themes: tuple[str, ...]


def similar(
    index: Index, need: Understanding, others: Mapping[int, Understanding], limit: int | None = 5
) -> tuple[Similar, ...]:
    """Return those of `others` that share something with `need`, most similar first, then by number.

    ``similarity = 0.7 * cosine(words) + 0.3 * cosine(themes)``

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> mine, theirs = understand(index, "Buche nell'asfalto"), understand(index, "Asfalto rovinato")
    >>> [(other.need, other.shared_words) for other in similar(index, mine, {7: theirs})]
    [(7, ('asfalto',))]
    """
    numbers = tuple(sorted(others))
    both = [need, *(others[number] for number in numbers)]
    words = _cosines([said(index, one) for one in both], len(index.words))
    themes = _cosines([_themes(index, one) for one in both], len(index.themes))
    values = [
        round(WORDS_SHARE * word + (1 - WORDS_SHARE) * theme, DECIMALS)
        for word, theme in zip(words, themes, strict=True)
    ]
    order = sorted(range(len(numbers)), key=lambda which: (-values[which], numbers[which]))
    return tuple(
        Similar(
            need=numbers[which],
            similarity=values[which],
            shared_words=_shared_words(need, others[numbers[which]]),
            shared_themes=_shared_themes(need, others[numbers[which]]),
        )
        for which in order[:limit]
        if values[which] > 0
    )


def similarities(
    index: Index, needs: Sequence[Understanding], others: Sequence[Understanding]
) -> "NDArray[np.float64]":
    """Return the similarity of every need (row) and every other (column), as :func:`similar` measures it.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> need = understand(index, "Asfalto rovinato")
    >>> similarities(index, [need], [need, Understanding()]).round(6).tolist()
    [[1.0, 0.0]]
    """
    words = [_unit([said(index, one) for one in side], len(index.words)) for side in (needs, others)]
    themes = [_unit([_themes(index, one) for one in side], len(index.themes)) for side in (needs, others)]
    by_word, by_theme = ((mine @ theirs.T).toarray() for mine, theirs in (words, themes))
    found: NDArray[np.float64] = WORDS_SHARE * by_word + (1 - WORDS_SHARE) * by_theme
    return found.round(DECIMALS)


def _unit(pairs: list[list[tuple[int, float]]], width: int) -> "csr_array":
    """Return rows of length 1; an empty one stays empty."""
    lengths = [sqrt(sum(weight * weight for _, weight in row)) or 1.0 for row in pairs]
    return rows(
        [
            [(place, weight / length) for place, weight in row]
            for row, length in zip(pairs, lengths, strict=True)
        ],
        width,
    )


def _themes(index: Index, need: Understanding) -> list[tuple[int, float]]:
    index.refuse_unknown("theme", [topic.key for topic in need.themes])
    return [(index.themes[topic.key], topic.weight) for topic in need.themes]


def _cosines(pairs: list[list[tuple[int, float]]], width: int) -> list[float]:
    """Return the cosine of the first row with each other one."""
    import numpy as np

    vectors = rows(pairs, width)
    lengths = np.sqrt(vectors.multiply(vectors).sum(axis=1))
    products = vectors[1:] @ vectors[:1].toarray()[0]
    scale = lengths[1:] * lengths[0]
    cosines: list[float] = np.divide(products, scale, out=np.zeros_like(products), where=scale > 0).tolist()
    return cosines


def _shared_words(need: Understanding, other: Understanding) -> tuple[str, ...]:
    theirs = {word.stem: word.weight for word in other.words}
    found: dict[str, float] = {}
    for word in need.words:
        if word.stem in theirs:
            found[word.written] = max(found.get(word.written, 0.0), word.weight * theirs[word.stem])
    return tuple(sorted(found, key=lambda written: (-found[written], written)))


def _shared_themes(need: Understanding, other: Understanding) -> tuple[str, ...]:
    theirs = {topic.key for topic in other.themes if topic.weight >= LEAST_SHARE}
    return tuple(topic.key for topic in need.themes if topic.weight >= LEAST_SHARE and topic.key in theirs)
