"""Joint managements as people decide them: proposed, adhered to by each municipality for itself, taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from tortoise.expressions import Q

from raccordo import association_news as news
from raccordo import catalogue, database
from raccordo.association_input import SAID_NO, AssociationInput, CheckedAssociation, check
from raccordo.association_records import STANDING, WHAT, as_read_by, naming
from raccordo.association_rows import TOWN, AssociationRecord
from raccordo.association_steps import answer
from raccordo.association_writing import log, present, take_step
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import (
    Adherence,
    AssociationMember,
    AssociationProposal,
    AssociationState,
    Person,
    TerritorialBody,
)
from raccordo.notifications import with_officers
from raccordo.people import Actor, person_of
from raccordo.refusals import Refused
from raccordo.rights import Subject, allows, demand
from raccordo.voices import voice
from raccordo.written_text import checked as checked_text

MOST_OPEN = 20  # proposals that one body, or the coordination, may have on the way at once

WHO_PROPOSES = Sentence("Propone chi lavora per uno dei comuni della proposta, o il coordinamento.")
_ALREADY = {
    Adherence.ADHERED: Sentence("{name} ha già aderito: per tornare indietro c’è «Ritira l’adesione»."),
    Adherence.DECLINED: Sentence("{name} ha già detto di no: può ancora aderire, se ci ripensa."),
    Adherence.WAITING: Sentence("{name} non ha ancora aderito: non c’è niente da ritirare."),
}


def may_propose(actor: Actor) -> bool:
    """Whether the actor may propose something: it works for a municipality, or coordinates."""
    return allows(actor, "propose", WHAT, _own(actor))


async def propose(actor: Actor, wanted: AssociationInput) -> AssociationRecord:
    """Put a proposal before its municipalities, each of which is told and answers for itself.

    Raises NotAllowed or Refused. Whoever proposes has not adhered by that, either.
    """
    demand(actor, "propose", WHAT, _own(actor), WHO_PROPOSES)
    own = actor.body_code if actor.body_kind is TOWN else None
    checked = check(catalogue.current(), wanted, own)
    bodies = frozenset((TOWN, town.istat_code) for town in checked.members)
    demand(actor, "propose", WHAT, Subject(bodies=bodies), WHO_PROPOSES)

    async def work(writing: Writing) -> int:
        proposer = await TerritorialBody.get(kind=TOWN, code=own) if own else None
        await _refuse_too_much(checked, proposer)
        person = await person_of(actor)
        number = await _create(checked, proposer, person)
        record = await present(number)
        await log(writing, actor, record, "propose", function=checked.function)
        who = voice(actor.label)
        await news.of_proposal(writing, record, who, person.id if person else None)
        return number

    return as_read_by(actor, await present(await database.write(work)))


async def adhere(actor: Actor, number: int, version: int) -> AssociationRecord:
    """The actor's own municipality takes part, in what it has read: an older version is refused."""
    return await _answer(actor, number, version, "adhere", "")


async def decline(actor: Actor, number: int, version: int, reason: str) -> AssociationRecord:
    """The actor's own municipality does not take part, and the others read why; it may still change its mind."""
    missing = Sentence("Manca il motivo: bastano poche parole, le leggono gli altri comuni.")
    because = checked_text("reason", " ".join(reason.split()), SAID_NO, missing)
    return await _answer(actor, number, version, "decline", because)


async def withdraw(actor: Actor, number: int, version: int, reason: str = "") -> AssociationRecord:
    """The actor's own municipality takes its adherence back, before the start."""
    because = checked_text("reason", " ".join(reason.split()), SAID_NO, None)
    return await _answer(actor, number, version, "withdraw", because)


async def take_back(actor: Actor, number: int, version: int) -> AssociationRecord:
    """Whoever proposed it no longer does; nobody has anything left to decide."""

    async def change(_writing: Writing, _record: AssociationRecord) -> dict[str, Any]:
        return {}

    return await take_step(actor, number, version, "take_back", change)


async def tell_newcomers() -> None:
    """Tell those who got an account since of what their municipality is asked. For a periodic job."""
    untold = await AssociationMember.filter(
        told_at=None, adherence=Adherence.WAITING, proposal__state=AssociationState.OPEN, body__closed_on=None
    ).values_list("proposal_id", "body__code")
    reachable = await with_officers(TOWN, {code for _, code in untold})
    for number, code in untold:
        if code in reachable:
            await database.write(partial(_tell, number=number, istat_code=code))


async def _tell(writing: Writing, *, number: int, istat_code: str) -> None:
    """Again, now that nobody else writes: it may have been told, answered or taken back meanwhile."""
    record = await present(number)
    member = record.member(istat_code)
    if record.state is AssociationState.OPEN and member in record.waiting and not member.told:
        await news.tell_member(writing, record, member)


async def _answer(actor: Actor, number: int, version: int, verb: str, reason: str) -> AssociationRecord:
    async def change(_writing: Writing, record: AssociationRecord) -> dict[str, Any]:
        own = record.member(actor.body_code)
        assert own is not None  # noqa: S101  # the right was for one of the municipalities
        if own.merged_as:
            sentence = Sentence(
                "La proposta è per {before}, che non esiste più: va ritirata e scritta con {today}.",
                {"before": own.merged_as, "today": own.name},
            )
            raise Refused("merged", sentence)
        row = answer(own.adherence, verb)
        if row is None:
            raise Refused("already_answered", Sentence(_ALREADY[own.adherence].text, {"name": own.name}))
        body, person = await TerritorialBody.get(kind=TOWN, code=own.istat_code), await person_of(actor)
        await AssociationMember.filter(proposal_id=number, body=body).update(
            adherence=row.after,
            reason=reason,
            person_id=person.id if person else None,
            answered_at=datetime.now(UTC),
            told_at=datetime.now(UTC),  # who answers knows
        )
        return {}

    return await take_step(actor, number, version, verb, change, municipality=actor.body_code)


async def _create(
    checked: CheckedAssociation, proposer: TerritorialBody | None, author: Person | None
) -> int:
    now = datetime.now(UTC)
    codes = [town.istat_code for town in checked.members]
    bodies = {row.code: row for row in await TerritorialBody.filter(kind=TOWN, code__in=codes)}
    row = await AssociationProposal.create(
        function_id=checked.function,
        form=checked.form,
        lead=bodies[checked.lead.istat_code],
        proposer=proposer,
        author=author,
        reason=checked.reason,
        snapshot_id=checked.snapshot_id,
        state=AssociationState.OPEN,
        proposed_at=now,
        changed_at=now,
    )
    await AssociationMember.bulk_create(
        AssociationMember(proposal=row, body=bodies[code], adherence=Adherence.WAITING) for code in codes
    )
    return row.number


async def _refuse_too_much(checked: CheckedAssociation, proposer: TerritorialBody | None) -> None:
    """The same municipalities are not asked the same twice, and nobody is flooded."""
    if number := await _same(checked):
        sentence = Sentence(
            "Agli stessi comuni è già proposta la stessa funzione: è la proposta {number}.",
            {"number": number},
        )
        raise Refused("already_proposed", sentence)
    mine = await AssociationProposal.filter(state=AssociationState.OPEN, proposer=proposer).count()
    if mine >= MOST_OPEN:
        sentence = Sentence(
            "Ci sono già {count} proposte aperte: prima ne va avviata o ritirata una.", {"count": mine}
        )
        raise Refused("too_many", sentence)


async def _same(checked: CheckedAssociation) -> int | None:
    """The number of a proposal of the same to the same that is on its way, or began and has not ended."""
    wanted = {town.istat_code for town in checked.members}
    rows = (
        await AssociationProposal.filter(naming(wanted), function_id=checked.function, state__in=STANDING)
        .filter(Q(management__valid_to=None) | Q(management__valid_to__gte=today()))
        .prefetch_related("members__body")
    )
    for row in rows:
        if {one.body.code for one in row.members} == wanted:  # type: ignore[attr-defined]  # the other end of a relation
            return row.number
    return None


def _own(actor: Actor) -> Subject:
    own = (actor.body_kind, actor.body_code)
    return Subject(bodies=frozenset({own} if actor.body_kind is TOWN and actor.body_code else ()))  # type: ignore[arg-type]  # both are there
