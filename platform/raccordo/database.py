"""Start-up and the one way to write: lock first, work, commit; nothing else opens a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresConnectionError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.exceptions import DBConnectionError, OperationalError, TransactionManagementError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from raccordo.models import CatalogueState
from raccordo.settings import Settings

T = TypeVar("T")

CHANNEL = "raccordo_catalogue"
ATTEMPTS = 5
PAUSE = 0.05  # seconds before the second attempt, doubled each time
SQLITE_PRAGMAS = {"journal_mode": "WAL", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": 5000}
# What taking the lock may meet: a busy database, or a connection that its server has cut.
TRANSIENT = (
    OperationalError,
    DBConnectionError,
    InterfaceError,
    InternalClientError,
    PostgresConnectionError,
    OSError,
)
STATE = 1  # the key of the only CatalogueState


class NotMigrated(RuntimeError):
    """The database has no tables yet, or older ones; the text says which command to run."""


@dataclass(slots=True)
class Writing:
    """A transaction that holds the write lock.

    `version` is what the catalogue's version becomes if the work sets `publishes`;
    `reference` likewise moves the version of the reference data.
    """

    version: int
    publishes: bool = False
    reference: bool = False


Work = Callable[[Writing], Awaitable[T]]
# What the request that runs wants written in the same transaction as its effects; what it raises undoes them.
signing: ContextVar[Work[None] | None] = ContextVar("signing", default=None)


def configuration(settings: Settings) -> dict[str, Any]:
    """Tortoise's configuration: one connection, one app, our own migrations package."""
    # Tortoise keeps statements per connection name: a name per engine keeps their dialects apart.
    name = "sqlite" if settings.database.startswith("sqlite") else "postgresql"
    return {
        "connections": {name: _connection(settings.database)},
        "apps": {
            "raccordo": {
                "models": ["raccordo.models"],
                "default_connection": name,
                "migrations": "raccordo_migrations",
            }
        },
    }


def _connection(address: str) -> dict[str, Any] | str:
    scheme, _, rest = address.partition("://")
    if scheme != "sqlite":
        return f"asyncpg://{rest}"
    return {
        "engine": "tortoise.backends.sqlite",
        "credentials": {"file_path": rest or ":memory:", **SQLITE_PRAGMAS},
    }


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[TortoiseContext]:
    """The database, open for every task of this process until the block ends."""
    if settings.database.startswith("sqlite"):
        settings.data.mkdir(parents=True, exist_ok=True)
    context = TortoiseContext()
    with context:  # only while it starts: afterwards the global fallback serves every task
        await context.init(config=configuration(settings), _enable_global_fallback=True)
    try:
        yield context
    finally:
        await context.close_connections()


def connection() -> BaseDBAsyncClient:
    """The one connection of this process, or the transaction that runs on it."""
    return CatalogueState._meta.db


def is_sqlite() -> bool:
    return connection().capabilities.dialect == "sqlite"


async def state() -> CatalogueState:
    """The current state row; raises NotMigrated when there is none."""
    try:
        return await CatalogueState.get(id=STATE)
    except (OperationalError, LookupError) as error:
        raise NotMigrated("the database is not ready: run `raccordo migrate` and `raccordo load`") from error


async def write(work: Work[T]) -> T:
    """Run `work` in a transaction that holds the write lock; all of it is kept or nothing.

    Only taking the lock is retried, a bounded number of times: until then nothing has happened, so
    `work` runs once. Never await the network inside `work`.
    """
    pause = PAUSE
    for attempt in range(1, ATTEMPTS + 1):
        writing: Writing | None = None
        try:
            async with _transaction():
                writing = await _lock()
                if (sign := signing.get()) is not None:
                    await sign(writing)
                result = await work(writing)
                await _finish(writing)
            return result
        except TRANSIENT:
            if writing is not None or attempt == ATTEMPTS:
                raise
        await asyncio.sleep(pause)
        pause *= 2
    raise AssertionError("unreachable: the last attempt returns or raises")


@asynccontextmanager
async def _transaction() -> AsyncIterator[None]:
    """Tortoise's transaction, which gives its connection back also when it could not begin."""
    context = in_transaction()
    try:
        await context.__aenter__()
    except BaseException:
        # Tortoise leaves a transaction that never began as the current one, and its connection taken.
        if hasattr(context, "token"):
            await context.__aexit__(TransactionManagementError, None, None)
        raise
    async with AsyncExitStack() as stack:
        stack.push_async_exit(context)
        yield


async def _lock() -> Writing:
    # A write comes first: SQLite's deferred BEGIN would otherwise fail at once when it turns into one.
    if not await CatalogueState.filter(id=STATE).update(version=F("version")):
        raise NotMigrated("the database is not ready: run `raccordo migrate`")
    current = await CatalogueState.get(id=STATE)
    return Writing(version=current.version + 1)


async def _finish(writing: Writing) -> None:
    if not writing.publishes:
        return
    changed = {"version": writing.version}
    if writing.reference:
        changed["reference_version"] = writing.version
    await CatalogueState.filter(id=STATE).update(**changed)
    if not is_sqlite():
        await connection().execute_script(f"NOTIFY {CHANNEL}")
