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

from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from raccordo_graph.concepts import add_concepts
from raccordo_graph.facts import Facts
from raccordo_graph.geography import Place, closeness, kilometres
from raccordo_graph.resemblance import among
from raccordo_graph.studying import add_studied
from raccordo_graph.vocabulary import Vocabulary

Node: TypeAlias = tuple[str, str]
"""A family and a key: ``("theme", "strade-ponti")``."""

if TYPE_CHECKING:
    Knowledge: TypeAlias = nx.DiGraph[Node]

EDGE_WEIGHTS = {
    "belongs_to": 0.5,  # theme <-> function
    "within": 0.2,  # theme <-> sector
    "followed_by": 0.2,  # theme -> department
    "houses": 0.2,  # department -> laboratory
    "pursued_by": 0.2,  # sector -> laboratory
}
"""What one link of each kind weighs in the walk over themes, before a node shares itself out among its links."""


def build(facts: Facts) -> "Knowledge":
    """Return the knowledge graph of `facts`: the same graph for the same facts in any order.

    =============  =========================================  ==================================================
    kind           from, to                                   weight
    =============  =========================================  ==================================================
    belongs_to     theme, function and back                   0.5
    within         theme, sector and back                     0.2
    followed_by    theme, department                          0.2
    houses         department, laboratory                     0.2
    pursued_by     sector, laboratory                         0.2
    describes      word, laboratory                           TF-IDF (:class:`~raccordo_graph.vocabulary.Vocabulary`)
    names          word, theme or function                    TF-IDF
    resembles      word, word                                 :func:`~raccordo_graph.resemblance.resemblance`
    near           municipality, reachable campus             :func:`~raccordo_graph.geography.closeness`
    stands_in      laboratory, campus                         1
    =============  =========================================  ==================================================

    the links from themes to laboratories, which :func:`~raccordo_graph.studying.add_studied` lists, and those of the
    lexicon, which :func:`~raccordo_graph.concepts.add_concepts` lists.
    """
    graph: Knowledge = nx.DiGraph()
    _add_places(graph, facts)
    _add_subjects(graph, facts)
    _add_laboratories(graph, facts)
    vocabulary = Vocabulary.of(facts)
    _add_words(graph, vocabulary)
    add_studied(graph, facts.laboratories, vocabulary.cosines("theme", "laboratory"))
    add_concepts(graph, facts)
    return graph


def _add_places(graph: "Knowledge", facts: Facts) -> None:
    reachable: dict[str, Place] = {}
    for campus in sorted(facts.campuses, key=lambda campus: campus.code):
        place = Place(latitude=campus.latitude, longitude=campus.longitude)
        name = campus.name or campus.code
        graph.add_node(("campus", campus.code), name=name, place=place, reachable=campus.reachable)
        if campus.reachable:
            reachable[campus.code] = place
    near = []
    for municipality in sorted(facts.municipalities, key=lambda municipality: municipality.istat_code):
        node = ("municipality", municipality.istat_code)
        here = Place(latitude=municipality.latitude, longitude=municipality.longitude)
        graph.add_node(node, place=here)
        for code, there in reachable.items():
            km = kilometres(here, there)
            near.append((node, ("campus", code), {"kind": "near", "weight": closeness(km), "kilometres": km}))
    graph.add_edges_from(near)


def _add_subjects(graph: "Knowledge", facts: Facts) -> None:
    for department in sorted(facts.departments, key=lambda department: department.acronym):
        node = ("department", department.acronym)
        graph.add_node(node, label_it=department.name_it, label_en=department.name_en)
    for function in sorted(facts.functions, key=lambda function: function.letter):
        graph.add_node(("function", function.letter), label_it=function.short_it, label_en=function.short_en)
    for sector in sorted(facts.sectors, key=lambda sector: sector.slug):
        graph.add_node(("sector", sector.slug), label_it=sector.label_it, label_en=sector.label_en)
    for theme in sorted(facts.themes, key=lambda theme: theme.slug):
        node = ("theme", theme.slug)
        graph.add_node(node, label_it=theme.label_it, label_en=theme.label_en)
        for letter in sorted(theme.functions):
            _link(graph, "belongs_to", node, ("function", letter))
            _link(graph, "belongs_to", ("function", letter), node)
        for slug in sorted(theme.sectors):
            _link(graph, "within", node, ("sector", slug))
            _link(graph, "within", ("sector", slug), node)
        for acronym in sorted(theme.departments):
            _link(graph, "followed_by", node, ("department", acronym))


def _add_laboratories(graph: "Knowledge", facts: Facts) -> None:
    for laboratory in sorted(facts.laboratories, key=lambda laboratory: laboratory.slug):
        node = ("laboratory", laboratory.slug)
        graph.add_node(
            node,
            label=laboratory.name,
            free_places=laboratory.free_places,
            radius_km=laboratory.radius_km,
        )
        _link(graph, "houses", ("department", laboratory.department), node)
        for slug in sorted(laboratory.sectors):
            _link(graph, "pursued_by", ("sector", slug), node)
        if laboratory.campus is not None:
            graph.add_edge(node, ("campus", laboratory.campus), kind="stands_in", weight=1.0)


def _link(graph: "Knowledge", kind: str, start: Node, end: Node) -> None:
    graph.add_edge(start, end, kind=kind, weight=EDGE_WEIGHTS[kind])


def _add_words(graph: "Knowledge", vocabulary: Vocabulary) -> None:
    for stem, idf in vocabulary.idf.items():
        graph.add_node(("word", stem), idf=idf)
    for node, entries in vocabulary.entries.items():
        kind = "describes" if node[0] == "laboratory" else "names"
        graph.add_edges_from(
            (("word", entry.stem), node, {"kind": kind, "weight": entry.weight, "written": entry.written})
            for entry in entries
        )
    for one, other, alike in among(tuple(vocabulary.idf)).pairs:
        graph.add_edge(("word", one), ("word", other), kind="resembles", weight=alike)
