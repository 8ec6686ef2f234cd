"""Who fits a text, by a walk over what was written: from its terms to publications, to whoever wrote them, and on.

The walker starts at a term of the text, takes each further step with probability `ALPHA` (else starts again) and
chooses among the edges by ``weight / degree ** EXPONENT`` of where they lead. Without that division it drifts to the
commonest terms and the longest lists of publications, and answers "who is central". Sources: T. Haveliwala,
*Topic-sensitive PageRank*, 2002; A. Fronczak, P. Fronczak, *Biased random walks in complex networks*, 2009.
"""

from typing import TYPE_CHECKING, Any

import networkx as nx

from raccordo_graph.arrays import DECIMALS
from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from raccordo_graph.knowledge import Knowledge, Node
    from raccordo_graph.publications import Archive

ALPHA = 0.85
"""Probability of one more step; the usual value."""

EXPONENT = 0.75
"""How much being well connected counts against a node: measured, see docs/matching.md, and no setting."""


def walkable(graph: "Archive", exponent: float = EXPONENT) -> "Knowledge":
    """Return the walk on `graph` as :func:`networkx.pagerank` takes it, with ``alpha=ALPHA``: the model and oracle.

    >>> from raccordo_graph.publications import Publication, Profile, archive
    >>> publication = Publication(key="d1", title="Bridges")
    >>> walk = walkable(archive([Profile(key="lab", publications=(publication,))]))
    >>> round(walk.edges[("term", "bridg"), ("publication", "d1")]["weight"], 3)  # 1 / 2 ** 0.75
    0.595
    """
    degrees = dict(graph.degree(weight="weight"))
    walk: Knowledge = nx.DiGraph()
    for one, other, edge in graph.edges(data=True):
        for start, end in ((one, other), (other, one)):
            walk.add_edge(start, end, weight=edge["weight"] / degrees[end] ** exponent)
    return walk


def start(shelf: Shelf, asked: Asked, row: int) -> "dict[Node, float]":
    """Return where the walk of one text starts: its known terms, by weight."""
    text = asked.weights[[row]]
    return {
        ("term", shelf.terms[place]): float(weight)
        for place, weight in zip(text.indices, text.data, strict=True)
    }


def reach(shelf: Shelf, exponent: float = EXPONENT) -> "NDArray[np.float64]":
    """Return the PageRank of every profile (column) for a walk from every term (row).

    It is linear in where the walk starts, so it is solved once for all texts. Terms and profiles are joined through
    publications alone: with `T` the steps from publications to terms and back, and `P` those to profiles and back, what a
    walk from a publication brings to the profiles is ``inverse(I - ALPHA**2 (T + P)) ALPHA (1 - ALPHA) P'``, as many
    equations as there are publications.
    """
    import numpy as np

    to_term, to_profile, from_term, from_profile = _steps(shelf, exponent)
    around = (to_term @ from_term + to_profile @ from_profile).toarray()
    count = len(shelf.publications)
    brought = np.linalg.solve(np.eye(count) - ALPHA**2 * around, ALPHA * (1 - ALPHA) * to_profile.toarray())
    found: NDArray[np.float64] = (ALPHA * (from_term @ brought)).round(DECIMALS)
    return found


def walked(asked: Asked, reached: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return, for every text, the PageRank of every profile; a start at a term that nobody uses arrives nowhere.

    A text's own length stands for what such terms take away, as in TF-IDF.
    """
    import numpy as np

    weights = asked.weights
    known = weights.sum(axis=1)
    whole = np.where(known > 0, known, 1.0)
    share = np.sqrt(weights.multiply(weights).sum(axis=1))
    found: NDArray[np.float64] = (weights @ reached) * (share / whole)[:, None]
    return found


def _steps(shelf: Shelf, exponent: float) -> tuple[Any, Any, Any, Any]:
    """Return the chances of each step: publication to term, publication to profile, term and profile to publication."""
    import numpy as np

    weights, owned = shelf.weights, shelf.owned
    by_term, by_profile = weights.sum(axis=0), owned.sum(axis=0)
    by_publication = weights.sum(axis=1) + owned.sum(axis=1)
    out_terms, out_profiles = _damped(weights, by_term, exponent), _damped(owned, by_profile, exponent)
    whole = out_terms.sum(axis=1) + out_profiles.sum(axis=1)
    for out in (out_terms, out_profiles):
        out.data = out.data / np.repeat(whole, np.diff(out.indptr))
    back = [_damped(block.T.tocsr(), by_publication, exponent) for block in (weights, owned)]
    for out in back:
        out.data = out.data / np.repeat(out.sum(axis=1), np.diff(out.indptr))
    return out_terms, out_profiles, back[0], back[1]


def _damped(block: Any, degrees: Any, exponent: float) -> Any:
    damped = block.copy()
    damped.data = damped.data / degrees[damped.indices] ** exponent
    return damped
