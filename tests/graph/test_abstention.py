"""When no laboratory should serve a text, and why."""

from __future__ import annotations

import pytest

from raccordo_graph import Index, Serving, serves, understand
from raccordo_graph.abstention import SERVED_BY_OTHERS


def said(index: Index, text: str, themes: tuple[str, ...] = ()) -> Serving:
    return serves(index, understand(index, text, themes=themes))


def test_a_repair_is_no_work_for_a_laboratory_and_the_answer_says_why(speaking: Index) -> None:
    answer = said(speaking, "La lampadina bruciata, un guasto")
    assert (answer.laboratory, answer.functions) == (False, ("b",))
    (service,) = answer.services
    assert (service.key, service.label_en) == ("repair", "Failure")
    assert service.words == ("guasto", "bruciata", "lampadina")
    assert answer.share == service.share >= SERVED_BY_OTHERS


def test_what_can_be_studied_is_served(speaking: Index) -> None:
    answer = said(speaking, "Il torrente esce dall'argine")
    assert answer == Serving(laboratory=True, share=0.0, services=(), functions=())


def test_a_service_said_in_passing_is_no_reason(speaking: Index) -> None:
    answer = said(speaking, "Torrente, pioggia, argine: e un guasto")
    assert answer.laboratory
    assert 0 < answer.share < SERVED_BY_OTHERS


def test_whoever_chooses_a_theme_has_answered(speaking: Index) -> None:
    assert said(speaking, "Un guasto, la lampadina bruciata", themes=("frane",)).laboratory


@pytest.mark.parametrize("text", ["", "zzyzx", "di che non"])
def test_a_text_that_says_nothing_is_not_refused(speaking: Index, text: str) -> None:
    assert said(speaking, text).laboratory


@pytest.mark.parametrize(
    "text",
    [
        "Il portone del municipio non si chiude, serve un fabbro che lo ripari",
        "Dove trovo il modulo per il rimborso della mensa?",
        "La bolletta è sbagliata, voglio fare reclamo",
    ],
)
def test_a_repair_a_form_and_a_bill_are_refused_by_the_lexicon_that_ships(
    real_index: Index, text: str
) -> None:
    assert not said(real_index, text).laboratory


@pytest.mark.parametrize(
    "text",
    [
        "Vogliamo capire perché il ponte vibra e quanto può ancora portare",
        "Serve uno studio sulle frane sopra la strada della frazione",
        "Quanta energia si risparmia isolando la scuola?",
    ],
)
def test_a_technical_need_is_served_by_the_lexicon_that_ships(real_index: Index, text: str) -> None:
    assert said(real_index, text).laboratory
