"""What would change if a laboratory said something else of itself: the same index with other links of that one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from raccordo_graph.concepts import state
from raccordo_graph.index import Index, by_best
from raccordo_graph.studying import state_themes
from raccordo_graph.walk import Walk


def restated(
    index: Index,
    stated: Mapping[str, Mapping[str, float]],
    radii: Mapping[str, int | None] = MappingProxyType({}),
    themes: Mapping[str, Mapping[str, bool]] = MappingProxyType({}),
) -> Index:
    """Return the index that :func:`~raccordo_graph.knowledge.build` would give with these statements and radii.

    `stated` gives by laboratory all that it states: by concept, a weight from 0 to 1; `radii` how many kilometres a
    laboratory travels; `themes` all that it says of themes: whether it works on one. Others stay as they are. The words
    that needs are read with stay the same, so what was understood with one index can be ranked with the other. The
    given index is not changed. An unknown laboratory, concept or theme raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> other = restated(index, {"waste": {"streams": 0.8}})
    >>> other.graph.edges[("concept", "streams"), ("laboratory", "waste")]["kind"]
    'stated_by'
    >>> index.graph.has_edge(("concept", "streams"), ("laboratory", "waste"))
    False
    """
    index.refuse_unknown("laboratory", [*stated, *radii, *themes])
    index.refuse_unknown("theme", [theme for own in themes.values() for theme in own])
    index.refuse_unknown("concept", [concept for said in stated.values() for concept in said])
    graph = index.graph.copy()
    for laboratory, radius in radii.items():
        graph.nodes["laboratory", laboratory]["radius_km"] = radius
    for laboratory, said in stated.items():
        state(graph, laboratory, said)
    for laboratory, own in themes.items():
        state_themes(graph, laboratory, own)
    walk = Walk(graph)
    return replace(index, graph=graph, walk=walk, fit=by_best(walk.reach()))
