"""Okapi BM25: how well a publication answers a text, as a share of how well the text would answer itself."""

from typing import TYPE_CHECKING, Any

from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1 = 1.2
"""How soon saying a term again stops to count; the usual value."""

B = 0.75
"""How much a long publication is held against itself; the usual value."""


def idf(publications: int, holders: Any) -> Any:
    """Return ``ln(1 + (publications - holders + 1/2) / (holders + 1/2))``; a number or an array.

    >>> round(float(idf(3, 1)), 3)
    0.981
    """
    import numpy as np

    return np.log1p((publications - holders + 0.5) / (holders + 0.5))


def said(count: Any, length: Any, usual: float) -> Any:
    """Return what saying a term `count` times is worth in a publication of `length` terms, where `usual` is usual.

    ``count * (K1 + 1) / (count + K1 * (1 - B + B * length / usual))``

    >>> said(1, 10, 10), round(said(3, 10, 10), 3)
    (1.0, 1.571)
    """
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / usual))


class Bm25:
    """The publications of a shelf, ready to answer texts.

    The sum over the terms that both use of ``idf * said``, divided by what the text itself would reach, which makes
    texts comparable with each other; terms that no publication uses count against the text. Source: S. Robertson,
    H. Zaragoza, *The probabilistic relevance framework: BM25 and beyond*, 2009.

    >>> from raccordo_graph.publications import Publication, Profile, Terms, archive
    >>> publications = (Publication(key="a", title="Bridges vibrate"), Publication(key="b", title="Waste"))
    >>> shelf = Shelf.of(archive([Profile(key="lab", publications=publications)]))
    >>> Bm25(shelf).of(shelf.read([Terms.of("Waste"), Terms.of("Bridges of plastic")])).round(2).tolist()
    [[0.0, 1.0], [0.28, 0.0]]
    """

    def __init__(self, shelf: Shelf) -> None:
        import numpy as np

        count = len(shelf.publications)
        lengths = shelf.counts.sum(axis=1)
        self._usual = float(lengths.mean()) if count else 1.0
        self._idf = idf(count, np.array(shelf.holders, dtype=float))
        self._rarest = float(idf(count, 0))
        self._answers = _worth(shelf.counts, lengths, self._usual).T.tocsr()

    def of(self, asked: Asked) -> "NDArray[np.float64]":
        """Return the share that every publication (column) reaches of what every text (row) reaches itself."""
        import numpy as np

        wanted = asked.counts.copy()
        wanted.data = self._idf[wanted.indices]
        lengths = asked.counts.sum(axis=1) + [sum(counts) for counts in asked.strangers]
        itself = wanted.multiply(_worth(asked.counts, lengths, self._usual)).sum(axis=1)
        whole = itself + [
            self._rarest * sum(said(count, length, self._usual) for count in counts)
            for counts, length in zip(asked.strangers, lengths, strict=True)
        ]
        found: NDArray[np.float64] = (wanted @ self._answers).toarray() / np.where(whole > 0, whole, 1)[
            :, None
        ]
        return found


def _worth(counts: Any, lengths: Any, usual: float) -> Any:
    """Return `counts` as what saying a term so often is worth."""
    import numpy as np

    worth = counts.copy()
    worth.data = said(worth.data, np.repeat(lengths, np.diff(worth.indptr)), usual)
    return worth
