"""What all arrays share: how they are made from plain pairs, and how far their numbers are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

DECIMALS = 12
"""Kept of every solved or multiplied number, so that two processors write the same bytes."""


def rows(pairs: Sequence[Sequence[tuple[int, float]]], width: int) -> "csr_array":
    """Return a sparse array of `width` columns with one row for each sequence of (column, number) pairs.

    >>> rows([[(2, 0.5)], []], 3).toarray().tolist()
    [[0.0, 0.0, 0.5], [0.0, 0.0, 0.0]]
    """
    import numpy as np
    from scipy.sparse import csr_array

    flat = [pair for row in pairs for pair in row]
    columns = np.array([column for column, _ in flat], dtype=int)
    numbers = np.array([number for _, number in flat], dtype=float)
    return csr_array((numbers, columns, np.cumsum([0, *map(len, pairs)])), shape=(len(pairs), width))


def weights(graph: "nx.DiGraph[tuple[str, str]]", nodes: Sequence[tuple[str, str]]) -> "csr_array":
    """Return the weight of the edge from each of `nodes` (row) to each other (column).

    What :func:`networkx.to_scipy_sparse_array` returns, without its view of the part of the graph that is meant,
    which costs five times as much here.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_edge(("word", "pont"), ("theme", "ponti"), weight=0.5)
    >>> weights(graph, [("theme", "ponti"), ("word", "pont")]).toarray().tolist()
    [[0.0, 0.0], [0.5, 0.0]]
    """
    places = {node: place for place, node in enumerate(nodes)}
    return rows(
        [
            sorted((places[end], edge["weight"]) for end, edge in graph.adj[node].items() if end in places)
            for node in nodes
        ],
        len(nodes),
    )
