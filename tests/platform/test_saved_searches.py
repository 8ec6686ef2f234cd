"""A followed search: written in one way, found in the needs as its list finds them, named in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from raccordo import saved_searches
from raccordo.catalogue import Catalogue
from raccordo.need_search import facets_of, satisfies, select
from raccordo.refusals import Refused


@pytest.mark.parametrize(
    "written",
    [
        "tema=strade-ponti&provincia=097",
        "provincia=097&tema=strade-ponti",
        "?tema=strade-ponti&provincia=097&testo=&ordine=titolo&pagina=3",
        "tema=strade-ponti&provincia=097&esempi=no",
    ],
)
def test_the_same_search_is_written_in_one_way(current: Catalogue, written: str) -> None:
    assert saved_searches.canonical(current, written) == "tema=strade-ponti&provincia=097"


def test_words_lose_accents_order_and_repetitions(current: Catalogue) -> None:
    assert saved_searches.canonical(current, "testo=Temù+PONTE++ponte") == "testo=ponte+temu"


def test_what_is_written_once_is_written_the_same_again(current: Catalogue) -> None:
    once = saved_searches.canonical(
        current, "testo=d'acqua+100%25&asse=sociale&funzione=b&comunita=valle-sabbia"
    )
    assert saved_searches.canonical(current, once) == once


def test_no_filter_is_every_need(current: Catalogue) -> None:
    assert saved_searches.canonical(current, "") == ""
    assert saved_searches.name_of(current, "", "it") == "Tutti i bisogni"


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        ("tema=niente", "Questo tema non esiste."),
        ("tema=strade-ponti%00", "Questo tema non esiste."),
        ("provincia=999", "Questa provincia non esiste."),
        ("asse=magico", "«magico» non è fra le scelte possibili."),
        ("proprietario=097065", "«proprietario» non è un filtro"),
        ("tema=strade-ponti&tema=bonifiche", "più di una volta"),
        ("esempi=si", "Gli esempi non portano novità"),
        ("testo=" + "x" * 201, "al massimo 200 caratteri"),
        ("testo=" + "%E6%9C%AC" * 150, "troppo lunga per seguirla"),
        ("a" * 5_000, "troppo lungo"),
        ("&".join(f"f{number}=1" for number in range(500)), "non è un filtro"),
    ],
)
def test_what_is_no_search_is_refused_with_a_sentence(current: Catalogue, hostile: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        saved_searches.canonical(current, hostile)
    [field] = refusal.value.fields
    assert field.field == "value"
    assert said in str(field.sentence)


@pytest.mark.parametrize(
    ("query", "name", "english"),
    [
        (
            "tema=strade-ponti&provincia=097",
            "Bisogni sul tema «Strade, ponti e infrastrutture», in provincia di Lecco",
            "Needs on the theme “Roads, bridges and infrastructure”, in the province of Lecco",
        ),
        (
            "testo=ponte&asse=sociale&provincia=015",
            "Bisogni sull’asse sociale, con le parole «ponte», nella città metropolitana di Milano",
            "Needs on the social axis, with the words “ponte”, in the metropolitan city of Milano",
        ),
        (
            "comunita=valle-sabbia",
            "Bisogni nella Comunità montana Valle Sabbia",
            "Needs in the Comunità montana Valle Sabbia",
        ),
    ],
)
def test_its_name_is_understood_by_a_person(current: Catalogue, query: str, name: str, english: str) -> None:
    assert saved_searches.name_of(current, query, "it") == name
    assert saved_searches.name_of(current, query, "en") == english


@pytest.mark.parametrize(
    "query",
    [
        "",
        "testo=ponti",
        "testo=comune+strada",
        "tema=strade-ponti",
        "asse=ambientale",
        "funzione=d",
        "provincia=097",
        "comunita=valle-sabbia",
        "tema=strade-ponti&asse=ambientale&testo=ponti",
    ],
)
def test_one_need_satisfies_it_when_its_list_has_the_need(current: Catalogue, query: str) -> None:
    wanted, words = saved_searches.read(query)
    found = {need.number for need in select(current, replace(wanted))}
    alone = {
        number for number, need in current.needs.items() if satisfies(facets_of(current, need), wanted, words)
    }
    assert alone == found
