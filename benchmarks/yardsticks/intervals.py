"""How far a figure would move with other cases of the same kind: the bootstrap, with a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yardsticks.figures import Counts
from yardsticks.folder import NotMeasured

SEED = 20230315
RESAMPLES = 10_000
COVERED = 0.95

Statistic = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure and the interval that holds 95 % of its resamples."""

    value: float
    low: float
    high: float


def figure(cases: Sequence[Counts], statistic: Statistic, seed: int = SEED) -> Figure:
    """The statistic of `cases`, with its percentile interval.

    Without a case of each kind there is no figure. B. Efron, *Bootstrap methods: another look at the jackknife*, 1979.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(statistic(np.sum(cases, axis=0))) if cases else nan
    if isnan(value):
        raise NotMeasured("the cases tell nothing apart")
    tried = _resampled(cases, statistic, seed)
    low, high = np.nanquantile(tried, [(1 - COVERED) / 2, (1 + COVERED) / 2]).tolist()
    return Figure(value=value, low=low, high=high)


def better(ours: Sequence[Counts], theirs: Sequence[Counts], statistic: Statistic, seed: int = SEED) -> float:
    """The share of resamples in which our statistic is lower; both sides draw the same cases."""
    pairs = _resampled(ours, statistic, seed), _resampled(theirs, statistic, seed)
    return float(np.mean(pairs[0] < pairs[1]))


def _resampled(cases: Sequence[Counts], statistic: Statistic, seed: int) -> NDArray[np.float64]:
    """The statistic of every resample; one without a case of some kind gives nan and is left out."""
    count = len(cases)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    with np.errstate(invalid="ignore", divide="ignore"):
        tried: NDArray[np.float64] = statistic(drawn @ np.array(cases))
    return tried
