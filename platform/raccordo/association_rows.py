"""A proposal of joint management as it is stored, as records: its members, its steps, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from raccordo import catalogue
from raccordo.days import day_of
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
from raccordo.rights import Body
from raccordo.typed_towns import FEWEST

TOWN = BodyKind.MUNICIPALITY
COORDINATION = Sentence("Il coordinamento")


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
            done_on=day_of(last),
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
