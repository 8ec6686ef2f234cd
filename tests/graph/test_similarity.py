"""Needs that resemble each other."""

from __future__ import annotations

import pytest

from raccordo_graph import Index, Understanding, similar, understand


@pytest.fixture(scope="module")
def needs(index: Index) -> dict[int, Understanding]:
    texts = {
        1: "Buche nell'asfalto della strada",
        2: "L'asfalto è pieno di buche",
        3: "Viadotti da controllare",
        4: "Cassonetti e spazzatura",
        5: "",
    }
    return {number: understand(index, text) for number, text in texts.items()}


def test_the_same_need_is_wholly_similar(index: Index, needs: dict[int, Understanding]) -> None:
    (found,) = similar(index, needs[1], {9: needs[1]})
    assert (found.need, found.similarity) == (9, 1.0)


def test_other_words_for_the_same_theme_are_less_similar(
    index: Index, needs: dict[int, Understanding]
) -> None:
    found = similar(index, needs[1], {number: needs[number] for number in (2, 3, 4, 5)})
    assert [other.need for other in found] == [2, 3]
    assert found[0].similarity > found[1].similarity > 0


def test_what_is_shared_is_told_as_this_need_writes_it(index: Index, needs: dict[int, Understanding]) -> None:
    (found,) = similar(index, needs[1], {2: needs[2]})
    assert set(found.shared_words) == {"Buche", "asfalto"}
    assert found.shared_themes == ("strade-ponti",)


def test_similarity_is_the_same_both_ways(index: Index, needs: dict[int, Understanding]) -> None:
    there, back = similar(index, needs[1], {2: needs[2]}), similar(index, needs[2], {1: needs[1]})
    assert there[0].similarity == back[0].similarity


def test_a_need_that_says_nothing_is_like_none(index: Index, needs: dict[int, Understanding]) -> None:
    assert similar(index, needs[5], needs) == ()
    assert similar(index, needs[1], {}) == ()


def test_equal_similarities_stand_by_number(index: Index, needs: dict[int, Understanding]) -> None:
    found = similar(index, needs[1], {8: needs[2], 3: needs[2], 5: needs[2]}, limit=2)
    assert [other.need for other in found] == [3, 5]
