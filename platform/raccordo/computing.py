"""The worker that does what `raccordo.computations` was asked for: one at a time, in a process that can be ended."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.expressions import Q

from raccordo import catalogue
from raccordo.computations import MOST_ATTEMPTS, Kind, Values
from raccordo.database import Writing, write
from raccordo.models import Computation, ComputationState

LOG = logging.getLogger("raccordo.computing")
EVERY = 1.0  # seconds between two looks, at an empty queue or at what runs
SILENT = timedelta(seconds=60)  # after which somebody else takes over: its worker is gone
PATIENCE = 600.0  # seconds of one computation
GRACE = 10.0  # seconds more, after which a process ends that nobody ended
LONGEST_LINE = 64 << 20  # bytes of one result


@dataclass(slots=True)
class _Heard:
    """What the process said so far."""

    share: float = 0.0
    result: str | None = None


async def work_once(kinds: Mapping[str, Kind]) -> bool:
    """Do the oldest computation that waits; False when there is none. Cancelled, it waits for the next worker."""
    row = await _take()
    if row is None:
        return False
    try:
        problem, heard = await _run(kinds[row.kind], row)
    except asyncio.CancelledError:
        # Stopped on purpose: that is no attempt that failed.
        await _change(row, state=ComputationState.QUEUED, alive_at=None, attempts=row.attempts - 1)
        raise
    except Exception as error:
        LOG.error("a computation of kind %s failed: %s", row.kind, type(error).__name__)
        problem, heard = "failed", _Heard()
    if heard.result is None:
        await _change(row, state=ComputationState.FAILED, problem=problem, finished_at=datetime.now(UTC))
    else:
        await _done(kinds[row.kind], row, heard.result)
    return True


async def _take() -> Computation | None:
    """The oldest that waits, or that was left alone, under a name of its own; given up after some attempts."""
    now = datetime.now(UTC)
    left_alone = Q(state=ComputationState.RUNNING, alive_at__lt=now - SILENT)
    waiting = Q(Q(state=ComputationState.QUEUED), left_alone, join_type="OR")

    async def work(_: Writing) -> Computation | None:
        await Computation.filter(left_alone, attempts__gte=MOST_ATTEMPTS).update(
            state=ComputationState.FAILED, problem="given_up", finished_at=now
        )
        row = await Computation.filter(waiting).order_by("id").first()
        if row:
            row.worker, row.attempts = secrets.token_hex(8), row.attempts + 1
            await Computation.filter(id=row.id).update(
                state=ComputationState.RUNNING, alive_at=now, worker=row.worker, attempts=row.attempts
            )
        return row

    # Only who sees something waiting asks for the write lock.
    return await write(work) if await Computation.filter(waiting).exists() else None


async def _change(row: Computation, **values: Any) -> bool:
    """Change the row while this worker has it; False when it was cancelled, or taken over, meanwhile."""
    return await write(lambda writing: _changed(writing, row, **values))


async def _changed(_: Writing, row: Computation, **values: Any) -> bool:
    mine = Computation.filter(id=row.id, state=ComputationState.RUNNING, worker=row.worker)
    return bool(await mine.update(**values))


async def _done(kind: Kind, row: Computation, result: str) -> None:
    async def work(writing: Writing) -> None:
        ended = {"state": ComputationState.DONE, "share": 1.0, "finished_at": datetime.now(UTC)}
        if await _changed(writing, row, result=result, **ended) and kind.keep:
            await kind.keep(writing, row.token, json.loads(result))

    await write(work)


async def _run(kind: Kind, row: Computation) -> tuple[str, _Heard]:
    """Run it to its end; returns the problem, if it has no result, and what was heard."""
    values = await asyncio.to_thread(kind.prepare, catalogue.current(), json.loads(row.inputs))
    process = await _process()
    heard = _Heard()
    talking = asyncio.create_task(
        _talk(
            process,
            {
                "run": f"{kind.run.__module__}:{kind.run.__name__}",
                "values": values,
                "seconds": PATIENCE + GRACE,
            },
            heard,
        )
    )
    ends_at = asyncio.get_running_loop().time() + PATIENCE
    try:
        while not (await asyncio.wait([talking], timeout=EVERY))[0]:
            if asyncio.get_running_loop().time() > ends_at:
                return "too_long", heard
            if not await _change(row, share=heard.share, alive_at=datetime.now(UTC)):
                return "", heard  # cancelled or taken over: the row says so already
        await talking
        return "failed", heard
    finally:
        talking.cancel()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _process() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "raccordo.computing_process",
        stdin=PIPE,
        stdout=PIPE,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "OPENBLAS_NUM_THREADS": "1",
        },
        limit=LONGEST_LINE,
    )


async def _talk(process: Process, asked: Values, heard: _Heard) -> None:
    assert process.stdin  # noqa: S101  # it was opened with pipes
    assert process.stdout  # noqa: S101  # the same
    process.stdin.write(json.dumps(asked).encode() + b"\n")
    await process.stdin.drain()  # and left open: when it closes, the process knows that its worker is gone
    async for line in process.stdout:
        said = json.loads(line)
        if "result" in said:
            heard.result = json.dumps(said["result"], ensure_ascii=False)
        else:
            heard.share = min(1.0, max(heard.share, float(said["share"])))


@asynccontextmanager
async def computing(kinds: Mapping[str, Kind]) -> AsyncIterator[None]:
    """Work in the background until the block ends; what is under way then is begun anew by the next worker."""
    task = asyncio.create_task(_for_ever(kinds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(kinds: Mapping[str, Kind]) -> None:
    while True:
        try:
            if await work_once(kinds):
                continue
        except Exception as error:  # a look that failed must not end the worker
            LOG.error("a round of computing failed: %s", type(error).__name__)
        await asyncio.sleep(EVERY)
