"""What words are worth, worked out by hand."""

from __future__ import annotations

from math import log, sqrt

import pytest

from raccordo_graph import Department, Facts, Laboratory, Theme
from raccordo_graph.vocabulary import Vocabulary

PONTI = Theme(slug="ponti", label_it="Ponti", label_en="")
LAB = Laboratory(slug="lab", name="Ponti e gallerie", department="DICA")
DICA = Department(acronym="DICA", name_it="", name_en="")
VOCABULARY = Vocabulary.of(Facts(departments=(DICA,), themes=(PONTI,), laboratories=(LAB,)))


def test_a_word_of_every_text_is_worth_one_and_a_rarer_one_more() -> None:
    assert VOCABULARY.idf["pont"] == 1 + log(3 / 3)
    assert VOCABULARY.idf["galler"] == 1 + log(3 / 2)


def test_the_words_of_one_text_have_length_one() -> None:
    pont, galler = log(2), log(2) * (1 + log(3 / 2))
    length = sqrt(pont**2 + galler**2)
    weights = {entry.stem: entry.weight for entry in VOCABULARY.entries["laboratory", "lab"]}
    assert weights == pytest.approx({"pont": pont / length, "galler": galler / length})


def test_a_word_is_shown_in_its_usual_form() -> None:
    lab = Laboratory(slug="lab", name="Ponte", department="DICA", card_it="Prova ponti. Misura ponti.")
    vocabulary = Vocabulary.of(Facts(departments=(DICA,), laboratories=(lab,)))
    assert {entry.stem: entry.written for entry in vocabulary.entries["laboratory", "lab"]}["pont"] == "ponti"


def test_cosines_compare_the_texts_of_two_families() -> None:
    ((theme, laboratory, cosine),) = VOCABULARY.cosines("theme", "laboratory")
    weights = {entry.stem: entry.weight for entry in VOCABULARY.entries["laboratory", "lab"]}
    assert (theme, laboratory) == (("theme", "ponti"), ("laboratory", "lab"))
    assert cosine == pytest.approx(weights["pont"])


def test_a_thing_without_words_has_no_entries() -> None:
    silent = Theme(slug="muto", label_it="", label_en="2026!")
    assert Vocabulary.of(Facts(themes=(silent,))).entries == {("theme", "muto"): ()}
