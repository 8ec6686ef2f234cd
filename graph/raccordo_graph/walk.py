"""Who fits: a personalised PageRank from every theme, function, sector and department to every laboratory.

The walker starts at a base node, follows an edge with probability `ALPHA` (else starts again) in proportion to
the edge weights, and rests at the first laboratory it meets. Its PageRank at a laboratory is therefore

    pagerank(base, laboratory) = sum over paths of  ALPHA ** steps * product of the shares along the path

which is linear in where the walk starts. Laboratories pass nothing on, so being well connected earns nothing;
dividing by the best laboratory of each base removes how popular the *base* is: one answers "who fits", not "who
is central". Source: L. Page et al., *The PageRank citation ranking*, 1998; T. Haveliwala, *Topic-sensitive
PageRank*, 2002; J. G. Kemeny, J. L. Snell, *Finite Markov chains*, 1960, chapter 3 (absorbing chains).
"""

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from raccordo_graph.knowledge import Knowledge, Node

ALPHA = 0.5
"""Probability of one more step; low, because a laboratory of a neighbouring theme is a much weaker answer."""

BASES = ("department", "function", "sector", "theme")
"""Families of nodes that a walk may start from or pass through."""


def walkable(graph: "Knowledge") -> "Knowledge":
    """Return the part of `graph` that the walk uses, with a loop wherever the walker rests.

    This is the graph to give to :func:`networkx.pagerank` (``alpha=ALPHA, personalization={base: 1}``) to check
    :func:`reach`.
    """
    nodes = sorted(node for node in graph if node[0] in (*BASES, "laboratory"))
    walk: Knowledge = nx.DiGraph()
    walk.add_nodes_from(nodes)
    for node in nodes:
        ends = [] if node[0] == "laboratory" else sorted(end for end in graph.adj[node] if end in walk)
        walk.add_edges_from((node, end, {"weight": graph.edges[node, end]["weight"]}) for end in ends)
        if not ends:
            walk.add_edge(node, node, weight=1.0)
    return walk


def reach(graph: "Knowledge", bases: list["Node"], laboratories: list["Node"]) -> "NDArray[np.float64]":
    """Return the PageRank of each laboratory (column) for a walk started at each base (row).

    `bases` must hold every base of the graph: the walk may pass through any. With `Q` the shares among bases and
    `R` those from bases to laboratories, it is ``inverse(I - ALPHA * Q) @ (ALPHA * R)``: one small exact solve.
    """
    import numpy as np

    if not bases or not laboratories:
        return np.zeros((len(bases), len(laboratories)))
    weights = nx.to_scipy_sparse_array(walkable(graph), nodelist=bases + laboratories, format="csr")
    shares = weights[: len(bases)]
    totals = shares.sum(axis=1)
    scale = np.divide(ALPHA, totals, out=np.zeros_like(totals), where=totals > 0)
    steps = shares.multiply(scale[:, None]).tocsr()
    among = steps[:, : len(bases)].toarray()
    across = steps[:, len(bases) :].toarray()
    found: NDArray[np.float64] = np.linalg.solve(np.eye(len(bases)) - among, across)
    return found


class Paths:
    """The likeliest way of the walk from any base to any laboratory, for the reasons."""

    def __init__(self, graph: "Knowledge", bases: list["Node"], laboratories: list["Node"]) -> None:
        self._nodes = bases + laboratories
        self._places = {node: place for place, node in enumerate(self._nodes)}
        self._before = _predecessors(graph, self._nodes, len(bases))

    def path(self, base: "Node", laboratory: "Node") -> tuple["Node", ...]:
        """Return the nodes from `base` to `laboratory`, both included; nothing if no walk arrives."""
        before, place = self._before[self._places[base]], self._places[laboratory]
        found = [self._nodes[place]]
        while found[-1] != base:
            place = int(before[place])
            if place < 0:
                return ()
            found.append(self._nodes[place])
        return tuple(reversed(found))


def _predecessors(graph: "Knowledge", nodes: list["Node"], bases: int) -> "NDArray[np.int32]":
    """Return, for each base, the node before each other one on the likeliest path (Dijkstra on -log shares)."""
    import numpy as np
    from scipy.sparse.csgraph import dijkstra

    if not bases:
        return np.zeros((0, len(nodes)), dtype=np.int32)
    steps = nx.to_scipy_sparse_array(walkable(graph), nodelist=nodes, format="csr")
    totals = steps.sum(axis=1)
    steps.data = -np.log(ALPHA * steps.data / np.repeat(totals, np.diff(steps.indptr)))
    _, before = dijkstra(steps, indices=range(bases), return_predecessors=True)
    found: NDArray[np.int32] = before
    return found
