"""What a text says in the lexicon of the small valley, worked by hand."""

from __future__ import annotations

from math import log, log2

import pytest

from raccordo_graph import Index
from raccordo_graph.hearing import UNHEARD, Hearing, hear
from raccordo_graph.text import words

TORRENTE = log(1 + 3 / 1)  # one of three concepts, lent whole


def heard(index: Index, text: str, times: float = 1.0) -> Hearing:
    return hear(index, dict.fromkeys(words(text), times))


def of(index: Index, hearing: Hearing, concept: str) -> tuple[float, float]:
    row = index.concepts.keys[concept]
    return float(hearing.loudness[row]), float(hearing.shares[row])


def test_one_word_is_as_loud_as_its_weight(speaking: Index) -> None:
    share = TORRENTE**2 / (UNHEARD**2 + TORRENTE**2)
    assert of(speaking, heard(speaking, "torrente"), "streams") == pytest.approx((TORRENTE, share))


def test_a_word_said_again_is_louder_but_less_each_time(speaking: Index) -> None:
    loudness, _ = of(speaking, heard(speaking, "torrente", times=3.0), "streams")
    assert loudness == pytest.approx(log2(1 + 3) * TORRENTE)


def test_two_words_make_a_concept_stand_out_more_than_twice(speaking: Index) -> None:
    one, two = heard(speaking, "torrente guasto"), heard(speaking, "torrente pioggia guasto")
    share, other = of(speaking, two, "streams")[1], of(speaking, two, "repair")[1]
    assert of(speaking, one, "streams")[1] == pytest.approx(of(speaking, one, "repair")[1])
    assert share == pytest.approx(4 * other)


def test_a_word_that_is_written_wrongly_is_told_as_it_was_written(speaking: Index) -> None:
    found = heard(speaking, "torente")
    assert found.words == {speaking.concepts.keys["streams"]: ("torente",)}
    assert of(speaking, found, "streams")[0] < TORRENTE


def test_a_word_like_no_other_says_nothing(speaking: Index) -> None:
    found = heard(speaking, "zzyzx")
    assert (found.terms, found.words, float(found.shares.sum())) == ((), {}, 0.0)


def test_an_english_word_is_heard_in_english(speaking: Index) -> None:
    assert of(speaking, heard(speaking, "vibrates"), "bridges")[0] > 0


def test_the_shares_leave_room_for_doubt(speaking: Index) -> None:
    assert 0 < float(heard(speaking, "torrente pioggia passerella guasto").shares.sum()) < 1
