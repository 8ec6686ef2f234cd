"""Every step of a match so far, in words, as both sides read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from raccordo import catalogue
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord
from raccordo.match_steps import Side, said
from raccordo.models import MatchState, MatchStep, Role
from raccordo.people import FOR_A_LABORATORY


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One step as both sides read it; no person is named."""

    at: datetime
    verb: str
    state: MatchState
    side: Side
    sentence: Sentence
    note: str


async def timeline(record: MatchRecord) -> tuple[TimelineEntry, ...]:
    """Every step so far, the first one first."""
    return tuple(_entry(row, record) for row in await MatchStep.filter(match_id=record.id).order_by("id"))


def _entry(row: MatchStep, record: MatchRecord) -> TimelineEntry:
    side = side_said(row.acting_as)
    names: dict[Side, object] = {
        Side.OWNER: record.owner_name,
        Side.LABORATORY: record.laboratory_name,
        Side.COORDINATOR: Sentence("Il coordinamento"),
    }
    who: object = names[side]
    if row.verb == "arrive":  # the step of another laboratory
        passed = catalogue.current().laboratories.get(record.passed_from or "")
        who = passed.name if passed else Sentence("Un altro laboratorio")
    values = {"who": who, "laboratory": record.laboratory_name, "owner": record.owner_name}
    sentence = Sentence(said(row.verb, row.state).text, values)
    return TimelineEntry(
        at=row.at, verb=row.verb, state=row.state, side=side, sentence=sentence, note=row.note
    )


def side_said(acting_as: str) -> Side:
    """The side in a label like "OFFICER MUNICIPALITY:097065"."""
    roles = set(acting_as.split())
    if roles & {role.value for role in FOR_A_LABORATORY}:
        return Side.LABORATORY
    return Side.COORDINATOR if roles & {Role.COORDINATOR.value, "SYSTEM"} else Side.OWNER
