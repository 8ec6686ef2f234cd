"""Matches over GraphQL: the platform's ranking with its reasons, from both sides and for a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import PASTURO, PASTURO_OFFICER
from questions import data_of
from raccordo import matches
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


@pytest.fixture
def number(picture: Catalogue) -> int:
    """The number of some need of a municipality."""
    return next(n for n, need in picture.needs.items() if need.owner_kind is BodyKind.MUNICIPALITY)


async def test_matches_are_the_platforms_ranking(picture: Catalogue, number: int) -> None:
    query = """query ($n: Int!) { need(number: $n) { matches(first: 5) { totalCount edges { node {
      laboratory { slug } score position band need { number } factors { contribution } } } } } }"""
    found = (await data_of(query, picture, n=number))["need"]["matches"]
    ranking = matches.for_need(picture, picture.needs[number]).matches
    nodes = [edge["node"] for edge in found["edges"]]
    assert found["totalCount"] == len(picture.laboratories)
    assert [(node["laboratory"]["slug"], node["score"]) for node in nodes] == [
        (match.laboratory, match.score) for match in ranking[:5]
    ]
    assert nodes[0]["score"] == pytest.approx(
        sum(one["contribution"] for one in nodes[0]["factors"]), abs=1e-9
    )
    assert nodes[0]["need"]["number"] == number


async def test_a_need_and_a_laboratory_read_the_same_score(picture: Catalogue, number: int) -> None:
    query = """query ($n: Int!) { need(number: $n) { matches(first: 1) { edges { node { score laboratory {
      matches(first: 100) { edges { node { score need { number } } } } } } } } } }"""
    [edge] = (await data_of(query, picture, n=number))["need"]["matches"]["edges"]
    other_side = {
        one["node"]["need"]["number"]: one["node"]["score"]
        for one in edge["node"]["laboratory"]["matches"]["edges"]
    }
    assert other_side[number] == edge["node"]["score"]


async def test_reasons_are_data_and_a_sentence_in_both_languages(picture: Catalogue, number: int) -> None:
    query = """query ($n: Int!) { need(number: $n) { matches(first: 1) { edges { node { reasons {
      sharedWords { need laboratory weight } sharedThemes { slug } path { kind key } campus { code }
      distanceKm freePlaces sentenceIt sentenceEn } } } } } }"""
    [edge] = (await data_of(query, picture, n=number))["need"]["matches"]["edges"]
    reasons = edge["node"]["reasons"]
    assert reasons["sentenceIt"] != reasons["sentenceEn"]
    assert reasons["path"][-1]["kind"] == "laboratory"


async def test_a_text_finds_laboratories_themes_and_neighbours(picture: Catalogue) -> None:
    query = """query ($t: String!, $from: String) { matchesForText(title: $t, istatCode: $from) {
      themes { slug } axes near { totalCount } alike { totalCount } snapshotId
      matches(first: 1) { edges { node { need { number } laboratory { slug } reasons { distanceKm } } } } } }"""
    found = (await data_of(query, picture, **{"t": "Il ponte sul torrente", "from": PASTURO}))[
        "matchesForText"
    ]
    assert "strade-ponti" in [theme["slug"] for theme in found["themes"]]
    assert found["near"]["totalCount"] >= 1
    assert found["matches"]["edges"][0]["node"]["need"] is None
    assert found["snapshotId"] == matches.snapshot_id(picture)


async def test_a_text_is_seen_from_the_body_of_whoever_acts(picture: Catalogue) -> None:
    query = '{ matchesForText(title: "ponte") { matches(first: 1) { edges { node { reasons { distanceKm } } } } } }'
    officer = await data_of(query, picture, actor=PASTURO_OFFICER)
    visitor = await data_of(query, picture)

    def distance(found: dict[str, object]) -> object:
        return found["matchesForText"]["matches"]["edges"][0]["node"]["reasons"]["distanceKm"]  # type: ignore[index]  # plain JSON

    assert distance(officer) is not None
    assert distance(visitor) is None


async def test_a_text_for_an_office_gets_an_honest_no_with_its_reasons(picture: Catalogue) -> None:
    query = """query ($t: String!) { matchesForText(title: $t) { serving {
      laboratory share services { key labelIt labelEn words } functions { letter } } } }"""
    found = (await data_of(query, picture, t="Dove trovo il modulo per il rimborso della mensa?"))[
        "matchesForText"
    ]
    assert found["serving"]["laboratory"] is False
    assert found["serving"]["functions"]
    assert any("modulo" in service["words"] for service in found["serving"]["services"])


async def test_a_need_says_whether_a_laboratory_should_serve_it(picture: Catalogue, number: int) -> None:
    query = "query ($n: Int!) { need(number: $n) { serving { laboratory share } } }"
    serving = matches.serving(picture, picture.needs[number])
    assert (await data_of(query, picture, n=number))["need"]["serving"] == {
        "laboratory": serving.laboratory,
        "share": serving.share,
    }


async def test_shared_concepts_are_told_with_both_words(picture: Catalogue, number: int) -> None:
    query = """query ($n: Int!) { need(number: $n) { matches(first: 1) { edges { node { reasons {
      sharedConcepts { key need laboratory weight confirmed } } } } } } }"""
    [edge] = (await data_of(query, picture, n=number))["need"]["matches"]["edges"]
    best = matches.for_need(picture, picture.needs[number]).matches[0]
    assert [one["key"] for one in edge["node"]["reasons"]["sharedConcepts"]] == [
        one.key for one in best.reasons.shared_concepts
    ]


async def test_a_text_is_read_with_all_that_the_page_lets_one_confirm(picture: Catalogue) -> None:
    query = """query ($intent: Intent, $from: String!) { matchesForText(title: "ponte", intent: $intent,
      amount: "15.000", starts: $from, deadline: "2027-12-31", sites: ["097065"]) {
      chips { kind key chosen } summaryEn
      matches(first: 1) { edges { node { reasons { freePlaces semester } } } } } }"""
    found = (await data_of(query, picture, **{"intent": "STUDY", "from": "2027-09-01"}))["matchesForText"]
    chosen = {(chip["kind"], chip["key"]) for chip in found["chips"] if chip["chosen"]}
    assert chosen == {
        ("INTENT", "STUDY"),
        ("PLACE", PASTURO),
        ("AMOUNT", "15000"),
        ("PERIOD", "2027-09-01/2027-12-31"),
    }
    assert "a study" in found["summaryEn"]
    first = found["matches"]["edges"][0]["node"]["reasons"]
    assert first == {"freePlaces": None, "semester": ""}
