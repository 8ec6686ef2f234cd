"""For whom somebody acted, in words, from the label that the log, the timelines and the conversations keep."""

from __future__ import annotations

from raccordo import catalogue
from raccordo.language import Sentence
from raccordo.match_records import name_of
from raccordo.models import BodyKind, Role
from raccordo.people import SYSTEM

UNSAID = ("DEMO", "membership:")  # parts of a label that say how somebody acted, not for whom


def voice(acting_as: str) -> Sentence:
    """A body or a laboratory by its name, everything else by what it is; never a person.

    Labels read like "OFFICER MUNICIPALITY:097065", in the log like "PROFESSOR lia membership:7".
    """
    if acting_as == SYSTEM.label:
        return Sentence("La riga di comando")
    role, held, *_ = [*(part for part in acting_as.split() if not part.startswith(UNSAID)), "", ""]
    kind, _, code = held.partition(":")
    if code and kind in BodyKind.__members__:
        return Sentence(name_of((BodyKind(kind), code)))  # a name: the same in every language
    if role == Role.COORDINATOR:
        return Sentence("Il coordinamento")
    laboratory = catalogue.current().laboratories.get(held)
    return Sentence(laboratory.name if laboratory else held) if held else Sentence("Una persona per sé")
