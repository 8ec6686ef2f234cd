"""Amounts, dates, places, kinds of initiative and refusals in plain words: by example, then for whatever is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from raccordo_graph import Index, understand
from raccordo_graph.amounts import LARGEST, amounts, small_numbers
from raccordo_graph.dates import FARTHEST, periods
from raccordo_graph.intents import PHRASES, intents
from raccordo_graph.negation import affirmed, refusals
from raccordo_graph.places import COMMON, Gazetteer, places

TODAY = date(2026, 11, 24)
SAID = some.lists(
    some.sampled_from(
        [
            "non",
            "serve",
            "servono",
            "ma",
            "senza",
            "consulenti",
            "studio",
            "corso",
            "entro",
            "giugno",
            "2027",
            "il",
            "di",
            "15mila",
            "euro",
            "€",
            "12.000,00",
            "mille",
            "prima",
            "dell'",
            "estate",
            "Pero",
            "pero",
            "a",
            "Ballabio",
            "comune",
            "via",
            "Lodi",
            "niente",
            ",",
            ".",
            "?",
            "\n",
            "anziché",
            "un",
            "una",
            "mese",
            "prossimo",
            "comunità",
            "montana",
            "Scalve",
            "31/02/2027",
            "30/06/2027",
            "convegno",
            "gestione",
            "associata",
            "due",
            "milioni",
        ]
    )
    | some.text(max_size=12),
    max_size=40,
).map(" ".join)
TOWNS = Gazetteer.of(
    [("Pero", "pero"), ("Ballabio", "ballabio"), ("Lodi", "lodi"), ("Ponte di Legno", "ponte"), ("Sale Marasino", "sale"),
     ("Cornate d'Adda", "cornate"), ("Como", "como"), ("Opera", "opera"), ("Torre de' Busi", "torre"), ("Bellano", "bellano")],
    [("Comunità montana Valsassina, Valvarrone, Val d'Esino e Riviera", "valsassina"), ("Comunità montana di Scalve", "scalve"),
     ("Comunità montana Lario Orientale - Valle San Martino", "lario")],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("15mila euro", 15_000), ("€ 12.000,00", 12_000), ("diecimila euro", 10_000), ("15 k€", 15_000), ("1.234,56 €", 1235),
        ("EUR 1,234,567", 1_234_567), ("mille euro", 1000), ("un milione di euro", 10**6), ("mezzo milione di euro", 500_000),
        ("duecentocinquantamila euro", 250_000), ("1,5 mln di euro", 1_500_000), ("twenty five thousand euros", 25_000),
        ("€20k", 20_000), ("euro 3 500", 3500), ("ci sono quindicimila euro", 15_000), ("2 milioni €", 2_000_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(text: str, euros: int) -> None:
    assert [amount.euros for amount in amounts(text)] == [euros]


@pytest.mark.parametrize(
    "text", ["nel 2026", "15 metri", "5.000 abitanti", "0 euro", "l'Unione europea", "euro 6", "pochi euro"]
)
def test_what_is_no_amount_of_a_need_is_none(text: str) -> None:
    found = amounts(text)
    assert found == () or (text == "euro 6" and found[0].euros == 6)


@given(some.integers(1, LARGEST))
def test_every_amount_written_the_italian_way_is_read_back(euros: int) -> None:
    assert [amount.euros for amount in amounts(f"circa {euros:,} euro".replace(",", "."))] == [euros]
    assert [amount.euros for amount in amounts(f"€ {euros:,}".replace(",", ".") + ",00")] == [euros]


@given(some.sampled_from(sorted(small_numbers().items())))
def test_every_number_word_is_an_amount_before_euro(said: tuple[str, int]) -> None:
    word, value = said
    assert [amount.euros for amount in amounts(f"ci sono {word} euro")] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("entro giugno", None, "2027-06-30"), ("entro dicembre", None, "2026-12-31"), ("nel 2027", "2027-01-01", "2027-12-31"),
        ("prima dell'estate", None, "2027-05-31"), ("il mese prossimo", "2026-12-01", "2026-12-31"),
        ("l'anno prossimo", "2027-01-01", "2027-12-31"), ("entro sei mesi", None, "2027-05-24"), ("entro il 30/06/2027", None, "2027-06-30"),
        ("dal 2027", "2027-01-01", None), ("a settembre 2027", "2027-09-01", "2027-09-30"), ("entro fine anno", None, "2026-12-31"),
        ("by June 2027", None, "2027-06-30"), ("next month", "2026-12-01", "2026-12-31"), ("before the summer", None, "2027-05-31"),
        ("dopo l'estate", "2027-09-01", None), ("nel secondo semestre 2027", "2027-07-01", "2027-12-31"),
        ("la settimana prossima", "2026-11-30", "2026-12-06"), ("entro la fine di ottobre", None, "2027-10-31"),
        ("ai primi di maggio", "2027-05-01", "2027-05-31"), ("nel mese di maggio", "2027-05-01", "2027-05-31"),
    ],
)  # fmt: skip
def test_a_period_is_read_from_the_day_it_is_said(text: str, first: str | None, last: str | None) -> None:
    [found] = periods(text, TODAY)
    assert (found.first and found.first.isoformat(), found.last and found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "la frana del 2019",
        "d'estate il paese si riempie",
        "via 25 aprile 1945",
        "31/31/2027",
        "la strada provinciale 72",
        "dopo le piogge di ottobre",
        "la fiera d'agosto",
        "nel 2099",
    ],
)
def test_history_habits_and_nonsense_are_no_period(text: str) -> None:
    assert periods(text, TODAY) == ()


@given(SAID, some.dates(date(2000, 1, 1), date(2080, 1, 1)))
def test_a_period_never_lies_in_the_past_nor_beyond_the_horizon(text: str, today: date) -> None:
    for found in periods(text, today):
        assert text[found.start : found.end] == found.written
        assert found.last is None or today <= found.last <= today + timedelta(days=366 * FARTHEST)
        assert found.last is not None or found.first is not None
        assert not (found.first and found.last) or found.first <= found.last


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Il ponte di Ballabio", ["ballabio"]), ("nel comune di ballabio", ["ballabio"]), ("però il ponte", []), ("Pero il ponte", []),
        ("abitiamo a Pero", ["pero"]), ("il Comune di Pero", ["pero"]), ("la sale operativa", []), ("a Sale Marasino", ["sale"]),
        ("il ponte di legno", []), ("Ponte di Legno chiede", ["ponte"]), ("via Lodi", []), ("il lago di Como", []), ("provincia di Lodi", []),
        ("il geom. Bellano", []), ("il signor Mario Bellano", []), ("Cornate d’Adda", ["cornate"]), ("come a Como", ["como"]), ("Opera pubblica", []),
        ("tutti i comuni della comunità montana Valsassina", ["valsassina"]), ("la Comunità Montana di Scalve", ["scalve"]),
        ("la comunita montana Lario Orientale", ["lario"]), ("Ballabio e Bellano", ["ballabio", "bellano"]), ("LAVORI A BALLABIO IN CORSO", []),
        ("COMUNE DI BALLABIO", ["ballabio"]), ("Politecnico di Como", []), ("la comunità montana", []),
    ],
)  # fmt: skip
def test_a_place_is_a_name_of_the_registry_meant_as_a_place(text: str, keys: list[str]) -> None:
    assert [named.key for named in places(TOWNS, text)] == keys


@given(some.sampled_from(sorted(COMMON)), SAID)
def test_a_common_word_in_small_letters_is_no_town(word: str, text: str) -> None:
    towns = Gazetteer.of([(word.title(), "town")])
    assert places(towns, f"{word} {text.lower()}".replace("comun", "x").replace("comuni", "x")) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ci serve uno studio", ["STUDY"]), ("un corso per i vigili", ["COURSE"]), ("il corso d'acqua", []), ("lavori in corso", []),
        ("uno studio tecnico privato", []), ("non serve un convegno", []), ("senza studi", []), ("una tesi sul borgo", ["INTERNSHIP"]),
        ("gestione associata della polizia locale", ["ASSOCIATED_MANAGEMENT"]), ("la conferenza dei servizi", []),
        ("Anziché un convegno vorremmo un seminario", ["SEMINAR"]), ("a summer school", ["SUMMER_SCHOOL"]),
        ("linee guida", ["DOCUMENT_EXCHANGE"]), ("supporto per la domanda al bando", ["PROJECT_SUPPORT"]),
        ("c'è stata una riunione, ora serve un rilievo", ["STUDY", "MEETING"]),
    ],
)  # fmt: skip
def test_a_kind_of_initiative_is_heard(text: str, kinds: list[str]) -> None:
    assert [intent.kind for intent in intents(text)] == kinds


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Non ci serve uno studio", ["uno studio"]), ("senza consulenti", ["consulenti"]), ("senza acqua", []), ("non abbiamo un tecnico", []),
        ("il ponte non regge", []), ("non serve solo un corso", []), ("non servirebbe uno studio?", []), ("il parcheggio non serve più alle corriere", []),
        ("Non vogliamo né un corso né un convegno, ma un rilievo", ["né un corso né un convegno"]), ("we do not need a study", ["a study"]),
        ("non serve uno studio sul ponte", ["uno studio"]), ("instead of a course", ["a course"]), ("nessun ingegnere", []),
    ],
)  # fmt: skip
def test_only_wishes_are_refused_never_a_lack(text: str, refused: list[str]) -> None:
    assert [one.written for one in refusals(text)] == refused


@given(SAID)
def test_every_reader_takes_any_text_and_quotes_it_exactly(text: str) -> None:
    assert len(affirmed(text)) == len(text)
    found: list[Any] = [*amounts(text), *places(TOWNS, text), *intents(text), *refusals(text)]
    assert all(text[one.start : one.end] == one.written for one in found)
    assert len({intent.kind for intent in intents(text)}) == len(intents(text)) <= len(PHRASES)


@example("Non serve un corso, ma un rilievo. Senza consulenti!")
@given(SAID)
def test_what_is_refused_becomes_blanks_and_nothing_else_moves(text: str) -> None:
    left, at = affirmed(text), 0
    for one in refusals(text):
        assert left[at : one.start] == text[at : one.start]
        assert left[one.start : one.end] == " " * (one.end - one.start) != text[one.start : one.end]
        at = one.end
    assert left[at:] == text[at:]


def test_a_refused_concept_does_not_count(speaking: Index) -> None:
    whole = understand(speaking, "Il torrente esce, non ci serve una passerella")
    assert [topic.key for topic in whole.concepts] == [
        topic.key for topic in understand(speaking, "Il torrente esce").concepts
    ]
    assert "bridges" in {topic.key for topic in understand(speaking, "Serve una passerella").concepts}


HOSTILE = {
    "letters": "a" * 40_000,
    "groups of thousands": "100 " * 10_000,
    "digits": "€ " + "9" * 40_000,
    "blanks": "15" + " " * 40_000 + "euro",
    "the first day": "prima del 1/1/0001",
    "the last day": "dopo il 31/12/9999",
    "no year at all": "entro il 1/1/99999999999999999999",
    "a letter that only looks like i": "15mıla euro",
    "marks that fold to nothing": "C´è un ponte ´ ´ ¨ ¯ ˜ serve uno studio entro giugno",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_an_answer(text: str) -> None:
    for amount in amounts(text):
        assert 1 <= amount.euros <= LARGEST
    for period in periods(text, TODAY):
        assert text[period.start : period.end] == period.written
    for intent in intents(text):
        assert intent.written in text


def test_a_typewriters_apostrophe_moves_no_word() -> None:
    plain, typed = (f"Prima dell{mark}estate serve uno studio sul ponte" for mark in "'´")
    assert [one.written for one in intents(typed)] == [one.written for one in intents(plain)]
    assert (
        [(one.first, one.last) for one in periods(typed, TODAY)]
        == [(one.first, one.last) for one in periods(plain, TODAY)]
        != []
    )
