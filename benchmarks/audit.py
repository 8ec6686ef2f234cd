"""How fast the log is verified, beside plainly reading the same rows; and what one more entry costs.

python benchmarks/audit.py
"""

import asyncio
import tempfile
import tracemalloc
from collections.abc import Awaitable
from pathlib import Path
from time import perf_counter

from raccordo import audit, database, migrating
from raccordo.database import Writing, write
from raccordo.models import AuditEntry
from raccordo.people import SYSTEM
from raccordo.settings import Settings

ENTRIES = 100_000
BATCH = 5_000
RECORDS = 200


async def fill() -> None:
    """Write a chain of ENTRIES entries."""
    previous = audit.GENESIS
    for start in range(1, ENTRIES + 1, BATCH):
        rows = []
        for number in range(start, start + BATCH):
            at = f"2026-11-24T09:00:00.{number % 1_000_000:06}+00:00"
            covered = (number, at, None, "OFFICER MUNICIPALITY:097065", "revise", f"need:{number % 900}")
            entry = AuditEntry(**dict(zip(audit.COVERED, (*covered, '{"version":2}', previous), strict=True)))
            entry.digest = previous = audit.digest(entry)
            rows.append(entry)

        async def work(_: Writing, rows: list[AuditEntry] = rows) -> None:
            await AuditEntry.bulk_create(rows)

        await write(work)


async def recording() -> float:
    """Return the seconds that one entry takes inside a transaction."""

    async def work(writing: Writing) -> float:
        start = perf_counter()
        for _ in range(RECORDS):
            await audit.record(writing, SYSTEM, "measure", "need:1", {})
        return (perf_counter() - start) / RECORDS

    return await write(work)


async def reading() -> float:
    """Return the seconds that plainly reading the same rows in the same pages takes."""
    start = perf_counter()
    async for _ in audit.rows():
        pass
    return perf_counter() - start


async def meanwhile(work: Awaitable[object]) -> float:
    """Return the longest time for which somebody else in this process had to wait during the work."""
    longest, task = 0.0, asyncio.ensure_future(work)
    while not task.done():
        start = perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, perf_counter() - start)
    await task
    return longest


async def measured(settings: Settings) -> None:
    """Print the table."""
    async with database.opened(settings):
        await migrating.migrate(settings, lambda _: None)
        empty = await recording()
        await AuditEntry.all().delete()
        await fill()
        full = await recording()
        plain = await reading()
        start = perf_counter()
        found = await audit.verify()
        spent = perf_counter() - start
        tracemalloc.start()
        await audit.verify()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        alone = await meanwhile(reading())
        wait = await meanwhile(audit.verify())
    assert not found.breaks  # noqa: S101  # a chain that does not hold measures nothing
    print(f"  {found.entries:,} entries verified: {found.entries / spent:10,.0f} a second")
    print(f"  the same rows plainly read:  {found.entries / plain:10,.0f} a second")
    print(f"  verified / read: {spent / plain:.2f} times as long; {peak / 2**20:.1f} MiB at most")
    print(
        f"  the longest that anybody else waited meanwhile: {wait * 1000:.0f} ms; {alone * 1000:.0f} ms while read"
    )
    print(f"  one entry more, on {ENTRIES:,} / on none: {full / empty:.2f} times as long")


def main() -> None:
    """Measure on a database of this run."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(Settings(data=Path(folder))))


if __name__ == "__main__":
    main()
