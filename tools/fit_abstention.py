"""Prints the three numbers of `raccordo_graph.abstention`, fitted on the project's own examples, and how well they do.

    python tools/fit_abstention.py

A logistic regression of "an office, a supplier or a form" on the share of services and on the counts of phrases, its
weights divided by that of the share. The balanced accuracy is that of examples left out of the fit (five parts, 20 times).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "graph"), str(ROOT / "platform"), str(ROOT / "benchmarks")]

import asyncio  # noqa: E402  # after the path

from raccordo_graph import serves, understand  # noqa: E402
from raccordo_graph.abstention import RECURS, SEEKS  # noqa: E402
from yardsticks import product  # noqa: E402

EXAMPLES = ROOT / "tests" / "examples" / "served.csv"
Numbers = NDArray[np.float64]


def examples() -> tuple[Numbers, Numbers]:
    """The features of every example, and 1 where no laboratory should serve it."""
    index = asyncio.run(product.shipped())[0].index
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    needs = [understand(index, row["text"]) for row in rows]
    features = [
        (
            serves(index, need).share,
            min(len(need.asking.seeks), SEEKS[1]),
            min(len(need.asking.recurs), RECURS[1]),
        )
        for need in needs
    ]
    return np.array(features, float), np.array([row["laboratory"] == "no" for row in rows], float)


def fitted(features: Numbers, truths: Numbers, ridge: float = 1.0, steps: int = 50) -> Numbers:
    """Intercept and weights, by Newton's method on standardised features."""
    middle, spread = features.mean(axis=0), features.std(axis=0)
    known = np.c_[np.ones(len(features)), (features - middle) / spread]
    shrinking = ridge * np.r_[0.0, np.ones(features.shape[1])]
    weights = np.zeros(known.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (chance - truths) + shrinking * weights
        curve = (known * (chance * (1 - chance))[:, None]).T @ known + np.diag(shrinking)
        weights -= np.linalg.solve(curve, slope)
    own = weights[1:] / spread
    return np.array([weights[0] - own @ middle, *own])


def left_out(features: Numbers, truths: Numbers, times: int = 20, parts: int = 5) -> float:
    """Balanced accuracy on examples that the fit has not seen."""
    found = []
    for seed in range(times):
        order, refused = np.random.default_rng(seed).permutation(len(truths)), np.zeros(len(truths), bool)
        for part in range(parts):
            out = order[part::parts]
            kept = np.setdiff1d(order, out)
            weights = fitted(features[kept], truths[kept])
            refused[out] = weights[0] + features[out] @ weights[1:] >= 0
        found.append((refused[truths == 1].mean() + (~refused[truths == 0]).mean()) / 2)
    return float(np.mean(found))


def main() -> int:
    features, truths = examples()
    for used, name in ((1, "share of services alone"), (3, "share, seeking, recurring")):
        weights = fitted(features[:, :used], truths)
        bounds = [round(float(-one / weights[1]), 3) for one in np.delete(weights, 1)]
        print(f"{name}: {bounds}, left out {left_out(features[:, :used], truths):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
