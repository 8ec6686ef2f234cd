"""The concepts of the lexicon in the graph: what their words mean, which laboratories treat them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from raccordo_graph.facts import Facts
from raccordo_graph.lexicon import Heard, Lexicon
from raccordo_graph.resemblance import Resemblance
from raccordo_graph.vocabulary import told_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from raccordo_graph.knowledge import Knowledge

NEARNESS = (1.0, 0.5)
"""What the first theme or function of a concept counts, and every other one."""

SPEAKS_OF = 0.5
"""Concept -> theme, in the walk: a laboratory that treats the concept is nearer than one that states its theme."""

FALLS_TO = 0.1
"""Concept -> function, in the walk."""

HALF_LOUDNESS = 20.0
"""The loudness of a concept in a laboratory's texts at which it is half treated: two or three telling words."""

UNSTATED = 0.3
"""What a concept counts whose themes the laboratory does not state: its words may be there by chance."""

LEAST_TREATED = 0.1
"""What a laboratory's texts say less than this is no link."""


class Inferred(NamedTuple):
    """What is known of a laboratory and a concept before it says anything itself: how much it treats it.

    `written` is the word of its own texts that says it, if any, and `clear` as in
    :class:`~raccordo_graph.lexicon.Heard`; `supposed` when only its discipline suggests it.
    """

    weight: float = 0.0
    written: str = ""
    clear: bool = False
    supposed: bool = False


def add_concepts(graph: "Knowledge", facts: Facts) -> None:
    """Add the concepts of `facts`, the stems of their terms, and their links to `graph`.

    ===========  ==============================  ==================================================================
    kind         from, to                        weight
    ===========  ==============================  ==================================================================
    means        term (a stem), concept          :class:`~raccordo_graph.lexicon.Lexicon`
    speaks_of    concept, theme                  0.5 for its first theme, 0.25 for the others
    falls_to     concept, function               0.1 for its first function, 0.05 for the others
    treated_by   concept, laboratory             :func:`treats`: what it is thought to treat, and what its texts say
    suits        concept, laboratory             the same, where only its discipline suggests it: to be confirmed
    stated_by    concept, laboratory             what the laboratory itself says, instead; 0 is no link at all
    ===========  ==============================  ==================================================================
    """
    lexicon = Lexicon.of(facts)
    for concept in sorted(facts.concepts, key=lambda concept: concept.slug):
        node = ("concept", concept.slug)
        graph.add_node(node, label_it=concept.label_it, label_en=concept.label_en, service=concept.service)
        for rank, slug in enumerate(concept.themes):
            graph.add_edge(node, ("theme", slug), kind="speaks_of", weight=SPEAKS_OF * nearness(rank))
        for rank, letter in enumerate(concept.functions):
            graph.add_edge(node, ("function", letter), kind="falls_to", weight=FALLS_TO * nearness(rank))
    graph.add_edges_from(
        (
            ("term", stem),
            ("concept", meaning.concept),
            {"kind": "means", "weight": meaning.weight, "written": meaning.written},
        )
        for stem, meanings in lexicon.meanings.items()
        for meaning in meanings
    )
    _add_treated(graph, facts, lexicon)


def nearness(rank: int) -> float:
    """Return what the theme or function at `rank` (from 0) counts for its concept."""
    return NEARNESS[min(rank, 1)]


def _add_treated(graph: "Knowledge", facts: Facts, lexicon: Lexicon) -> None:
    concepts = {concept.slug: concept for concept in facts.concepts if not concept.service}
    for laboratory in sorted(facts.laboratories, key=lambda laboratory: laboratory.slug):
        heard, thought = lexicon.heard_in(told_by(laboratory)), dict(laboratory.concepts)
        inferred = {}
        for slug in sorted(concepts.keys() & (heard.keys() | thought.keys())):
            concept = concepts[slug]
            said = heard.get(slug)
            from_texts = treated(said, concept.themes, laboratory.themes) if said else 0.0
            if said is None or from_texts < LEAST_TREATED:
                said, from_texts = Heard(0.0, "", clear=False), 0.0
            supposed = slug in laboratory.unconfirmed and not said.clear
            if weight := treats(thought.get(slug, 0.0), from_texts):
                inferred[slug] = Inferred(weight, said.written, clear=said.clear, supposed=supposed)
        # It stays on the node also where the laboratory has said otherwise, so that a page can tell both.
        graph.nodes["laboratory", laboratory.slug]["inferred"] = inferred
        state(graph, laboratory.slug, dict(laboratory.stated))


def state(graph: "Knowledge", laboratory: str, own: Mapping[str, float]) -> None:
    """Give `laboratory` the links of what is known of it, with what it states itself in its place.

    A service is never linked: no laboratory studies it.
    """
    node = ("laboratory", laboratory)
    inferred: Mapping[str, Inferred] = graph.nodes[node]["inferred"]
    graph.nodes[node]["stated"] = dict(own)
    graph.remove_edges_from([edge for edge in graph.in_edges(node) if edge[0][0] == "concept"])
    for slug in sorted({*inferred, *own}):
        start, known = ("concept", slug), inferred.get(slug, Inferred())
        weight = own.get(slug, known.weight)
        kind = "stated_by" if slug in own else "suits" if known.supposed else "treated_by"
        if weight and not graph.nodes[start]["service"]:
            graph.add_edge(
                start,
                node,
                kind=kind,
                weight=weight,
                written=known.written or graph.nodes[start]["label_it"],
                clear=known.clear,
            )


def treats(thought: float, from_texts: float) -> float:
    """Return how much a laboratory treats a concept, 0 to 1: the more of what is thought of it and what its texts say.

    >>> treats(0.6, 0.0), treats(0.0, 0.5), treats(0.6, 0.5)
    (0.6, 0.5, 0.6)
    """
    return max(thought, from_texts)


def treated(heard: Heard, themes: tuple[str, ...], stated: tuple[str, ...]) -> float:
    """Return how much a laboratory that states the themes `stated` treats a concept of `themes`, 0 to 1.

    >>> treated(Heard(20.0, "ponti"), ("strade-ponti",), ("strade-ponti",))
    0.5
    """
    agreed = min(1.0, sum(nearness(rank) for rank, slug in enumerate(themes) if slug in stated))
    return heard.loudness / (heard.loudness + HALF_LOUDNESS) * (UNSTATED + (1 - UNSTATED) * agreed)


@dataclass(frozen=True, eq=False, kw_only=True)
class Concepts:
    """The lexicon's part of an index, exported from the graph: keys in alphabetical order and arrays.

    `means` (terms x concepts) holds weights, `themes` and `functions` (concepts x those of the index) how near each
    is, `studied` a one for each concept that is no service.
    """

    keys: Mapping[str, int]
    terms: Mapping[str, int]
    alike: Resemblance
    means: "csr_array"
    themes: "NDArray[np.float64]"
    functions: "NDArray[np.float64]"
    studied: "NDArray[np.float64]"
