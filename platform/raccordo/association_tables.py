"""The declared shape of the tables about managing functions together: what the law said when, what studies say."""

from __future__ import annotations

from enum import StrEnum

from raccordo.cells import SLUG, choice, code, day, decimal, text, whole
from raccordo.tables import Column, Table


class RuleKind(StrEnum):
    """What a legal rule on associated management is about."""

    FUNCTIONS = "FUNCTIONS"
    DUTY = "DUTY"
    EXCLUDED_FUNCTION = "EXCLUDED_FUNCTION"
    SPECIAL_UNION = "SPECIAL_UNION"
    TIMETABLE = "TIMETABLE"
    DEFERRAL = "DEFERRAL"
    ABROGATION = "ABROGATION"
    NO_SPLIT = "NO_SPLIT"
    NATIONAL_THRESHOLD = "NATIONAL_THRESHOLD"
    REGIONAL_THRESHOLD = "REGIONAL_THRESHOLD"
    EXEMPTION = "EXEMPTION"
    FORMS = "FORMS"
    CONVENTIONS = "CONVENTIONS"
    JUDGMENT = "JUDGMENT"
    SUPPORT = "SUPPORT"
    MOUNTAIN = "MOUNTAIN"
    GOOD_PRACTICE = "GOOD_PRACTICE"
    NOTE = "NOTE"


class Finding(StrEnum):
    """What studies say about managing a function together."""

    BENEFIT = "BENEFIT"
    UNKNOWN = "UNKNOWN"
    NONE = "NONE"


EVIDENCE = Column("evidence", text(80), empty="")
SOURCE = Column("source", text(), empty="")

LEGAL_RULES = Table(
    columns=(
        Column("rule", code(SLUG, "lr22-8")),
        Column("kind", choice(RuleKind)),
        Column("norm", text(200)),
        Column("topic_it", text(80)),
        Column("topic_en", text(80)),
        Column("valid_from", day, empty=None),
        Column("valid_to", day, empty=None),
        Column("residents", whole(1, 100_000), empty=None),
        Column("mountain_residents", whole(1, 100_000), empty=None),
        Column("times_smallest", whole(1, 100), empty=None),
        Column("deferred_to", day, empty=None),
        Column("content_it", text()),
        Column("content_en", text()),
        EVIDENCE,
        SOURCE,
    ),
    key=("rule",),
)
FUNCTION_EVIDENCE = Table(
    columns=(
        Column("function", code(r"[a-z](-[a-z]+)?", "l-bis", 8), points_to="functions"),
        Column("finding", choice(Finding)),
        Column("prior", decimal(0.0, 1.0)),
        Column("text_it", text()),
        Column("text_en", text()),
        EVIDENCE,
        SOURCE,
    ),
    key=("function",),
)
