"""Words that look alike."""

from __future__ import annotations

import pytest

from raccordo_graph.resemblance import Resemblance, grams, resemblance

STEMS = ("acquedott", "fogn", "fognatur", "monitor", "pont")


def test_resemblance_is_dice_of_the_grams_cubed() -> None:
    common = len(grams("fogn") & grams("fognatur"))
    assert (common, len(grams("fogn")), len(grams("fognatur"))) == (3, 3, 7)
    assert resemblance(3, 3, 7) == pytest.approx(0.6**3)


def test_a_typing_error_finds_its_word() -> None:
    ((found,),) = Resemblance(STEMS).of(["aquedott"])
    assert found[0] == "acquedott"


def test_an_english_cousin_finds_its_italian_word() -> None:
    ((found,),) = Resemblance(STEMS).of(["monitoragg"])
    assert found[0] == "monitor"


def test_what_resembles_nothing_finds_nothing() -> None:
    assert Resemblance(STEMS).of(["zzz", ""]) == [[], []]


def test_nothing_resembles_where_there_are_no_words() -> None:
    assert Resemblance(()).of(["pont"]) == [[]]
    assert list(Resemblance(()).pairs) == []


def test_pairs_go_both_ways_and_leave_the_word_itself_out() -> None:
    pairs = [(one, other, round(value, 3)) for one, other, value in Resemblance(STEMS).pairs]
    assert pairs == [("fogn", "fognatur", 0.216), ("fognatur", "fogn", 0.216)]


def test_words_that_only_end_alike_do_not_resemble_each_other() -> None:
    assert Resemblance(("sezion",)).of(["ispezion"]) == [[]]
