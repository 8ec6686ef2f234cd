"""The links from themes to laboratories: what a card states, what its texts sound like, what the laboratory says."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from raccordo_graph.facts import Laboratory

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge, Node

STATED = 1.0
"""A theme that a laboratory states, in the walk: its own word, the strongest link."""

TEXT_SHARE = 0.5
"""What the likeness of a theme's and a laboratory's texts adds to their link, or is worth where none is stated."""

LEAST_LIKENESS = 0.05
"""Texts less alike than this (cosine) make no link of their own."""


def add_studied(
    graph: "Knowledge",
    laboratories: Iterable[Laboratory],
    cosines: "Iterable[tuple[Node, Node, float]]",
) -> None:
    """Add the links of themes to `laboratories`; `cosines` tell how alike the texts of a theme and a laboratory are.

    ===========  ===========================================  ========================================================
    kind         from, to                                     weight
    ===========  ===========================================  ========================================================
    studied_by   theme, laboratory that states it             1 + cosine of their texts / 2
    touched_by   theme, laboratory that only sounds like it   cosine of their texts / 2, from a cosine of 0.05
    ===========  ===========================================  ========================================================

    What the laboratory says itself goes before its card: a theme that it works on is stated, and of one that it does
    not work on there is no link, whatever its texts sound like.
    """
    alike: dict[Node, dict[str, float]] = {}
    for (_, theme), node, cosine in cosines:
        alike.setdefault(node, {})[theme] = cosine
    for laboratory in sorted(laboratories, key=lambda laboratory: laboratory.slug):
        node = ("laboratory", laboratory.slug)
        # Both stay on the node also where the laboratory has said otherwise, so that its word can be taken back.
        graph.nodes[node]["card_themes"] = tuple(sorted(laboratory.themes))
        graph.nodes[node]["alike_themes"] = alike.get(node, {})
        state_themes(graph, laboratory.slug, dict(laboratory.stated_themes))


def state_themes(graph: "Knowledge", laboratory: str, own: Mapping[str, bool]) -> None:
    """Give `laboratory` the links of themes that its card gives it, with what it says itself in their place."""
    node = ("laboratory", laboratory)
    card: tuple[str, ...] = graph.nodes[node]["card_themes"]
    alike: Mapping[str, float] = graph.nodes[node]["alike_themes"]
    graph.remove_edges_from([edge for edge in graph.in_edges(node) if edge[0][0] == "theme"])
    for slug in sorted({*card, *alike, *own}):
        cosine = alike.get(slug, 0.0)
        if own.get(slug, slug in card):
            graph.add_edge(("theme", slug), node, kind="studied_by", weight=STATED + TEXT_SHARE * cosine)
        elif slug not in own and cosine >= LEAST_LIKENESS:
            graph.add_edge(("theme", slug), node, kind="touched_by", weight=TEXT_SHARE * cosine)
