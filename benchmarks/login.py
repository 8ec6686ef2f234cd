"""How long a login takes when many come at once, and whether other readers notice.

python benchmarks/login.py
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from raccordo import database, logins, migrating, passwords
from raccordo.models import Person
from raccordo.settings import Settings

LOGINS = 24
TICK = 0.002  # seconds
PASSWORD = "quattro parole a caso"  # noqa: S105  # of made-up accounts


async def ticking(late: list[float], over: Callable[[], bool]) -> None:
    """How late the event loop is each time."""
    while not over():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        late.append(time.perf_counter() - before - TICK)


async def timed(number: int) -> float:
    before = time.perf_counter()
    await logins.enter(f"p{number}@raccordo.invalid", PASSWORD, f"10.0.{number}.1")
    return time.perf_counter() - before


async def measure(settings: Settings) -> None:
    async with database.opened(settings):
        await migrating.migrate(settings, lambda _: None)
        stored = await passwords.hash_password(PASSWORD)
        for number in range(LOGINS):
            await Person.create(
                name="P", email=f"p{number}@raccordo.invalid", password=stored, created_at=datetime.now(UTC)
            )
        alone = await timed(0)
        late: list[float] = []
        running = True
        ticker = asyncio.create_task(ticking(late, lambda: not running))
        before = time.perf_counter()
        taken = await asyncio.gather(*(timed(number) for number in range(LOGINS)))
        whole = time.perf_counter() - before
        running = False
        await ticker
    print(f"one login alone            {alone:7.3f} s")
    print(f"{LOGINS} at once: the worst      {max(taken):7.3f} s = {max(taken) / alone:.1f} times one alone")
    print(f"logins a second            {LOGINS / whole:7.1f} ({passwords.AT_ONCE} hashes at a time)")
    print(
        f"event loop late, worst     {max(late) * 1000:7.1f} ms, median {sorted(late)[len(late) // 2] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Settings(data=Path(folder))))
