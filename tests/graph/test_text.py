"""Words and stems: accents, apostrophes, two languages, hostile characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph.stopwords import STOPWORDS
from raccordo_graph.text import fold, stem, words


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


def test_an_accent_an_apostrophe_and_nothing_are_one_word() -> None:
    assert folded("viabilità") == folded("viabilita'") == folded("VIABILITA") == ["viabilita"]


def test_composed_and_decomposed_accents_are_one_word() -> None:
    assert folded("caffe\u0300") == folded("caffè")


def test_elisions_part_from_their_word() -> None:
    assert folded("dell'acquedotto e l’acqua") == ["acquedotto", "acqua"]


def test_words_are_kept_as_they_are_written() -> None:
    assert [word.written for word in words("Il PONTE di Temù")] == ["PONTE", "Temù"]


def test_stop_words_numbers_and_boilerplate_say_nothing() -> None:
    assert folded("Il comune chiede aiuto: nel 2026 ha 900 abitanti di più") == ["abitanti"]


def test_invisible_characters_do_not_part_a_word() -> None:
    assert folded("acque\u00addotto\u200b") == ["acquedotto"]


def test_control_characters_and_emoji_part_words_and_vanish() -> None:
    assert folded("ponte\x00frana\x1b[31m🚧strada") == ["ponte", "frana", "31m", "strada"]


def test_what_is_too_long_for_a_word_is_left_out() -> None:
    assert folded("a" * 41 + " ponte") == ["ponte"]


def test_stop_words_are_folded_as_the_text_is() -> None:
    assert all(fold(word) == word for word in STOPWORDS)


def test_forms_of_a_word_meet_in_its_stem() -> None:
    assert {stem(word, "it") for word in ("frana", "frane", "frano")} == {"fran"}
    assert {stem(word, "en") for word in ("bridge", "bridges")} == {"bridg"}


@given(st.text())
def test_any_text_can_be_read_and_folding_twice_changes_nothing(text: str) -> None:
    for word in words(text):
        assert fold(word.folded) == word.folded
        assert stem(word.folded, "it") is not None
