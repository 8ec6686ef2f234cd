"""What the page of a proposal shows of its municipalities as a group: the short form of the group's own page."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import association_group, catalogue
from raccordo.association_rows import AssociationRecord
from raccordo.days import today
from raccordo.function_evidence import FunctionEvidence
from raccordo.groups import Evaluation
from raccordo_ui.formats import number
from raccordo_ui.groups import LawLine, law_lines, pool_view
from raccordo_ui.partner_cards import group_address


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The group of a proposal, judged today; `href` leads to its whole evaluation and to what if."""

    found: Evaluation
    headline: str
    why: str
    remedy: str
    score: str
    law: list[LawLine]
    evidence: FunctionEvidence
    pool: dict[str, object]
    href: str


def group_view(record: AssociationRecord, language: str) -> GroupView | None:
    """None while fewer than two municipalities remain."""
    picture = catalogue.current()
    found = association_group.of_proposal(picture, record, today())
    if found is None:
        return None
    lead, letter = found.lead.istat_code, found.function.letter
    return GroupView(
        found=found,
        headline=found.law.headline.say(language),
        why=found.why.say(language),
        remedy=found.remedy.say(language) if found.remedy else "",
        score=number(found.group.score, language, 2),
        law=law_lines(found, language),
        evidence=picture.evidence[letter],
        pool=pool_view(picture, found, language),
        href=group_address(language, letter, found.group.members, capofila=lead),
    )
