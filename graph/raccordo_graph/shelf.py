"""An archive as arrays, and texts read in its terms: what every measure of expertise starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from raccordo_graph.arrays import rows
from raccordo_graph.publications import Terms, rarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from raccordo_graph.publications import Archive


@dataclass(frozen=True, eq=False, kw_only=True)
class Shelf:
    """Keys in alphabetical order, and arrays whose rows and columns follow them.

    `weights` (publications x terms) holds TF-IDF, `counts` how often, `owned` (publications x profiles) ones; `idf` and
    `holders` are by term.
    """

    profiles: tuple[str, ...]
    publications: tuple[str, ...]
    terms: tuple[str, ...]
    weights: "csr_array"
    counts: "csr_array"
    owned: "csr_array"
    idf: tuple[float, ...]
    holders: tuple[int, ...]

    @classmethod
    def of(cls, graph: "Archive") -> "Shelf":
        """Export `graph` (of :func:`raccordo_graph.publications.archive`).

        >>> from raccordo_graph.publications import Publication, Profile, archive
        >>> publication = Publication(key="d1", title="Vibration of bridges")
        >>> shelf = Shelf.of(archive([Profile(key="lab", publications=(publication,))]))
        >>> shelf.terms, shelf.owned.toarray().tolist()
        (('bridg', 'vibrat'), [[1.0]])
        """
        profiles, publications, terms = (
            tuple(sorted(key for kind, key in graph if kind == family))
            for family in ("profile", "publication", "term")
        )

        def block(family: str, columns: Sequence[str], field: str) -> "csr_array":
            places = {(family, key): place for place, key in enumerate(columns)}
            edges = [graph.adj["publication", key].items() for key in publications]
            pairs = [
                sorted((places[end], float(edge[field])) for end, edge in row if end in places)
                for row in edges
            ]
            return rows(pairs, len(columns))

        return cls(
            profiles=profiles,
            publications=publications,
            terms=terms,
            weights=block("term", terms, "weight"),
            counts=block("term", terms, "count"),
            owned=block("profile", profiles, "weight"),
            idf=tuple(graph.nodes["term", term]["idf"] for term in terms),
            holders=tuple(graph.nodes["term", term]["holders"] for term in terms),
        )

    def read(self, texts: Sequence[Terms]) -> "Asked":
        """Return `texts` in the terms of this shelf.

        Terms that no publication uses weigh as the rarest would: a text mostly about something else fits nobody well.
        """
        places = {term: place for place, term in enumerate(self.terms)}
        rarest = rarity(len(self.publications), 0)
        weights, counts, strangers = [], [], []
        for text in texts:
            known = [(places[term], count) for term, count in text.counts.items() if term in places]
            raw = [(place, log(1 + count) * self.idf[place]) for place, count in known]
            strange = tuple(count for term, count in text.counts.items() if term not in places)
            lost = sum((log(1 + count) * rarest) ** 2 for count in strange)
            length = sqrt(sum(weight * weight for _, weight in raw) + lost) or 1.0
            weights.append([(place, weight / length) for place, weight in raw])
            counts.append([(place, float(count)) for place, count in known])
            strangers.append(strange)
        width = len(self.terms)
        return Asked(weights=rows(weights, width), counts=rows(counts, width), strangers=tuple(strangers))

    def own(self) -> "Asked":
        """Return the publications themselves as texts."""
        return Asked(weights=self.weights, counts=self.counts, strangers=((),) * len(self.publications))

    def columns(self) -> "list[NDArray[np.intp]]":
        """Return, for each profile, the places of its publications."""
        owned = self.owned.tocsc()
        return [
            owned.indices[owned.indptr[place] : owned.indptr[place + 1]]
            for place in range(len(self.profiles))
        ]


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """Texts (rows) by term (columns): TF-IDF `weights`, `counts`, and the counts of the terms nobody uses."""

    weights: "csr_array"
    counts: "csr_array"
    strangers: tuple[tuple[int, ...], ...]

    def of(self, taken: "NDArray[np.intp]") -> "Asked":
        """Return some of the texts, by place."""
        return Asked(
            weights=self.weights[taken],
            counts=self.counts[taken],
            strangers=tuple(self.strangers[place] for place in taken.tolist()),
        )
