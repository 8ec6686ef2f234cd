"""What a band and a difference of scores are worth: how often the graders agree with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from raccordo_graph import BANDS
from yardsticks import report
from yardsticks.needs import Asked
from yardsticks.report import Table

GOOD = 2.0
"""The grade from which a laboratory is good for a need."""

READ = 15
"""The laboratories of a ranking that anybody reads."""

STEPS = (0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 1.0)
"""Differences of scores, from the smallest."""


def of_bands(asked: Sequence[Asked]) -> Table:
    """For each band: how many suggestions had it, and which share the graders found good."""
    found = [
        (match.band, one.grades.get(match.laboratory, 0.0) >= GOOD) for one in asked for match in one.matches
    ]
    rows = {}
    for band in BANDS:
        good = [verdict for known, verdict in found if known is band]
        rows[band.value] = [float(len(good)), sum(good) / len(good) if good else 0.0]
    return Table(title=report.BANDS, columns=["count", "good"], rows=rows)


def of_differences(asked: Sequence[Asked]) -> Table:
    """For each step of the difference of two scores: how many pairs of unlike grades, and which share is in order."""
    pairs = [
        (high.score - low.score, one.grades.get(high.laboratory, 0.0) - one.grades.get(low.laboratory, 0.0))
        for one in asked
        for high, low in combinations(one.matches[:READ], 2)
    ]
    rows = {}
    for least, most in pairwise(STEPS):
        right = [grade > 0 for score, grade in pairs if least <= score < most and grade]
        rows[f"{least:.2f} to {most:.2f}"] = [float(len(right)), sum(right) / len(right) if right else 0.0]
    return Table(
        title="differences of scores: pairs, share in order", columns=["count", "in order"], rows=rows
    )
