"""What was measured on judged examples, as `make quality EVAL=FOLDER KEEP=yes` wrote it down: figures, not the examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from raccordo import reference_files
from raccordo_graph import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the interval that holds 95 % of its resamples, and what a plain scorer reaches on the same cases."""

    key: str
    cases: int
    value: float
    low: float
    high: float
    baseline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWorth:
    """How many suggestions were of a band, and the share of them (0 to 1) that the graders found good."""

    band: Band
    suggestions: int
    good: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All of it; `code_version` names the formulas and numbers that were measured."""

    code_version: str
    figures: tuple[Figure, ...]
    bands: tuple[BandWorth, ...]


@cache
def measured() -> Measured:
    """The figures that ship."""
    kept = json.loads((reference_files.shipped() / "quality.json").read_text("utf-8"))
    return Measured(
        code_version=kept["code_version"],
        figures=tuple(Figure(**one) for one in kept["figures"]),
        bands=tuple(BandWorth(**{**one, "band": Band(one["band"])}) for one in kept["bands"]),
    )
