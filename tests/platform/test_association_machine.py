"""Everybody tries every step of a joint management, from any version: what must always hold, holds."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from associating import OFFICERS, THREE
from cast import COORDINATOR, officer_of
from machine import OwnDatabase
from raccordo import association_progress, associations, audit
from raccordo.association_input import StepInput
from raccordo.association_path import refusal_of_start
from raccordo.association_records import RELATED, find
from raccordo.association_rows import TOWN, AssociationRecord, records
from raccordo.association_steps import AFTER_START, ANSWERS, BEFORE_START, TABLE, VERBS, transition
from raccordo.catalogue import Catalogue
from raccordo.models import (
    Adherence,
    AssociatedManagement,
    AssociationProposal,
    AssociationState,
    AuditEntry,
    CooperationStep,
    ManagementMember,
)
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotFound, Refusal
from raccordo.typed_towns import FEWEST

STRANGER = officer_of("015146")
ACTORS = (*OFFICERS, *OFFICERS, COORDINATOR, VISITOR, STRANGER)
STEPS = tuple(CooperationStep)

some = st.sampled_from


def test_every_answer_and_every_step_has_its_place_in_the_table() -> None:
    assert {row.verb for row in ANSWERS} < set(VERBS)
    assert {row.before for row in TABLE} == {None, AssociationState.OPEN, AssociationState.STARTED}
    assert {*BEFORE_START, CooperationStep.START, *AFTER_START} == set(CooperationStep)
    assert [row.verb for row in TABLE if row.after is AssociationState.STARTED and row.starts] == [
        "record_step"
    ]


class Machine(OwnDatabase):
    """Three municipalities, a neighbour, a visitor and the coordination; one proposal or two."""

    done: ClassVar[int] = 0
    refused: ClassVar[int] = 0
    started: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.versions: dict[int, int] = {}
        self.ends: dict[int, AssociationRecord] = {}
        self.run(associations.propose(OFFICERS[0], THREE))

    @rule(actor=some(ACTORS))
    def propose(self, actor: Actor) -> None:
        self.run(self._try(actor, associations.propose(actor, THREE)))

    @rule(data=st.data(), verb=some(VERBS[1:]), actor=some(ACTORS), old=some((False, False, False, True)))
    def anything(self, data: st.DataObject, verb: str, actor: Actor, old: bool) -> None:
        found = self.run(self._records())
        if found:
            record = data.draw(some(found))
            version = record.version - 1 if old else record.version
            self.run(self._try(actor, self._step(verb, actor, record, version, data)))

    @rule(most=some((1, 3, 6, 16)))
    def go_on(self, most: int) -> None:
        """What stands against the start is done, one thing after the other, until little is left."""
        for record in self.run(self._records()):
            if record.state is AssociationState.OPEN:
                self.run(self._forward(record, most))

    async def _forward(self, record: AssociationRecord, most: int) -> None:
        for _ in range(most):
            waits = {one.istat_code for one in record.members if one.adherence is not Adherence.ADHERED}
            missing = [step for step in BEFORE_START if not record.settled(step)]
            officer = next((one for one in OFFICERS if one.body_code in waits), None)
            if officer:
                act = associations.adhere(officer, record.number, record.version)
            elif missing and missing[0] is CooperationStep.FORM:
                act = self._choose(OFFICERS[0], record, record.version, record.form or "UNION")
            else:
                step = missing[0] if missing else CooperationStep.START
                act = self._record(OFFICERS[0], record, record.version, step)
            await self._try(officer or OFFICERS[0], act)
            [record] = [one for one in await self._records() if one.number == record.number]
            if record.state is not AssociationState.OPEN:
                return

    def _step(
        self, verb: str, actor: Actor, record: AssociationRecord, version: int, data: st.DataObject
    ) -> Coroutine[Any, Any, Any]:
        match verb:
            case "decline":
                return associations.decline(actor, record.number, version, "No, grazie.")
            case "choose_form":
                return self._choose(actor, record, version, data.draw(some(("CONVENTION", "UNION"))))
            case "record_step":
                return self._record(actor, record, version, data.draw(some(STEPS)))
            case "skip_step":
                step = data.draw(some(STEPS)).value
                return association_progress.skip_step(actor, record.number, version, step, "Non serve.")
        act = getattr(associations, verb)
        taken: Coroutine[Any, Any, Any] = act(actor, record.number, version)
        return taken

    def _choose(
        self, actor: Actor, record: AssociationRecord, version: int, form: str
    ) -> Coroutine[Any, Any, Any]:
        return association_progress.choose_form(actor, record.number, version, form, "Pasturo")

    def _record(
        self, actor: Actor, record: AssociationRecord, version: int, step: CooperationStep
    ) -> Coroutine[Any, Any, Any]:
        wanted = StepInput(step=step.value, document="Verbale")
        return association_progress.record_step(actor, record.number, version, wanted)

    async def _try(self, actor: Actor, act: Coroutine[Any, Any, Any]) -> None:
        """Take a step; refused, it must have changed nothing; done, only what its actor may have changed."""
        before, entries = await self._records(), await AuditEntry.all().count()
        try:
            await act
        except Refusal:
            Machine.refused += 1
            assert (await self._records(), await AuditEntry.all().count()) == (before, entries)
            return
        Machine.done += 1
        after = {one.number: one for one in await self._records()}
        for one in before:
            self._nobody_adhered_for_another(actor, one, after[one.number])

    def _nobody_adhered_for_another(
        self, actor: Actor, before: AssociationRecord, after: AssociationRecord
    ) -> None:
        for was, member in zip(before.members, after.members, strict=True):
            if was.adherence is member.adherence or member.adherence is Adherence.WAITING:
                continue  # who is asked again has decided nothing
            assert actor.acts_for(TOWN, member.istat_code)

    async def _records(self) -> list[AssociationRecord]:
        return list(records(await AssociationProposal.all().order_by("number").prefetch_related(*RELATED)))

    @invariant()
    def everything_agrees(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        found = await self._records()
        made = {one.management for one in found if one.management}
        assert await AssociatedManagement.all().count() == len(made)
        for one in found:
            assert (one.management is not None) == (one.state is AssociationState.STARTED)
            assert one.version >= self.versions.get(one.number, 1)
            self.versions[one.number] = one.version
            entries = await AuditEntry.filter(subject=f"association:{one.number}").count()
            assert entries == one.version, "every version is one entry of the log"
            if one.state is AssociationState.STARTED:
                await self._started(one)
            if one.state is AssociationState.TAKEN_BACK:
                assert self.ends.setdefault(one.number, one) == one, "a step after the end"
            if not one.public:
                for outsider in (VISITOR, STRANGER):
                    with pytest.raises(NotFound):
                        await find(outsider, one.number)
        assert (await audit.verify()).breaks == ()

    async def _started(self, one: AssociationRecord) -> None:
        Machine.started += 1
        assert refusal_of_start(one) is None
        assert transition(one.state, "adhere") is None
        assert all(member.adherence is Adherence.ADHERED for member in one.remaining)
        assert len(one.remaining) >= FEWEST
        assert one.lead in {member.istat_code for member in one.remaining}
        assert one.form is not None
        assert all(one.settled(step) for step in (*BEFORE_START, CooperationStep.START))
        members = await ManagementMember.filter(management_id=one.management).values_list(
            "body__code", flat=True
        )
        assert {str(code) for code in members} == {member.istat_code for member in one.remaining}


def test_nothing_that_people_try_breaks_the_way(
    loaded_file: tuple[Path, Catalogue], request: pytest.FixtureRequest
) -> None:
    Machine.template, Machine.picture = loaded_file
    Machine.done = Machine.refused = Machine.started = 0
    chosen = profile(
        max_examples=200 if request.config.getoption("--long") else 5,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    assert Machine.done > 20
    assert Machine.refused > 20
    assert Machine.started > 0
