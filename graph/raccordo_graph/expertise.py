"""How well what somebody has published fits a text: four measures, each against chance, and their reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from raccordo_graph.arrays import DECIMALS
from raccordo_graph.bm25 import Bm25
from raccordo_graph.chance import Chance, combined
from raccordo_graph.factors import SCORE_DECIMALS
from raccordo_graph.lsi import Lsi
from raccordo_graph.publication_walk import reach, walked
from raccordo_graph.publications import Terms
from raccordo_graph.shelf import Asked, Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from raccordo_graph.publications import Archive

MEASURES = ("words", "bm25", "lsi", "walk")
"""The measures that are combined, each counting the same."""

BEST = 3
"""Publications of a profile whose mean BM25 or LSI counts; fewer when it has fewer."""

STRANGERS = 500
"""Publications from which chance is learned, at most."""

MOST_DOCUMENTS = 3
"""Publications that are kept as reasons."""

MOST_WORDS = 5
"""Shared words of a publication that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTerm:
    """A word of both sides, as the text and as the publication write it, and its part of their cosine."""

    text: str
    publication: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A publication that speaks for a profile, by key, with its `cosine` with the text and the words they share."""

    publication: str
    title: str
    cosine: float
    words: tuple[SharedTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a profile fits a text.

    `chances` gives, by measure, the share of publications of others that come as close to a profile; `fit` is 1 less
    their geometric mean. `position` counts from 1 and repeats for equal fits.
    """

    profile: str
    fit: float
    chances: Mapping[str, float]
    publications: tuple[Evidence, ...]
    position: int


class Expertise:
    """What the profiles of an archive (:func:`raccordo_graph.publications.archive`) have published, ready to be asked.

    The graph must not change afterwards; every array is an export of it.

    >>> from raccordo_graph.publications import Publication, Profile, archive
    >>> bridges = Publication(key="d1", title="Vibration of steel bridges")
    >>> waste = Publication(key="d2", title="Recycling of plastic waste")
    >>> profiles = (Profile(key="one", publications=(bridges,)), Profile(key="two", publications=(waste,)))
    >>> best, other = Expertise(archive(profiles)).rank("A bridge that vibrates")
    >>> best.profile, best.publications[0].title, [word.publication for word in best.publications[0].words]
    ('one', 'Vibration of steel bridges', ['Vibration', 'bridges'])
    """

    def __init__(self, graph: "Archive") -> None:
        self.graph = graph
        self.shelf = Shelf.of(graph)
        self._columns = self.shelf.columns()
        self._publications = self.shelf.weights.T.tocsr()
        self._bm25 = Bm25(self.shelf)
        self._lsi = Lsi(self.shelf)
        self._reached = reach(self.shelf)
        self._chances = self._learned()

    def measures(self, asked: Asked) -> "dict[str, NDArray[np.float64]]":
        """Return each of `MEASURES` for every text and profile.

        *words* is half the best cosine of TF-IDF with a publication, half the mean over all; *bm25* and *lsi* are the
        mean of the best three publications; *walk* is the PageRank of :mod:`raccordo_graph.publication_walk`.
        """
        cosines = (asked.weights @ self._publications).toarray()
        found = {
            "words": self._by_profile(cosines, lambda own: (own.max(axis=1) + own.mean(axis=1)) / 2),
            "bm25": self._by_profile(self._bm25.of(asked), _best),
            "lsi": self._by_profile(self._lsi.of(asked), _best),
            "walk": walked(asked, self._reached),
        }
        return {name: found[name].round(DECIMALS) for name in MEASURES}

    def chances(self, asked: Asked) -> "dict[str, NDArray[np.float64]]":
        """Return, by measure, the share of strangers' publications that come as close: texts x profiles."""
        return {name: self._chances[name].shares_at(values) for name, values in self.measures(asked).items()}

    def fits(self, asked: Asked) -> "NDArray[np.float64]":
        """Return the fit of every text (row) and profile (column)."""
        return combined(list(self.chances(asked).values())).round(SCORE_DECIMALS)

    def rank(self, text: str, *, title: str = "", limit: int | None = None) -> tuple[Fit, ...]:
        """Return the profiles for an English text, best first, equals by key.

        What is asked at the same time, and what was asked before, change nothing.
        """
        terms = Terms.of(title, text)
        asked = self.shelf.read([terms])
        chances = self.chances(asked)
        fits = combined(list(chances.values())).round(SCORE_DECIMALS)[0].tolist()
        cosines = (asked.weights @ self._publications).toarray()[0].round(DECIMALS).tolist()
        keys = self.shelf.profiles
        order = sorted(range(len(keys)), key=lambda place: (-fits[place], keys[place]))
        return tuple(
            Fit(
                profile=keys[place],
                fit=fits[place],
                chances={
                    name: float(values[0, place].round(SCORE_DECIMALS)) for name, values in chances.items()
                },
                publications=self._evidence(asked, terms, cosines, place),
                position=1 + sum(fit > fits[place] for fit in fits),
            )
            for place in order[:limit]
        )

    def _learned(self) -> dict[str, Chance]:
        """Learn chance from publications and those who have not written them, evenly taken from the alphabet."""
        import numpy as np

        count = len(self.shelf.publications)
        taken = np.unique(np.linspace(0, count - 1, min(count, STRANGERS)).astype(int))
        own = self.shelf.own().of(taken)
        foreign = self.shelf.owned[taken].toarray() == 0
        return {name: Chance.of(values[foreign]) for name, values in self.measures(own).items()}

    def _by_profile(
        self, values: "NDArray[np.float64]", reduce: Callable[[Any], Any]
    ) -> "NDArray[np.float64]":
        """Return `values` (texts x publications) reduced to one column for each profile."""
        import numpy as np

        found = np.zeros((len(values), len(self._columns)))
        for place, columns in enumerate(self._columns):
            found[:, place] = reduce(values[:, columns])
        return found

    def _evidence(
        self, asked: Asked, terms: Terms, cosines: Sequence[float], profile: int
    ) -> tuple[Evidence, ...]:
        own = self._columns[profile].tolist()
        found = sorted((-cosines[place], self.shelf.publications[place]) for place in own)
        return tuple(
            Evidence(
                publication=key,
                title=self.graph.nodes["publication", key]["title"],
                cosine=-cosine,
                words=self._shared(asked, terms, key),
            )
            for cosine, key in found[:MOST_DOCUMENTS]
            if cosine
        )

    def _shared(self, asked: Asked, terms: Terms, publication: str) -> tuple[SharedTerm, ...]:
        edges = self.graph.adj["publication", publication]
        text = zip(asked.weights.indices.tolist(), asked.weights.data.tolist(), strict=True)
        known = [(self.shelf.terms[place], weight) for place, weight in text]
        found = [
            SharedTerm(
                text=terms.written[term],
                publication=edges["term", term]["written"],
                weight=round(weight * edges["term", term]["weight"], DECIMALS),
            )
            for term, weight in known
            if ("term", term) in edges
        ]
        return tuple(sorted(found, key=lambda word: (-word.weight, word.publication))[:MOST_WORDS])


def _best(own: "NDArray[np.float64]") -> Any:
    """Return the mean of the best `BEST` of each row."""
    import numpy as np

    return np.sort(own, axis=1)[:, -BEST:].mean(axis=1)
