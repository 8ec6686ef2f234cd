"""Thousands of steps taken by everybody, allowed or not: what must always hold, holds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from cast import BALLABIO_OFFICER, COORDINATOR, NEED, PASTURO, PASTURO_OFFICER
from machine import OwnDatabase
from raccordo import capacity, catalogue, conflicts, match_records, need_rows, needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.match_records import MatchRecord, allowed_verbs
from raccordo.match_steps import TABLE, VERBS
from raccordo.match_timeline import timeline
from raccordo.models import ConflictOfInterest, Match, MatchState, Partnership, Role
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotFound, Refusal

LABORATORIES = ("infralab", "lia")
MANAGERS = {slug: Actor(role=Role.LABORATORY_MANAGER, laboratory=slug, demo=True) for slug in LABORATORIES}
ACTORS = (PASTURO_OFFICER, BALLABIO_OFFICER, COORDINATOR, VISITOR, *MANAGERS.values())
FORWARD = ("ask", "show_interest", "agree_scope", "accept")
NEEDS = 3
STEPS = 50  # in one run of the machine

some = st.sampled_from


class Machine(OwnDatabase):
    """Three needs of one town, two laboratories, and everybody who might try something."""

    taken: ClassVar[int] = 0
    refused: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.needs: list[int] = self.run(self._published())
        self.versions: dict[int, int] = {}
        self.over: dict[int, int] = {}
        self.stale: MatchRecord | None = None

    async def _published(self) -> list[int]:
        return [(await needs.publish(PASTURO_OFFICER, NEED)).number for _ in range(NEEDS)]

    @rule(which=st.integers(0, NEEDS - 1), slug=some(LABORATORIES), actor=some((PASTURO_OFFICER, *ACTORS)))
    def shortlist(self, which: int, slug: str, actor: Actor) -> None:
        self.run(self._try(lambda: partnerships.shortlist(actor, self.needs[which], slug)))

    @rule(data=st.data())
    def one_that_is_allowed(self, data: st.DataObject) -> None:
        """Somebody involved does something that the page would offer."""
        choices = self.run(self._choices())
        if choices:
            actor, record, verb = data.draw(some(choices))
            self.run(self._try(lambda: self._verb(actor, record, verb, data)))

    @rule(data=st.data(), steps=st.integers(1, 6))
    def go_on(self, data: st.DataObject, steps: int) -> None:
        """A match comes forward, so that its later states are met often enough."""
        for _ in range(steps):
            choices = [one for one in self.run(self._choices()) if one[2] in FORWARD]
            if not choices:
                return
            best = max(FORWARD.index(one[2]) for one in choices)
            chosen = [one for one in choices if FORWARD.index(one[2]) == best]
            actor, record, verb = data.draw(some(chosen))
            self.run(self._try(partial(self._verb, actor, record, verb, data)))

    @rule(data=st.data(), actor=some(ACTORS), verb=some(VERBS))
    def anything(self, data: st.DataObject, actor: Actor, verb: str) -> None:
        """Anybody tries anything on any match, sometimes from an old version."""
        records = self.run(self._records())
        if records:
            record = data.draw(some([*records, *([self.stale] if self.stale else [])]))
            self.stale = record
            self.run(self._try(lambda: self._verb(actor, record, verb, data)))

    @rule(slug=some(LABORATORIES), places=some(("", "0", "0", "1")))
    def declare_places(self, slug: str, places: str) -> None:
        async def declare() -> None:
            version = (await capacity.places_of(slug)).version
            await capacity.declare(MANAGERS[slug], slug, version, places)

        self.run(self._try(declare))

    @rule(slug=some(LABORATORIES))
    def change_a_conflict(self, slug: str) -> None:
        async def change() -> None:
            there = await conflicts.of_laboratory(MANAGERS[slug], slug)
            if there:
                await conflicts.remove(MANAGERS[slug], there[0].id)
            else:
                await conflicts.declare(MANAGERS[slug], slug, "MUNICIPALITY", PASTURO, "Un fratello")

        self.run(self._try(change))

    @rule(which=st.integers(0, NEEDS - 1), again=some((True, True, False)))
    def withdraw_or_publish_again(self, which: int, again: bool) -> None:
        async def change() -> None:
            need = catalogue.current().needs.get(self.needs[which])
            if need is None:
                version = (await need_rows.stored(self.needs[which])).version
                await needs.publish_again(PASTURO_OFFICER, self.needs[which], version)
            elif not again:
                await needs.withdraw(PASTURO_OFFICER, need.number, need.version)

        self.run(self._try(change))

    async def _try(self, act: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Take a step; refused, it must have changed nothing."""
        before = await self._records()
        Machine.taken += 1
        try:
            await act()
        except Refusal:
            Machine.refused += 1
            assert await self._records() == before

    def _verb(
        self, actor: Actor, record: MatchRecord, verb: str, data: st.DataObject
    ) -> Coroutine[Any, Any, Any]:
        match verb:
            case "shortlist":
                return partnerships.shortlist(actor, record.need_number, record.laboratory)
            case "decline":
                return partnerships.decline(actor, record.id, record.version, "NOT_NOW")
            case "pass_on":
                other = data.draw(some(LABORATORIES))
                return partnerships.pass_on(actor, record.id, record.version, other)
            case "agree_scope":
                return partnerships.agree_scope(actor, record.id, record.version, "Un rilievo.")
            case "finish":
                there = record.partnership
                return partnerships.finish(
                    actor, there.id if there else 1, there.version if there else 1, "DONE"
                )
            case "accept":
                return self._accept(actor, record)
            case "ask":
                return self._ask(actor, record)
        act: Callable[..., Coroutine[Any, Any, Any]] = getattr(partnerships, verb)
        return act(actor, record.id, record.version)

    async def _ask(self, actor: Actor, record: MatchRecord) -> None:
        await partnerships.ask(actor, record.id, record.version)
        assert not await ConflictOfInterest.exists(laboratory_id=record.laboratory)

    async def _accept(self, actor: Actor, record: MatchRecord) -> None:
        free = (await capacity.places_of(record.laboratory)).free
        await partnerships.accept(actor, record.id, record.version)
        assert free != 0
        assert not await ConflictOfInterest.exists(laboratory_id=record.laboratory)

    async def _records(self) -> list[MatchRecord]:
        rows = await Match.all().order_by("id").prefetch_related(*match_records.RELATED)
        return await match_records.records(rows)

    async def _choices(self) -> list[tuple[Actor, MatchRecord, str]]:
        return [
            (actor, record, verb)
            for record in await self._records()
            for actor in (PASTURO_OFFICER, MANAGERS[record.laboratory], COORDINATOR)
            for verb in allowed_verbs(actor, record)
        ]

    @invariant()
    def everything_agrees(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        records = await self._records()
        pairs = {(record.need_number, record.laboratory) for record in records}
        assert len(pairs) == len(records), "one match per need and laboratory"
        assert await Partnership.all().count() == sum(record.partnership is not None for record in records)
        for record in records:
            await self._check_one(record)
        for slug in LABORATORIES:
            shown = catalogue.current().laboratories[slug].free_places
            assert shown == (await capacity.places_of(slug)).free
            assert shown is None or shown >= 0

    async def _check_one(self, record: MatchRecord) -> None:
        both = record.accepted_by_owner and record.accepted_by_laboratory
        assert (record.partnership is not None) == both == (record.state is MatchState.ACCEPTED)
        steps = await timeline(record)
        assert len(steps) == record.version, "every step is one version and one line"
        assert record.version >= self.versions.get(record.id, 1)
        self.versions[record.id] = record.version
        assert _replayed([step.verb for step in steps]) == record.state
        if record.ended and record.state is not MatchState.DROPPED:
            assert self.over.setdefault(record.id, record.version) == record.version, "a step after the end"
        for stranger in (VISITOR, BALLABIO_OFFICER):
            with pytest.raises(NotFound):
                await match_records.find(stranger, record.id)


def _replayed(verbs: list[str]) -> MatchState | None:
    """The state that the table alone reaches by these verbs: the second acceptance in a row completes."""
    state: MatchState | None = None
    before = ""
    for verb in verbs:
        if verb == "arrive":
            state = MatchState.ASKED
        else:
            row = next(
                row
                for row in TABLE
                if (row.before, row.verb, row.completes)
                == (state, verb, (verb, before) == ("accept", "accept"))
            )
            state = row.after
        before = verb
    return state


def test_nothing_that_people_try_breaks_the_table(
    loaded_file: tuple[Path, Catalogue],
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Machine.template, Machine.picture = loaded_file
    Machine.taken = Machine.refused = 0
    runs = 340 if request.config.getoption("--long") else 8
    chosen = profile(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    with capsys.disabled():
        sys.stdout.write(f"\nmatch machine: {Machine.taken} steps, {Machine.refused} refused, none broke\n")
    assert Machine.taken > Machine.refused > 0
    if request.config.getoption("--long"):
        assert Machine.taken >= 10_000
