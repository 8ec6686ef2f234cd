"""Semesters of the solar year, written `2027-1` and `2027-2`."""

from __future__ import annotations

import re
from datetime import date

from raccordo.language import Sentence
from raccordo.refusals import refused
from raccordo_graph.initiatives import name_of_semester

FIRST, LAST = 2020, 2099
SHAPE = re.compile(r"(\d{4})-[12]", re.ASCII)
SHOWN = 6  # semesters that a form offers


def checked(field: str, semester: str) -> str:
    """The semester as it is kept; raises Refused for what is none."""
    found = SHAPE.fullmatch(semester.strip())
    if not found or not FIRST <= int(found[1]) <= LAST:
        raise refused(
            field,
            "unknown",
            Sentence("Un semestre si scrive così: 2027-1 (da gennaio a giugno) o 2027-2 (da luglio)."),
        )
    return found[0]


def coming(today: date) -> tuple[str, ...]:
    """The semester of that day and those after it."""
    count = today.year * 2 + (today.month > 6)
    return tuple(f"{number // 2}-{number % 2 + 1}" for number in range(count, count + SHOWN))


def of(day: date) -> str:
    """The semester of a day."""
    return coming(day)[0]


def begins(semester: str) -> date:
    """Its first day."""
    year, _, half = semester.partition("-")
    return date(int(year), 1 if half == "1" else 7, 1)


class Named(Sentence):
    """A semester in words; what is none stands as it is.

    >>> Named("2027-2").say("it"), Named("2027-2").say("en")
    ('secondo semestre 2027', 'second semester of 2027')
    """

    def __init__(self, semester: str) -> None:
        super().__init__("{value}", {"value": semester})

    def say(self, language: str = "it") -> str:
        semester = str(self.values["value"])
        known = SHAPE.fullmatch(semester)
        return name_of_semester(semester, "en" if language == "en" else "it") if known else semester


def name_of(semester: str) -> Sentence:
    """A semester in words."""
    return Named(semester)
