"""The evaluation folder: what is in it, and a sentence for what is missing or cannot be read."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Grades = dict[str, dict[str, float]]
"""By case, the grade of each laboratory (or submission) that has one."""


class NotMeasured(Exception):
    """Why a set cannot be measured, as a sentence."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A folder of the shape that docs/matching.md describes; nothing of it is kept."""

    root: Path

    def rows(self, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
        """The rows of a CSV file that must have `columns`."""
        try:
            with self._found(name).open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                rows = list(reader)
        except (UnicodeDecodeError, csv.Error) as error:
            raise NotMeasured(f"{name}: not a CSV file in UTF-8 ({error})") from error
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise NotMeasured(f"{name}: no column {', '.join(missing)}")
        if not rows:
            raise NotMeasured(f"{name}: no row")
        return rows

    def grades(self, name: str, case: str, thing: str, grade: str) -> Grades:
        """The numbers in column `grade`, by case and thing."""
        found: Grades = defaultdict(dict)
        for line, row in enumerate(self.rows(name, (case, thing, grade)), start=2):
            try:
                found[row[case]][row[thing]] = float(row[grade])
            except ValueError:
                raise NotMeasured(f"{name}, row {line}: {row[grade]!r} is not a number") from None
        return dict(found)

    def packed(self, name: str) -> Any:
        """The content of a gzipped JSON file."""
        try:
            with gzip.open(self._found(name), "rt", encoding="utf-8") as file:
                return json.load(file)
        except (OSError, EOFError, ValueError) as error:
            raise NotMeasured(f"{name}: not gzipped JSON ({error})") from error

    def names(self, pattern: str) -> list[str]:
        """The files that match, in the alphabet's order."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern))

    def _found(self, name: str) -> Path:
        path = self.root / name
        if not path.is_file():
            raise NotMeasured(f"{name}: not in the folder")
        return path


def yes(name: str, row: dict[str, str], column: str) -> bool:
    """Whether the cell says yes; anything but yes and no is refused."""
    if row[column] not in ("yes", "no"):
        raise NotMeasured(f"{name}: {column} is {row[column]!r}, neither yes nor no")
    return row[column] == "yes"


def accepted(cell: str) -> tuple[str, ...]:
    """The keys in a cell, which bars separate."""
    return tuple(key.strip() for key in cell.split("|") if key.strip())


def all_known(name: str, what: str, named: Collection[str], known: Collection[str]) -> None:
    """Refuse a set that speaks of what the product does not have: its figures would mean nothing."""
    unknown = sorted(set(named).difference(known))
    if unknown:
        raise NotMeasured(f"{name}: the product has no {what} {', '.join(unknown)}")
