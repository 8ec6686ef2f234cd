"""The agreement's kinds of initiative in words, and what a need wants of them: a kind, from a semester."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from raccordo_graph.text import Language


class Words(NamedTuple):
    """A kind in Italian, and in English with its article."""

    italian: str
    english: str


KINDS: Mapping[str, Words] = {
    "SEMINAR": Words("seminario", "a seminar"),
    "COURSE": Words("corso", "a course"),
    "SUMMER_SCHOOL": Words("scuola estiva", "a summer school"),
    "INTERNSHIP": Words("tirocinio o tesi", "an internship or a thesis"),
    "TEACHING_MODULE": Words("modulo didattico", "a teaching module"),
    "STUDY": Words("studio", "a study"),
    "RESEARCH": Words("ricerca", "research"),
    "MEETING": Words("incontro", "a meeting"),
    "CONGRESS": Words("congresso", "a congress"),
    "CONFERENCE": Words("convegno", "a conference"),
    "DOCUMENT_EXCHANGE": Words("scambio di documenti", "an exchange of documents"),
    "PROJECT_SUPPORT": Words("supporto a un progetto", "support for a project"),
}
"""The twelve kinds that the agreement of 15 March 2023 names: the one table of their words."""

HALVES: Mapping[Language, tuple[str, str]] = {
    "it": ("primo semestre {}", "secondo semestre {}"),
    "en": ("first semester of {}", "second semester of {}"),
}
"""The halves of a year, as `2027-1` and `2027-2` are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A kind of initiative (a key of `KINDS`) and the semester (`2027-1`) in which it begins; "" is not said."""

    kind: str = ""
    semester: str = ""


ANYTIME = Wanted()
"""Nothing was said."""


def name_of(kind: str, language: Language) -> str:
    """Return a kind as a label.

    >>> name_of("INTERNSHIP", "it"), name_of("INTERNSHIP", "en")
    ('tirocinio o tesi', 'internship or thesis')
    """
    words = KINDS[kind]
    bare = words.english.removeprefix("an ").removeprefix("a ").replace(" or a ", " or ")
    return words.italian if language == "it" else bare


def name_of_semester(semester: str, language: Language) -> str:
    """Return a semester in words.

    >>> name_of_semester("2027-2", "it"), name_of_semester("2027-1", "en")
    ('secondo semestre 2027', 'first semester of 2027')
    """
    year, _, half = semester.partition("-")
    return HALVES[language][half == "2"].format(year)
