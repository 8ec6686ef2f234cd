"""The kinds of initiative of the agreement, and the words for them and for semesters."""

from __future__ import annotations

from raccordo.models import InitiativeKind
from raccordo.schema.fields import enumeration

__all__ = ["KIND", "SEMESTER", "InitiativeKind"]

KIND = "The kind of initiative."
SEMESTER = "A semester such as `2027-1` (January to June) or `2027-2`."

enumeration(
    InitiativeKind,
    "The kinds of initiative that the agreement names.",
    SEMINAR="A seminar.",
    COURSE="A course.",
    SUMMER_SCHOOL="A summer school.",
    INTERNSHIP="An internship or a thesis.",
    TEACHING_MODULE="A teaching module.",
    STUDY="A study.",
    RESEARCH="A research.",
    MEETING="A meeting.",
    CONGRESS="A congress.",
    CONFERENCE="A conference.",
    DOCUMENT_EXCHANGE="An exchange of documents.",
    PROJECT_SUPPORT="Support of a project.",
)
