"""The knowledge graph as arrays, built once; every number in them is an export of the graph."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from raccordo_graph.geography import Place
from raccordo_graph.resemblance import Likeness
from raccordo_graph.walk import BASES, Paths, reach

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from raccordo_graph.knowledge import Knowledge, Node

DIGITS = 12
"""Decimals kept of a solved number, so that two processors write the same bytes."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Index:
    """What ranking reads. Rows and columns follow the sorted keys; build it with :meth:`from_graph`.

    `described` (words x laboratories), `theme_words` (words x themes) and `function_words` (words x functions)
    hold TF-IDF weights; `fit` (bases x laboratories) the walk of :mod:`raccordo_graph.walk`, each row divided by
    its largest number.
    """

    graph: "Knowledge"
    laboratories: tuple[str, ...]
    themes: tuple[str, ...]
    functions: tuple[str, ...]
    stems: tuple[str, ...]
    bases: "Mapping[Node, int]"
    column: Mapping[str, int]
    row: Mapping[str, int]
    idf: tuple[float, ...]
    likeness: Likeness
    described: "csr_array"
    theme_words: "csr_array"
    function_words: "csr_array"
    theme_functions: "NDArray[np.float64]"
    fit: "NDArray[np.float64]"
    paths: Paths

    @classmethod
    def from_graph(cls, graph: "Knowledge") -> "Index":
        """Export `graph` (see :func:`raccordo_graph.knowledge.build`); the graph must not change afterwards."""
        laboratories, themes = _keys(graph, "laboratory"), _keys(graph, "theme")
        functions, stems = _keys(graph, "function"), _keys(graph, "word")
        bases = sorted(node for node in graph if node[0] in BASES)
        ends = _nodes("laboratory", laboratories)
        words = _nodes("word", stems)
        return cls(
            graph=graph,
            laboratories=laboratories,
            themes=themes,
            functions=functions,
            stems=stems,
            bases={node: row for row, node in enumerate(bases)},
            column={slug: column for column, slug in enumerate(laboratories)},
            row={stem: row for row, stem in enumerate(stems)},
            idf=tuple(graph.nodes[word]["idf"] for word in words),
            likeness=Likeness(stems),
            described=_matrix(graph, words, ends),
            theme_words=_matrix(graph, words, _nodes("theme", themes)),
            function_words=_matrix(graph, words, _nodes("function", functions)),
            theme_functions=_matrix(graph, _nodes("theme", themes), _nodes("function", functions)).toarray(),
            fit=_by_best(reach(graph, bases, ends)),
            paths=Paths(graph, bases, ends),
        )

    def place_of(self, istat_code: str) -> Place:
        """Return where a municipality is. An unknown code raises :exc:`ValueError`."""
        node = ("municipality", istat_code)
        if node not in self.graph:
            raise ValueError(f"unknown municipality {istat_code!r}")
        place: Place = self.graph.nodes[node]["place"]
        return place


def _keys(graph: "Knowledge", family: str) -> tuple[str, ...]:
    return tuple(sorted(key for kind, key in graph if kind == family))


def _nodes(family: str, keys: tuple[str, ...]) -> "list[Node]":
    return [(family, key) for key in keys]


def _matrix(graph: "Knowledge", rows: "list[Node]", columns: "list[Node]") -> "csr_array":
    """Return the edge weights from `rows` to `columns` as a sparse array."""
    from scipy.sparse import csr_array

    if not rows or not columns:
        return csr_array((len(rows), len(columns)))
    exported: Any = nx.bipartite.biadjacency_matrix(graph, rows, columns, format="csr")
    exported.sort_indices()
    return exported


def _by_best(reached: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    best = reached.max(axis=1, initial=0, keepdims=True)
    shares: NDArray[np.float64] = np.divide(reached, best, out=np.zeros_like(reached), where=best > 0)
    return shares.round(DIGITS)
