"""The copy of everything that is known about a person, as JSON that explains itself."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

from tortoise.models import Model

from raccordo import audit, emails
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Membership, Person, Session
from raccordo.people import SYSTEM, Actor
from raccordo.personal_data import OWNER, Export, entries_of
from raccordo.presence import demand_presence
from raccordo.refusals import NotFound

PAGE = 500
NOBODY = Sentence("Nessuna utenza ha questo indirizzo.")
ABOUT = Sentence(
    "Tutto ciò che Raccordo sa di questa persona. Sotto «tables» una lista per tabella; sotto «explanations» che cosa "
    "dice ogni colonna. Non ci sono i segreti né le loro impronte: non servono a nessuno fuori da qui."
)
# A body's number means nothing outside the database.
NAMED: dict[type[Model], dict[str, str]] = {
    Membership: {"body_kind": "body__kind", "body_code": "body__code"}
}


async def of_oneself(
    actor: Actor, session: Session, password: str, address: str, language: str
) -> AsyncIterator[str]:
    """The copy for whoever asks for its own, in pieces; the log keeps that it was asked."""
    person = await demand_presence("export", actor, session, password, address)
    return await _copy(actor, person, language)


async def by_letter(email: str) -> AsyncIterator[str]:
    """The copy for somebody who asked otherwise, made at the command line."""
    person = await by_email(email)
    return await _copy(SYSTEM, person, person.language)


async def by_email(email: str) -> Person:
    person = await Person.get_or_none(email=emails.normal(email))
    if person is None:
        raise NotFound("unknown_person", NOBODY)
    return person


async def _copy(actor: Actor, person: Person, language: str) -> AsyncIterator[str]:
    async def work(writing: Writing) -> None:
        await audit.record(writing, actor, "export", f"person:{person.id}", {})

    await write(work)
    return _pieces(person, language)


async def _pieces(person: Person, language: str) -> AsyncIterator[str]:
    head = {"about": ABOUT.say(language), "made_at": datetime.now(UTC), "explanations": _explained(language)}
    yield _json(head)[:-1] + ', "tables": {'
    for place, model in enumerate(OWNER):
        yield f"{', ' if place else ''}{json.dumps(model._meta.db_table)}: ["
        first = True
        async for row in _rows(model, person.id):
            yield ("" if first else ", ") + _json(row)
            first = False
        yield "]"
    yield "}}\n"


async def _rows(model: type[Model], person: int) -> AsyncIterator[dict[str, Any]]:
    """The rows of one table, a page at a time in the order of their keys."""
    key, named, columns = model._meta.pk_attr, NAMED.get(model, {}), _columns(model)
    after: dict[str, Any] = {}
    while page := (
        await model.filter(**{OWNER[model]: person}, **after)
        .order_by(key)
        .limit(PAGE)
        .values(key, *(column for column in columns if column != key), **named)
    ):
        for row in page:
            yield {name: row[name] for name in (*columns, *named)}
        after = {f"{key}__gt": page[-1][key]}


def _columns(model: type[Model]) -> list[str]:
    return [one for entry in entries_of(model) if entry.export is Export.YES for one in entry.columns]


def _explained(language: str) -> dict[str, dict[str, str]]:
    return {
        model._meta.db_table: {
            column: entry.what.say(language)
            for entry in entries_of(model)
            if entry.export is Export.YES
            for column in entry.columns
        }
        for model in OWNER
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
