"""Which concepts of the lexicon a text says, with the words that say them; typing errors included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from raccordo_graph.index import Index
from raccordo_graph.text import Word, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MISSPELT = 0.3
"""The least resemblance at which an unknown word stands for terms of the lexicon: two grams in three in common."""

MOST_MISSPELT = 3
"""Terms that an unknown word stands for."""

UNHEARD = 3.0
"""The loudness that is worth as much as none: less than one telling word."""


@dataclass(frozen=True, eq=False, slots=True)
class Hearing:
    """What a text says: how loud each concept of the index is, its share, its telling words, and the terms said.

    ``share = loudness**2 / (UNHEARD**2 + sum of all squares)``: concepts said by several words stand out.
    """

    loudness: "NDArray[np.float64]"
    shares: "NDArray[np.float64]"
    words: Mapping[int, tuple[str, ...]]
    terms: tuple[tuple[str, float], ...]


def hear(index: Index, said: Mapping[Word, float]) -> Hearing:
    """Return what the words of a text say; `said` gives how often each is said.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.text import words
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> found = hear(index, dict.fromkeys(words("Il torente"), 1.0))
    >>> [(list(index.concepts.keys)[row], told) for row, told in found.words.items()]
    [('streams', ('torente',))]
    """
    import numpy as np

    loudness = np.zeros(len(index.concepts.keys))
    told: dict[int, dict[str, float]] = {}
    found = _terms(index, said)
    for row, (times, written) in found.items():
        start, end = index.concepts.means.indptr[row : row + 2]
        columns, weights = index.concepts.means.indices[start:end], index.concepts.means.data[start:end]
        loudness[columns] += times * weights
        for column, weight in zip(columns.tolist(), (times * weights).tolist(), strict=True):
            heard = told.setdefault(column, {})
            heard[written] = max(heard.get(written, 0.0), weight)
    squares = loudness**2
    shares = squares / (UNHEARD**2 + squares.sum())
    keys = list(index.concepts.terms)
    terms = tuple((keys[row], found[row][0]) for row in sorted(found))
    return Hearing(loudness, shares, {row: _loudest(told[row]) for row in told}, terms)


def _terms(index: Index, said: Mapping[Word, float]) -> dict[int, tuple[float, str]]:
    """Return, by row of the lexicon, how much of it is said and how it is written first."""
    found: dict[int, tuple[float, str]] = {}
    stems = _stems(index, said)
    stand_ins = _stand_ins(index, list(stems))
    for key, (times, written) in stems.items():
        for row, share in stand_ins[key]:
            much, first = found.get(row, (0.0, written))
            found[row] = (much + share * log2(1 + times), first)
    return found


def _stems(index: Index, said: Mapping[Word, float]) -> dict[str, tuple[float, str]]:
    """Return how often each stem is said, Italian before English as the lexicon knows it, and how it is written."""
    counts: dict[str, tuple[float, str]] = {}
    for word, times in said.items():
        italian, english = stem(word.folded, "it"), stem(word.folded, "en")
        key = english if english in index.concepts.terms and italian not in index.concepts.terms else italian
        before, written = counts.get(key, (0.0, word.written))
        counts[key] = (before + times, written)
    return counts


def _stand_ins(index: Index, stems: Sequence[str]) -> dict[str, list[tuple[int, float]]]:
    """Return the rows of the lexicon that each of `stems` stands for, with their shares (1 at most, together)."""
    terms = index.concepts.terms
    unknown = [key for key in stems if key not in terms]
    found = {key: [(terms[key], 1.0)] for key in stems if key in terms}
    for key, alike in zip(unknown, index.concepts.alike.of(unknown), strict=True):
        near = sorted((-weight, other) for other, weight in alike if weight >= MISSPELT)[:MOST_MISSPELT]
        whole = max(1.0, -sum(weight for weight, _ in near))
        found[key] = [(terms[other], -weight / whole) for weight, other in near]
    return found


def _loudest(told: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(told, key=lambda written: (-told[written], written)))
