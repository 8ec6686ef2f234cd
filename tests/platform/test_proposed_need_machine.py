"""Everybody tries every step of a proposed need, from any version: what must always hold, holds."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from cast import BALLABIO_OFFICER, COORDINATOR, NEED, PASTURO, PASTURO_OFFICER, VALLEY_OFFICER
from machine import OwnDatabase
from raccordo import audit, proposed_needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, Need, ProposedNeed, ProposedNeedState
from raccordo.people import VISITOR, Actor
from raccordo.proposed_need_records import RELATED, ProposedNeedRecord, records
from raccordo.proposed_need_steps import TABLE, VERBS, DelegationSide, step
from raccordo.refusals import Refusal

SIDES = {DelegationSide.POSTER: VALLEY_OFFICER, DelegationSide.MUNICIPALITY: PASTURO_OFFICER}
ACTORS = (*SIDES.values(), BALLABIO_OFFICER, COORDINATOR, VISITOR)
LATER = timedelta(days=61)

some = st.sampled_from


def test_only_what_waits_has_steps_and_each_is_one_sides() -> None:
    assert {row.before for row in TABLE} == {ProposedNeedState.WAITING}
    assert len(VERBS) == len(set(VERBS))
    assert {row.after for row in TABLE} == set(ProposedNeedState)


class Machine(OwnDatabase):
    """One valley, one town, and everybody who might try something."""

    done: ClassVar[int] = 0
    refused: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.ends: dict[int, ProposedNeedRecord] = {}

    @rule(actor=some((VALLEY_OFFICER, *ACTORS)))
    def propose(self, actor: Actor) -> None:
        self.run(self._try(proposed_needs.propose(actor, PASTURO, NEED), None))

    @rule(data=st.data(), verb=some([row.verb for row in TABLE if row.side in SIDES]), old=st.booleans())
    def anything(self, data: st.DataObject, verb: str, old: bool) -> None:
        """Whoever may, or somebody else, takes a step from this version or from an older one."""
        found = self.run(self._records())
        if found:
            record = data.draw(some(found))
            actor = data.draw(some((SIDES[next(row.side for row in TABLE if row.verb == verb)], *ACTORS)))
            version = record.version - 1 if old else record.version
            self.run(
                self._try(self._step(verb, actor, record.number, version), (verb, actor, record, version))
            )

    @rule(late=st.booleans())
    def time_goes_by(self, late: bool) -> None:
        self.run(proposed_needs.expire(datetime.now(UTC) + (LATER if late else timedelta(0))))

    def _step(self, verb: str, actor: Actor, number: int, version: int) -> Coroutine[Any, Any, Any]:
        more: dict[str, tuple[Any, ...]] = {"decline": ("No, grazie.",), "revise": (NEED,)}
        act = getattr(proposed_needs, verb)
        taken: Coroutine[Any, Any, Any] = act(actor, number, version, *more.get(verb, ()))
        return taken

    async def _try(
        self,
        act: Coroutine[Any, Any, Any],
        asked: tuple[str, Actor, ProposedNeedRecord, int] | None,
    ) -> None:
        """Take a step: the table alone says whether it succeeds; refused, it must have changed nothing."""
        before, entries = await self._records(), await AuditEntry.all().count()
        try:
            await act
        except Refusal:
            Machine.refused += 1
            assert (await self._records(), await AuditEntry.all().count()) == (before, entries)
            if asked:
                assert not self._allowed(*asked)
        else:
            Machine.done += 1
            if asked:
                assert self._allowed(*asked)

    def _allowed(self, verb: str, actor: Actor, record: ProposedNeedRecord, version: int) -> bool:
        row = step(record.state, verb)
        return row is not None and SIDES[row.side] is actor and version == record.version

    async def _records(self) -> list[ProposedNeedRecord]:
        return list(records(await ProposedNeed.all().order_by("number").prefetch_related(*RELATED)))

    @invariant()
    def everything_agrees(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        found = await self._records()
        made = {one.need for one in found if one.need}
        assert await Need.filter(example=False).count() == len(made), "a need for each confirmation, no other"
        assert sum(one.waiting for one in found) <= proposed_needs.MOST_WAITING
        for one in found:
            assert (one.need is not None) == (one.state is ProposedNeedState.CONFIRMED)
            assert bool(one.reason) == (one.state is ProposedNeedState.DECLINED)
            entries = await AuditEntry.filter(subject=f"proposed_need:{one.number}").count()
            assert entries == one.version, "every version is one entry of the log"
            if not one.waiting:
                assert self.ends.setdefault(one.number, one) == one, "a step after the end"
        assert (await audit.verify()).breaks == ()


def test_nothing_that_people_try_breaks_the_table(loaded_file: tuple[Path, Catalogue]) -> None:
    Machine.template, Machine.picture = loaded_file
    Machine.done = Machine.refused = 0
    chosen = profile(
        max_examples=6,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    assert Machine.done > 20
    assert Machine.refused > 20
