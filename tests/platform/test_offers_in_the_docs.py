"""The page about offers says what the code does: its example, the weights, the kinds with their fields."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from raccordo import offer_kinds_table
from raccordo.offer_kinds import BY_SLUG, FIELDS, KINDS
from raccordo_graph.offers import OFFER_WEIGHTS

DOCUMENT = Path(__file__).parents[2] / "docs/offers.md"


def test_its_example_gives_its_true_answer() -> None:
    tried = doctest.testfile(str(DOCUMENT), module_relative=False)
    assert (tried.failed, tried.attempted > 5) == (0, True)


def test_it_shows_the_table_of_kinds() -> None:
    assert offer_kinds_table.markdown("en") in DOCUMENT.read_text("utf-8"), "python tools/documents.py"


def test_it_prints_every_factor_with_its_weight() -> None:
    table = DOCUMENT.read_text("utf-8").split("| factor |", 1)[1].split("\n\n", 1)[0]
    shown = dict(re.findall(r"^\| (\w+) \| ([\d.]+) \|", table, flags=re.MULTILINE))
    assert {name: float(weight) for name, weight in shown.items()} == dict(OFFER_WEIGHTS)


def test_a_name_means_one_field_in_every_kind_that_has_it() -> None:
    for kind in KINDS.values():
        assert [one for one in kind.fields if FIELDS[one.name] != one] == []
    assert len(BY_SLUG) == len(KINDS)
