"""What laboratories treat, as it ships: whole, of studied concepts, marked where it is inferred."""

from __future__ import annotations

from pathlib import Path

import pytest

from raccordo import laboratory_concepts, lexicon, matches
from raccordo.catalogue import Catalogue
from raccordo.laboratory_concepts import Statements


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


def test_every_laboratory_that_ships_treats_something(picture: Catalogue) -> None:
    assert set(laboratory_concepts.shipped().treated) == set(picture.laboratories)


def test_every_concept_that_is_studied_has_a_laboratory_and_no_service_has_one() -> None:
    treated = {one.concept for some in laboratory_concepts.shipped().treated.values() for one in some}
    assert treated == {concept.slug for concept in lexicon.shipped().concepts if not concept.service}


def test_weights_are_the_three_that_are_explained_and_the_heaviest_come_first() -> None:
    for some in laboratory_concepts.shipped().treated.values():
        weights = [one.weight for one in some]
        assert set(weights) <= {1.0, 0.6, 0.3}
        assert weights == sorted(weights, reverse=True)


def test_the_index_holds_what_the_catalogue_shows(picture: Catalogue) -> None:
    for slug, laboratory in picture.laboratories.items():
        for concept, weight in laboratory.concepts:
            edge = picture.index.graph.edges[("concept", concept), ("laboratory", slug)]
            assert edge["weight"] >= weight
            assert edge["kind"] == "treated_by" or concept in laboratory.unconfirmed


def test_a_page_names_each_concept_and_says_which_are_to_be_confirmed(picture: Catalogue) -> None:
    named = laboratory_concepts.named(picture.index, picture.laboratories["infralab"])
    assert (named[0].label_it, named[0].weight, named[0].confirmed) == ("Asfalto e pavimentazioni", 1.0, True)
    assert any(not one.confirmed for one in named)


def test_a_laboratory_that_the_file_does_not_know_treats_nothing() -> None:
    assert laboratory_concepts.shipped().of("nessuno") == ()


def test_another_table_is_another_snapshot(picture: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    before = matches.snapshot_id(picture)
    monkeypatch.setattr(laboratory_concepts, "shipped", lambda: Statements("other", {}))
    assert matches.snapshot_id(picture) != before


def test_a_page_counts_what_the_ranking_counts(picture: Catalogue) -> None:
    for slug, laboratory in picture.laboratories.items():
        named = laboratory_concepts.named(picture.index, laboratory)
        edges = picture.index.graph.in_edges(("laboratory", slug), data=True)
        treated = [edge for (family, _), _, edge in edges if family == "concept"]
        assert sorted(one.weight for one in named) == sorted(edge["weight"] for edge in treated)
        assert sum(not one.confirmed for one in named) == sum(edge["kind"] == "suits" for edge in treated)
