"""A proposal of joint management as its municipalities read it: where it stands, what comes next, who owes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from tortoise.expressions import Q, Subquery

from raccordo import catalogue
from raccordo.association_steps import ANSWERS, TABLE, AssociationSide
from raccordo.days import ROME
from raccordo.language import Sentence
from raccordo.match_records import name_of
from raccordo.models import (
    Adherence,
    AssociationForm,
    AssociationMember,
    AssociationProposal,
    AssociationState,
    AssociationStep,
    BodyKind,
    CooperationStep,
    StepStatus,
)
from raccordo.municipalities import former_codes
from raccordo.people import Actor
from raccordo.refusals import NotFound
from raccordo.rights import Body, Subject, allows
from raccordo.typed_towns import FEWEST

RELATED = ("lead", "proposer", "members__body", "steps")
WHAT = "association"
PATH_OF = "/gestioni-associate/proposte/"
TOWN = BodyKind.MUNICIPALITY
COORDINATION = Sentence("Il coordinamento")
STANDING = (AssociationState.OPEN, AssociationState.STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecord:
    """A municipality and what it answered. `istat_code` is today's; `merged_as` the name it had before it merged."""

    istat_code: str
    name: str
    merged_as: str
    adherence: Adherence
    reason: str
    answered_at: datetime | None
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """A step of the way that is settled: done on a day, or skipped, and why in `note`.

    `from_facts` is true where nobody wrote it down: the answers of the municipalities show that it is done.
    """

    step: CooperationStep
    status: StepStatus
    done_on: date
    document: str
    link: str
    note: str
    acting_as: str
    at: datetime
    from_facts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationRecord:
    """Who might manage a function together. `lead` is the ISTAT code of the municipality in front.

    `proposer` None is the coordination. `whole` is false where it is shown to whoever takes no part.
    """

    number: int
    version: int
    state: AssociationState
    function: str
    form: AssociationForm | None
    lead: str
    lead_name: str
    proposer: Body | None
    reason: str
    snapshot_id: str
    members: tuple[MemberRecord, ...]
    steps: tuple[StepRecord, ...]
    management: str | None
    proposed_at: datetime
    changed_at: datetime
    whole: bool = True

    @property
    def remaining(self) -> tuple[MemberRecord, ...]:
        """The municipalities that have not said no."""
        return tuple(one for one in self.members if one.adherence is not Adherence.DECLINED)

    @property
    def waiting(self) -> tuple[MemberRecord, ...]:
        return tuple(one for one in self.members if one.adherence is Adherence.WAITING)

    @property
    def public(self) -> bool:
        """Nobody reads about a municipality that has not adhered: all that remain must have."""
        agreed = len(self.remaining) >= FEWEST and not self.waiting
        return agreed and not self.leaderless and self.state is not AssociationState.TAKEN_BACK

    @property
    def leaderless(self) -> bool:
        """Whoever was to lead has said no: another one is chosen first."""
        return self.lead not in {one.istat_code for one in self.remaining}

    @property
    def proposer_name(self) -> Sentence:
        return Sentence(name_of(self.proposer)) if self.proposer else COORDINATION

    @property
    def proposer_declined(self) -> bool:
        """The municipality that started it takes no part: it is not among those that remain."""
        codes = {one.istat_code for one in self.remaining}
        return self.proposer is not None and self.proposer[1] not in codes

    @property
    def proposed_by(self) -> Sentence:
        """Who started it, for readers; of a municipality that then said no, that it takes no part."""
        if not self.proposer_declined:
            return self.proposer_name
        return Sentence("{name}, che non vi prende parte", {"name": self.proposer_name.say()})

    def member(self, istat_code: str | None) -> MemberRecord | None:
        return next((one for one in self.members if one.istat_code == istat_code), None)

    def settled(self, step: CooperationStep) -> StepRecord | None:
        return next((one for one in self.steps if one.step is step), None)


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
    return _record(row) if row else None


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


def records(rows: Iterable[AssociationProposal]) -> tuple[AssociationRecord, ...]:
    """Rows with their members and steps as records, in the same order."""
    return tuple(_record(row) for row in rows)


def _record(row: AssociationProposal) -> AssociationRecord:
    members: Iterable[AssociationMember] = row.members  # type: ignore[attr-defined]  # the other end of a relation
    steps: Iterable[AssociationStep] = row.steps  # type: ignore[attr-defined]  # the same
    own = "number version state form reason snapshot_id proposed_at changed_at"
    record = AssociationRecord(
        **{name: getattr(row, name) for name in own.split()},
        function=row.function_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        lead=_today(row.lead.code),
        lead_name=name_of((TOWN, row.lead.code)),
        proposer=(row.proposer.kind, _today(row.proposer.code)) if row.proposer else None,
        members=tuple(_member(one) for one in sorted(members, key=lambda one: one.id)),
        steps=tuple(_step(one) for one in steps),
        management=row.management_id,  # type: ignore[attr-defined]  # the same
    )
    order = list(CooperationStep)
    every = (*record.steps, *_shown_by_facts(record))
    return replace(record, steps=tuple(sorted(every, key=lambda one: order.index(one.step))))


def _shown_by_facts(record: AssociationRecord) -> list[StepRecord]:
    """The steps that are done because all that remain adhered, on the day when the last of them did: who takes part,
    and the form with its lead where one was chosen, as who had adhered to another one is asked again."""
    if not record.public:
        return []
    last = max(one.answered_at or record.proposed_at for one in record.remaining)
    shown = [CooperationStep.PARTNERS, *([CooperationStep.FORM] if record.form else [])]
    return [
        StepRecord(
            step=step,
            status=StepStatus.DONE,
            done_on=last.astimezone(ROME).date(),
            document="",
            link="",
            note="",
            acting_as="",
            at=last,
            from_facts=True,
        )
        for step in shown
        if not record.settled(step)
    ]


def _member(row: AssociationMember) -> MemberRecord:
    code = _today(row.body.code)
    return MemberRecord(
        istat_code=code,
        name=name_of((TOWN, code)),
        merged_as=row.body.name if row.body.closed_on else "",
        adherence=row.adherence,
        reason=row.reason,
        answered_at=row.answered_at,
        told=row.told_at is not None,
    )


def _step(row: AssociationStep) -> StepRecord:
    own = "step status done_on document link note acting_as at"
    return StepRecord(**{name: getattr(row, name) for name in own.split()})


def _today(code: str) -> str:
    """The code of the municipality that continues it; any other body's as it is."""
    found = catalogue.current().body(TOWN, code)
    return found.code if found else code
