"""What another process published reaches this one's catalogue: SQLite is asked, PostgreSQL tells."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

import asyncpg

from raccordo import catalogue
from raccordo.database import CHANNEL, is_sqlite
from raccordo.settings import Settings

EVERY = 0.5  # seconds between two questions to SQLite
PAUSE = 2.0  # seconds before another try when the database does not answer

log = logging.getLogger(__name__)


@asynccontextmanager
async def watching(settings: Settings) -> AsyncIterator[None]:
    """Keep the catalogue current until the block ends, whatever happens to the connection meanwhile."""
    task = asyncio.create_task(_watch(settings))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(settings: Settings) -> None:
    once = _watch_sqlite if is_sqlite() else _watch_postgresql
    while True:
        try:
            await once(settings)
        except (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the catalogue is not being watched, trying again: %s", error)
        await asyncio.sleep(PAUSE)


async def _watch_sqlite(settings: Settings) -> None:
    # A connection of its own: `data_version` moves only for what other connections commit.
    with closing(sqlite3.connect(settings.database.partition("://")[2])) as connection:
        seen = None
        while True:
            (now,) = connection.execute("PRAGMA data_version").fetchone()
            if now != seen:
                await catalogue.catch_up()
                seen = now
            await asyncio.sleep(EVERY)


async def _watch_postgresql(settings: Settings) -> None:
    told = asyncio.Event()
    connection = await asyncpg.connect(settings.database)
    try:
        connection.add_termination_listener(lambda _: told.set())
        await connection.add_listener(CHANNEL, lambda *_: told.set())
        while not connection.is_closed():
            # Once before the first word, too: something may have been published before we listened.
            await catalogue.catch_up()
            await told.wait()
            told.clear()
    finally:
        await connection.close()
