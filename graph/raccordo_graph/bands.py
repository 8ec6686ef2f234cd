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


BANDS: Mapping[Band, float] = {Band.STRONG: 0.5, Band.PLAUSIBLE: 0.3, Band.WEAK: 0.0}
"""Where a band begins: what words, concepts and themes contribute, as a share of the most that they can."""


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
    if not (reasons.shared_words or reasons.shared_themes or reasons.path):
        return Band.NONE
    fit = [factor for factor in factors if factor.name in ("words", "concepts", "themes")]
    share = sum(factor.contribution for factor in fit) / sum(factor.weight for factor in fit if factor.known)
    return next(band for band, begins in BANDS.items() if share >= begins)
