"""Whom a need may be given to: every laboratory whose match says enough, with its score."""

from collections.abc import Sequence

from raccordo_graph.bands import BANDS, Band
from raccordo_graph.factors import SCORE_DECIMALS, WEIGHTS
from raccordo_graph.feedback import measured
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.reasons import Explainer
from raccordo_graph.understanding import Understanding

FITTING = ("words", "concepts", "themes")


def candidates(
    index: Index,
    needs: Sequence[tuple[int | None, Understanding, Place | str | None]],
    least: Band = Band.WEAK,
) -> tuple[tuple[float | None, ...], ...]:
    """Return the score of each laboratory (in the order of the index) for each need; None below the band `least`.

    `needs` gives the number of each, what it is about and where it is. Scores and bands are those of
    :func:`raccordo_graph.ranking.rank`: a laboratory that nothing speaks for is no candidate.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.ranking import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> [row] = candidates(index, [(1, understand(index, "Il ponte trema"), "097065")], Band.PLAUSIBLE)
    >>> [slug for slug, score in zip(index.laboratories, row) if score]
    ['both', 'bridges']
    """
    import numpy as np

    numbers, read, places = zip(*needs, strict=True) if needs else ((), (), ())
    values, _ = measured(index, read, places, numbers, slice(None))
    weights = np.array(list(WEIGHTS.values()))
    fit = [list(WEIGHTS).index(name) for name in FITTING]
    known = ~np.isnan(values)
    values = np.nan_to_num(values)
    scores = np.tensordot(weights, values, 1).round(SCORE_DECIMALS)
    said = np.tensordot(weights[fit], values[fit], 1)
    share = said / np.tensordot(weights[fit], known[fit].astype(float), 1)
    spoken = [Explainer(index, one, place).spoken_for() for one, place in zip(read, places, strict=True)]
    fits = np.reshape(np.array(spoken, dtype=bool), share.shape) & (share >= BANDS[least])
    return tuple(
        tuple(score if fits else None for score, fits in zip(*row, strict=True))
        for row in zip(scores.tolist(), fits.tolist(), strict=True)
    )
