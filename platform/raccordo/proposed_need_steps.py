"""The one table of a proposed need's life: from where, by whom, to where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raccordo.models import ProposedNeedState


class DelegationSide(StrEnum):
    """Who may take a step, and who owes one: the clock ends what nobody answers."""

    POSTER = "POSTER"
    MUNICIPALITY = "MUNICIPALITY"
    CLOCK = "CLOCK"


@dataclass(frozen=True, slots=True)
class ProposedNeedStep:
    """One row: `side` may do `verb` while the proposal stands at `before`."""

    before: ProposedNeedState
    verb: str
    side: DelegationSide
    after: ProposedNeedState


_S, _D = ProposedNeedState, DelegationSide

TABLE: tuple[ProposedNeedStep, ...] = (
    ProposedNeedStep(_S.WAITING, "revise", _D.POSTER, _S.WAITING),
    ProposedNeedStep(_S.WAITING, "take_back", _D.POSTER, _S.TAKEN_BACK),
    ProposedNeedStep(_S.WAITING, "confirm", _D.MUNICIPALITY, _S.CONFIRMED),
    ProposedNeedStep(_S.WAITING, "decline", _D.MUNICIPALITY, _S.DECLINED),
    ProposedNeedStep(_S.WAITING, "expire", _D.CLOCK, _S.EXPIRED),
)

VERBS = tuple(row.verb for row in TABLE)


def step(state: ProposedNeedState, verb: str) -> ProposedNeedStep | None:
    """The row for a verb in a state, or None: the table does not allow it."""
    return next((row for row in TABLE if (row.before, row.verb) == (state, verb)), None)


def side_of(verb: str) -> DelegationSide:
    """Whose verb it is."""
    return next(row.side for row in TABLE if row.verb == verb)
