"""A need finds its laboratories: named factors that add up, reasons as data, ties shown as ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.bands import BANDS, Band, band, levels
from raccordo_graph.factors import SCORE_DECIMALS, WEIGHTS, Factor, factors, table
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.reasons import Explainer, Reasons, SharedWord
from raccordo_graph.similarity import Similar, similar
from raccordo_graph.understanding import NeedWord, Topic, Understanding, understand
from raccordo_graph.version import CODE_VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BANDS",
    "CODE_VERSION",
    "WEIGHTS",
    "Band",
    "Factor",
    "Index",
    "Match",
    "NeedMatch",
    "NeedWord",
    "Place",
    "Reasons",
    "Scored",
    "SharedWord",
    "Similar",
    "Topic",
    "Understanding",
    "rank",
    "rank_needs",
    "similar",
    "understand",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A score with all that explains it.

    The contributions of `factors` sum to `score` within 1e-9. `position` counts from 1 and repeats for equal
    scores; `level` repeats also for scores that cannot be told apart (:func:`raccordo_graph.bands.levels`). The `band` looks at words and themes alone, and is ``NONE`` when there is no reason at all.
    """

    score: float
    factors: tuple[Factor, ...]
    reasons: Reasons
    band: Band
    position: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Scored):
    """A laboratory (by slug) for a need."""

    laboratory: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMatch(Scored):
    """A need (by number) for a laboratory: same score, same factors, same reasons as the :class:`Match`."""

    need: int


def rank(
    index: Index, need: Understanding, *, place: Place | str | None = None, limit: int | None = None
) -> tuple[Match, ...]:
    """Return the laboratories for `need`, best score first, equal scores by slug.

    ``score = sum of weight * value`` over the factors of :mod:`raccordo_graph.factors`. `place` is where the need
    is, as a point or as a municipality's ISTAT code. Every laboratory is returned unless `limit` says otherwise.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> first, *_ = rank(index, understand(index, "Il ponte trema"), place="097065")
    >>> first.laboratory, first.reasons.sentence_it
    ('bridges', 'Lavora su strade e ponti; parola in comune: «ponti»; il polo di Lecco è a 12 km.')
    """
    slugs = tuple(index.laboratories)
    values = table(index, [need], [place], slice(None))[:, 0, :]
    explainer = Explainer(index, need, place)
    matches = []
    for which, score, position, level in _order(values, slugs, limit):
        reasons = explainer.reasons(slugs[which])
        parts = factors(values[:, which].tolist())
        matches.append(
            Match(
                laboratory=slugs[which],
                score=score,
                factors=parts,
                reasons=reasons,
                band=band(parts, reasons),
                position=position,
                level=level,
            )
        )
    return tuple(matches)


def rank_needs(
    index: Index,
    laboratory: str,
    needs: Mapping[int, tuple[Understanding, Place | str | None]],
    limit: int | None = None,
) -> tuple[NeedMatch, ...]:
    """Return the needs for `laboratory`, best score first, equal scores by number.

    `needs` gives, by number, what a need is about and where it is. A need and a laboratory read the same score
    from both sides. An unknown laboratory raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> needs = {1: (understand(index, "Le stelle"), None), 2: (understand(index, "Il ponte trema"), "097065")}
    >>> [match.need for match in rank_needs(index, "bridges", needs)]
    [2, 1]
    """
    index.refuse_unknown("laboratory", [laboratory])
    numbers = tuple(sorted(needs))
    read, places = [needs[number][0] for number in numbers], [needs[number][1] for number in numbers]
    column = index.laboratories[laboratory]
    values = table(index, read, places, slice(column, column + 1))[:, :, 0]
    matches = []
    for which, score, position, level in _order(values, numbers, limit):
        reasons = Explainer(index, read[which], places[which]).reasons(laboratory)
        parts = factors(values[:, which].tolist())
        matches.append(
            NeedMatch(
                need=numbers[which],
                score=score,
                factors=parts,
                reasons=reasons,
                band=band(parts, reasons),
                position=position,
                level=level,
            )
        )
    return tuple(matches)


def _order(
    values: "NDArray[np.float64]", keys: Sequence[str] | Sequence[int], limit: int | None
) -> list[tuple[int, float, int, int]]:
    """Return the columns of `values` from the best score down, each with its score, position and level."""
    import numpy as np

    if limit is not None and limit < 0:
        raise ValueError(f"limit {limit} is negative")
    weights = np.array(list(WEIGHTS.values()))
    scores = (weights @ np.nan_to_num(values)).round(SCORE_DECIMALS).tolist()
    ordered = sorted(range(len(keys)), key=lambda which: (-scores[which], keys[which]))
    shared = levels([scores[which] for which in ordered[:limit]])
    found: list[tuple[int, float, int, int]] = []
    for which, level in zip(ordered, shared, strict=False):
        tied = bool(found) and found[-1][1] == scores[which]
        found.append((which, scores[which], found[-1][2] if tied else len(found) + 1, level))
    return found
