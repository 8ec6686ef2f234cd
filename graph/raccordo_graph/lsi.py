"""Latent semantic indexing: texts that share no word are alike when their words are used in the same documents."""

from typing import TYPE_CHECKING, Any

from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 300
"""Directions that are kept, of as many as there are documents; the usual number for abstracts."""

LEAST_SHARE = 1e-9
"""Directions that explain less than this share of the first are rounding errors."""


def directions(shelf: Shelf, dimensions: int = DIMENSIONS) -> "NDArray[np.float64]":
    """Return the main directions of the documents, as columns by term.

    They are the right singular vectors of documents x terms, found through the products of the documents with each
    other, whose eigenvectors are the left ones: exact, without a random start. Source: S. Deerwester et al.,
    *Indexing by latent semantic analysis*, 1990.
    """
    import numpy as np
    from scipy.linalg import eigh

    count = len(shelf.documents)
    if not count:
        return np.zeros((0, 0))
    products = (shelf.weights @ shelf.weights.T).toarray()
    squares, left = eigh(products, subset_by_index=[max(0, count - dimensions), count - 1])
    kept = squares > LEAST_SHARE * squares[-1]
    found: NDArray[np.float64] = (shelf.weights.T @ left[:, kept]) / np.sqrt(squares[kept])
    return found


def lsi(shelf: Shelf, asked: Asked, main: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return, for every text and document, the cosine of both in the `main` directions.

    >>> from raccordo_graph.publications import Document, Profile, Terms, archive
    >>> titles = {"a": "bridge girder", "b": "girder vibration", "c": "waste"}
    >>> documents = tuple(Document(key=key, title=title) for key, title in titles.items())
    >>> shelf = Shelf.of(archive([Profile(key="lab", documents=documents)]))
    >>> asked = shelf.read([Terms.of("bridge")])
    >>> lsi(shelf, asked, directions(shelf, 2)).round(2).tolist()  # b has the girders of a, and no bridge
    [[1.0, 1.0, 0.0]]
    """
    texts, documents = _placed(asked.weights, main), _placed(shelf.weights, main)
    found: NDArray[np.float64] = texts @ documents.T
    return found


def _placed(weights: Any, main: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return each row in the `main` directions, of length 1, or 0 where nothing of it is left."""
    import numpy as np

    placed = weights @ main
    lengths = np.sqrt((placed * placed).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float64] = np.divide(placed, lengths, out=np.zeros_like(placed), where=lengths > 0)
    return scaled
