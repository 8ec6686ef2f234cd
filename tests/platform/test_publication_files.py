"""Lists of publications as ORCID, OpenAlex and BibTeX write them: titles, years and DOIs, never an author."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo.publication_files import Listed, key_of, read
from raccordo.refusals import Refused

# Synthetic, in the shape of what the services export; the people in them do not exist.
ORCID = json.dumps(
    {
        "last-modified-date": {"value": 1},
        "group": [
            {
                "external-ids": {"external-id": []},
                "work-summary": [
                    {
                        "put-code": 1,
                        "title": {"title": {"value": "Vibration of old   bridges"}, "subtitle": None},
                        "external-ids": {
                            "external-id": [
                                {"external-id-type": "eid", "external-id-value": "2-s2.0-1"},
                                {"external-id-type": "doi", "external-id-value": "10.1000/ABC"},
                            ]
                        },
                        "publication-date": {"year": {"value": "2019"}, "month": None},
                        "source": {"source-name": {"value": "Maria Inesistente"}},
                    },
                    {"title": {"title": {"value": "The same, from another source"}}},
                ],
            },
            {"work-summary": [{"title": None}]},
        ],
    }
)
OPENALEX = json.dumps(
    {
        "meta": {"count": 2},
        "results": [
            {
                "id": "https://openalex.org/W1",
                "doi": "https://doi.org/10.1000/abc",
                "title": "Vibration of <i>old</i> bridges",
                "display_name": "Vibration of old bridges",
                "publication_year": 2019,
                "authorships": [{"author": {"display_name": "Maria Inesistente"}}],
            },
            {"id": "https://openalex.org/W2", "doi": None, "title": None, "publication_year": 2020},
        ],
    }
)
BIBTEX = """@comment{ignored, title = {No}}
@article{inesistente2019,
  author = {Inesistente, Maria},
  title = {Vibration of {old} bridges},
  year = 2019,
  doi = {10.1000/ABC},
}
@inproceedings{b, title = "Landslides, and \\"snow\\"", year = "2020"}
"""
BRIDGES = Listed(place=1, title="Vibration of old bridges", year=2019, doi="10.1000/abc")


@pytest.mark.parametrize("content", [ORCID, OPENALEX, BIBTEX], ids=["orcid", "openalex", "bibtex"])
def test_each_service_gives_title_year_and_doi(content: str) -> None:
    first, *_ = read(content)
    assert first == BRIDGES
    assert "Inesistente" not in repr(read(content))


def test_a_bare_list_and_a_single_work_are_read_too() -> None:
    assert read(json.dumps(json.loads(OPENALEX)["results"]))[0] == BRIDGES
    assert read(json.dumps(json.loads(OPENALEX)["results"][0]))[0] == BRIDGES
    whole = {"activities-summary": {"works": json.loads(ORCID)}}
    assert read(json.dumps(whole))[0] == BRIDGES


def test_the_same_publication_has_the_same_key_however_it_is_written() -> None:
    assert key_of("A", "https://doi.org/10.1/X") == key_of("B", "doi:10.1/x")
    assert key_of("Città, e ponti", "") == key_of("citta e PONTI", "")
    assert key_of("A", "") != key_of("B", "")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", "null", "3", '{"results": 3}', '{"group": [3]}', "@article{x,}", "[" * 5000],
)
def test_what_holds_no_publication_is_refused_with_a_sentence(content: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(content)
    assert [one.field for one in refusal.value.fields] == ["content"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for content in (text, "@article{a, " + text, json.dumps([{"title": text, "publication_year": text}])):
        with suppress(Refused):
            assert all(one.title.encode() and "\x00" not in one.title for one in read(content))


def test_what_a_database_cannot_hold_is_taken_out() -> None:
    [one] = read('{"title": "Ponti\\u0000 e\\ud800 strade", "doi": "10.1/\\u0000x"}')
    assert (one.title, one.doi) == ("Ponti e strade", "10.1/ x")
