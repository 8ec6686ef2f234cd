"""An offer and a body: factors that add up, one score from both sides, one more need never lowers anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import Band, Index, Place, Understanding, build, understand
from raccordo_graph.offers import (
    OFFER_WEIGHTS,
    Asker,
    OfferMatch,
    OfferText,
    rank_bodies,
    rank_offers,
)
from raccordo_graph.valley import SPEAKING_VALLEY

INDEX = Index.from_graph(build(SPEAKING_VALLEY))
LECCO, PASTURO = Place(latitude=45.8566, longitude=9.3977), Place(latitude=45.9522, longitude=9.4427)
TEXTS = (
    "Il ponte trema quando passano i camion",
    "I cassonetti traboccano di spazzatura",
    "Il torrente esce dall'argine dopo la pioggia",
    "Buche nell'asfalto e un ponte vecchio",
    "La lampadina bruciata, un guasto",
    "Le stelle",
    "",
)
UNDERSTOOD = [understand(INDEX, text) for text in TEXTS]
BRIDGES = OfferText(
    understanding=understand(INDEX, "Sensori e vibrazioni per i ponti", themes=("strade-ponti",))
)
places = st.sampled_from([None, LECCO, PASTURO])
needs = st.dictionaries(st.integers(1, 9), st.sampled_from(UNDERSTOOD), max_size=5)
bodies = st.dictionaries(st.sampled_from("abcd"), st.builds(Asker, place=places, needs=needs), max_size=4)
texts = st.builds(
    OfferText,
    understanding=st.sampled_from([BRIDGES.understanding, *UNDERSTOOD]),
    place=places,
    radius_km=st.sampled_from([None, 5, 50]),
)


def body(*texts: str, place: Place | None = None) -> Asker:
    return Asker(place=place, needs={n: understand(INDEX, text) for n, text in enumerate(texts, 1)})


def by_body(fits: tuple[OfferMatch, ...]) -> dict[str, OfferMatch]:
    return {fit.body: fit for fit in fits}


def test_the_weights_sum_to_one_and_none_is_about_size_or_wealth() -> None:
    assert sum(OFFER_WEIGHTS.values()) == pytest.approx(1)
    assert set(OFFER_WEIGHTS) == {"words", "concepts", "themes", "more_needs", "distance"}


def test_a_body_comes_first_because_of_its_need_and_the_sentence_says_so() -> None:
    first, second = rank_bodies(INDEX, 1, BRIDGES, {"a": body("Le stelle"), "b": body(TEXTS[0])})
    assert (first.body, first.reasons.need, second.band) == ("b", 1, Band.NONE)
    assert first.reasons.sentence_it == "Parla di strade e ponti, come il bisogno; parola in comune: «ponte»."
    assert second.reasons.sentence_en == "No published need has to do with the offer."


def test_a_need_that_asks_an_office_shares_no_concept() -> None:
    repair = OfferText(understanding=understand(INDEX, "Un guasto alla lampadina bruciata"))
    [fit] = rank_bodies(INDEX, 1, repair, {"a": body(TEXTS[4])})
    assert fit.reasons.shared_concepts == ()


def test_a_radius_leaves_out_who_is_farther_and_who_is_nobody_knows_where() -> None:
    near = replace(BRIDGES, place=LECCO, radius_km=5)
    towns = {
        "near": body(TEXTS[0], place=LECCO),
        "far": body(TEXTS[0], place=PASTURO),
        "where": body(TEXTS[0]),
    }
    assert set(by_body(rank_bodies(INDEX, 1, near, towns))) == {"near"}
    assert len(rank_bodies(INDEX, 1, replace(near, radius_km=None), towns)) == 3
    assert rank_bodies(INDEX, 1, replace(near, place=None), towns) == ()


def test_of_two_with_the_same_need_the_nearer_is_first() -> None:
    towns = {"a": body(TEXTS[0], place=PASTURO), "b": body(TEXTS[0], place=LECCO)}
    first, second = rank_bodies(INDEX, 1, replace(BRIDGES, place=LECCO), towns)
    assert (first.body, second.body) == ("b", "a")
    assert first.band is second.band


def test_equal_scores_share_a_position() -> None:
    fits = rank_bodies(INDEX, 1, BRIDGES, {"b": body(TEXTS[0]), "a": body(TEXTS[0]), "c": body("")})
    assert [(fit.body, fit.position) for fit in fits] == [("a", 1), ("b", 1), ("c", 3)]


@given(offer=texts, towns=bodies)
def test_the_parts_sum_to_the_score_and_stay_between_zero_and_one(
    offer: OfferText, towns: dict[str, Asker]
) -> None:
    for fit in rank_bodies(INDEX, 1, offer, towns):
        assert abs(sum(one.contribution for one in fit.factors) - fit.score) < 1e-9
        assert all(0 <= one.value <= 1 for one in fit.factors)
        assert (fit.band is Band.NONE) == (fit.reasons.need is None)


@given(offer=texts, towns=bodies, more=st.sampled_from(UNDERSTOOD), which=st.sampled_from("abcd"))
def test_one_more_need_never_lowers_a_body(
    offer: OfferText, towns: dict[str, Asker], more: Understanding, which: str
) -> None:
    if which not in towns:
        return
    richer = towns | {which: replace(towns[which], needs={**towns[which].needs, 10: more})}
    before, after = (by_body(rank_bodies(INDEX, 1, offer, some)) for some in (towns, richer))
    assert {key: fit.score for key, fit in before.items() if key != which} == {
        key: fit.score for key, fit in after.items() if key != which
    }
    if which in before:
        assert after[which].score >= before[which].score - 1e-9


@given(offer=texts, towns=bodies)
def test_the_same_input_gives_the_same_bytes_in_whatever_order(
    offer: OfferText, towns: dict[str, Asker]
) -> None:
    turned = dict(reversed(towns.items()))
    assert repr(rank_bodies(INDEX, 1, offer, towns)) == repr(rank_bodies(INDEX, 1, offer, turned))


@given(offers=st.dictionaries(st.integers(1, 5), texts, max_size=4), towns=bodies)
def test_both_sides_read_the_same_score(offers: dict[int, OfferText], towns: dict[str, Asker]) -> None:
    from_offers = {
        (number, fit.body): fit.score
        for number, offer in offers.items()
        for fit in rank_bodies(INDEX, number, offer, towns)
    }
    from_towns = {
        (fit.offer, key): fit.score
        for key, town in towns.items()
        for fit in rank_offers(INDEX, key, town, offers)
    }
    assert from_offers == from_towns
