"""Migrations, run so that no row is lost: foreign keys off while tables are rebuilt, checked afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.writer import format_migration_name

from raccordo import database
from raccordo.models import CatalogueState
from raccordo.settings import Settings

Say = Callable[[str], None]
LATEST = "__latest__"


class BrokenReferences(RuntimeError):
    """A migration left rows that point nowhere; the database was put back as it was."""


def _executor(settings: Settings) -> MigrationExecutor:
    return MigrationExecutor(database.connection(), database.configuration(settings)["apps"])


async def migrate(settings: Settings, say: Say, *, target: str = LATEST) -> int:
    """Bring the open database to `target`; returns how many migrations ran. Say what happens."""
    executor = _executor(settings)
    goal = [MigrationTarget("raccordo", target)]
    plan = await executor.plan(goal)
    if plan:
        fresh = not await executor.recorder.applied_migrations()
        await _run(executor, goal, None if fresh else _back_up(settings, say), say)
    await CatalogueState.get_or_create(
        id=database.STATE,
        defaults={"database_id": str(uuid4()), "version": 0, "reference_version": 0},
    )
    return len(plan)


async def _run(
    executor: MigrationExecutor, goal: list[MigrationTarget], backup: Path | None, say: Say
) -> None:
    connection = database.connection()
    sqlite = database.is_sqlite()
    if sqlite:
        # With foreign keys on, rebuilding a table runs ON DELETE CASCADE on its children.
        await connection.execute_script("PRAGMA foreign_keys=OFF")
    try:
        await executor.migrate(goal, progress=lambda event, _app, name: _report(event, name, say))
        if sqlite and (broken := await connection.execute_query_dict("PRAGMA foreign_key_check")):
            raise BrokenReferences(
                f"{len(broken)} rows point nowhere after the migration, the first in table "
                f"'{broken[0]['table']}'; the copy from before is {backup}"
            )
    finally:
        if sqlite:
            await connection.execute_script("PRAGMA foreign_keys=ON")


def _report(event: str, name: str, say: Say) -> None:
    if event == "apply_start":
        say(f"migration {name}")
    elif event == "rollback_start":
        say(f"migration {name}, backwards")


def _back_up(settings: Settings, say: Say) -> Path | None:
    """A copy of the SQLite file beside it; PostgreSQL has its own tools and transactional migrations."""
    source = Path(settings.database.partition("://")[2])
    if not settings.database.startswith("sqlite") or not source.is_file() or source.stat().st_size == 0:
        return None
    copy = source.with_name(f"{source.name}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}.bak")
    shutil.copy2(source, copy)
    wal = source.with_name(source.name + "-wal")
    if wal.is_file():
        shutil.copy2(wal, copy.with_name(copy.name + "-wal"))
    say(f"copy of the database: {copy.name}")
    return copy


async def missing_migrations(settings: Settings) -> list[str]:
    """Names of the migrations that the models ask for and nobody wrote; empty when all is well."""
    return [writer.name for writer in await _changes(settings)]


async def make_migration(settings: Settings, name: str) -> list[Path]:
    """Write the migration that the models ask for; for developers."""
    written = []
    for writer in await _changes(settings):
        writer.name = format_migration_name(int(writer.name.split("_", 1)[0]), name)
        written.append(writer.write())
    return written


async def _changes(settings: Settings) -> list:  # type: ignore[type-arg]  # Tortoise's writers are untyped
    apps = Tortoise.apps
    if apps is None:
        raise RuntimeError("the database is not open")
    return await MigrationAutodetector(apps, database.configuration(settings)["apps"]).changes()
