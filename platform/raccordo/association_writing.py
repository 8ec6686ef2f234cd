"""One step of a proposal of joint management: rights, version, table, the change, the log, the news."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from raccordo import association_news as news
from raccordo import audit, database
from raccordo.association_path import next_step
from raccordo.association_records import ANSWERING, WHAT, as_read_by, find, read, subject_of
from raccordo.association_rows import AssociationRecord
from raccordo.association_steps import transition
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import AssociationProposal
from raccordo.people import Actor, person_of
from raccordo.refusals import Refused, Stale
from raccordo.rights import demand
from raccordo.voices import voice

Change = Callable[[Writing, AssociationRecord], Awaitable[dict[str, Any]]]

ITSELF_ONLY = Sentence("Aderisce, declina o recede solo chi lavora per il comune, e solo per il suo.")
MEMBERS_ONLY = Sentence("Lo fa solo chi lavora per uno dei comuni che non hanno detto di no.")
PROPOSER_ONLY = Sentence("La ritira solo chi l’ha proposta, o il coordinamento.")
CHANGED = Sentence("Qualcuno ha fatto un passo nel frattempo: ecco com’è adesso.")


async def take_step(
    actor: Actor,
    number: int,
    version: int,
    verb: str,
    change: Change,
    *,
    starts: bool = False,
    **details: object,
) -> AssociationRecord:
    """One step of the table; of two at once the first wins, and the other is told where things stand.

    Raises NotFound, NotAllowed, Refused, or Stale with the present record.
    """
    demand(actor, verb, WHAT, subject_of(await find(actor, number), verb), _denied(verb))

    async def work(writing: Writing) -> None:
        record = await present(number)
        if record.version != version:
            raise Stale(CHANGED, as_read_by(actor, record))
        row = transition(record.state, verb, starts=starts)
        if row is None:
            raise Refused("wrong_state", next_step(record).sentence)
        columns = await change(writing, record)
        await AssociationProposal.filter(number=number).update(
            **columns, state=row.after, version=version + 1, changed_at=datetime.now(UTC)
        )
        after = await present(number)
        await log(writing, actor, after, verb, **details)
        person = await person_of(actor)
        who, author = voice(actor.label), person.id if person else None
        await news.of_step(writing, after, verb, who, author, starts=starts)

    await database.write(work)
    return as_read_by(actor, await present(number))


async def log(
    writing: Writing, actor: Actor, record: AssociationRecord, verb: str, **details: object
) -> None:
    """An entry of the log under whoever acted and the body acted for."""
    said = {"version": record.version, "state": record.state.value, **details}
    await audit.record(writing, actor, f"{verb}_{WHAT}", f"{WHAT}:{record.number}", said)


async def present(number: int) -> AssociationRecord:
    """The proposal as it is now, whole."""
    record = await read(number)
    assert record is not None  # noqa: S101  # proposals are never deleted
    return record


def _denied(verb: str) -> Sentence:
    if verb in ANSWERING:
        return ITSELF_ONLY
    return PROPOSER_ONLY if verb == "take_back" else MEMBERS_ONLY
