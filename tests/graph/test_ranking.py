"""A need finds its laboratories, and a laboratory its needs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import Band, Facts, Index, Understanding, build, rank, rank_needs, understand
from raccordo_graph.bands import INDISTINCT, levels
from raccordo_graph.text import stem
from raccordo_graph.understanding import NeedWord, Topic

BRIDGE = "Il ponte è vecchio e l'asfalto è pieno di buche"


def order(index: Index, need: Understanding) -> list[str]:
    return [match.laboratory for match in rank(index, need)]


def scores(index: Index, need: Understanding) -> dict[str, float]:
    return {match.laboratory: match.score for match in rank(index, need)}


def test_the_laboratory_that_fits_is_first_and_the_one_that_does_not_is_last(index: Index) -> None:
    found = order(index, understand(index, BRIDGE))
    assert found[0] == "bridges"
    assert set(found[-2:]) == {"space", "waste"}


def test_a_chosen_theme_lifts_the_laboratories_that_state_it(index: Index) -> None:
    assert order(index, understand(index, "frane")).index("waste") == 3
    assert order(index, understand(index, "frane", themes=("rifiuti",))).index("waste") == 2


def test_equal_scores_share_a_position_and_stand_by_slug(valley: Facts) -> None:
    one = valley.laboratories[0]
    twins = (*valley.laboratories, replace(one, slug="abutments"))
    index = Index.from_graph(build(replace(valley, laboratories=twins)))
    first, second, third, *_ = rank(index, understand(index, BRIDGE))
    assert (first.laboratory, second.laboratory, first.score) == ("abutments", "bridges", second.score)
    assert (first.position, second.position, third.position) == (1, 1, 3)


def test_a_limit_cuts_without_changing_anything(index: Index) -> None:
    need = understand(index, BRIDGE)
    assert rank(index, need, limit=2) == rank(index, need)[:2]
    assert rank(index, need, limit=0) == ()
    with pytest.raises(ValueError, match="limit -1 is negative"):
        rank(index, need, limit=-1)


def test_a_need_that_says_nothing_has_no_reason_and_no_band(index: Index) -> None:
    for match in rank(index, Understanding()):
        assert match.band is Band.NONE
        assert match.reasons.sentence_it.startswith("Nessuna parola e nessun tema in comune")


def test_bands_go_from_strong_to_none(index: Index) -> None:
    need = understand(index, "Il ponte vibra: vibrazioni sui ponti", themes=("strade-ponti",))
    bands = {match.laboratory: match.band for match in rank(index, need)}
    assert (bands["bridges"], bands["space"]) == (Band.STRONG, Band.NONE)


def test_a_need_read_with_an_older_index_keeps_the_words_that_are_still_known(index: Index) -> None:
    word = NeedWord(stem="pont", weight=1.0, written="ponte")
    gone = NeedWord(stem="scomparso", weight=0.5, written="scomparso")
    assert rank(index, Understanding(words=(word, gone))) == rank(index, Understanding(words=(word,)))


def test_an_unknown_theme_function_municipality_or_laboratory_is_refused_by_name(index: Index) -> None:
    unknown = Topic(key="nessuno", weight=1.0, chosen=True)
    with pytest.raises(ValueError, match="unknown theme 'nessuno'"):
        rank(index, Understanding(themes=(unknown,)))
    with pytest.raises(ValueError, match="unknown function 'nessuno'"):
        rank(index, Understanding(functions=(unknown,)))
    with pytest.raises(ValueError, match="unknown municipality '999999'"):
        rank(index, Understanding(), place="999999")
    with pytest.raises(ValueError, match="unknown laboratory 'nessuno'"):
        rank_needs(index, "nessuno", {})


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("studied_by", ("theme", "strade-ponti"), ("laboratory", "slopes")),
        ("describes", ("word", stem("buche", "it")), ("laboratory", "slopes")),
        ("names", ("word", stem("buche", "it")), ("theme", "frane")),
        ("resembles", ("word", stem("buche", "it")), ("word", "fran")),
        ("belongs_to", ("function", "b"), ("theme", "rifiuti")),
        ("houses", ("department", "DICA"), ("laboratory", "space")),
    ],
)
def test_changing_an_edge_changes_the_result(
    valley: Facts, kind: str, start: tuple[str, str], end: tuple[str, str]
) -> None:
    graph = build(valley)
    index = Index.from_graph(graph)
    before = scores(index, understand(index, BRIDGE))
    graph.add_edge(start, end, kind=kind, weight=0.9, written="buche")
    index = Index.from_graph(graph)
    assert scores(index, understand(index, BRIDGE)) != before


def test_changing_a_distance_in_the_graph_changes_the_result(valley: Facts) -> None:
    graph = build(valley)
    need = understand(Index.from_graph(graph), BRIDGE)
    before = rank(Index.from_graph(graph), need, place="097042")
    graph.edges[("municipality", "097042"), ("campus", "LC")]["kilometres"] = 300.0
    assert rank(Index.from_graph(graph), need, place="097042") != before


def test_a_laboratory_reads_the_same_scores_as_the_needs(index: Index) -> None:
    texts = {1: BRIDGE, 2: "frane e torrenti", 3: "cassonetti pieni"}
    needs = {number: (understand(index, text), "097065") for number, text in texts.items()}
    for found in rank_needs(index, "both", needs):
        need, place = needs[found.need]
        match = next(match for match in rank(index, need, place=place) if match.laboratory == "both")
        assert (found.score, found.factors, found.reasons, found.band) == (
            match.score, match.factors, match.reasons, match.band
        )  # fmt: skip


def test_needs_do_not_influence_each_other(index: Index) -> None:
    need = understand(index, BRIDGE)
    alone = rank_needs(index, "bridges", {7: (need, None)})
    crowd = {number: (understand(index, "ponti e strade " * number), None) for number in range(8, 30)}
    together = rank_needs(index, "bridges", {7: (need, None), **crowd})
    found = next(match for match in together if match.need == 7)
    assert replace(found, position=1) == alone[0]
    assert scores(index, need) == scores(index, understand(index, BRIDGE))


def test_equal_needs_stand_by_number(index: Index) -> None:
    need = (understand(index, BRIDGE), None)
    found = rank_needs(index, "bridges", {3: need, 1: need, 2: need}, limit=2)
    assert [(match.need, match.position) for match in found] == [(1, 1), (2, 1)]


@pytest.mark.parametrize("facts", [Facts(), None])
def test_without_laboratories_or_needs_nothing_is_found(facts: Facts | None, valley: Facts) -> None:
    empty = Index.from_graph(build(facts or replace(valley, laboratories=())))
    assert rank(empty, understand(empty, BRIDGE)) == ()


def test_a_laboratory_without_needs_finds_none(index: Index) -> None:
    assert rank_needs(index, "bridges", {}) == ()


def test_words_alone_find_the_laboratory(index: Index) -> None:
    assert (
        order(index, replace(understand(index, "ponti che vibrano"), themes=(), functions=()))[0] == "bridges"
    )


def test_themes_alone_find_the_laboratory(index: Index) -> None:
    assert order(index, replace(understand(index, "spazzatura"), words=()))[0] == "waste"


@given(st.lists(st.floats(0, 1), max_size=40))
def test_a_level_holds_what_cannot_be_told_apart_and_no_more(found: list[float]) -> None:
    falling = sorted(found, reverse=True)
    shared = levels(falling)
    for level in set(shared):
        members = [score for score, one in zip(falling, shared, strict=True) if one == level]
        assert members[0] - members[-1] < INDISTINCT
        assert falling[level - 1] == members[0]
        assert level == 1 or falling[shared.index(level)] == members[0]
    for (one, first), (two, second) in pairwise(zip(falling, shared, strict=True)):
        assert first <= second
        assert first == second or falling[first - 1] - two >= INDISTINCT
        assert one >= two


def test_an_exact_tie_is_one_level(valley: Facts) -> None:
    one = valley.laboratories[0]
    twins = (*valley.laboratories, replace(one, slug="abutments"))
    index = Index.from_graph(build(replace(valley, laboratories=twins)))
    first, second, third, *_ = rank(index, understand(index, BRIDGE))
    assert first.level == second.level == 1
    assert third.level == 3
