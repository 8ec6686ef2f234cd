"""The lexicon that ships: read whole, leading somewhere, rich enough, refused when broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from raccordo import lexicon, matches
from raccordo.catalogue import Catalogue
from raccordo.lexicon import Lexicon
from raccordo_graph import Concept, Term


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


SMALL = Lexicon(
    digest="",
    concepts=(
        Concept(slug="ponti", label_it="", label_en="", themes=("strade-ponti",), functions=("b",)),
        Concept(slug="frane", label_it="", label_en="", themes=("frane", "strade-ponti"), functions=("e",)),
    ),
    terms=(
        Term(term="ponte", variants=("viadotto", "passerella"), concepts=("ponti",)),
        Term(term="versante", concepts=("frane", "ponti")),
    ),
)


def test_every_concept_and_every_term_leads_to_what_exists(picture: Catalogue) -> None:
    whole = lexicon.shipped()
    assert lexicon.within(whole, picture.themes, picture.functions) is whole
    assert {concept.slug for concept in whole.concepts} == {
        slug for term in whole.terms for slug in term.concepts
    }


def test_a_service_leads_to_a_function_and_to_no_theme() -> None:
    service = replace(SMALL.concepts[0], service=True)
    changed = replace(SMALL, concepts=(service, SMALL.concepts[1]))
    (theme,) = lexicon.coverage(changed, "themes", ("strade-ponti",))
    (function,) = lexicon.coverage(changed, "functions", ("b",))
    assert (theme.concepts, theme.forms, function.concepts, function.forms) == (1, 1, 1, 4)


def test_every_service_that_ships_is_of_some_function() -> None:
    services = [concept for concept in lexicon.shipped().concepts if concept.service]
    assert len(services) == 11
    assert [concept.slug for concept in services if not concept.functions] == []


@pytest.mark.parametrize("family", ["themes", "functions"])
def test_nothing_is_thin(picture: Catalogue, family: str) -> None:
    rows = lexicon.coverage(lexicon.shipped(), family, tuple(getattr(picture, family)))
    assert [row.key for row in rows if row.thin] == []
    assert len(rows) == len(getattr(picture, family))


def test_coverage_counts_terms_once_and_every_way_of_writing_them() -> None:
    (frane, ponti) = lexicon.coverage(SMALL, "themes", ("strade-ponti", "frane"))
    assert (frane.key, frane.concepts, frane.terms, frane.forms, frane.thin) == ("frane", 1, 1, 1, True)
    assert (ponti.key, ponti.concepts, ponti.terms, ponti.forms) == ("strade-ponti", 2, 2, 4)


def test_what_leads_nowhere_in_a_smaller_catalogue_is_left_out() -> None:
    part = lexicon.within(SMALL, ("strade-ponti",), ("b",))
    assert [concept.slug for concept in part.concepts] == ["ponti"]
    assert [term.concepts for term in part.terms] == [("ponti",), ("ponti",)]


def test_another_lexicon_is_another_snapshot(picture: Catalogue) -> None:
    other = replace(picture, lexicon=replace(SMALL, digest="other"))
    assert matches.snapshot_id(other) != matches.snapshot_id(picture)
