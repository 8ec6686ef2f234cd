"""The knowledge graph as arrays, built once; every number in them is an export of the graph."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from raccordo_graph.arrays import DECIMALS, weights
from raccordo_graph.concepts import Concepts, Inferred
from raccordo_graph.geography import Place, kilometres
from raccordo_graph.initiatives import Wanted
from raccordo_graph.resemblance import Resemblance, among
from raccordo_graph.walk import Walk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from raccordo_graph.feedback import Answer
    from raccordo_graph.knowledge import Knowledge, Node


@dataclass(frozen=True, eq=False, kw_only=True)
class Index:
    """What ranking reads: keys in alphabetical order, and arrays whose rows and columns follow them.

    `describes` (words x laboratories), `names_theme` (words x themes) and `names_function` (words x functions)
    hold TF-IDF weights, `belongs` (themes x functions) ones, and `fit` (bases x laboratories) the walk of
    :mod:`raccordo_graph.walk`, each row divided by its best. `kin` gives the look-alikes of each word, `heard` the
    edges from words (and from terms of the lexicon) to a laboratory, theme, function or concept, by stem. `free_places`
    starts as the graph says, `semester_places` and `answers` empty: places are taken and given back, and needs answered,
    while everything else stays (:meth:`with_free_places`, :meth:`with_answers`).
    """

    graph: "Knowledge"
    laboratories: Mapping[str, int]
    free_places: Mapping[str, int | None]
    themes: Mapping[str, int]
    functions: Mapping[str, int]
    words: Mapping[str, int]
    concepts: Concepts
    bases: "Mapping[Node, int]"
    campuses: Mapping[str, Place]
    idf: tuple[float, ...]
    resemblance: Resemblance
    kin: Mapping[str, tuple[tuple[str, float], ...]]
    heard: "Mapping[Node, Mapping[str, Mapping[str, Any]]]"
    describes: "csr_array"
    names_theme: "csr_array"
    names_function: "csr_array"
    belongs: "NDArray[np.float64]"
    fit: "NDArray[np.float64]"
    walk: Walk
    semester_places: Mapping[str, Mapping[Wanted, int]] = field(default_factory=dict)
    answers: "tuple[Answer, ...]" = ()

    @classmethod
    def from_graph(cls, graph: "Knowledge") -> "Index":
        """Export `graph` (of :func:`raccordo_graph.knowledge.build`), which must not change afterwards.

        >>> from raccordo_graph.knowledge import build
        >>> from raccordo_graph.valley import VALLEY
        >>> index = Index.from_graph(build(VALLEY))
        >>> index.fit[index.bases["theme", "rifiuti"], index.laboratories["waste"]].item()
        1.0
        """
        laboratories, themes, functions, words, terms = (
            _nodes(graph, family) for family in ("laboratory", "theme", "function", "word", "term")
        )
        walk = Walk(graph)
        known = _Weights(graph, [*words, *terms, *walk.bases, *walk.laboratories])
        return cls(
            graph=graph,
            laboratories=_places(laboratories),
            free_places={slug: graph.nodes["laboratory", slug]["free_places"] for _, slug in laboratories},
            themes=_places(themes),
            functions=_places(functions),
            words=_places(words),
            concepts=_concepts(graph, known, themes, functions),
            bases={node: place for place, node in enumerate(walk.bases)},
            campuses={
                code: graph.nodes["campus", code]["place"]
                for _, code in _nodes(graph, "campus")
                if graph.nodes["campus", code]["reachable"]
            },
            idf=tuple(graph.nodes[word]["idf"] for word in words),
            resemblance=among(tuple(stem for _, stem in words)),
            kin={stem: _kin(graph, ("word", stem)) for _, stem in words},
            heard=_heard(graph, [*words, *terms]),
            describes=known.block(words, laboratories),
            names_theme=known.block(words, themes),
            names_function=known.block(words, functions),
            belongs=(known.block(themes, functions) > 0).toarray().astype(float),
            fit=by_best(walk.reach()),
            walk=walk,
        )

    def with_free_places(
        self, known: Mapping[str, int], by_semester: Mapping[str, Mapping[Wanted, int]] | None = None
    ) -> "Index":
        """Return the same index with other free places; ``None`` for every laboratory that `known` leaves out.

        `by_semester` gives those of each kind and semester that a laboratory stated.

        >>> from raccordo_graph.knowledge import build
        >>> from raccordo_graph.valley import VALLEY
        >>> index = Index.from_graph(build(VALLEY)).with_free_places({"bridges": 3})
        >>> index.free_places["bridges"], index.free_places["waste"]
        (3, None)
        """
        stated = by_semester or {}
        self.refuse_unknown("laboratory", [*known, *stated])
        free = {slug: known.get(slug) for slug in self.laboratories}
        return replace(self, free_places=free, semester_places=stated)

    def free_for(self, laboratory: str, wanted: Wanted) -> tuple[int | None, Wanted | None]:
        """Return the free places of `laboratory` for `wanted`, and `wanted` where it stated them for that semester.

        A need that names no kind counts the places of every kind in its semester. Where nothing was stated, or the
        need names no semester, the places are those of any time, and the second is ``None``.

        >>> from raccordo_graph.knowledge import build
        >>> from raccordo_graph.valley import VALLEY
        >>> study, thesis = (Wanted(kind=kind, semester="2027-2") for kind in ("STUDY", "INTERNSHIP"))
        >>> index = Index.from_graph(build(VALLEY)).with_free_places({"bridges": 9}, {"bridges": {study: 1, thesis: 2}})
        >>> [index.free_for("bridges", one)[0] for one in (thesis, Wanted(semester="2027-2"), Wanted(kind="STUDY"))]
        [2, 3, 9]
        """
        stated = self.semester_places.get(laboratory, {}) if wanted.semester else {}
        found = [
            free
            for one, free in stated.items()
            if one.semester == wanted.semester and wanted.kind in ("", one.kind)
        ]
        return (sum(found), wanted) if found else (self.free_places[laboratory], None)

    def with_answers(self, answers: "Iterable[Answer]") -> "Index":
        """Return the same index with what laboratories answered to needs, in any order.

        An unknown laboratory raises :exc:`ValueError`.

        >>> from raccordo_graph.feedback import Answer
        >>> from raccordo_graph.knowledge import build
        >>> from raccordo_graph.understanding import Understanding
        >>> from raccordo_graph.valley import VALLEY
        >>> no = Answer(laboratory="waste", need=7, accepted=False, understanding=Understanding())
        >>> [answer.laboratory for answer in Index.from_graph(build(VALLEY)).with_answers([no]).answers]
        ['waste']
        """
        ordered = sorted(answers, key=lambda answer: (answer.laboratory, answer.need, answer.accepted))
        self.refuse_unknown("laboratory", [answer.laboratory for answer in ordered])
        return replace(self, answers=tuple(ordered))

    def inferred_of(self, laboratory: str) -> "Mapping[str, Inferred]":
        """Return what the texts of `laboratory` say of concepts, by slug, whatever it states itself."""
        inferred: Mapping[str, Inferred] = self.graph.nodes["laboratory", laboratory]["inferred"]
        return inferred

    def radius_of(self, laboratory: str) -> int | None:
        """Return how many kilometres `laboratory` travels at most, if it said so."""
        radius: int | None = self.graph.nodes["laboratory", laboratory]["radius_km"]
        return radius

    def campus_of(self, laboratory: str) -> str | None:
        """Return the code of the campus where `laboratory` stands, if it is known."""
        ends = self.graph.adj["laboratory", laboratory]
        return next((code for family, code in ends if family == "campus"), None)

    def distances(self, place: Place | str | None) -> dict[str, float]:
        """Return the kilometres from `place` to every reachable campus; nothing when `place` is unknown.

        `place` is a point, or the ISTAT code of a municipality, whose distances are edges of the graph. A code
        that the graph does not know raises :exc:`ValueError`.
        """
        if place is None:
            return {}
        if isinstance(place, Place):
            return {code: kilometres(place, campus) for code, campus in self.campuses.items()}
        municipality = ("municipality", place)
        if municipality not in self.graph:
            raise ValueError(f"unknown municipality {place!r}")
        return {code: edge["kilometres"] for (_, code), edge in self.graph.adj[municipality].items()}

    def refuse_unknown(self, family: str, keys: Sequence[str]) -> None:
        """Raise :exc:`ValueError` naming those of `keys` that are no node of `family`."""
        unknown = sorted({key for key in keys if (family, key) not in self.graph})
        if unknown:
            raise ValueError(f"unknown {family} {', '.join(map(repr, unknown))}")


class _Weights:
    """The edge weights of a graph as one sparse array, of which every matrix is a block."""

    def __init__(self, graph: "Knowledge", nodes: "list[Node]") -> None:
        self._places = {node: place for place, node in enumerate(nodes)}
        self._array = weights(graph, nodes)

    def block(self, rows: "list[Node]", columns: "list[Node]") -> "csr_array":
        """Return the weights of the edges from `rows` to `columns`."""
        from_places, to_places = ([self._places[node] for node in nodes] for nodes in (rows, columns))
        return self._array[from_places][:, to_places]


def _nodes(graph: "Knowledge", family: str) -> "list[Node]":
    return sorted(node for node in graph if node[0] == family)


def _places(nodes: "list[Node]") -> dict[str, int]:
    return {key: place for place, (_, key) in enumerate(nodes)}


def _kin(graph: "Knowledge", word: "Node") -> tuple[tuple[str, float], ...]:
    ends = graph.adj[word].items()
    return tuple((stem, edge["weight"]) for (family, stem), edge in ends if family == "word")


def _concepts(graph: "Knowledge", known: _Weights, themes: "list[Node]", functions: "list[Node]") -> Concepts:
    import numpy as np

    concepts, terms = _nodes(graph, "concept"), _nodes(graph, "term")
    return Concepts(
        keys=_places(concepts),
        terms=_places(terms),
        alike=among(tuple(stem for _, stem in terms)),
        means=known.block(terms, concepts),
        themes=by_best(known.block(concepts, themes).toarray()),
        functions=by_best(known.block(concepts, functions).toarray()),
        studied=np.array([not graph.nodes[node]["service"] for node in concepts], dtype=float),
    )


def _heard(graph: "Knowledge", words: "list[Node]") -> "dict[Node, dict[str, dict[str, Any]]]":
    heard: dict[Node, dict[str, dict[str, Any]]] = {node: {} for node in graph}
    for word in words:
        for end, edge in graph.adj[word].items():
            heard[end][word[1]] = edge
    return heard


def by_best(reached: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return every row divided by its best; a row of zeros stays one.

    >>> import numpy as np
    >>> by_best(np.array([[1.0, 2.0], [0.0, 0.0]])).tolist()
    [[0.5, 1.0], [0.0, 0.0]]
    """
    import numpy as np

    best = reached.max(axis=1, initial=0, keepdims=True)
    shares: NDArray[np.float64] = np.divide(reached, best, out=np.zeros_like(reached), where=best > 0)
    return shares.round(DECIMALS)
