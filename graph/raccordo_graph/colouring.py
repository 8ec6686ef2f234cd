"""Colours for groups on a map: neighbours differ."""

from collections.abc import Sequence

import networkx as nx

from raccordo_graph.territory import Territory


def shades(territory: Territory, groups: Sequence[Sequence[str]], most: int) -> tuple[int, ...]:
    """Return a colour, 0 to `most` - 1, for every group so that groups that touch differ where `most` allows.

    Greedy by saturation (DSATUR, D. Brélaz, *New methods to color the vertices of a graph*, CACM 22, 1979).
    """
    owner = {code: place for place, members in enumerate(groups) for code in members}
    touching: nx.Graph[int] = nx.Graph()
    touching.add_nodes_from(range(len(groups)))
    touching.add_edges_from(
        (owner[one], owner[other])
        for one, other in territory.subgraph(owner).edges
        if owner[one] != owner[other]
    )
    found = nx.greedy_color(touching, strategy="saturation_largest_first")
    return tuple(found[place] % most for place in range(len(groups)))
