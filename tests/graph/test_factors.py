"""The four factors, each worked out by hand, and what is not among them."""

from __future__ import annotations

from dataclasses import fields
from math import exp

import pytest

from raccordo_graph import WEIGHTS, Index, Laboratory, Match, Place, rank, understand
from raccordo_graph.geography import closeness


def value(match: Match, name: str) -> float:
    return next(factor.value for factor in match.factors if factor.name == name)


def matches(index: Index, text: str, **given: object) -> dict[str, Match]:
    place = given.pop("place", None)
    need = understand(index, text, **given)  # type: ignore[arg-type]
    return {match.laboratory: match for match in rank(index, need, place=place)}  # type: ignore[arg-type]


def test_the_weights_sum_to_one_without_feedback() -> None:
    assert sum(weight for name, weight in WEIGHTS.items() if name != "feedback") == pytest.approx(1)


def test_prestige_size_and_politics_are_no_input() -> None:
    assert list(WEIGHTS) == ["words", "concepts", "themes", "distance", "capacity", "feedback"]
    assert {field.name for field in fields(Laboratory)} == {
        "slug", "name", "department", "campus", "card_it", "card_en", "topic_en",
        "keywords_it", "keywords_en", "themes", "sectors", "concepts", "unconfirmed", "free_places",
        "stated", "stated_themes", "radius_km",
    }  # fmt: skip


def test_words_are_the_cosine_of_both_texts_one_half_at_a_quarter(index: Index) -> None:
    need = understand(index, "vibrazioni dei ponti")
    heard = index.heard["laboratory", "bridges"]
    cosine = sum(word.weight * heard[word.stem]["weight"] for word in need.words if word.stem in heard)
    match = next(match for match in rank(index, need) if match.laboratory == "bridges")
    assert value(match, "words") == pytest.approx(cosine / (cosine + 0.25))


def test_a_chosen_theme_that_is_stated_gives_one_minus_exp_of_minus_two(index: Index) -> None:
    match = matches(index, "", themes=("rifiuti",))["waste"]
    assert value(match, "themes") == pytest.approx(1 - exp(-2))


def test_a_chosen_function_says_a_quarter_of_a_theme(index: Index) -> None:
    match = matches(index, "", functions=("f",))["waste"]
    assert value(match, "themes") == pytest.approx(1 - exp(-2 / 4))


def test_distance_is_the_closeness_of_the_campus(index: Index) -> None:
    here = Place(latitude=45.8505, longitude=9.3985)
    found = matches(index, "", place=here)
    assert value(found["bridges"], "distance") == 1
    assert value(found["both"], "distance") == pytest.approx(closeness(43.5), abs=0.001)


def test_a_municipality_is_as_far_as_its_point(index: Index) -> None:
    point = Place(latitude=45.9522, longitude=9.4427)
    assert matches(index, "ponte", place="097065") == matches(index, "ponte", place=point)


@pytest.mark.parametrize("slug", ["waste", "space"])
def test_an_unknown_or_unreachable_campus_adds_nothing_and_says_so(index: Index, slug: str) -> None:
    distance = matches(index, "", place="097042")[slug].factors[3]
    assert (distance.value, distance.contribution, distance.known) == (0, 0, False)


def test_without_a_place_distance_adds_nothing_to_anybody(index: Index) -> None:
    assert not any(match.factors[3].known for match in matches(index, "ponte").values())


def test_capacity_is_one_half_at_two_free_places_and_nothing_when_unknown(index: Index) -> None:
    found = matches(index, "")
    assert (value(found["both"], "capacity"), found["both"].factors[4].known) == (0.5, True)
    assert (value(found["slopes"], "capacity"), found["slopes"].factors[4].known) == (0, False)
