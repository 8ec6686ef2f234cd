"""The table that people read and the numbers that machines read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from raccordo_graph import CODE_VERSION
from yardsticks.figures import Counts
from yardsticks.intervals import Figure, Statistic, figure

KEYS = {
    "needs_ndcg10": "needs -> laboratories, nDCG@10",
    "needs_recall5": "needs -> laboratories, recall@5 of grade 2 and more",
    "lay_function_top3": "lay texts -> function among the first three",
    "lay_theme_top3": "lay texts -> theme among the first three",
    "lay_ndcg10": "lay texts -> laboratories, nDCG@10",
    "abstention": "says when no laboratory fits, balanced accuracy",
    "duplicates_f1": "the same need in two texts, F1",
    "expertise_loss": "expertise, words and graph, loss (lower is better)",
    "expertise_loss_encoder": "expertise, with an encoder, loss (lower is better)",
}

BANDS = "bands: suggestions, share graded 2 or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure of the product and, `beside` it, that of a plain scorer on the same cases."""

    key: str
    cases: int
    ours: Figure
    baseline: Figure
    beside: str = "characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Some further rows of numbers, such as an ablation; nan is what makes no sense there."""

    title: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[float]]


def measured(key: str, ours: Sequence[Counts], baseline: Sequence[Counts], statistic: Statistic) -> Measured:
    """Both figures from the counts of the same cases."""
    return Measured(
        key=key, cases=len(ours), ours=figure(ours, statistic), baseline=figure(baseline, statistic)
    )


def lines(found: Sequence[Measured], missing: Mapping[str, str], tables: Sequence[Table]) -> list[str]:
    """Everything that was measured, what was not and why, and the further tables."""
    by_key = {one.key: one for one in found}
    width = max(map(len, KEYS.values()))
    written = [f"{'':{width}}  cases   ours  95 % interval  baseline"]
    for key, name in KEYS.items():
        if key in by_key:
            written.append(f"{name:{width}}  {_numbers(by_key[key])}")
        else:
            written.append(f"{name:{width}}  not measured: {missing.get(key, 'not asked for')}")
    for table in tables:
        written += ["", *_table(table)]
    return written


def _numbers(one: Measured) -> str:
    ours, baseline = one.ours, one.baseline
    interval = f"{ours.low:.3f} - {ours.high:.3f}"
    return f"{one.cases:5}  {ours.value:.3f}  {interval}  {baseline.value:.3f} {one.beside}"


def _table(table: Table) -> list[str]:
    width = max(map(len, [table.title, *table.rows]))
    sizes = [max(len(column), 6) for column in table.columns]
    head = "  ".join(f"{column:>{size}}" for column, size in zip(table.columns, sizes, strict=True))
    return [f"{table.title:{width}}  {head}"] + [
        f"{name:{width}}  "
        + "  ".join(
            f"{'-':>{size}}" if isnan(value) else f"{value:{size}.3f}"
            for value, size in zip(values, sizes, strict=True)
        )
        for name, values in table.rows.items()
    ]


def shown(found: Sequence[Measured], tables: Sequence[Table]) -> dict[str, Any]:
    """What the page about the method shows: each figure beside its baseline, and what the bands are worth."""
    order = sorted(found, key=lambda one: list(KEYS).index(one.key))
    bands = next((table for table in tables if table.title == BANDS), None)
    return {
        "code_version": CODE_VERSION,
        "figures": [
            {
                "key": one.key,
                "cases": one.cases,
                "value": round(one.ours.value, 3),
                "low": round(one.ours.low, 3),
                "high": round(one.ours.high, 3),
                "baseline": round(one.baseline.value, 3),
            }
            for one in order
        ],
        "bands": [
            {"band": band, "suggestions": int(count), "good": round(good, 3)}
            for band, (count, good) in (bands.rows.items() if bands else ())
        ],
    }


def numbers(found: Sequence[Measured]) -> dict[str, Any]:
    """One flat number a key, and their intervals; what was not measured has no key."""
    order = sorted(found, key=lambda one: list(KEYS).index(one.key))
    return {one.key: round(one.ours.value, 4) for one in order} | {
        "intervals": {one.key: [round(one.ours.low, 4), round(one.ours.high, 4)] for one in order}
    }
