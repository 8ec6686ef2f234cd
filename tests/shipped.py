"""The shipped files, copied into a folder where a test may change or break them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from dump import dump
from raccordo import loading
from raccordo.language import Sentence
from raccordo.problems import BrokenTable


def silent(_: Sentence) -> None:
    pass


def rewrite(folder: Path, table: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    """Write a table again with its rows changed."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def edit(folder: Path, table: str, line: int, **cells: str) -> None:
    """Change cells of the row on that line; all shipped rows before it must stand on one line."""

    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        rows[line - 2].update(cells)
        return rows

    rewrite(folder, table, change)


async def refusal(folder: Path) -> list[str]:
    """The problems of a load that must be refused, after checking that it changed nothing."""
    before = await dump()
    with pytest.raises(BrokenTable) as broken:
        await loading.load(silent, folder)
    assert await dump() == before
    return [str(problem.sentence) for problem in broken.value.problems]
