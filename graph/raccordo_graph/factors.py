"""The factors of a score: what each one measures, between 0 and 1, and what it weighs.

The sixth, ``feedback``, goes from -1 to 1 and is measured in :mod:`raccordo_graph.feedback`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan, nan
from typing import TYPE_CHECKING

from raccordo_graph.arrays import DECIMALS, rows
from raccordo_graph.geography import Place, closeness
from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from raccordo_graph.knowledge import Node

WEIGHTS: Mapping[str, float] = {
    "words": 0.15,
    "concepts": 0.60,
    "themes": 0.10,
    "distance": 0.10,
    "capacity": 0.05,
    "feedback": 0.05,
}
"""The one table of factors and weights. The first five sum to 1; feedback adds or takes so much at most.
Prestige, size and politics are not in it."""

HALF_COSINE = 0.25
"""The likeness of two texts (cosine) at which the words factor is one half."""

STEEPNESS = 2.0
"""How fast the concepts and themes factors fill: one chosen theme that is stated gives ``1 - exp(-2)`` = 0.86."""

FUNCTION_SHARE = 0.25
"""A function says a quarter of what a theme says, because it gathers many of them."""

HALF_PLACES = 2
"""The free places at which the capacity factor is one half."""

SCORE_DECIMALS = 9
"""Scores are rounded to so many decimals: what differs by less is equal, and shown as equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One named part of a score: ``contribution = value * weight``, and what is not `known` has the value 0."""

    name: str
    value: float
    weight: float
    contribution: float
    known: bool


def factors(values: Sequence[float]) -> tuple[Factor, ...]:
    """Return the factors for `values` in the order of `WEIGHTS`; a value of ``nan`` is not known.

    >>> [(factor.name, factor.contribution) for factor in factors([0.5, 0.0, 0.0, 1.0, float("nan"), -1.0])]
    [('words', 0.075), ('concepts', 0.0), ('themes', 0.0), ('distance', 0.1), ('capacity', 0.0), ('feedback', -0.05)]
    """
    return tuple(
        _factor(name, weight, value) for (name, weight), value in zip(WEIGHTS.items(), values, strict=True)
    )


def _factor(name: str, weight: float, value: float) -> Factor:
    known = not isnan(value)
    value = value if known else 0.0
    return Factor(name=name, value=value, weight=weight, contribution=value * weight, known=known)


def table(
    index: Index, needs: Sequence[Understanding], places: Sequence[Place | str | None], columns: slice
) -> "NDArray[np.float64]":
    """Return the value of every factor but feedback for every need and laboratory (5 x needs x laboratories).

    What is not known is ``nan``.

    `places` says where each need is; `columns` which laboratories of the index are meant.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> table(index, [Understanding()], ["097042"], slice(None)).shape
    (5, 1, 5)
    """
    import numpy as np

    slugs = tuple(index.laboratories)[columns]
    values = [
        word_values(index, needs, columns),
        concept_values(index, needs, columns),
        theme_values(index, needs, columns),
        distance_values(index, places, slugs),
        capacity_values(index, needs, slugs),
    ]
    return np.stack(values).round(DECIMALS)


def word_values(index: Index, needs: Sequence[Understanding], columns: slice) -> "NDArray[np.float64]":
    """Return ``c / (c + HALF_COSINE)``, where `c` is the cosine of the words of both sides.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> word_values(index, [Understanding()], slice(None)).tolist()
    [[0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    vectors = rows([said(index, need) for need in needs], len(index.words))
    cosine: NDArray[np.float64] = (vectors @ index.describes[:, columns]).toarray()
    return cosine / (cosine + HALF_COSINE)


def concept_values(index: Index, needs: Sequence[Understanding], columns: slice) -> "NDArray[np.float64]":
    """Return ``1 - exp(-STEEPNESS * x)``, where `x` sums share times fit over the concepts that can be studied.

    ``nan`` where the lexicon hears no such concept.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> needs = understand(index, "Il torrente esce"), understand(index, "Stelle")
    >>> concept_values(index, needs, slice(None)).round(2).tolist()  # both, bridges, slopes, space, waste
    [[0.52, 0.05, 0.53, 0.0, 0.02], [nan, nan, nan, nan, nan]]
    """
    begun = [meant(index, need) for need in needs]
    values = _filled(index, begun, columns)
    values[[not some for some in begun]] = nan
    return values


def theme_values(index: Index, needs: Sequence[Understanding], columns: slice) -> "NDArray[np.float64]":
    """Return ``1 - exp(-STEEPNESS * x)``, where `x` sums weight times fit over the themes and functions.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> chosen = understand(index, "", themes=("rifiuti",))
    >>> theme_values(index, [chosen], slice(None)).round(2).tolist()  # both, bridges, slopes, space, waste
    [[0.0, 0.0, 0.0, 0.0, 0.86]]
    """
    return _filled(index, [starts(index, need) for need in needs], columns)


def _filled(
    index: Index, begun: "Sequence[Sequence[tuple[Node, int, float]]]", columns: slice
) -> "NDArray[np.float64]":
    import numpy as np

    pairs = [[(row, weight) for _, row, weight in some] for some in begun]
    x = rows(pairs, len(index.bases)) @ index.fit[:, columns]
    values: NDArray[np.float64] = 1 - np.exp(-STEEPNESS * x)
    return values


def said(index: Index, need: Understanding) -> list[tuple[int, float]]:
    """Return the words of `need`: the row of each in the index, and its weight.

    A word that the index does not know (the need was read with another index) says nothing.
    """
    return [(index.words[word.stem], word.weight) for word in need.words if word.stem in index.words]


def meant(index: Index, need: Understanding) -> "list[tuple[Node, int, float]]":
    """Return the concepts of `need` that can be studied: each node, its row in the index, and its share.

    A concept that the index does not know (the need was read with another lexicon) says nothing.
    """
    nodes = [(("concept", topic.key), topic.weight) for topic in need.concepts]
    known = [(node, weight) for node, weight in nodes if node in index.bases]
    return [
        (node, index.bases[node], weight) for node, weight in known if not index.graph.nodes[node]["service"]
    ]


def starts(index: Index, need: Understanding) -> "list[tuple[Node, int, float]]":
    """Return where the walk of `need` starts: each theme and function, its row in the index, and its weight.

    A theme or function that the index does not know raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> starts(index, understand(index, "", themes=("frane",), functions=("e",)))
    [(('theme', 'frane'), 8, 1.0), (('function', 'e'), 4, 0.25)]
    """
    weighed = [(("theme", topic.key), topic.weight) for topic in need.themes] + [
        (("function", topic.key), FUNCTION_SHARE * topic.weight) for topic in need.functions
    ]
    for family, key in (node for node, _ in weighed if node not in index.bases):
        index.refuse_unknown(family, [key])
    return [(node, index.bases[node], weight) for node, weight in weighed]


def distance_values(
    index: Index, places: Sequence[Place | str | None], laboratories: Sequence[str]
) -> "NDArray[np.float64]":
    """Return the closeness of each laboratory's campus to each place, ``nan`` where either is not known.

    It is 0 beyond the radius that a laboratory travels: it stays in the ranking, and its reasons say so.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> distance_values(index, ["097042", None], ["bridges", "both", "waste"]).round(2).tolist()
    [[0.99, 0.53, nan], [nan, nan, nan]]
    """
    import numpy as np

    different = {place: row for row, place in enumerate(dict.fromkeys(places))}
    kilometres = np.full(
        (len(different), len(index.campuses) + 1), nan
    )  # the last column: no reachable campus
    columns = {code: column for column, code in enumerate(index.campuses)}
    for place, row in different.items():
        for code, far in index.distances(place).items():
            kilometres[row, columns[code]] = far
    campuses = [columns.get(index.campus_of(slug) or "", len(columns)) for slug in laboratories]
    km = kilometres[:, campuses]
    radii = [index.radius_of(slug) for slug in laboratories]
    within = np.array([inf if radius is None else radius for radius in radii])
    values = np.where(km > within, 0.0, closeness(km))
    found: NDArray[np.float64] = values[[different[place] for place in places]]
    return found


def beyond(km: float, radius: int | None) -> bool:
    """Return whether `km` is farther than a laboratory travels; nobody knows where it has not said.

    >>> beyond(40.2, 40), beyond(40.2, None)
    (True, False)
    """
    return radius is not None and km > radius


def capacity_values(
    index: Index, needs: Sequence[Understanding], laboratories: Sequence[str]
) -> "NDArray[np.float64]":
    """Return ``n / (n + HALF_PLACES)`` for `n` free places, ``nan`` where nobody has said how many.

    A need that says from when is measured against the places of that semester, where the laboratory stated them
    (:meth:`raccordo_graph.index.Index.free_for`).

    >>> from raccordo_graph.initiatives import Wanted
    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> study = Wanted(kind="STUDY", semester="2027-1")
    >>> index = Index.from_graph(build(VALLEY)).with_free_places({"both": 2}, {"both": {study: 6}})
    >>> capacity_values(index, [Understanding(), Understanding(wanted=study)], ["both", "bridges"]).tolist()
    [[0.5, nan], [0.75, nan]]
    """
    import numpy as np

    known = {
        wanted: [_filling(index.free_for(slug, wanted)[0]) for slug in laboratories]
        for wanted in {need.wanted for need in needs}
    }
    values: NDArray[np.float64] = np.array([known[need.wanted] for need in needs], dtype=float)
    return values.reshape(len(needs), len(laboratories))


def _filling(free: int | None) -> float:
    return nan if free is None else free / (free + HALF_PLACES)
