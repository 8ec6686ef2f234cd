"""What would change if a laboratory said something else of itself: the same index with other links of that one."""

from collections.abc import Mapping
from dataclasses import replace

from raccordo_graph.concepts import state
from raccordo_graph.index import Index, by_best
from raccordo_graph.walk import Walk


def restated(index: Index, laboratory: str, stated: Mapping[str, float]) -> Index:
    """Return the index that :func:`~raccordo_graph.knowledge.build` would give with these statements of `laboratory`.

    `stated` gives, by concept, a weight from 0 to 1 and stands for all that the laboratory states. The words that
    needs are read with stay the same, so what was understood with one index can be ranked with the other. The given
    index is not changed. An unknown laboratory or concept raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> other = restated(index, "waste", {"streams": 0.8})
    >>> other.graph.edges[("concept", "streams"), ("laboratory", "waste")]["kind"]
    'stated_by'
    >>> index.graph.has_edge(("concept", "streams"), ("laboratory", "waste"))
    False
    """
    index.refuse_unknown("laboratory", [laboratory])
    index.refuse_unknown("concept", list(stated))
    graph = index.graph.copy()
    state(graph, laboratory, stated)
    walk = Walk(graph)
    return replace(index, graph=graph, walk=walk, fit=by_best(walk.reach()))
