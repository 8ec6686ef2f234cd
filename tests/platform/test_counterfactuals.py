"""What one more chosen theme would change: true when it is done, and worth a sentence."""

from __future__ import annotations

import csv

import pytest

from raccordo import reference_files
from raccordo.catalogue import Catalogue
from raccordo_graph import helps, rank, understand
from raccordo_graph.counterfactuals import LEAST_RISE, SEEN

PLACE = "097065"


def texts() -> list[tuple[str, str]]:
    with (reference_files.shipped() / "needs.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["description"]) for row in csv.DictReader(file)]


def positions(picture: Catalogue, title: str, text: str, themes: tuple[str, ...]) -> dict[str, int]:
    need = understand(picture.index, text, title=title, themes=themes)
    return {match.laboratory: match.position for match in rank(picture.index, need, place=PLACE)}


@pytest.mark.parametrize("themes", [(), ("strade-ponti",)], ids=["none chosen", "one chosen"])
def test_every_help_is_true_when_the_theme_is_chosen(current: Catalogue, themes: tuple[str, ...]) -> None:
    told = 0
    for title, text in texts()[::4]:
        found = helps(current.index, text, title=title, themes=themes, place=PLACE)
        before = positions(current, title, text, themes)
        for one in found:
            told += 1
            after = positions(current, title, text, (*themes, one.theme))
            assert (one.before, one.after) == (before[one.laboratory], after[one.laboratory])
            assert one.after <= SEEN
            assert one.before - one.after >= LEAST_RISE
            assert one.theme not in themes
        assert len({one.theme for one in found}) == len(found)
        rises = [one.before - one.after for one in found]
        assert rises == sorted(rises, reverse=True)
    assert told > 10


def test_a_text_that_says_nothing_has_no_help(current: Catalogue) -> None:
    assert helps(current.index, "") == ()
    assert helps(current.index, "xyzzy " * 5000) == helps(current.index, "xyzzy")


def test_an_unknown_theme_is_refused(current: Catalogue) -> None:
    with pytest.raises(ValueError, match="nessuno"):
        helps(current.index, "Il ponte trema", themes=("nessuno",))
