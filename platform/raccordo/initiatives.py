"""What a need wants and a laboratory offers places for: the agreement's kinds of initiative, by name and in words."""

from __future__ import annotations

from datetime import date

from raccordo import semesters
from raccordo.language import Sentence
from raccordo.models import InitiativeKind, Intent
from raccordo_graph import Wanted
from raccordo_graph.initiatives import KINDS, name_of

VALUE = "value"
JOINT = Sentence("gestione associata (proposta, non obbligo)")


class Kind(Sentence):
    """A kind of initiative.

    >>> Kind("STUDY").say("it"), Kind("STUDY").say("en")
    ('studio', 'study')
    """

    def __init__(self, kind: str) -> None:
        super().__init__("{value}", {VALUE: kind})

    def say(self, language: str = "it") -> str:
        return name_of(str(self.values[VALUE]), "en" if language == "en" else "it")


def words_of(kind: str) -> Sentence:
    """A kind of initiative, or joint management, as a label."""
    return JOINT if kind == Intent.ASSOCIATED_MANAGEMENT else Kind(kind)


def wanted(intent: str, starts: date | None) -> Wanted:
    """What a need wants as rankings count it; joint management is no initiative of a laboratory."""
    return Wanted(
        kind=intent if intent in InitiativeKind.__members__ else "",
        semester=semesters.of(starts) if starts else "",
    )


def described() -> dict[str, str]:
    """The kinds in English sentences, for the schema."""
    return {kind.name: f"{KINDS[kind].english.capitalize()}." for kind in InitiativeKind}
