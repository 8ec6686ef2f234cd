"""Needs that another system holds too: published or revised by the key that it gives them, among its own body's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raccordo import catalogue, database, need_rows, needs
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Need, NeedStatus
from raccordo.need_input import CheckedNeed, NeedInput, as_written, check
from raccordo.people import Actor, person_of
from raccordo.published import Need as PublishedNeed
from raccordo.refusals import NotFound, Stale, refused


class UpsertOutcome(StrEnum):
    PUBLISHED = "PUBLISHED"
    REVISED = "REVISED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True)
class UpsertedNeed:
    """A need as another system wants it, and what that took."""

    outcome: UpsertOutcome
    need: PublishedNeed


async def upsert(
    actor: Actor, external_id: str, wanted: NeedInput, version: int | None = None
) -> UpsertedNeed:
    """Publish the need, or revise the one of one's own body that has the key; refused as either would be.

    Without a `version` the last to write wins; what says the same already is left as it is.
    """
    current, key = catalogue.current(), external_id.strip()
    body = needs.publishing_body(current, actor)
    if not key:
        raise refused("external_id", "missing", Sentence("Manca il codice con cui il bisogno si riconosce."))
    checked = check(current, wanted, key)
    teaches = need_rows.teaching(current, checked)

    async def work(writing: Writing) -> tuple[UpsertOutcome, int]:
        row = await Need.get_or_none(owner__kind=body[0], owner__code=body[1], external_id=key, example=False)
        if row is None:
            _refuse_version(key, version)
            author = await person_of(actor)
            made = await need_rows.create(writing, actor, body, author, checked, teaches, external_id=key)
            return UpsertOutcome.PUBLISHED, made
        if row.status is not NeedStatus.PUBLISHED:
            raise await needs.missing(row.number)
        if await _says_already(row, version, checked):
            return UpsertOutcome.UNCHANGED, row.number
        seen = row.version if version is None else version
        await need_rows.replace(writing, actor, row.number, seen, checked, teaches)
        return UpsertOutcome.REVISED, row.number

    outcome, number = await database.write(work)
    return UpsertedNeed(outcome, needs.find(await catalogue.catch_up(), number))


def _refuse_version(key: str, version: int | None) -> None:
    if version is not None:  # whoever names one has read a need, and there is none
        raise NotFound(
            "unknown_need", Sentence("L’ente non ha nessun bisogno col codice «{key}».", {"key": key})
        )


async def _says_already(row: Need, version: int | None, checked: CheckedNeed) -> bool:
    state = await need_rows.stored(row.number)
    if version is not None and version != row.version:
        raise Stale(need_rows.CHANGED_MEANWHILE, state)
    return state.written == as_written(checked)
