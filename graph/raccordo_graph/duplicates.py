"""Whether two texts about one thing tell the same need, in the same words or in others.

The preview of a need asks it as a question; docs/matching.md says how often it is wrong.
"""

from typing import TYPE_CHECKING

from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME = 0.3
"""From this agreement on, two texts may tell the same need: among different needs one pair in seventeen reaches it."""

LEAST_IN_COMMON = 3
"""Stems of the lexicon that a text must share with one that says more, to be the same need told in short."""


def agreement(index: Index, one: Understanding, other: Understanding) -> float:
    """Return how far what two texts say in *different* words is the same thing, 0 to 1.

    Words in common prove little: "il ponte va ridipinto" and "il ponte trema" share their object and are two needs.
    So the stems in common are left out, and what the rest says is compared: half the cosine of its concepts, half that
    of their themes, the loudness of every concept squared so that what is said in passing does not count. Two texts of the same stems agree wholly; so does a text that says nothing of its own, once it shares
    `LEAST_IN_COMMON` stems with the other. Where the lexicon knows nothing the agreement is 0.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> stream, rain, walk = (understand(index, text) for text in ("torrente", "pioggia", "passerella"))
    >>> agreement(index, stream, rain), agreement(index, stream, walk)
    (1.0, 0.0)
    """
    mine, theirs = dict(one.terms), dict(other.terms)
    if not mine or not theirs:
        return 0.0
    common = mine.keys() & theirs.keys()
    if common in (mine.keys(), theirs.keys()):
        return float(mine.keys() == theirs.keys() or len(common) >= LEAST_IN_COMMON)
    loud, louder = (
        _loudness(index, {key: times for key, times in said.items() if key not in common}) ** 2
        for said in (mine, theirs)
    )
    near = index.concepts.themes
    return (_cosine(loud, louder) + _cosine(loud @ near, louder @ near)) / 2


def same(index: Index, one: Understanding, other: Understanding) -> bool:
    """Return whether two texts about one thing tell the same need; where it is, is for the caller to compare."""
    return agreement(index, one, other) >= SAME


def _loudness(index: Index, terms: dict[str, float]) -> "NDArray[np.float64]":
    import numpy as np

    loudness = np.zeros(len(index.concepts.keys))
    means = index.concepts.means
    for key, times in terms.items():
        if key in index.concepts.terms:
            start, end = means.indptr[index.concepts.terms[key] : index.concepts.terms[key] + 2]
            loudness[means.indices[start:end]] += times * means.data[start:end]
    return loudness


def _cosine(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> float:
    lengths = float((one @ one) ** 0.5 * (other @ other) ** 0.5)
    return round(float(one @ other) / lengths, 12) if lengths else 0.0
