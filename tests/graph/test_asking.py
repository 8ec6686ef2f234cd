"""How a text asks, and what that changes in the no."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from raccordo_graph import Index, serves, understand
from raccordo_graph.abstention import RECURS, SEEKS, SERVED_BY_OTHERS, bound
from raccordo_graph.asking import asking

EXAMPLES = Path(__file__).parents[1] / "examples" / "served.csv"


@pytest.mark.parametrize(
    ("text", "seeks", "recurs"),
    [
        ("VORREMMO CAPIRE perché si allaga ogni volta", ("capire",), ("ogni volta",)),
        ("Quanti posti serviranno? Gli anziani aumentano.", ("quanti",), ("gli anziani", "aumentano")),
        ("da dove cominciare, d'estate", ("da dove cominciare",), ("d estate",)),
        ("La lampadina è bruciata", (), ()),
        ("ogni, volta", (), ()),  # a mark parts a phrase
        ("", (), ()),
    ],
)
def test_phrases_are_heard(text: str, seeks: tuple[str, ...], recurs: tuple[str, ...]) -> None:
    assert asking(text) == (seeks, recurs)


def test_who_wants_to_understand_may_speak_of_a_failure(speaking: Index) -> None:
    failure = "torrente, pioggia, argine, un guasto, un guasto alla lampadina"
    assert not serves(speaking, understand(speaking, failure)).laboratory
    assert serves(speaking, understand(speaking, f"Capire quanti, ogni volta: {failure}")).laboratory


def test_what_is_refused_is_not_asked(speaking: Index) -> None:
    assert understand(speaking, "Non ci serve uno studio: una lampadina").asking.seeks == ()


def test_only_so_many_phrases_count(speaking: Index) -> None:
    many = understand(speaking, "capire " * 50 + "ogni volta " * 50)
    assert bound(many) == SERVED_BY_OTHERS + SEEKS[0] * SEEKS[1] + RECURS[0] * RECURS[1]


def test_five_in_six_of_our_own_examples_are_told_apart(real_index: Index) -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told: dict[str, list[bool]] = {"yes": [], "no": []}
    for row in rows:
        answer = serves(real_index, understand(real_index, row["text"])).laboratory
        told[row["laboratory"]].append(answer is (row["laboratory"] == "yes"))
    assert sum(sum(right) / len(right) for right in told.values()) / 2 >= 0.83
