"""What people should know: in their inbox at once, in their mail as often as they prefer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from tortoise.expressions import Q

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import BodyKind, Membership, MembershipStatus, Notification, PersonStatus, Role
from raccordo.spoken import Day, Named

DAY, NAMED, SENTENCE, VALUES = "day", "named", "sentence", "values"
BODY_ROLES = (Role.OFFICER, Role.ADMINISTRATOR)
# A value as JSON keeps it: what each language says for itself is no text, even where one looks alike.
Kept: TypeAlias = "str | dict[str, Kept]"
_ACTIVE = Q(status=MembershipStatus.ACTIVE, person__status=PersonStatus.ACTIVE)
ANSWERING_ROLES = (Role.LABORATORY_MANAGER, Role.PROFESSOR)


async def notify(
    _writing: Writing,
    persons: Iterable[int],
    kind: str,
    sentence: Sentence,
    path: str,
    *,
    urgent: bool = False,
) -> None:
    """Tell each person once, in the transaction of what happened.

    `path` is the page where one sees it; `urgent` is for what waits for this person's answer and is
    mailed without waiting for the digest.
    """
    values = json.dumps(_all_kept(sentence), ensure_ascii=False)
    now = datetime.now(UTC)
    await Notification.bulk_create(
        Notification(
            person_id=person,
            kind=kind,
            text=sentence.text,
            values=values,
            path=path,
            urgent=urgent,
            created_at=now,
        )
        for person in sorted(set(persons))
    )


def sentence_of(row: Notification) -> Sentence:
    """The sentence of a notification, to be said in the reader's language."""
    return _all_said(row.text, json.loads(row.values))


def _all_kept(sentence: Sentence) -> dict[str, Kept]:
    return {name: _kept(value) for name, value in sentence.values.items()}


def _kept(value: object) -> Kept:
    match value:
        case Day():
            return {DAY: value.day.isoformat()}
        case Named():
            return {NAMED: _all_kept(value)}
        case Sentence():
            return {SENTENCE: value.text, VALUES: _all_kept(value)}
    return str(value)


def _all_said(text: str, values: dict[str, Kept]) -> Sentence:
    return Sentence(text, {name: _said(value) for name, value in values.items()})


def _said(value: Any) -> str | Sentence:
    if isinstance(value, str):
        return value
    if DAY in value:
        return Day(date.fromisoformat(value[DAY]))
    return Named(**value[NAMED]) if NAMED in value else _all_said(value[SENTENCE], value[VALUES])


async def officers_of(kind: BodyKind, code: str) -> list[int]:
    """The people who act for a territorial body."""
    return await _people(role__in=BODY_ROLES, body__kind=kind, body__code=code)


async def with_officers(kind: BodyKind, codes: Collection[str]) -> set[str]:
    """Those of the bodies that somebody acts for."""
    rows = await Membership.filter(
        _ACTIVE, role__in=BODY_ROLES, body__kind=kind, body__code__in=list(codes)
    ).values_list("body__code", flat=True)
    return set(map(str, rows))


async def answering_for(laboratory: str) -> list[int]:
    """The people who may answer for a laboratory."""
    return await _people(role__in=ANSWERING_ROLES, laboratory_id=laboratory)


async def deciding_for(body: tuple[BodyKind, str] | None, laboratory: str) -> list[int]:
    """The people who decide who works for a body or in a laboratory."""
    if body:
        return await _people(role=Role.ADMINISTRATOR, body__kind=body[0], body__code=body[1])
    if laboratory:
        return await _people(role=Role.LABORATORY_MANAGER, laboratory_id=laboratory)
    return []


async def coordinators() -> list[int]:
    return await _people(role=Role.COORDINATOR)


async def _people(**condition: object) -> list[int]:
    rows = await Membership.filter(_ACTIVE, **condition).values_list("person_id", flat=True)
    return [int(str(person)) for person in rows]
