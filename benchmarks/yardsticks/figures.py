"""The figures, each from counts that add up over the cases, so that resampled cases only sum other rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import log2
from statistics import fmean
from typing import Any

RELEVANT = 2.0  # grade from which a laboratory must not be missed
DEPTH = 10
RECALLED = 5
NAMED = 3

Counts = tuple[float, ...]
"""What one case adds: a statistic below takes the sums of one column each."""


def gain(grade: float) -> float:
    return float(2.0**grade) - 1


def ndcg(order: Sequence[str], grades: Mapping[str, float], depth: int = DEPTH) -> float | None:
    """Discounted gain of the first `depth`, as a share of the best order's; None where nothing has a grade.

    K. Järvelin, J. Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002.
    """
    best = sorted(grades.values(), reverse=True)
    whole = _discounted(best[:depth])
    return _discounted([grades.get(key, 0.0) for key in order[:depth]]) / whole if whole else None


def _discounted(grades: Sequence[float]) -> float:
    return sum(gain(grade) / log2(place + 2) for place, grade in enumerate(grades))


def recall(order: Sequence[str], grades: Mapping[str, float], depth: int = RECALLED) -> float | None:
    """The share of those of grade 2 and more among the first `depth`; None where there are none."""
    wanted = {key for key, grade in grades.items() if grade >= RELEVANT}
    return len(wanted.intersection(order[:depth])) / len(wanted) if wanted else None


def named(order: Sequence[str], accepted: Collection[str], depth: int = NAMED) -> float:
    """1 if one of `accepted` is among the first `depth`, else 0."""
    return float(not set(order[:depth]).isdisjoint(accepted))


def verdict(answer: bool, truth: bool) -> Counts:
    """Right and all answers where the truth is yes, then where it is no."""
    return (float(truth and answer), float(truth), float(not truth and not answer), float(not truth))


def pair(answer: bool, truth: bool) -> Counts:
    """Hits, false alarms and misses."""
    return (float(answer and truth), float(answer and not truth), float(truth and not answer))


def mistaken(scores: Mapping[str, float], truth: Mapping[str, float]) -> Counts:
    """What the order of `scores` loses and what it could lose, over the pairs that `truth` tells apart.

    A pair in the wrong order loses the gap between its two values, a tie half of it: the weighted Kendall tau loss
    of I. Stelmakh et al., *A gold standard dataset for the reviewer assignment problem*, 2023.
    """
    lost = possible = 0.0
    for one, other in combinations(sorted(truth), 2):
        gap = abs(truth[one] - truth[other])
        guess = (scores[one] - scores[other]) * (truth[one] - truth[other])
        possible += gap
        lost += gap if guess < 0 else gap / 2 if guess == 0 else 0.0
    return (lost, possible)


def share(sums: Any) -> Any:
    """First column over second: a mean, or a loss."""
    return sums[..., 0] / sums[..., 1]


def balanced_accuracy(sums: Any) -> Any:
    return (sums[..., 0] / sums[..., 1] + sums[..., 2] / sums[..., 3]) / 2


def f1(sums: Any) -> Any:
    return 2 * sums[..., 0] / (2 * sums[..., 0] + sums[..., 1] + sums[..., 2])


def counted(values: Iterable[float | None]) -> list[Counts]:
    """Cases of a mean; a value of None is no case."""
    return [(value, 1.0) for value in values if value is not None]


def mean(values: Iterable[float | None]) -> float:
    """The mean over those that are a case."""
    return fmean(value for value, _ in counted(values))
