"""How much a match says, in four steps: finer distinctions are right only two times in three."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from raccordo_graph.factors import Factor
from raccordo_graph.reasons import Reasons


class Band(StrEnum):
    """The confidence of a match; ``NONE`` is a laboratory that nothing speaks for."""

    STRONG = "strong"
    PLAUSIBLE = "plausible"
    WEAK = "weak"
    NONE = "none"


SUGGESTED = (Band.STRONG, Band.PLAUSIBLE)
"""The bands of what one may suggest to somebody who did not ask for all."""

WITH_A_REASON = (*SUGGESTED, Band.WEAK)
"""The bands of what has anything in common."""

BANDS: Mapping[Band, float] = {Band.STRONG: 0.5, Band.PLAUSIBLE: 0.3, Band.WEAK: 0.0}
"""Where a band begins: what words, concepts and themes contribute, as a share of the most that they can."""

INDISTINCT = 0.02
"""Scores that differ by less are equal for whoever judges: of such pairs the graders had 55 in 100 in our order, and
of those that differ by 0.08 and more 91 in 100 (`make quality`, development half: 520 and 3,649 pairs)."""


def levels(scores: Sequence[float]) -> list[int]:
    """Return the place, from 1, that each of `scores` shares with those that cannot be told from it.

    `scores` fall. A level begins where a score is `INDISTINCT` or more below the first of the level before, so that
    a long slope of small steps does not become one level.

    >>> levels([0.70, 0.69, 0.675, 0.50, 0.20])
    [1, 1, 3, 4, 5]
    """
    found: list[int] = []
    first = 0.0
    for place, score in enumerate(scores, start=1):
        begins = not found or first - score >= INDISTINCT
        found.append(place if begins else found[-1])
        first = score if begins else first
    return found


def band(factors: Sequence[Factor], reasons: Reasons) -> Band:
    """Return the band of a match; distance and capacity do not count, and without a reason there is none.

    >>> from raccordo_graph.index import Index
    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.ranking import rank, understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> [str(match.band) for match in rank(index, understand(index, "Il ponte trema"))]
    ['strong', 'plausible', 'weak', 'none', 'none']
    """
    if not reasons.any:
        return Band.NONE
    fit = [factor for factor in factors if factor.name in ("words", "concepts", "themes")]
    share = sum(factor.contribution for factor in fit) / sum(factor.weight for factor in fit if factor.known)
    return next(band for band, begins in BANDS.items() if share >= begins)
