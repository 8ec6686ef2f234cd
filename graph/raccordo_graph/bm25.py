"""Okapi BM25: how well a document answers a text, as a share of how well the text would answer itself."""

from math import log
from typing import TYPE_CHECKING, Any

from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1 = 1.2
"""How soon saying a term again stops to count; the usual value."""

B = 0.75
"""How much a long document is held against itself; the usual value."""


def idf(documents: int, holders: Any) -> Any:
    """Return ``ln(1 + (documents - holders + 1/2) / (holders + 1/2))``; a number or an array.

    >>> round(float(idf(3, 1)), 3)
    0.981
    """
    import numpy as np

    return np.log1p((documents - holders + 0.5) / (holders + 0.5))


def said(count: Any, length: Any, usual: float) -> Any:
    """Return what saying a term `count` times is worth in a document of `length` terms, where `usual` is usual.

    ``count * (K1 + 1) / (count + K1 * (1 - B + B * length / usual))``

    >>> said(1, 10, 10), round(said(3, 10, 10), 3)
    (1.0, 1.571)
    """
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / usual))


def bm25(shelf: Shelf, asked: Asked) -> "NDArray[np.float64]":
    """Return, for every text and document, the BM25 of the document over that of the text itself: 0 to 1 or so.

    The sum over the terms that both use of ``idf * said``. Dividing makes texts comparable with each other, and terms
    that no document uses count against the text. Source: S. Robertson, H. Zaragoza, *The probabilistic relevance
    framework: BM25 and beyond*, 2009.

    >>> from raccordo_graph.publications import Document, Profile, Terms, archive
    >>> documents = (Document(key="a", title="Bridges vibrate"), Document(key="b", title="Waste"))
    >>> shelf = Shelf.of(archive([Profile(key="lab", documents=documents)]))
    >>> bm25(shelf, shelf.read([Terms.of("Bridges vibrate")])).round(3).tolist()
    [[1.0, 0.0]]
    """
    import numpy as np

    idfs = idf(len(shelf.documents), np.array(shelf.holders, dtype=float))
    lengths = shelf.counts.sum(axis=1)
    usual = float(lengths.mean()) if len(lengths) else 1.0
    answers, itself = _worth(shelf.counts, lengths, usual), asked.counts.copy()
    wanted = asked.counts.copy()
    wanted.data = idfs[wanted.indices]
    strangers = np.array([sum(counts) for counts in asked.strangers], dtype=float)
    lengths = asked.counts.sum(axis=1) + strangers
    itself = _worth(asked.counts, lengths, usual)
    strange = log(1 + (len(shelf.documents) + 0.5) / 0.5)
    whole = wanted.multiply(itself).sum(axis=1) + [
        strange * sum(said(count, length, usual) for count in counts)
        for counts, length in zip(asked.strangers, lengths, strict=True)
    ]
    found: NDArray[np.float64] = (wanted @ answers.T).toarray()
    shares: NDArray[np.float64] = found / np.where(whole > 0, whole, 1.0)[:, None]
    return shares


def _worth(counts: Any, lengths: Any, usual: float) -> Any:
    import numpy as np

    worth = counts.copy()
    worth.data = said(worth.data, np.repeat(lengths, np.diff(worth.indptr)), usual)
    return worth
