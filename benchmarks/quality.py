"""How good the product's answers are, measured on a folder of judged examples that is not part of it.

    make quality EVAL=FOLDER

Prints one table and writes build/quality.json. The shape of the folder stands in docs/matching.md.
With --keep the figures are also written where /metodo reads them.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from raccordo.catalogue import Catalogue
from yardsticks import calibration, encoded, needs, product, publications, report
from yardsticks.figures import ndcg, recall
from yardsticks.folder import Evaluation, NotMeasured
from yardsticks.report import Measured, Table

Thing = TypeVar("Thing")

WRITTEN = Path(__file__).parents[1] / "build" / "quality.json"
KEPT = Path(__file__).parents[1] / "platform" / "raccordo" / "reference" / "quality.json"
USAGE = "Say where the judged examples are: make quality EVAL=FOLDER (docs/matching.md says what is in it)."


@dataclass(slots=True)
class Findings:
    """What was measured so far, and why the rest was not."""

    measured: list[Measured] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)

    def take(self, keys: Sequence[str], reading: Callable[[], Sequence[Thing]]) -> Sequence[Thing]:
        """What `reading` gives; where it cannot, nothing, and for `keys` the sentence that says why."""
        try:
            return reading()
        except NotMeasured as reason:
            self.missing |= dict.fromkeys(keys, str(reason))
            return ()

    def add(self, keys: Sequence[str], measuring: Callable[[], Sequence[Measured]]) -> None:
        """Measure, or remember why not."""
        self.measured += self.take(keys, measuring)


def of_rankings(
    findings: Findings, evaluation: Evaluation, published: Catalogue, written: Mapping[str, product.Written]
) -> None:
    """The laboratories of needs and lay texts, and what each factor of the ranking is worth there."""
    baseline = needs.laboratory_texts(published)
    judged: needs.Judged = {}
    for scores, asking in (
        (
            {"needs_ndcg10": ndcg, "needs_recall5": recall},
            lambda: needs.of_needs(evaluation, published, written),
        ),
        ({"lay_ndcg10": ndcg}, lambda: needs.of_lay_texts(evaluation, published)),
    ):
        asked = findings.take(list(scores), asking)
        judged |= {key: (asked, score) for key, score in scores.items() if asked}
    for key, (asked, score) in judged.items():
        findings.add((key,), partial(needs.ranked, key, asked, score, baseline))
    findings.add(("abstention",), lambda: [needs.abstention_of(evaluation, published, baseline)])
    findings.add(("duplicates_f1",), lambda: [needs.duplicates_of(evaluation, published, baseline)])
    told = {key: judged[key] for key in judged if key not in findings.missing}
    if told:
        findings.tables.append(needs.ablation(told))
        every = [one for asked, score in told.values() if score is ndcg for one in asked]
        findings.tables += [calibration.of_bands(every), calibration.of_differences(every)]


def of_publications(findings: Findings, evaluation: Evaluation) -> list[Measured]:
    """How well publications tell who can answer, and the same of each part and of the peers."""
    measured, tables = publications.of_publications(evaluation)
    findings.tables += tables
    return [measured]


def of_encoder(findings: Findings, evaluation: Evaluation) -> list[Measured]:
    """The same with an encoder as one more measure, if there is one."""
    measured, table = encoded.of_encoder(evaluation)
    findings.tables.append(table)
    return [measured]


def measure(evaluation: Evaluation, published: Catalogue, written: Mapping[str, product.Written]) -> Findings:
    """Everything that the folder allows."""
    findings = Findings()
    of_rankings(findings, evaluation, published, written)
    findings.add(("lay_function_top3", "lay_theme_top3"), lambda: needs.topics_of(evaluation, published))
    findings.add(("expertise_loss",), lambda: of_publications(findings, evaluation))
    findings.add(("expertise_loss_encoder",), lambda: of_encoder(findings, evaluation))
    return findings


def main(arguments: Sequence[str], target: Path = WRITTEN, shown: Path = KEPT) -> int:
    """Print the table, write the numbers and return the exit code."""
    keep = "--keep" in arguments
    arguments = [one for one in arguments if one != "--keep"]
    if len(arguments) != 1 or not arguments[0]:
        print(USAGE, file=sys.stderr)
        return 2
    root = Path(arguments[0])
    if not root.is_dir():
        print(f"EVAL: {root} is not a folder", file=sys.stderr)
        return 2
    found = measure(Evaluation(root), *asyncio.run(product.shipped()))
    print("\n".join(report.lines(found.measured, found.missing, found.tables)))
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, report.numbers(found.measured))
    if keep:
        _write(shown, report.shown(found.measured, found.tables))
    return 0


def _write(target: Path, numbers: Mapping[str, object]) -> None:
    target.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
