"""Figures of trust: how long an answer takes and how many questions get one, by laboratory and by body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TypeVar

from raccordo import database
from raccordo.match_steps import Side
from raccordo.match_timeline import side_said
from raccordo.models import BodyKind, MatchStep
from raccordo.rights import Body

LEAST = 3  # cases below which no figure is given: it would tell about single people
WAITING = timedelta(days=14)  # a younger question without an answer says nothing yet
DAY = 24 * 3600  # seconds
_OF_MATCH = ("laboratory_id", "need__owner__kind", "need__owner__code")
_OWN = ("verb", "acting_as", "at")
ASKING = ("ask", "arrive")

K = TypeVar("K", str, Body)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its first answer, None while there is none."""

    asked_at: datetime
    answered_at: datetime | None

    @property
    def days(self) -> float | None:
        return None if self.answered_at is None else (self.answered_at - self.asked_at).total_seconds() / DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """`median_days` and `share` (0 to 1) are None when fewer than `LEAST` cases count."""

    enough: bool
    cases: int | None = None
    answered: int | None = None
    share: float | None = None
    median_days: float | None = None


TOO_FEW = Trust(enough=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Whoever has enough cases, in the order of their keys: nothing here is a ranking."""

    laboratories: Mapping[str, Trust]
    bodies: Mapping[Body, Trust]

    def of_laboratory(self, slug: str) -> Trust:
        return self.laboratories.get(slug, TOO_FEW)

    def of_body(self, body: Body) -> Trust:
        return self.bodies.get(body, TOO_FEW)


def measured(cases: Iterable[Case], now: datetime) -> Trust:
    """The figures of one side's cases; an unanswered question counts after `WAITING`.

    >>> day = datetime(2026, 3, 1, tzinfo=UTC)
    >>> cases = [Case(day, day + timedelta(days=days)) for days in (1, 2, 6)] + [Case(day, None)]
    >>> figures = measured(cases, day + timedelta(days=30))
    >>> figures.median_days, figures.share
    (2.0, 0.75)
    """
    counted = [case for case in cases if case.answered_at or now - case.asked_at >= WAITING]
    if len(counted) < LEAST:
        return TOO_FEW
    days = [case.days for case in counted if case.days is not None]
    return Trust(
        enough=True,
        cases=len(counted),
        answered=len(days),
        share=len(days) / len(counted),
        median_days=round(median(days), 1) if len(days) >= LEAST else None,
    )


@dataclass(frozen=True, slots=True)
class _Step:
    verb: str
    side: Side
    at: datetime


@dataclass(slots=True)
class _Timelines:
    """The steps of every match that is about no example, read once from a database and continued afterwards.

    Steps are only ever added, one writer after the other: whatever follows `last` is all that is new.
    """

    source: object = None
    last: int = 0
    matches: dict[int, tuple[str, Body, list[_Step]]] = field(default_factory=dict)

    async def catch_up(self) -> Iterable[tuple[str, Body, list[_Step]]]:
        if self.source is not database.connection():
            self.source, self.last, self.matches = database.connection(), 0, {}
        rows = (
            await MatchStep.filter(id__gt=self.last, match__need__example=False)
            .order_by("id")
            .values_list("id", "match_id", *(f"match__{name}" for name in _OF_MATCH), *_OWN)
        )
        for step, match, laboratory, kind, code, verb, acting_as, at in rows:
            if step <= self.last:
                continue  # somebody else, who read at the same time, has continued this far
            self.last = step
            known = self.matches.setdefault(match, (laboratory, (BodyKind(kind), code), []))
            known[2].append(_Step(verb, side_said(acting_as), at))
        return self.matches.values()


_timelines = _Timelines()


async def figures(now: datetime | None = None) -> Figures:
    """Everybody's figures, from the timelines of all matches."""
    laboratories: dict[str, list[Case]] = defaultdict(list)
    bodies: dict[Body, list[Case]] = defaultdict(list)
    for laboratory, body, steps in await _timelines.catch_up():
        laboratories[laboratory] += _cases(steps, ASKING, Side.LABORATORY)
        bodies[body] += _cases(steps, ("show_interest",), Side.OWNER)
    moment = now or datetime.now(UTC)
    return Figures(
        laboratories=_enough(laboratories, moment),
        bodies=_enough(bodies, moment),
    )


def _enough(cases: Mapping[K, list[Case]], now: datetime) -> dict[K, Trust]:
    found = {key: measured(cases[key], now) for key in sorted(cases)}
    return {key: trust for key, trust in found.items() if trust.enough}


def _cases(steps: list[_Step], asking: tuple[str, ...], answering: Side) -> list[Case]:
    """A question is answered by the other side's next step; taken back before that, it does not count."""
    found: list[Case] = []
    asked: datetime | None = None
    for step in steps:
        if step.verb in asking:
            asked = step.at
        elif asked and step.side is answering:
            found.append(Case(asked, step.at))
            asked = None
        elif asked:
            asked = None
    return found + ([Case(asked, None)] if asked else [])
