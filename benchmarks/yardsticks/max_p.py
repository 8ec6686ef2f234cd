"""The peer for divisions of a territory: MaxP of `spopt`, run by the Python of an environment of its own.

JSON comes in at stdin, one piece of land after the other; a line of JSON goes out for each. J. C. Duque, L. Anselin,
S. J. Rey, *The max-p-regions problem*, Journal of Regional Science 52, 2012, as `spopt.region.MaxPHeuristic` solves it.
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
import time
import warnings
from typing import Any

ITERATIONS = 10  # of its construction phase; with its own default of 99 a province does not finish
SEEDS = 3  # tries of a piece that it did not finish in time


def main() -> None:
    """Read ``{"seconds": ..., "pieces": [...]}`` and print what MaxP finds for every piece."""
    warnings.filterwarnings("ignore")
    asked = json.load(sys.stdin)
    signal.signal(signal.SIGPROF, _late)
    for piece in asked["pieces"]:
        print(json.dumps(_tried(piece, asked["seconds"])), flush=True)


def _late(*_: object) -> None:
    raise TimeoutError


def _tried(piece: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The labels and the seconds of the first seed that finishes in time; `lost` counts those that did not finish or failed."""
    for lost in range(SEEDS):
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            start = time.process_time()
            labels = _solved(piece, seed=lost + 1)
            return {"labels": labels, "seconds": time.process_time() - start, "lost": lost}
        except (TimeoutError, IndexError):  # it fails on some pieces of land for some seeds
            continue
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return {"labels": None, "seconds": seconds, "lost": SEEDS}


def _solved(piece: dict[str, Any], seed: int) -> list[int]:
    frames, weights, region, numpy = (
        importlib.import_module(name) for name in ("geopandas", "libpysal.weights", "spopt.region", "numpy")
    )
    numpy.random.seed(seed)
    names = [f"trait{place}" for place in range(len(piece["traits"][0]))]
    columns = dict(zip(names, zip(*piece["traits"], strict=True), strict=True))
    frame = frames.GeoDataFrame({**columns, "residents": piece["residents"]})
    near = weights.W({int(at): others for at, others in piece["near"].items()}, silence_warnings=True)
    model = region.MaxPHeuristic(
        frame, near, names, "residents", piece["threshold"], 2, max_iterations_construction=ITERATIONS
    )
    model.solve()
    return [int(label) for label in model.labels_]


if __name__ == "__main__":
    main()
