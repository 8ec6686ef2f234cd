"""What is said of a group: whether it reaches the size of its day, what the law said then, which laboratories fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from raccordo import groups, matches
from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation, GroupInput
from raccordo_graph import Band

PASTURO, BALLABIO, CREMENO, BARZIO, LECCO = "097065", "097004", "097029", "097007", "097042"
BEFORE, STATE, TODAY = date(2005, 1, 1), date(2013, 6, 1), date(2026, 11, 24)
SIZE = "La dimensione di riferimento ({asked})"


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


def evaluated(picture: Catalogue, *codes: str, on: date = TODAY, function: str = "b") -> Evaluation:
    return groups.evaluate(picture, GroupInput(function=function, members=codes, on=on))


def law(picture: Catalogue, *codes: str, on: date) -> str:
    return " ".join(one.sentence.say() for one in evaluated(picture, *codes, on=on).law.sentences)


def test_why_says_who_reaches_the_size_and_who_does_not(picture: Catalogue) -> None:
    reaches, short = evaluated(picture, PASTURO, BALLABIO), evaluated(picture, CREMENO, BARZIO)
    assert (reaches.group.missing, short.group.missing) == (0, 62)
    assert "la soglia di riferimento (3.000) è raggiunta" in reaches.why.say()
    assert "ne mancano" not in reaches.why.say()
    assert "alla soglia di riferimento (3.000) ne mancano 62" in short.why.say()
    assert "è raggiunta" not in short.why.say()


def test_the_law_says_who_reaches_the_size_and_who_does_not(picture: Catalogue) -> None:
    asked = "3.000 abitanti, oppure 4 volte il comune più piccolo"
    assert f"({asked} (7.836)) è raggiunta con 6.103." in law(picture, PASTURO, BALLABIO, on=TODAY)
    assert "non è raggiunta: gli abitanti sono 2.938." in law(picture, CREMENO, BARZIO, on=TODAY)


@pytest.mark.parametrize(
    ("on", "needed", "said"),
    [
        (BEFORE, 0, "Nessuna norma fissava allora una dimensione minima."),
        (date(2011, 12, 28), 0, "Nessuna norma fissava allora una dimensione minima."),
        (STATE, 5000, "La dimensione di riferimento (5.000 abitanti, oppure 4 volte il comune più piccolo"),
        (TODAY, 5000, "La dimensione di riferimento (5.000 abitanti, oppure 4 volte il comune più piccolo"),
    ],
    ids=str,
)
def test_the_size_is_that_of_the_day(picture: Catalogue, on: date, needed: int, said: str) -> None:
    found = evaluated(picture, PASTURO, LECCO, on=on)
    assert found.group.needed == needed
    assert said in law(picture, PASTURO, LECCO, on=on)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2012, 12, 31), "con le prime tre funzioni da associare entro il 1º gennaio 2013"),
        (STATE, "in vigore per tre funzioni, a scelta di ciascun comune"),
        (date(2014, 8, 1), "in vigore per sei funzioni, a scelta di ciascun comune"),
    ],
    ids=str,
)
def test_the_timetable_says_how_many_functions(picture: Catalogue, on: date, said: str) -> None:
    assert said in law(picture, PASTURO, LECCO, on=on)


@pytest.mark.parametrize(("on", "holds"), [(STATE, True), (date(2014, 8, 1), False)], ids=str)
def test_the_smallest_had_a_special_union_until_it_was_abrogated(
    picture: Catalogue, on: date, holds: bool
) -> None:
    tiny = next(town for town in picture.municipalities.values() if town.population <= 1000)
    said = f"fino a 1.000 abitanti era prevista un’unione speciale di tutte le funzioni: {tiny.name}."
    assert (said in law(picture, PASTURO, tiny.istat_code, on=on)) is holds
    assert "unione speciale" not in law(picture, PASTURO, LECCO, on=on)


def test_only_strong_and_plausible_laboratories_fit(picture: Catalogue) -> None:
    need = next(need for need in picture.needs.values() if "b" in need.functions)
    found = evaluated(
        picture, need.owner_code, next(code for code in (LECCO, PASTURO) if code != need.owner_code)
    )
    bands = {
        (need.number, match.laboratory): match.band
        for need in found.pool.needs
        for match in matches.for_need(picture, need).matches
    }
    assert Band.WEAK in bands.values()
    assert found.pool.laboratories
    for one in found.pool.laboratories:
        fits = {
            number
            for (number, slug), band in bands.items()
            if slug == one.laboratory.slug and band in {Band.STRONG, Band.PLAUSIBLE}
        }
        assert {need.number for need in one.fits} == fits
