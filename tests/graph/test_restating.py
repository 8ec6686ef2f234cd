"""What a laboratory says of itself goes before what its texts let one infer; a radius is said and excludes nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from numpy.testing import assert_allclose

from raccordo_graph import Facts, Index, Laboratory, Place, build, rank, restated, understand
from raccordo_graph.valley import SPEAKING_VALLEY, VALLEY

STREAMS = ("concept", "streams")
TEXT = "Il torrente esce"


def stating(slug: str, **said: object) -> Facts:
    changed = tuple(
        replace(one, **said) if one.slug == slug else one  # type: ignore[arg-type]
        for one in SPEAKING_VALLEY.laboratories
    )
    return replace(SPEAKING_VALLEY, laboratories=changed)


def concepts(index: Index, slug: str) -> float:
    need = understand(index, TEXT)
    return next(one.factors[1].value for one in rank(index, need) if one.laboratory == slug)


@pytest.mark.parametrize(
    ("slug", "weight"), [("slopes", 0.0), ("slopes", 0.2), ("waste", 0.8), ("bridges", 1.0)]
)
def test_restating_gives_what_building_anew_gives(speaking: Index, slug: str, weight: float) -> None:
    anew = Index.from_graph(build(stating(slug, stated=(("streams", weight),))))
    quick = restated(speaking, {slug: {"streams": weight}})
    assert_allclose(quick.fit, anew.fit)
    assert set(quick.graph.edges(data="kind")) == set(anew.graph.edges(data="kind"))
    assert rank(quick, understand(quick, TEXT)) == rank(anew, understand(anew, TEXT))


@pytest.fixture(scope="module")
def carded() -> Index:
    """The valley where the card of `slopes` speaks of a stream as loudly as a card can."""
    card = "Il torrente si misura: portata del torrente, sponde del torrente, piena di ogni torrente. "
    return Index.from_graph(build(stating("slopes", card_it=card * 40)))


def test_a_removed_concept_is_no_link_whatever_the_card_says(carded: Index) -> None:
    assert carded.graph.has_edge(STREAMS, ("laboratory", "slopes"))
    after = restated(carded, {"slopes": {"streams": 0.0}})
    assert not after.graph.has_edge(STREAMS, ("laboratory", "slopes"))
    row, column = carded.bases[STREAMS], carded.laboratories["slopes"]
    assert after.walk.reach()[row, column] < carded.walk.reach()[row, column]
    assert "streams" in after.graph.nodes["laboratory", "slopes"]["inferred"]


def test_an_added_concept_lifts_and_its_sentence_says_whose_word_it_is(speaking: Index) -> None:
    after = restated(speaking, {"space": {"streams": 0.8}})
    assert concepts(after, "space") > concepts(speaking, "space")
    told = next(one for one in rank(after, understand(after, TEXT)) if one.laboratory == "space")
    assert "Dice di occuparsi di" in told.reasons.sentence_it
    assert told.reasons.shared_concepts[0].key == "streams"


def test_taking_every_statement_back_gives_the_first_index_again(carded: Index) -> None:

    back = restated(restated(carded, {"slopes": {"streams": 0.0}}), {"slopes": {}})
    assert_allclose(back.fit, carded.fit)


@pytest.mark.parametrize("own", [{"rifiuti": False}, {"frane": True}, {"rifiuti": True, "cloud": True}, {}])
def test_restating_themes_gives_what_building_anew_gives(speaking: Index, own: dict[str, bool]) -> None:
    anew = Index.from_graph(build(stating("waste", stated_themes=tuple(own.items()))))
    quick = restated(speaking, {}, themes={"waste": own})
    assert_allclose(quick.fit, anew.fit)
    assert set(quick.graph.edges(data="kind")) == set(anew.graph.edges(data="kind"))
    need = understand(quick, "", themes=("rifiuti",))
    assert rank(quick, need) == rank(anew, need)


def test_a_theme_taken_away_is_no_link_whatever_the_texts_sound_like(speaking: Index) -> None:
    after = restated(speaking, {}, themes={"waste": {"rifiuti": False}})
    assert speaking.graph.edges[("theme", "rifiuti"), ("laboratory", "waste")]["kind"] == "studied_by"
    assert not after.graph.has_edge(("theme", "rifiuti"), ("laboratory", "waste"))
    back = restated(after, {}, themes={"waste": {}})
    assert_allclose(back.fit, speaking.fit)


def test_an_added_theme_lifts_and_is_told_as_shared(speaking: Index) -> None:
    after = restated(speaking, {}, themes={"space": {"rifiuti": True}})
    need = understand(speaking, "", themes=("rifiuti",))
    [before] = [one for one in rank(speaking, need) if one.laboratory == "space"]
    [now] = [one for one in rank(after, need) if one.laboratory == "space"]
    assert now.score > before.score
    assert now.reasons.shared_themes == ("rifiuti",)


def test_an_unknown_theme_is_refused(speaking: Index) -> None:
    with pytest.raises(ValueError, match="unknown theme 'stelle'"):
        restated(speaking, {}, themes={"waste": {"stelle": True}})


def test_a_card_is_enough_to_rank_without_a_theme_and_without_a_publication() -> None:
    card = Laboratory(
        slug="card",
        name="Prove",
        department=SPEAKING_VALLEY.departments[0].acronym,
        card_it="Misura la portata del torrente. Il torrente si controlla con sensori.",
    )
    facts = replace(SPEAKING_VALLEY, laboratories=(*SPEAKING_VALLEY.laboratories, card))
    index = Index.from_graph(build(facts))
    first = rank(index, understand(index, TEXT))[:3]
    assert "card" in {one.laboratory for one in first}


def test_a_need_beyond_the_radius_gets_nothing_for_distance_and_is_told_so() -> None:
    facts = replace(
        VALLEY,
        laboratories=tuple(
            replace(one, radius_km=10) if one.slug == "bridges" else one for one in VALLEY.laboratories
        ),
    )
    index = Index.from_graph(build(facts))
    need = understand(index, "Il ponte trema")
    [far] = [one for one in rank(index, need, place="097065") if one.laboratory == "bridges"]
    assert (far.factors[3].value, far.factors[3].known, far.reasons.beyond_km) == (0, True, 10)
    assert "oltre i 10 km che il laboratorio ha detto di percorrere" in far.reasons.sentence_it
    here = Place(latitude=45.8505, longitude=9.3985)
    [near] = [one for one in rank(index, need, place=here) if one.laboratory == "bridges"]
    assert (near.factors[3].value, near.reasons.beyond_km) == (1, None)


@pytest.mark.parametrize(
    ("stated", "said"), [((("nothing", 0.5),), "nothing"), ((("streams", 2.0),), "0 to 1")]
)
def test_facts_refuse_what_cannot_be_stated(stated: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        stating("slopes", stated=stated)
