"""Who fits: a personalised PageRank from every concept, theme, function, sector and department to a laboratory.

The walker starts at a base node, takes each further step with probability `ALPHA` (else starts again), chooses
among the edges by their weights, and rests at the first laboratory it meets. Its PageRank there is

    pagerank(base, laboratory) = sum over all ways of  ALPHA ** steps * product of the shares along the way

which is linear in where the walk starts. Laboratories pass nothing on, so being well connected earns nothing, and
a row is divided by its best laboratory, so being linked to a popular base earns nothing either: the walk answers
"who fits", not "who is central". One more stated theme never lowers a laboratory: it only moves chance towards it.

Sources: L. Page et al., *The PageRank citation ranking*, 1998; T. Haveliwala, *Topic-sensitive PageRank*, 2002;
J. G. Kemeny, J. L. Snell, *Finite Markov chains*, 1960, chapter 3 (absorbing chains).
"""

from typing import TYPE_CHECKING

import networkx as nx

from raccordo_graph.arrays import DECIMALS, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from raccordo_graph.knowledge import Knowledge, Node

ALPHA = 0.5
"""Probability of one more step; low, because a laboratory of a neighbouring theme is a much weaker answer."""

BASES = ("concept", "department", "function", "sector", "theme")
"""Families of nodes that a walk may start from or pass through."""


def walkable(graph: "Knowledge") -> "Knowledge":
    """Return the part of `graph` that the walk uses, with a loop wherever the walker rests.

    :func:`networkx.pagerank` of it, with ``alpha=ALPHA, personalization={base: 1}``, is the walk from `base`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> walk = walkable(build(VALLEY))
    >>> sorted(end for _, end in walk.edges([("theme", "cloud"), ("laboratory", "waste")]))
    [('function', 'a'), ('laboratory', 'waste')]
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


class Walk:
    """The walk on a graph, from its bases to its laboratories, both in alphabetical order.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> walk = Walk(build(VALLEY))
    >>> walk.reach()[walk.bases.index(("theme", "rifiuti"))].round(3).tolist()  # only `waste` studies waste
    [0.0, 0.0, 0.0, 0.0, 0.352]
    >>> walk.way(("function", "f"), ("laboratory", "waste"))
    (('function', 'f'), ('theme', 'rifiuti'), ('laboratory', 'waste'))
    """

    def __init__(self, graph: "Knowledge") -> None:
        self.bases = sorted(node for node in graph if node[0] in BASES)
        self.laboratories = sorted(node for node in graph if node[0] == "laboratory")
        self._nodes = self.bases + self.laboratories
        self._places = {node: place for place, node in enumerate(self._nodes)}
        self._steps = _steps(graph, self.bases, self._nodes)
        self._before = self._predecessors()

    def reach(self) -> "NDArray[np.float64]":
        """Return the PageRank of each laboratory (column) for a walk from each base (row).

        With `Q` the chances of a step between bases and `R` those of a step to a laboratory, it is
        ``inverse(I - Q) @ R``: one small exact solve for all bases.
        """
        import numpy as np
        from scipy.sparse import eye_array
        from scipy.sparse.linalg import splu

        count = len(self.bases)
        among, across = self._steps[:, :count], self._steps[:, count:].toarray()
        reached: NDArray[np.float64] = across
        if count:
            reached = splu((eye_array(count) - among).tocsc(), "MMD_AT_PLUS_A").solve(across)
        return reached.round(DECIMALS)

    def way(self, base: "Node", laboratory: "Node") -> tuple["Node", ...]:
        """Return the likeliest way from `base` to `laboratory`, both included; nothing if no walk arrives."""
        before, place = self._before[self._places[base]], self._places[laboratory]
        found = [laboratory]
        while found[-1] != base:
            place = int(before[place])
            if place < 0:
                return ()
            found.append(self._nodes[place])
        return tuple(reversed(found))

    def _predecessors(self) -> "NDArray[np.int32]":
        """Return, for each base, the node before each other on the likeliest way (Dijkstra on -log chances)."""
        import numpy as np
        from scipy.sparse.csgraph import dijkstra

        if not self.bases:
            return np.zeros((0, 0), dtype=np.int32)
        lengths = self._steps.copy()
        lengths.data = -np.log(lengths.data)
        lengths.resize((len(self._nodes), len(self._nodes)))
        _, before = dijkstra(lengths, indices=range(len(self.bases)), return_predecessors=True)
        found: NDArray[np.int32] = before
        return found


def _steps(graph: "Knowledge", bases: list["Node"], nodes: list["Node"]) -> "csr_array":
    """Return the chance of each step from `bases` to `nodes`: ``ALPHA * weight / weight of all edges of the base``."""
    import numpy as np

    steps = weights(graph, nodes)[: len(bases)]
    steps.data = ALPHA * steps.data / np.repeat(steps.sum(axis=1), np.diff(steps.indptr))
    return steps
