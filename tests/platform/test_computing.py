"""Work in the background: done by a process of its own, reported, cancelled, begun anew, never done twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import long_work
from raccordo import catalogue, computations, computing
from raccordo.catalogue import Catalogue
from raccordo.computations import Kind, Values
from raccordo.database import Writing
from raccordo.models import Computation, ComputationState
from raccordo.people import VISITOR
from raccordo.refusals import NotFound, Refused


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Kind]:
    monkeypatch.setattr(computing, "EVERY", 0.02)

    def prepare(picture: Catalogue, asked: Values) -> Values:
        return {**asked, "version": picture.version}

    return {
        run.__name__: Kind(run.__name__, run, prepare)
        for run in (long_work.double, long_work.fail, long_work.wait)
    }


pytestmark = pytest.mark.usefixtures("opened_database")


async def asked(kind: Kind, **inputs: Any) -> str:
    return await computations.start(kind, inputs, "abc")


async def until(token: str, state: ComputationState) -> computations.Calculation:
    async with asyncio.timeout(30):
        while True:  # another process changes the row: there is nothing here to wait for
            found = await computations.find(token)
            if found.state is state and (found.share or state is not ComputationState.RUNNING):
                return found
            await asyncio.sleep(0.02)


async def test_what_is_asked_is_done_by_another_process(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=21)
    assert (await computations.find(token)).state is ComputationState.QUEUED
    assert await computing.work_once(kinds)
    done = await computations.find(token, "double")
    assert done.result
    assert done.result == {"twice": 42, "version": catalogue.current().version, "kind": "größer"}
    assert done.share == 1.0
    assert done.finished_at
    assert not await computing.work_once(kinds)


async def test_the_same_question_about_the_same_picture_is_answered_once(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=21)
    await computing.work_once(kinds)
    assert await asked(kinds["double"], number=21) == token
    assert await asked(kinds["double"], number=22) != token
    assert await computations.start(kinds["double"], {"number": 21}, "abd") != token


async def test_work_that_fails_says_so_and_can_be_asked_again(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["fail"])
    await computing.work_once(kinds)
    found = await computations.find(token)
    assert (found.state, found.result) == (ComputationState.FAILED, None)
    assert found.problem == computations.PROBLEMS["failed"]
    assert await asked(kinds["fail"]) != token


async def test_cancelling_ends_the_process(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["wait"])
    working = asyncio.create_task(computing.work_once(kinds))
    assert (await until(token, ComputationState.RUNNING)).share == 0.25
    await computations.cancel(VISITOR, token)
    async with asyncio.timeout(5):  # the work itself would take a minute
        assert await working
    assert (await computations.find(token)).state is ComputationState.CANCELLED


async def test_cancelling_what_is_over_changes_nothing(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=1)
    await computing.work_once(kinds)
    assert (await computations.cancel(VISITOR, token)).state is ComputationState.DONE


async def test_a_site_that_stops_leaves_the_work_to_the_next(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["wait"])
    async with computing.computing(kinds):
        await until(token, ComputationState.RUNNING)
    assert (await computations.find(token)).state is ComputationState.QUEUED


async def test_the_work_of_a_worker_that_died_is_begun_anew(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=3)
    running = Computation.filter(token=token)
    await running.update(state=ComputationState.RUNNING, alive_at=datetime.now(UTC))
    assert not await computing.work_once(kinds)
    await running.update(alive_at=datetime.now(UTC) - computing.SILENT - timedelta(seconds=1))
    assert await computing.work_once(kinds)
    assert (await computations.find(token)).state is ComputationState.DONE


async def test_work_whose_workers_all_died_is_given_up(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=3)
    long_ago = datetime.now(UTC) - computing.SILENT - timedelta(seconds=1)
    for attempt in range(1, computations.MOST_ATTEMPTS + 1):
        taken = await computing._take()  # and is never heard of again
        assert taken
        assert taken.attempts == attempt
        await Computation.filter(token=token).update(alive_at=long_ago)
    assert not await computing.work_once(kinds)
    found = await computations.find(token)
    assert found.state is ComputationState.FAILED
    assert found.problem
    assert "3 volte" in found.problem.say()


async def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=3)
    slow = await computing._take()
    assert slow
    await Computation.filter(token=token).update(
        alive_at=datetime.now(UTC) - computing.SILENT - timedelta(seconds=1)
    )
    quick = await computing._take()
    assert quick
    assert not await computing._change(slow, state=ComputationState.FAILED)
    assert await computing._change(quick, share=0.5)
    assert (await computations.find(token)).state is ComputationState.RUNNING


async def test_a_site_that_stops_often_gives_nothing_up(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["wait"])
    async with computing.computing(kinds):
        await until(token, ComputationState.RUNNING)
    assert (await Computation.get(token=token)).attempts == 0


def process_at_work(seconds: float) -> subprocess.Popen[str]:
    """A process that computes for a minute, as a worker begins it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "raccordo.computing_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        text=True,
    )
    assert process.stdin
    process.stdin.write(json.dumps({"run": "long_work:wait", "values": {}, "seconds": seconds}) + "\n")
    process.stdin.flush()
    return process


def test_the_process_ends_with_its_worker() -> None:
    with process_at_work(seconds=60) as process:
        assert process.stdin
        assert process.stdout
        assert json.loads(process.stdout.readline()) == {"share": 0.25}
        process.stdin.close()  # what the system does for a worker that is killed
        assert process.wait(timeout=20) == 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such clock")
def test_the_process_ends_when_its_time_is_up() -> None:
    with process_at_work(seconds=1) as process:
        assert process.wait(timeout=50) == -signal.SIGALRM  # the work itself would take a minute


async def test_the_end_is_kept_in_its_own_transaction(kinds: Mapping[str, Kind]) -> None:
    kept: list[tuple[str, Values]] = []

    async def keep(_: Writing, token: str, result: Values) -> None:
        kept.append((token, result))

    token = await asked(kinds["double"], number=4)
    await computing.work_once({"double": replace(kinds["double"], keep=keep)})
    [(whose, result)] = kept
    assert (whose, result["twice"]) == (token, 8)


async def test_work_that_takes_too_long_is_ended(
    kinds: Mapping[str, Kind], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computing, "PATIENCE", 0.5)
    token = await asked(kinds["wait"])
    await computing.work_once(kinds)
    assert (await computations.find(token)).problem == computations.PROBLEMS["too_long"]


async def test_a_long_queue_is_refused_and_says_how_many_come_before(kinds: Mapping[str, Kind]) -> None:
    tokens = [await asked(kinds["double"], number=number) for number in range(computations.MOST_WAITING)]
    assert (await computations.find(tokens[2])).ahead == 2
    with pytest.raises(Refused, match="Many computations"):
        await asked(kinds["double"], number=-1)


async def test_old_results_go_and_nobody_guesses_a_token(kinds: Mapping[str, Kind]) -> None:
    token = await asked(kinds["double"], number=1)
    await computing.work_once(kinds)
    old = datetime.now(UTC) - computations.KEPT - timedelta(days=1)
    await Computation.filter(token=token).update(finished_at=old)
    await asked(kinds["double"], number=2)
    for unknown in (token, "", "x" * 10_000):
        with pytest.raises(NotFound):
            await computations.find(unknown)


async def test_a_computation_of_another_kind_is_not_found(kinds: Mapping[str, Kind]) -> None:
    with pytest.raises(NotFound):
        await computations.find(await asked(kinds["double"], number=1), "fail")


async def test_a_long_queue_of_one_kind_closes_no_other(kinds: Mapping[str, Kind]) -> None:
    for number in range(computations.MOST_WAITING):
        await asked(kinds["double"], number=number)
    assert await asked(kinds["wait"])


async def test_a_token_that_no_database_could_hold_is_not_found(kinds: Mapping[str, Kind]) -> None:
    for token in ("a\0b", "\ud800", "à", "a b"):
        with pytest.raises(NotFound):
            await computations.find(token)
        with pytest.raises(NotFound):
            await computations.cancel(VISITOR, token)
