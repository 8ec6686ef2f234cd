"""Semesters of the solar year, written `2027-1` and `2027-2`."""

from __future__ import annotations

import re
from datetime import date

from raccordo.language import Sentence
from raccordo.refusals import refused

FIRST, LAST = 2020, 2099
SHOWN = 6  # semesters that a form offers


def checked(field: str, semester: str) -> str:
    """The semester as it is kept; raises Refused for what is none."""
    found = re.fullmatch(r"(\d{4})-[12]", semester.strip(), re.ASCII)
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


def name_of(semester: str) -> Sentence:
    """A semester in words."""
    year, _, half = semester.partition("-")
    words = {
        "1": Sentence("primo semestre {year}", {"year": year}),
        "2": Sentence("secondo semestre {year}", {"year": year}),
    }
    return words.get(half, Sentence("{year}", {"year": semester}))
