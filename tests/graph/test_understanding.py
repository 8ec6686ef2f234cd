"""What a need is about: words, themes, functions; chosen or inferred; whatever is typed."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import Facts, Index, Understanding, build, understand
from raccordo_graph.understanding import DOUBT, KIN, MOST_WORDS, TITLE


def keys(topics: object) -> list[str]:
    return [topic.key for topic in topics]  # type: ignore[attr-defined]


def test_everyday_words_lead_to_the_theme_and_to_its_function(index: Index) -> None:
    need = understand(index, "in piazza i cassonetti sono pieni di spazzatura")
    assert keys(need.themes) == ["rifiuti"]
    assert need.functions[0].key == "f"


def test_a_word_of_the_title_counts_as_two_of_the_text(index: Index) -> None:
    need = understand(index, "buche e asfalto", title="buche")
    weight = {word.written: word.weight for word in need.words}
    assert weight["buche"] / weight["asfalto"] == pytest.approx(log(1 + 1 + TITLE) / log(2))


def test_words_have_length_one_and_go_from_the_heaviest(index: Index) -> None:
    need = understand(index, "Il ponte e le frane, il ponte e la spazzatura")
    weights = [word.weight for word in need.words]
    assert sqrt(sum(weight**2 for weight in weights)) == pytest.approx(1)
    assert weights == sorted(weights, reverse=True)


def test_an_unknown_word_stands_for_the_one_it_resembles(index: Index) -> None:
    need = understand(index, "smottamneto")
    assert [(word.stem, word.written) for word in need.words] == [("smott", "smottamneto")]


def test_a_known_word_brings_its_look_alikes_at_a_lower_weight(index: Index) -> None:
    need = understand(index, "stradina")
    known = {word.stem: word.weight for word in need.words}
    assert known["strad"] == max(known.values())
    kin = understand(index, "strade").words
    assert sum(word.weight for word in kin[1:]) <= KIN * kin[0].weight


def test_a_need_in_english_is_read_too(index: Index) -> None:
    assert understand(index, "bridges over the road").themes[0].key == "strade-ponti"


def test_inferred_themes_share_less_than_one_and_doubt_takes_the_rest(index: Index) -> None:
    need = understand(index, "frane sulle strade")
    assert not any(topic.chosen for topic in need.themes)
    assert 1 - sum(topic.weight for topic in need.themes) >= DOUBT**2 / 2


def test_chosen_themes_and_functions_weigh_one_and_come_first(index: Index) -> None:
    need = understand(index, "frane sulle strade", themes=("rifiuti",), functions=("f",))
    assert (need.themes[0].key, need.themes[0].weight, need.themes[0].chosen) == ("rifiuti", 1.0, True)
    assert (need.functions[0].key, need.functions[0].weight) == ("f", 1.0)
    assert "rifiuti" not in keys(need.themes[1:])


@pytest.mark.parametrize(
    ("themes", "functions", "message"),
    [
        (("nessuno", "frane", "altro"), (), "unknown theme 'altro', 'nessuno'"),
        ((), ("z",), "unknown function 'z'"),
    ],
)
def test_an_unknown_slug_or_letter_is_refused_by_name(
    index: Index, themes: tuple[str, ...], functions: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        understand(index, "ponte", themes=themes, functions=functions)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "di che non per", "🚧🚧🚧", "\x00\x1b\x7f", "12 345 6.789", "...!?"]
)
def test_text_that_says_nothing_is_understood_as_nothing(index: Index, text: str) -> None:
    assert understand(index, text) == Understanding()


def test_a_text_of_twenty_thousand_words_is_read_up_to_its_bound(index: Index) -> None:
    text = " ".join(f"ponte{number:04x}" for number in range(20_000))
    need = understand(index, f"frana {text}")
    assert need.themes
    assert len(need.words) <= MOST_WORDS


def test_nothing_is_known_where_there_are_no_facts() -> None:
    assert understand(Index.from_graph(build(Facts())), "ponte") == Understanding()


@given(title=st.text(max_size=50), text=st.text())
def test_any_text_is_understood_twice_the_same(index: Index, title: str, text: str) -> None:
    assert repr(understand(index, text, title=title)) == repr(understand(index, text, title=title))
