"""A pasted text becomes proposals: parted where needs part, and every line in exactly one place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from raccordo_graph.intake import LONGEST_TITLE, MOST_NEEDS, read
from raccordo_graph.summaries import LONGEST, Recognised, summary

MAIL = """Da: Ufficio tecnico <tecnico@example.invalid>
Oggetto: RE: ponte vecchio

Buongiorno,
il ponte sul torrente trema quando passano i camion e non abbiamo un ingegnere.

Cordiali saluti
geom. Anna Verdi
Tel. 0341 000000

Il giorno 3 novembre 2026 l'ufficio ha scritto:
> vecchio messaggio
Questo messaggio è riservato: chi non è il destinatario lo cancelli, Regolamento UE 679/2016.
"""
PLAN = """Obiettivi del triennio
1. Messa in sicurezza del ponte comunale sul torrente.
   Il rilievo è da rifare.
2) Riduzione dei consumi della scuola primaria del capoluogo.
3. Piano per i rifiuti delle frazioni alte del comune."""
LINES = some.lists(
    some.sampled_from([*MAIL.splitlines(), *PLAN.splitlines(), "", "- un punto con abbastanza parole", "--"])
    | some.text(max_size=40),
    max_size=30,
)


def test_a_mail_becomes_one_need_titled_by_its_subject() -> None:
    found = read(MAIL)
    [need] = found.needs
    assert need.title == "Ponte vecchio"
    assert need.lines == ("il ponte sul torrente trema quando passano i camion e non abbiamo un ingegnere.",)
    assert "Buongiorno," in found.leftovers
    assert "> vecchio messaggio" in found.leftovers


def test_numbered_items_become_needs_each_with_what_follows_it() -> None:
    found = read(PLAN)
    assert [need.title for need in found.needs] == [
        "Messa in sicurezza del ponte comunale sul torrente",
        "Riduzione dei consumi della scuola primaria del capoluogo",
        "Piano per i rifiuti delle frazioni alte del comune",
    ]
    assert found.needs[0].lines[0] == "Obiettivi del triennio"
    assert found.needs[0].lines[2] == "Il rilievo è da rifare."


def test_paragraphs_of_different_themes_part_and_those_of_one_stay_together() -> None:
    text = "Il ponte è vecchio e trema.\n\nIl ponte va controllato da qualcuno.\n\nLa scuola consuma davvero troppo gas."
    found = read(text, lambda part: "bridges" if "ponte" in part else "schools")
    assert [len(need.lines) for need in found.needs] == [2, 1]


@pytest.mark.parametrize("text", ["", "   \n\n ", "Buongiorno,\nCordiali saluti", "> solo\n> citato"])
def test_a_text_without_substance_holds_no_need(text: str) -> None:
    assert read(text).needs == ()


@given(LINES, some.sampled_from(["one", "by length", "none"]))
def test_every_line_is_in_exactly_one_proposal_or_left_over(lines: list[str], how: str) -> None:
    themes = {"one": lambda _: "x", "none": lambda _: "", "by length": lambda part: str(len(part) % 3)}
    text = "\n".join(lines)
    found = read(text, themes[how])
    placed = Counter(line for need in found.needs for line in need.lines) + Counter(found.leftovers)
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    assert placed == Counter(line.strip() for line in unified.split("\n") if line.strip())
    assert len(found.needs) <= MOST_NEEDS
    assert all(len(need.title) <= LONGEST_TITLE + 1 for need in found.needs)
    assert all(need.description == "\n".join(need.lines) for need in found.needs)


@given(some.integers(2, 40))
def test_as_many_needs_as_items_up_to_the_most(count: int) -> None:
    text = "\n".join(
        f"{place}. Una cosa da fare in paese, la numero {place}." for place in range(1, count + 1)
    )
    assert len(read(text).needs) == min(count, MOST_NEEDS)


def test_a_summary_says_only_what_is_known() -> None:
    assert summary(Recognised()) == ""
    assert summary(Recognised(themes=("Waste",))) == "A municipality asks for help about waste."
    assert summary(Recognised(who="Temù", intent="COURSE")) == "Temù asks for a course."


@given(
    some.builds(
        Recognised,
        concepts=some.lists(some.text(), max_size=3).map(tuple),
        euros=some.none() | some.integers(1, 10**9),
    )
)
def test_a_summary_is_short_whatever_it_is_made_of(known: Recognised) -> None:
    assert len(summary(known)) <= LONGEST
