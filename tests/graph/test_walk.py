"""The walk: by hand on a graph of five nodes, then against networkx."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from raccordo_graph import Department, Facts, Function, Index, Laboratory, Theme, build
from raccordo_graph.walk import ALPHA, Walk, walkable

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge, Node


@pytest.fixture(scope="module")
def tiny() -> Knowledge:
    """Themes a and b share a function f; laboratory x states a, laboratory y states b; no text says anything."""
    function = Function(letter="f", text_it="", text_en="", short_it="", short_en="")
    themes = [Theme(slug=slug, label_it="", label_en="", functions=("f",)) for slug in "ab"]
    department = Department(acronym="D", name_it="", name_en="")
    laboratories = [
        Laboratory(slug=slug, name="", department="D", themes=(theme,)) for slug, theme in ("xa", "yb")
    ]
    return build(
        Facts(
            departments=(department,),
            functions=(function,),
            themes=tuple(themes),
            laboratories=tuple(laboratories),
        )
    )


def nodes(graph: Knowledge, *families: str) -> list[Node]:
    return sorted(node for node in graph if node[0] in families)


def reached(graph: Knowledge) -> dict[tuple[Node, Node], float]:
    walk = Walk(graph)
    values = walk.reach()
    return {
        (base, laboratory): float(values[row, column])
        for row, base in enumerate(walk.bases)
        for column, laboratory in enumerate(walk.laboratories)
    }


def test_the_walk_is_what_a_person_works_out(tiny: Knowledge) -> None:
    # Shares: a -> x 2/3, a -> f 1/3; f -> a 1/2, f -> b 1/2; b -> f 1/3. With alpha 1/2 and A, F, B for the chance
    # of reaching x: A = 1/3 + F/6, F = A/4 + B/4, B = F/6, hence A = 23/66, F = 6/66, B = 1/66.
    found = reached(tiny)
    assert found[("theme", "a"), ("laboratory", "x")] == pytest.approx(23 / 66)
    assert found[("function", "f"), ("laboratory", "x")] == pytest.approx(6 / 66)
    assert found[("theme", "b"), ("laboratory", "x")] == pytest.approx(1 / 66)
    assert found[("department", "D"), ("laboratory", "x")] == pytest.approx(1 / 4)


def test_fit_divides_each_row_by_its_best(tiny: Knowledge) -> None:
    index = Index.from_graph(tiny)
    assert index.fit[index.bases["theme", "a"]].tolist() == pytest.approx([1, 1 / 23])
    assert index.fit[index.bases["function", "f"]].tolist() == [1, 1]


def test_the_way_goes_through_the_shared_function(tiny: Knowledge) -> None:
    assert Walk(tiny).way(("theme", "a"), ("laboratory", "y")) == (
        ("theme", "a"),
        ("function", "f"),
        ("theme", "b"),
        ("laboratory", "y"),
    )


def test_where_no_walk_arrives_there_is_no_way(graph: Knowledge) -> None:
    assert Walk(graph).way(("theme", "cloud"), ("laboratory", "space")) == ()


def pagerank(graph: Knowledge, start: dict[Node, float]) -> dict[Node, float]:
    """The oracle."""
    found: dict[Node, float] = nx.pagerank(
        walkable(graph), alpha=ALPHA, personalization=start, tol=1e-15, max_iter=1000
    )
    return found


@pytest.mark.parametrize("which", ["tiny", "graph", "real_index"])
def test_every_base_agrees_with_networkx(which: str, request: pytest.FixtureRequest) -> None:
    given = request.getfixturevalue(which)
    graph: Knowledge = given.graph if isinstance(given, Index) else given
    values = reached(graph)
    for base in nodes(graph, "department", "function", "sector", "theme"):
        oracle = pagerank(graph, {base: 1})
        for laboratory in nodes(graph, "laboratory"):
            assert values[base, laboratory] == pytest.approx(oracle[laboratory], abs=1e-9)


def test_the_walk_of_a_need_is_the_weighted_sum_of_its_rows(graph: Knowledge) -> None:
    start = {("theme", "frane"): 0.5, ("theme", "rifiuti"): 0.3, ("function", "b"): 0.2}
    oracle, values = pagerank(graph, start), reached(graph)
    for laboratory in nodes(graph, "laboratory"):
        summed = sum(weight * values[base, laboratory] for base, weight in start.items())
        assert summed == pytest.approx(oracle[laboratory], abs=1e-9)


def test_ways_agree_with_networkx_on_real_data(real_index: Index) -> None:
    walk = walkable(real_index.graph)
    for start, end, edge in walk.edges(data=True):
        share = edge["weight"] / walk.out_degree(start, weight="weight")
        edge["length"] = -log(ALPHA * share) if start != end else 0
    for base in nodes(walk, "theme"):
        lengths = nx.single_source_dijkstra_path_length(walk, base, weight="length")
        for laboratory in nodes(walk, "laboratory"):
            way = real_index.walk.way(base, laboratory)
            assert nx.path_weight(walk, way, "length") == pytest.approx(lengths[laboratory])


def test_nothing_is_reached_where_there_is_nothing() -> None:
    assert Walk(nx.DiGraph()).reach().shape == (0, 0)
    assert np.array_equal(Index.from_graph(build(Facts())).fit, np.zeros((0, 0)))
