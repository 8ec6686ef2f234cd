"""The one table of the steps between a need and a laboratory: from where, by whom, to where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raccordo.language import Sentence
from raccordo.models import MatchState


class Side(StrEnum):
    """Who may take a step, and who owes one."""

    OWNER = "OWNER"
    LABORATORY = "LABORATORY"
    BOTH = "BOTH"
    COORDINATOR = "COORDINATOR"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: whoever is one of `sides` may do `verb` in the state `before`; `sentence` is for the timeline.

    `before` None means that nothing is stored yet. `completes` marks the second of two acceptances.
    """

    before: MatchState | None
    verb: str
    sides: tuple[Side, ...]
    after: MatchState
    sentence: Sentence
    completes: bool = False


_S = MatchState
_OWNER, _LABORATORY, _BOTH = (Side.OWNER,), (Side.LABORATORY,), (Side.OWNER, Side.LABORATORY)
_OWNER_OR_COORDINATOR = (Side.OWNER, Side.COORDINATOR)
_ANYBODY = (Side.OWNER, Side.LABORATORY, Side.COORDINATOR)

_SHORTLISTED = Sentence("{who} ha messo {laboratory} nella rosa.")
_DECLINED = Sentence("{who} ha declinato.")
_PASSED = Sentence("{who} ha passato la richiesta a un altro laboratorio.")
_SCOPE = Sentence("{who} ha scritto che cosa fare insieme: si accetta di nuovo.")
_DROPPED = Sentence("{who} ha tolto {laboratory} dalla rosa.")

TABLE: tuple[Transition, ...] = (
    Transition(None, "shortlist", _OWNER, _S.SHORTLISTED, _SHORTLISTED),
    Transition(_S.DROPPED, "shortlist", _OWNER, _S.SHORTLISTED, _SHORTLISTED),
    Transition(_S.SHORTLISTED, "ask", _OWNER, _S.ASKED, Sentence("{who} ha chiesto a {laboratory}.")),
    Transition(_S.ASKED, "show_interest", _LABORATORY, _S.INTERESTED, Sentence("A {who} interessa.")),
    *(
        Transition(state, "decline", _LABORATORY, _S.DECLINED, _DECLINED)
        for state in (_S.ASKED, _S.INTERESTED, _S.SCOPE_AGREED)
    ),
    *(
        Transition(state, "pass_on", _LABORATORY, _S.PASSED_ON, _PASSED)
        for state in (_S.ASKED, _S.INTERESTED)
    ),
    *(
        Transition(state, "agree_scope", _BOTH, _S.SCOPE_AGREED, _SCOPE)
        for state in (_S.INTERESTED, _S.SCOPE_AGREED)
    ),
    Transition(_S.SCOPE_AGREED, "accept", _BOTH, _S.SCOPE_AGREED, Sentence("{who} ha accettato.")),
    Transition(
        _S.SCOPE_AGREED,
        "accept",
        _BOTH,
        _S.ACCEPTED,
        Sentence("{who} ha accettato: la collaborazione è avviata."),
        completes=True,
    ),
    *(
        Transition(state, "drop", _OWNER_OR_COORDINATOR, _S.DROPPED, _DROPPED)
        for state in (_S.SHORTLISTED, _S.ASKED, _S.INTERESTED, _S.SCOPE_AGREED)
    ),
    Transition(
        _S.ACCEPTED, "finish", _ANYBODY, _S.ACCEPTED, Sentence("{who} ha concluso la collaborazione.")
    ),
)

# What a match passed on by another laboratory begins with; nobody asks for it by name.
ARRIVED = Sentence("{who} ha passato qui la richiesta.")

VERBS = tuple(dict.fromkeys(row.verb for row in TABLE))
ENDS = frozenset({_S.DECLINED, _S.PASSED_ON})
OPEN = frozenset({_S.SHORTLISTED, _S.ASKED, _S.INTERESTED, _S.SCOPE_AGREED})
# A need that was withdrawn blocks every step but the one that gives a place back.
WITHOUT_NEED = frozenset({"finish"})


def transition(state: MatchState | None, verb: str, *, completes: bool = False) -> Transition | None:
    """The row for a verb in a state, or None: the table does not allow it."""
    return next(
        (row for row in TABLE if (row.before, row.verb, row.completes) == (state, verb, completes)), None
    )


def verbs_of(state: MatchState, side: Side) -> tuple[str, ...]:
    """What one side may do in a state, in the order of the table."""
    found = (row.verb for row in TABLE if row.before is state and side in row.sides)
    return tuple(dict.fromkeys(found))


def said(verb: str, state: MatchState) -> Sentence:
    """The timeline's sentence for a step that led to `state`."""
    if verb == "arrive":
        return ARRIVED
    return next(row.sentence for row in TABLE if (row.verb, row.after) == (verb, state))
