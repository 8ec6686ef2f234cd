"""Answering from a mail: a single-use link stands for one person, one laboratory and one match."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from raccordo import match_records, partnerships, single_use
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord
from raccordo.models import (
    MatchState,
    Membership,
    MembershipStatus,
    Notification,
    PersonStatus,
    Purpose,
    Role,
    SingleUse,
)
from raccordo.notifications import ANSWERING_ROLES, notify
from raccordo.people import Actor, actor_of_membership
from raccordo.refusals import NotFound, Refused, refused
from raccordo.rights import allows

VERBS = ("show_interest", "decline", "pass_on")
OVER = Sentence("Questo collegamento è scaduto o è già stato usato.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the reader of a mail meets it. `open` says that it still waits for an answer."""

    record: MatchRecord
    actor: Actor

    @property
    def open(self) -> bool:
        answerable = self.record.state is MatchState.ASKED and self.record.need_published
        return answerable and allows(self.actor, "show_interest", "match", match_records.acting(self.record))


async def find(secret: str) -> Asked:
    """What a link asks, without using it; raises NotFound when it is over or its person may not answer."""
    return await _asked(await single_use.look(secret, Purpose.ANSWER))


async def answer(
    secret: str, verb: str, version: int, *, reason: str = "", laboratory: str = "", note: str = ""
) -> MatchRecord:
    """Answer as the link's person, by the same rules as on the page; the link is used by an answer only.

    Raises NotFound for a link that is over, Stale when somebody answered meanwhile, Refused otherwise.
    """
    asked = await find(secret)
    if verb not in VERBS:
        raise refused("verb", "unknown", Sentence("Va scelta una delle tre risposte."))
    if not asked.open:
        raise Refused("already_answered", Sentence("A questa domanda è già stato risposto."))
    match verb:
        case "show_interest":
            after = await partnerships.show_interest(asked.actor, asked.record.id, version, note)
        case "decline":
            after = await partnerships.decline(asked.actor, asked.record.id, version, reason, note)
        case _:
            after = await partnerships.pass_on(asked.actor, asked.record.id, version, laboratory, note)

    # The version let one answer through already; a link left unused by a crash finds the question closed.
    async def used(writing: Writing) -> None:
        await single_use.use(writing, secret, Purpose.ANSWER)

    await write(used)
    return after


async def send_again(secret: str) -> None:
    """Mail a new link to the person of an old one, if the question still waits; says nothing either way."""
    row = await SingleUse.get_or_none(
        digest=single_use.digest(secret), purpose=Purpose.ANSWER
    ).select_related("person")
    if row is None:
        return
    try:
        asked = await _asked(row)
    except NotFound:
        return
    if asked.open:
        await _tell_again(asked)


async def _tell_again(asked: Asked) -> None:
    path, record = f"/collaborazioni/{asked.record.id}", asked.record
    sentence = Sentence(
        "{owner} chiede a {laboratory}: «{need}».",
        {"owner": record.owner_name, "laboratory": record.laboratory_name, "need": record.need_title},
    )

    async def work(writing: Writing) -> None:
        # Pressed twice, one mail: what waits to be mailed is not written down again.
        if not await Notification.filter(
            person_id=asked.actor.person, path=path, kind="asked", mailed_at=None
        ).exists():
            await notify(writing, [asked.actor.person or 0], "asked", sentence, path, urgent=True)

    await write(work)


async def _asked(row: SingleUse) -> Asked:
    kind, _, number = row.subject.partition(":")
    record = await match_records.read(int(number)) if kind == "match" and number.isdecimal() else None
    if record is None:
        raise NotFound("link_over", OVER)
    actor = await acting_by_link(row, ANSWERING_ROLES, laboratory_id=record.laboratory)
    return Asked(record=record, actor=actor)


async def acting_by_link(row: SingleUse, roles: Collection[Role], **held: object) -> Actor:
    """The person of a mailed link, acting in one of these roles for what it holds them for.

    Raises NotFound once it no longer may: the link is then over.
    """
    person = row.person
    membership = (
        await Membership.filter(person=person, role__in=roles, status=MembershipStatus.ACTIVE, **held)
        .prefetch_related("body")
        .first()
    )
    if person is None or membership is None or person.status is not PersonStatus.ACTIVE:
        raise NotFound("link_over", OVER)
    return actor_of_membership(person, membership, second_factor=False)
