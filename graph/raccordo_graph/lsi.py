"""Latent semantic indexing: texts that share no word are alike when their words are used in the same publications."""

from typing import TYPE_CHECKING, Any

from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 300
"""Directions that are kept, of as many as there are publications; the usual number for abstracts."""

LEAST_SHARE = 1e-9
"""Directions that explain less than this share of the first are rounding errors."""


def directions(shelf: Shelf, dimensions: int = DIMENSIONS) -> "NDArray[np.float64]":
    """Return the main directions of the publications, as columns by term.

    They are the right singular vectors of publications x terms, found through the products of the publications with each
    other, whose eigenvectors are the left ones: exact, without a random start. Source: S. Deerwester et al.,
    *Indexing by latent semantic analysis*, 1990.
    """
    import numpy as np

    count = len(shelf.publications)
    if not count:
        return np.zeros((0, 0))
    products = (shelf.weights @ shelf.weights.T).toarray()
    squares, left = np.linalg.eigh(products)  # from the least to the greatest
    kept = (squares > LEAST_SHARE * squares[-1]) & (np.arange(count) >= count - dimensions)
    found: NDArray[np.float64] = (shelf.weights.T @ left[:, kept]) / np.sqrt(squares[kept])
    return found


class Lsi:
    """The publications of a shelf in their main directions, ready to be compared with texts.

    >>> from raccordo_graph.publications import Publication, Profile, Terms, archive
    >>> titles = {"a": "bridge girder", "b": "girder vibration", "c": "waste"}
    >>> publications = tuple(Publication(key=key, title=title) for key, title in titles.items())
    >>> shelf = Shelf.of(archive([Profile(key="lab", publications=publications)]))
    >>> asked = shelf.read([Terms.of("bridge")])
    >>> Lsi(shelf, dimensions=2).of(asked).round(2).tolist()  # b has the girders of a, and no bridge
    [[1.0, 1.0, 0.0]]
    """

    def __init__(self, shelf: Shelf, dimensions: int = DIMENSIONS) -> None:
        self._main = directions(shelf, dimensions)
        self._publications = _placed(shelf.weights, self._main)

    def of(self, asked: Asked) -> "NDArray[np.float64]":
        """Return the cosine, in those directions, of every text (row) and publication (column), 0 if below."""
        import numpy as np

        found: NDArray[np.float64] = _placed(asked.weights, self._main) @ self._publications.T
        return np.maximum(found, 0.0)


def _placed(weights: Any, main: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return each row in the `main` directions, of length 1, or 0 where nothing of it is left."""
    import numpy as np

    placed = weights @ main
    lengths = np.sqrt((placed * placed).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float64] = np.divide(placed, lengths, out=np.zeros_like(placed), where=lengths > 0)
    return scaled
