"""The graph that everything derives from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from raccordo_graph import Facts, build
from raccordo_graph.studying import STATED, TEXT_SHARE

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge


def test_every_fact_is_a_node(graph: Knowledge) -> None:
    families = {family for family, _ in graph}
    assert families == {
        "campus", "department", "function", "laboratory", "municipality", "sector", "theme", "word"
    }  # fmt: skip


def test_every_edge_says_its_kind_and_weight(graph: Knowledge) -> None:
    assert all(edge["kind"] and 0 < edge["weight"] <= 1 + TEXT_SHARE for _, _, edge in graph.edges(data=True))


def test_each_kind_of_edge_joins_what_its_name_says(graph: Knowledge) -> None:
    kinds = {(edge["kind"], start[0], end[0]) for start, end, edge in graph.edges(data=True)}
    assert kinds == {
        ("belongs_to", "theme", "function"),
        ("belongs_to", "function", "theme"),
        ("describes", "word", "laboratory"),
        ("followed_by", "theme", "department"),
        ("houses", "department", "laboratory"),
        ("names", "word", "function"),
        ("names", "word", "theme"),
        ("near", "municipality", "campus"),
        ("pursued_by", "sector", "laboratory"),
        ("resembles", "word", "word"),
        ("stands_in", "laboratory", "campus"),
        ("studied_by", "theme", "laboratory"),
        ("within", "sector", "theme"),
        ("within", "theme", "sector"),
    }


def test_a_theme_weighs_one_for_who_states_it_and_more_for_who_also_speaks_of_it(graph: Knowledge) -> None:
    spoken = graph.edges[("theme", "strade-ponti"), ("laboratory", "bridges")]["weight"]
    silent = graph.edges[("theme", "frane"), ("laboratory", "both")]["weight"]
    assert silent == STATED < spoken < STATED + TEXT_SHARE


def test_a_laboratory_that_only_sounds_like_a_theme_is_touched_by_it(valley: Facts) -> None:
    silenced = [replace(laboratory, themes=()) for laboratory in valley.laboratories]
    edge = build(replace(valley, laboratories=tuple(silenced))).edges[
        ("theme", "strade-ponti"), ("laboratory", "bridges")
    ]
    assert edge["kind"] == "touched_by"
    assert 0 < edge["weight"] < TEXT_SHARE


def test_words_keep_the_form_that_the_text_uses(graph: Knowledge) -> None:
    assert graph.edges[("word", "pont"), ("laboratory", "bridges")]["written"] == "ponti"


def test_municipalities_reach_only_campuses_where_distance_means_something(graph: Knowledge) -> None:
    campuses = graph.adj["municipality", "097042"]
    assert {code for _, code in campuses} == {"LC", "MI"}
    assert campuses["campus", "LC"]["kilometres"] == pytest.approx(0.68, abs=0.01)


def test_no_need_is_a_node_and_no_laboratory_passes_anything_on(graph: Knowledge) -> None:
    laboratories = [node for node in graph if node[0] == "laboratory"]
    assert {end[0] for node in laboratories for end in graph.adj[node]} == {"campus"}


def test_the_order_of_the_facts_does_not_matter(valley: Facts) -> None:
    fields = ("campuses", "departments", "functions", "sectors", "themes", "laboratories", "municipalities")
    turned = Facts(**{field: tuple(reversed(getattr(valley, field))) for field in fields})
    assert repr(nx.to_dict_of_dicts(build(turned))) == repr(nx.to_dict_of_dicts(build(valley)))


def test_no_facts_make_an_empty_graph() -> None:
    assert len(build(Facts())) == 0
