"""The concepts of the lexicon in the graph, in the ranking and in its reasons."""

from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import Index, Match, build, rank, understand
from raccordo_graph.concepts import treated
from raccordo_graph.lexicon import Heard
from raccordo_graph.valley import SPEAKING_VALLEY

SAID = ("torrente", "passerella", "pioggia", "guasto", "ponte", "camion balla", "frane", "zzyzx")
TEXTS = st.lists(st.sampled_from(SAID), max_size=6).map(" ".join)


@pytest.fixture(scope="module")
def louder() -> Index:
    """The valley, where the laboratory of bridges says "vibrazioni" loudly enough to treat bridges."""
    laboratories = tuple(
        replace(one, keywords_it=("vibrazioni",)) if one.slug == "bridges" else one
        for one in SPEAKING_VALLEY.laboratories
    )
    return Index.from_graph(build(replace(SPEAKING_VALLEY, laboratories=laboratories)))


def found(index: Index, text: str) -> dict[str, Match]:
    return {match.laboratory: match for match in rank(index, understand(index, text), place="097042")}


def test_a_concept_heard_half_as_loud_as_it_can_be_is_half_treated() -> None:
    assert treated(Heard(20.0, "ponti"), ("strade-ponti",), ("strade-ponti",)) == 0.5


def test_a_concept_whose_themes_are_not_stated_counts_three_tenths() -> None:
    assert treated(Heard(20.0, "ponti"), ("strade-ponti",), ("rifiuti",)) == pytest.approx(0.15)


def test_a_further_theme_counts_one_half() -> None:
    stated = treated(Heard(20.0, "ponti"), ("rifiuti", "strade-ponti"), ("strade-ponti",))
    assert stated == pytest.approx(0.5 * (0.3 + 0.7 * 0.5))


def test_no_laboratory_treats_a_service(speaking: Index) -> None:
    ends = speaking.graph.adj["concept", "repair"]
    assert [family for family, _ in ends] == ["function"]


def test_different_words_for_one_thing_are_told_as_each_side_writes_them(louder: Index) -> None:
    reasons = found(louder, "La passerella")["bridges"].reasons
    (shared,) = reasons.shared_concepts
    assert (shared.key, shared.need, shared.laboratory) == ("bridges", "passerella", "vibrazioni")
    assert "«passerella» nel bisogno e «vibrazioni» nella scheda" in reasons.sentence_it
    assert "“passerella” in the need and “vibrazioni” on the card" in reasons.sentence_en


def test_the_way_begins_with_a_word_of_the_need_that_no_card_uses(louder: Index) -> None:
    assert ("word", "passerell") not in louder.graph
    assert found(louder, "La passerella")["bridges"].reasons.path[:2] == (
        ("term", "passerell"),
        ("concept", "bridges"),
    )


def test_where_the_lexicon_hears_nothing_the_factor_is_not_known(speaking: Index) -> None:
    factor = found(speaking, "stelle")["space"].factors[1]
    assert (factor.name, factor.known, factor.contribution) == ("concepts", False, 0.0)


def test_an_edge_taken_away_changes_the_ranking(louder: Index) -> None:
    graph = louder.graph.copy()
    graph.remove_edge(("concept", "bridges"), ("laboratory", "bridges"))
    before, after = found(louder, "passerella"), found(Index.from_graph(graph), "passerella")
    assert after["bridges"].score < before["bridges"].score


@given(text=TEXTS)
def test_the_parts_sum_to_the_score(speaking: Index, text: str) -> None:
    for match in found(speaking, text).values():
        assert sum(factor.contribution for factor in match.factors) == pytest.approx(match.score, abs=1e-9)


@given(text=TEXTS, seed=st.integers(0, 999))
def test_the_order_of_the_lexicon_changes_nothing(speaking: Index, text: str, seed: int) -> None:
    mixed = random.Random(seed)  # noqa: S311  # an order, not a secret
    terms, concepts = list(SPEAKING_VALLEY.terms), list(SPEAKING_VALLEY.concepts)
    mixed.shuffle(terms)
    mixed.shuffle(concepts)
    other = Index.from_graph(build(replace(SPEAKING_VALLEY, terms=tuple(terms), concepts=tuple(concepts))))
    assert repr(found(other, text)) == repr(found(speaking, text))


@given(text=TEXTS)
def test_other_names_for_the_concepts_give_the_same_scores(speaking: Index, text: str) -> None:
    names = {"bridges": "c3", "streams": "c1", "repair": "c2"}
    graph = nx.relabel_nodes(
        speaking.graph, {("concept", old): ("concept", new) for old, new in names.items()}
    )
    before, after = found(speaking, text), found(Index.from_graph(graph), text)
    assert {key: match.score for key, match in after.items()} == pytest.approx(
        {key: match.score for key, match in before.items()}, abs=1e-8
    )


@given(
    text=TEXTS,
    laboratory=st.sampled_from([one.slug for one in SPEAKING_VALLEY.laboratories]),
    concept=st.sampled_from(["bridges", "streams"]),
    weight=st.floats(0.1, 1.0),
)
def test_one_more_concept_never_lowers_a_laboratory(
    speaking: Index, text: str, laboratory: str, concept: str, weight: float
) -> None:
    graph = speaking.graph.copy()
    edge = {"kind": "treated_by", "weight": weight, "written": "torrente", "clear": True}
    graph.add_edge(("concept", concept), ("laboratory", laboratory), **edge)
    more = found(Index.from_graph(graph), text)[laboratory]
    assert more.score >= found(speaking, text)[laboratory].score - 1e-9


def thought(weight: float, *, confirmed: bool) -> Index:
    """The valley, where the laboratory of satellites, whose card says nothing of it, is thought to treat streams."""
    *others, space = SPEAKING_VALLEY.laboratories
    unconfirmed = () if confirmed else ("streams",)
    more = replace(space, concepts=(("streams", weight),), unconfirmed=unconfirmed)
    return Index.from_graph(build(replace(SPEAKING_VALLEY, laboratories=(*others, more))))


def test_a_laboratory_is_found_by_what_it_is_thought_to_treat(speaking: Index) -> None:
    before, after = (found(index, "torrente")["space"] for index in (speaking, thought(1.0, confirmed=True)))
    assert before.reasons.shared_concepts == ()
    assert after.factors[1].value > before.factors[1].value
    assert [(one.key, one.laboratory, one.confirmed) for one in after.reasons.shared_concepts] == [
        ("streams", "Torrenti", True)
    ]
    assert after.reasons.sentence_it == "La sua scheda parla di torrenti."


def test_what_only_the_discipline_suggests_is_said_to_be_confirmed() -> None:
    reasons = found(thought(0.6, confirmed=False), "torrente")["space"].reasons
    assert reasons.sentence_it == "Può occuparsi di torrenti (da confermare dal laboratorio)."
    assert reasons.sentence_en == "May work on streams (for the laboratory to confirm)."
    assert not reasons.shared_concepts[0].confirmed


def test_a_greater_weight_stands_above_a_smaller_one() -> None:
    *others, space = SPEAKING_VALLEY.laboratories
    known = replace(space, slug="known", concepts=(("streams", 1.0),))
    can = replace(space, slug="can", concepts=(("streams", 0.3),))
    ranked = found(
        Index.from_graph(build(replace(SPEAKING_VALLEY, laboratories=(*others, known, can)))), "torrente"
    )
    assert ranked["known"].score > ranked["can"].score


@given(weight=st.floats(0.01, 1.0), text=TEXTS, confirmed=st.booleans())
def test_what_a_laboratory_is_thought_to_treat_never_lowers_it(
    speaking: Index, weight: float, text: str, confirmed: bool
) -> None:
    more = found(thought(weight, confirmed=confirmed), text)["space"]
    assert more.score >= found(speaking, text)["space"].score - 1e-9


def test_a_service_is_linked_to_no_laboratory_even_if_somebody_says_so() -> None:
    *others, space = SPEAKING_VALLEY.laboratories
    graph = build(
        replace(SPEAKING_VALLEY, laboratories=(*others, replace(space, concepts=(("repair", 1.0),))))
    )
    assert [family for family, _ in graph.adj["concept", "repair"]] == ["function"]
