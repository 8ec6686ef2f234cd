"""Confirming from a mail: a single-use link stands for one officer and one need proposed for its municipality."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import proposed_need_news as news
from raccordo import proposed_needs, single_use
from raccordo.answers import OVER, acting_by_link
from raccordo.database import Writing, write
from raccordo.models import Purpose, SingleUse
from raccordo.notifications import BODY_ROLES
from raccordo.people import Actor
from raccordo.proposed_need_records import WHAT, ProposedNeedRecord, allowed_verbs, read
from raccordo.refusals import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToConfirm:
    """A proposal as the reader of a mail meets it. `open` says that it still waits for an answer."""

    record: ProposedNeedRecord
    actor: Actor

    @property
    def open(self) -> bool:
        return "confirm" in allowed_verbs(self.actor, self.record)


async def find(secret: str) -> AskedToConfirm:
    """What a link asks, without using it; raises NotFound when it is over or its person may not answer."""
    return await _asked(await single_use.look(secret, Purpose.ANSWER))


async def confirm(secret: str, version: int) -> ProposedNeedRecord:
    """Confirm as the link's person, by the same rules as on the page; the link is used by an answer only."""
    asked = await find(secret)
    record = await proposed_needs.confirm(asked.actor, asked.record.number, version)
    await _used(secret)
    return record


async def decline(secret: str, version: int, reason: str) -> ProposedNeedRecord:
    """Decline as the link's person, by the same rules as on the page."""
    asked = await find(secret)
    record = await proposed_needs.decline(asked.actor, asked.record.number, version, reason)
    await _used(secret)
    return record


async def send_again(secret: str) -> None:
    """Mail a new link to the person of an old one, if the proposal still waits; says nothing either way."""
    row = await SingleUse.get_or_none(
        digest=single_use.digest(secret), purpose=Purpose.ANSWER
    ).select_related("person")
    try:
        asked = await _asked(row) if row else None
    except NotFound:
        return
    if asked and asked.open and asked.actor.person:
        person, record = asked.actor.person, asked.record

        async def work(writing: Writing) -> None:
            await news.again(writing, person, record)

        await write(work)


async def _used(secret: str) -> None:
    # The version let one answer through already; a link left unused by a crash finds the proposal decided.
    async def work(writing: Writing) -> None:
        await single_use.use(writing, secret, Purpose.ANSWER)

    await write(work)


async def _asked(row: SingleUse) -> AskedToConfirm:
    kind, _, number = row.subject.partition(":")
    record = await read(int(number)) if kind == WHAT and number.isdecimal() else None
    if record is None:
        raise NotFound("link_over", OVER)
    kind_of_body, code = record.municipality
    actor = await acting_by_link(row, BODY_ROLES, body__kind=kind_of_body, body__code=code)
    return AskedToConfirm(record=record, actor=actor)
