"""One inspectable graph of all that is known; every ranking derives from it and from nothing else.

Nodes are pairs ``(family, key)``: ``("laboratory", "lia")``, ``("theme", "rifiuti")``, ``("word", "pont")``.
Every edge carries a `kind` and a `weight`, so that anyone can ask the graph why:

>>> from raccordo_graph.facts import Department, Facts, Laboratory, Theme
>>> facts = Facts(
...     departments=(Department(acronym="DICA", name_it="Ingegneria civile", name_en="Civil engineering"),),
...     themes=(Theme(slug="ponti", label_it="Ponti", label_en="Bridges"),),
...     laboratories=(Laboratory(slug="lab", name="Prove", department="DICA", themes=("ponti",)),),
... )
>>> graph = build(facts)
>>> graph.edges[("theme", "ponti"), ("laboratory", "lab")]
{'kind': 'studied_by', 'weight': 1.0}

An open need is not a node: it is a query (see :mod:`raccordo_graph.understanding`), so needs cannot influence
each other.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from raccordo_graph.facts import Facts
from raccordo_graph.geography import Place, closeness, kilometres
from raccordo_graph.resemblance import pairs
from raccordo_graph.vocabulary import Vocabulary

Node: TypeAlias = tuple[str, str]
if TYPE_CHECKING:
    Knowledge: TypeAlias = nx.DiGraph[Node]

EDGE_WEIGHTS = {
    "studied_by": 1.0,  # theme -> laboratory: the laboratory's own statement, the strongest link
    "belongs_to": 0.5,  # theme <-> function, both ways
    "within": 0.2,  # theme <-> sector, both ways
    "followed_by": 0.2,  # theme -> department
    "houses": 0.2,  # department -> laboratory
    "pursued_by": 0.2,  # sector -> laboratory
}
"""What one link of each kind weighs in the walk over themes, before each node shares itself out."""


def build(facts: Facts) -> "Knowledge":
    """Return the knowledge graph of `facts`, the same graph for the same facts in any order.

    Texts become word nodes joined by TF-IDF weights (:mod:`raccordo_graph.vocabulary`); words that look alike
    are joined by their resemblance; municipalities reach campuses by closeness; the rest is `EDGE_WEIGHTS`.
    """
    graph: Knowledge = nx.DiGraph()
    _add_places(graph, facts)
    _add_concepts(graph, facts)
    _add_laboratories(graph, facts)
    _add_words(graph, facts)
    return graph


def _link(graph: "Knowledge", kind: str, start: Node, ends: Iterable[Node], *, back: bool = False) -> None:
    for end in sorted(ends):
        graph.add_edge(start, end, kind=kind, weight=EDGE_WEIGHTS[kind])
        if back:
            graph.add_edge(end, start, kind=kind, weight=EDGE_WEIGHTS[kind])


def _add_places(graph: "Knowledge", facts: Facts) -> None:
    reachable = []
    for campus in sorted(facts.campuses, key=lambda campus: campus.code):
        place = Place(latitude=campus.latitude, longitude=campus.longitude)
        graph.add_node(
            ("campus", campus.code), name=campus.name or campus.code, place=place, reachable=campus.reachable
        )
        if campus.reachable:
            reachable.append((campus.code, place))
    for municipality in sorted(facts.municipalities, key=lambda municipality: municipality.istat_code):
        here = Place(latitude=municipality.latitude, longitude=municipality.longitude)
        node = ("municipality", municipality.istat_code)
        graph.add_node(node, place=here)
        for code, there in reachable:
            km = kilometres(here, there)
            graph.add_edge(node, ("campus", code), kind="near", kilometres=km, weight=closeness(km))


def _add_concepts(graph: "Knowledge", facts: Facts) -> None:
    for department in sorted(facts.departments, key=lambda department: department.acronym):
        graph.add_node(
            ("department", department.acronym), label_it=department.name_it, label_en=department.name_en
        )
    for function in sorted(facts.functions, key=lambda function: function.letter):
        graph.add_node(("function", function.letter), label_it=function.short_it, label_en=function.short_en)
    for sector in sorted(facts.sectors, key=lambda sector: sector.slug):
        graph.add_node(("sector", sector.slug), label_it=sector.label_it, label_en=sector.label_en)
    for theme in sorted(facts.themes, key=lambda theme: theme.slug):
        node = ("theme", theme.slug)
        graph.add_node(node, label_it=theme.label_it, label_en=theme.label_en)
        _link(graph, "belongs_to", node, (("function", letter) for letter in theme.functions), back=True)
        _link(graph, "within", node, (("sector", slug) for slug in theme.sectors), back=True)
        _link(graph, "followed_by", node, (("department", acronym) for acronym in theme.departments))


def _add_laboratories(graph: "Knowledge", facts: Facts) -> None:
    for laboratory in sorted(facts.laboratories, key=lambda laboratory: laboratory.slug):
        node = ("laboratory", laboratory.slug)
        graph.add_node(
            node, label_it=laboratory.name, label_en=laboratory.name, free_places=laboratory.free_places
        )
        _link(graph, "houses", ("department", laboratory.department), [node])
        for theme in laboratory.themes:
            _link(graph, "studied_by", ("theme", theme), [node])
        for sector in laboratory.sectors:
            _link(graph, "pursued_by", ("sector", sector), [node])
        if laboratory.campus is not None:
            graph.add_edge(node, ("campus", laboratory.campus), kind="stands_in", weight=1.0)


def _add_words(graph: "Knowledge", facts: Facts) -> None:
    vocabulary = Vocabulary.of(facts)
    for stem, idf in vocabulary.idf.items():
        graph.add_node(("word", stem), idf=idf)
    for node, entries in vocabulary.entries.items():
        kind = "describes" if node[0] == "laboratory" else "names"
        for entry in entries:
            graph.add_edge(("word", entry.stem), node, kind=kind, weight=entry.weight, written=entry.written)
    for one, other, weight in pairs(tuple(vocabulary.idf)):
        graph.add_edge(("word", one), ("word", other), kind="resembles", weight=weight)
        graph.add_edge(("word", other), ("word", one), kind="resembles", weight=weight)
