"""The page about matching says what the code does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from raccordo_graph import BANDS, WEIGHTS

PAGE = Path(__file__).parents[2] / "docs" / "matching.md"


def rows(header: str) -> dict[str, str]:
    """The first two columns of the table that begins with `header`."""
    table = PAGE.read_text("utf-8").split(f"| {header} |", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| (\w+) \| ([^|]+?) \|", table, flags=re.MULTILINE))


def test_its_examples_give_their_true_answers() -> None:
    tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (tried.failed, tried.attempted > 5) == (0, True)


def test_it_prints_every_factor_with_its_weight() -> None:
    assert {name: float(weight) for name, weight in rows("factor").items()} == dict(WEIGHTS)


def test_it_prints_every_band_with_its_beginning() -> None:
    assert {name: float(begins) for name, begins in list(rows("band").items())[:2]} == {
        "strong": BANDS["strong"],  # type: ignore[index]  # a StrEnum's member is its text
        "plausible": BANDS["plausible"],  # type: ignore[index]  # the same
    }
