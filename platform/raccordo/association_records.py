"""A proposal of joint management as its municipalities read it: where it stands, what comes next, who owes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from tortoise.expressions import Q, Subquery

from raccordo import catalogue
from raccordo.association_rows import TOWN, AssociationRecord, MemberRecord, records
from raccordo.association_steps import ANSWERS, TABLE, AssociationSide
from raccordo.language import Sentence
from raccordo.models import (
    Adherence,
    AssociationMember,
    AssociationProposal,
    AssociationState,
)
from raccordo.municipalities import former_codes
from raccordo.people import Actor
from raccordo.refusals import NotFound
from raccordo.rights import Body, Subject, allows

RELATED = ("lead", "proposer", "members__body", "steps")
WHAT = "association"
PATH_OF = "/gestioni-associate/proposte/"
STANDING = (AssociationState.OPEN, AssociationState.STARTED)


def bodies_of(members: Iterable[MemberRecord]) -> frozenset[Body]:
    return frozenset((TOWN, one.istat_code) for one in members)


def subject_of(record: AssociationRecord, verb: str = "read") -> Subject:
    """The proposal as the right to a verb sees it: a municipality answers for itself, those that remain go on."""
    proposer = frozenset({record.proposer} if record.proposer else ())
    if verb == "read":
        return Subject(bodies=bodies_of(record.members) | proposer, open=record.public)
    if verb == "take_back":
        return Subject(bodies=proposer)
    return Subject(bodies=bodies_of(record.members if verb in ANSWERING else record.remaining))


ANSWERING = frozenset(row.verb for row in ANSWERS)


def allowed_verbs(actor: Actor, record: AssociationRecord) -> tuple[str, ...]:
    """What this actor may do with the proposal as it stands, in the order of the table."""
    own = record.member(actor.body_code) if actor.body_kind is TOWN else None
    possible = {row.verb for row in ANSWERS if own and not own.merged_as and row.before is own.adherence}
    verbs = dict.fromkeys(
        row.verb
        for row in TABLE
        if row.before is record.state
        and (AssociationSide.ITSELF not in row.sides or row.verb in possible)
        and allows(actor, row.verb, WHAT, subject_of(record, row.verb))
    )
    return tuple(verbs)


async def read(number: int) -> AssociationRecord | None:
    """The proposal with that number, whoever asks."""
    if not 0 < number < 2**31:
        return None
    row = await AssociationProposal.get_or_none(number=number).prefetch_related(*RELATED)
    return records([row])[0] if row else None


async def find(actor: Actor, number: int) -> AssociationRecord:
    """The proposal as this actor may read it; whoever may not is told that there is none: NotFound."""
    record = await read(number)
    if record is None or not allows(actor, "read", WHAT, subject_of(record)):
        raise NotFound("unknown_association", Sentence("Qui non c’è nessuna proposta di gestione associata."))
    return as_read_by(actor, record)


async def readable_by(
    actor: Actor,
    *,
    function: str | None = None,
    municipality: str | None = None,
    state: AssociationState | None = None,
) -> tuple[AssociationRecord, ...]:
    """What this actor may read, the last changed first; of a function, naming a municipality, in a state."""
    wanted = AssociationProposal.filter(_perhaps_read_by(actor))
    if function:
        wanted = wanted.filter(function_id=function)
    if municipality:
        wanted = wanted.filter(naming(former_codes(catalogue.current(), municipality)))
    if state:
        wanted = wanted.filter(state=state)
    rows = await wanted.order_by("-changed_at", "-number").prefetch_related(*RELATED)
    found = [record for record in records(rows) if allows(actor, "read", WHAT, subject_of(record))]
    shown = (as_read_by(actor, record) for record in found)
    return tuple(one for one in shown if not municipality or one.member(municipality))


async def waiting_for(actor: Actor) -> tuple[AssociationRecord, ...]:
    """The proposals to which this actor's municipality has not answered."""
    if actor.body_kind is not TOWN or not actor.body_code:
        return ()
    asked = await readable_by(actor, municipality=actor.body_code, state=AssociationState.OPEN)
    return waiting_among(actor, asked)


def waiting_among(actor: Actor, found: Iterable[AssociationRecord]) -> tuple[AssociationRecord, ...]:
    """Those of some proposals to which this actor's municipality has not answered."""
    return tuple(one for one in found if _waits(actor, one))


def _waits(actor: Actor, record: AssociationRecord) -> bool:
    own = record.member(actor.body_code) if actor.body_kind is TOWN else None
    return bool(own and own.adherence is Adherence.WAITING and "adhere" in allowed_verbs(actor, record))


def naming(codes: Collection[str]) -> Q:
    """The condition on proposals that one of these municipalities is a member of, whatever it answered."""
    named = AssociationMember.filter(body__kind=TOWN, body__code__in=list(codes))
    return Q(number__in=Subquery(named.values("proposal_id")))


def _perhaps_read_by(actor: Actor) -> Q:
    """What the database can leave out at once: what is neither the actor's own nor public. Rights decide the rest."""
    if allows(actor, "read", WHAT, Subject()):
        return Q()
    unanswered = AssociationMember.filter(adherence=Adherence.WAITING).values("proposal_id")
    public = Q(state__in=STANDING) & Q(number__not_in=Subquery(unanswered))
    if actor.body_kind is not TOWN or not actor.body_code:
        return public
    return public | naming(former_codes(catalogue.current(), actor.body_code))  # who proposes is a member


def as_read_by(actor: Actor, record: AssociationRecord) -> AssociationRecord:
    """The whole for whoever takes part; for others only who adhered and the documents, no reason and no note."""
    parties = Subject(bodies=subject_of(record).bodies)
    if allows(actor, "read", WHAT, parties):
        return record
    return replace(
        record,
        whole=False,
        members=record.remaining,
        steps=tuple(replace(one, note="", acting_as="") for one in record.steps),
    )
