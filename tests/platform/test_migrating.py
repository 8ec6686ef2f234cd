"""Migrations keep every row and end in the shape that the models describe, on both databases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError

from cast import LECCO_OFFICER, NEED, PASTURO_OFFICER
from dump import dump
from raccordo import database, follow_news, follows, migrating, needs, outbox
from raccordo.catalogue import Catalogue
from raccordo.models import (
    BodyKind,
    Need,
    NeedTheme,
    NoDelegation,
    Person,
    Purpose,
    SingleUse,
    TerritorialBody,
    Theme,
    UnknownWord,
    WaitingIdentity,
)
from raccordo.settings import Settings

REMOVES_A_COLUMN = """
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("raccordo", "0001_initial")]
    operations = [ops.RemoveField(model_name="TerritorialBody", name="closed_on")]
"""
SQLITE_SHAPE = """
    SELECT m.name AS "table", c.name, c.type, c."notnull", c.pk
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'tortoise_migrations'
    ORDER BY 1, 2
"""
SQLITE_KEYS = """
    SELECT m.name AS "table", k."from", k."table" AS target, k."to", k.on_delete
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY 1, 2
"""
SQLITE_UNIQUE = """
    SELECT m.name AS "table", i."unique", group_concat(c.name) AS columns
    FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c
    WHERE m.type = 'table' AND m.name <> 'tortoise_migrations' GROUP BY m.name, i.name ORDER BY 1, 3, 2
"""
POSTGRESQL_SHAPE = """
    SELECT table_name, column_name, data_type, is_nullable, character_maximum_length
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'tortoise_migrations' ORDER BY 1, 2
"""
POSTGRESQL_KEYS = """
    SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'u', 'p')
      AND conrelid::regclass::text <> 'tortoise_migrations' ORDER BY 1, 2
"""


def silent(_: str) -> None:
    """Somebody who does not listen."""


async def shape() -> list[tuple[Any, ...]]:
    """Columns, foreign keys and unique sets of the open database, without the names that generators choose."""
    asked = (
        (SQLITE_SHAPE, SQLITE_KEYS, SQLITE_UNIQUE)
        if database.is_sqlite()
        else (POSTGRESQL_SHAPE, POSTGRESQL_KEYS)
    )
    rows = [row for sql in asked for row in await database.connection().execute_query_dict(sql)]
    return sorted({tuple(str(value) for value in row.values()) for row in rows})


@pytest.fixture
def empty(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a database without any table."""
    if engine == "sqlite":
        return Settings(data=tmp_path)
    return Settings(data=tmp_path, database_url=request.getfixturevalue("postgresql_database"))


async def test_the_models_ask_for_no_migration_that_nobody_wrote(opened_database: Settings) -> None:
    assert await migrating.missing_migrations(opened_database) == []


async def test_migrations_end_where_the_models_are(empty: Settings, tmp_path: Path) -> None:
    async with database.opened(empty):
        await migrating.migrate(empty, silent)
        migrated = await shape()
        await drop_everything()
        await Tortoise.generate_schemas()
        assert migrated == await shape()


async def drop_everything() -> None:
    connection = database.connection()
    if not database.is_sqlite():
        await connection.execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return
    await connection.execute_script("PRAGMA foreign_keys=OFF")
    for row in await connection.execute_query_dict(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ):
        await connection.execute_script(f'DROP TABLE "{row["name"]}"')


async def test_migrating_twice_does_nothing(opened_database: Settings) -> None:
    said: list[str] = []
    assert await migrating.migrate(opened_database, said.append) == 0
    assert said == []


@contextmanager
def probe_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = REMOVES_A_COLUMN
) -> Iterator[None]:
    """A migrations package with our first and, unless it is empty, one more: it rebuilds a table others point to."""
    package = folder / "probe_migrations"
    package.mkdir()
    initial = Path(__file__).parents[2] / "migrations/raccordo_migrations/0001_initial.py"
    (package / "__init__.py").write_text("")
    (package / "0001_initial.py").write_text(initial.read_text())
    if more:
        (package / "0002_probe.py").write_text(more)
    monkeypatch.syspath_prepend(str(folder))
    ours = database.configuration

    def configuration(settings: Settings) -> dict[str, Any]:
        found = ours(settings)
        found["apps"]["raccordo"]["migrations"] = "probe_migrations"
        return found

    monkeypatch.setattr(database, "configuration", configuration)
    yield
    for name in [name for name in sys.modules if name.startswith("probe_migrations")]:
        del sys.modules[name]


async def test_rebuilding_a_table_loses_no_row_of_those_that_point_to_it(
    opened_database: Settings, current: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    before = await rows_of_children()
    with probe_package(tmp_path, monkeypatch):
        assert await migrating.migrate(opened_database, silent) == 1
    assert await rows_of_children() == before
    assert before["need"] == len(current.needs) + 1


async def test_indexes_for_followers_and_inboxes_keep_every_row(opened_database: Settings) -> None:
    await follows.follow(PASTURO_OFFICER, "SEARCH", "testo=frana")
    await follows.follow(PASTURO_OFFICER, "MUNICIPALITY", "097042")
    await needs.publish(LECCO_OFFICER, NEED)
    await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)
    await UnknownWord.all().delete()  # a table that the first migration did not know
    before = await dump()
    assert (len(before["Follow"]), len(before["Notification"])) == (2, 1)
    await migrating.migrate(opened_database, silent, target="0001_initial")
    await migrating.migrate(opened_database, silent)
    assert await dump() == before


async def test_secrets_that_were_mailed_survive_the_identity_providers(
    empty: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.opened(empty):
        with monkeypatch.context() as meanwhile, probe_package(tmp_path, meanwhile, more=""):
            await migrating.migrate(empty, silent)
        now = datetime.now(UTC)
        anna = await Person.create(name="Anna", created_at=now)
        await SingleUse.create(
            digest="d", purpose=Purpose.INVITATION, person=anna, created_at=now, expires_at=now
        )
        assert await migrating.migrate(empty, silent) > 0
        assert await SingleUse.filter(digest="d", person__name="Anna").count() == 1
        assert await WaitingIdentity.all().count() == 0


async def rows_of_children() -> dict[str, int]:
    tables = ("territorial_body", "municipality", "border", "need", "need_theme", "membership", "audit_entry")
    return {
        table: (await database.connection().execute_query_dict(f"SELECT count(*) AS n FROM {table}"))[0]["n"]  # noqa: S608  # names of ours
        for table in tables
    }


async def test_a_copy_is_taken_before_an_existing_sqlite_file_is_migrated(
    loaded_file: tuple[Path, Catalogue], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, _ = loaded_file
    (tmp_path / "data").mkdir()
    settings = Settings(data=tmp_path / "data")
    (settings.data / file.name).write_bytes(file.read_bytes())
    with probe_package(tmp_path, monkeypatch):
        async with database.opened(settings):
            await migrating.migrate(settings, silent)
    assert [copy.suffix for copy in settings.data.glob("*.bak")] == [".bak"]


async def test_tables_that_are_added_point_to_the_rows_that_were_there(empty: Settings) -> None:
    insert = "INSERT INTO territorial_body (kind, code, name) VALUES ('MUNICIPALITY', '097065', 'Pasturo')"
    async with database.opened(empty):
        await migrating.migrate(empty, silent, target="0001_initial")
        await database.connection().execute_script(insert)
        assert await migrating.migrate(empty, silent) > 0
        body = await TerritorialBody.get(code="097065")
        await NoDelegation.create(body=body, since=datetime.now(UTC))
        assert await NoDelegation.filter(body__name="Pasturo").count() == 1


async def test_external_keys_become_unique_for_each_owner_and_no_need_is_lost(empty: Settings) -> None:
    async with database.opened(empty):
        await migrating.migrate(empty, silent, target="0003_follows")
        await two_bodies_and_a_need()
        await migrating.migrate(empty, silent)
        assert (await rows_of_children())["need"] == 1
        assert (await rows_of_children())["need_theme"] == 1
        await insert_need(2, owner=2)
        with pytest.raises(IntegrityError):
            await insert_need(3, owner=1)
        await Need.filter(number=2).delete()
        assert await migrating.migrate(empty, silent, target="0003_follows") > 0
        assert (await rows_of_children())["need_theme"] == 1
        with pytest.raises(IntegrityError):
            await insert_need(3, owner=2)


async def two_bodies_and_a_need() -> None:
    for number, code in enumerate(("097065", "097004"), start=1):
        await TerritorialBody.create(id=number, kind=BodyKind.MUNICIPALITY, code=code, name=code)
    await Theme.create(slug="ponti", label_it="Ponti", label_en="Bridges")
    await insert_need(1, owner=1)
    await NeedTheme.create(need_id=1, theme_id="ponti", position=0)


INSERT = (
    "INSERT INTO need (number, external_id, owner_id, title, description, status, example, funding, deadline_note, "
    "municipal_profile, evidence, source, ended_because, version, changed_at, changed_in) VALUES (NUMBER, 'ours-1', "
    "OWNER, 'Ponte', 'Vecchio', 'PUBLISHED', false, '', '', '', '', '', '', 1, '2026-01-01 00:00:00+00:00', 1)"
)


async def insert_need(number: int, *, owner: int) -> None:
    """A need with the key `ours-1`: a row of the same columns before and after that migration."""
    # Raw: the model has columns that the table had not then.
    values = INSERT.replace("NUMBER", str(number)).replace("OWNER", str(owner))
    await database.connection().execute_query(values)


async def test_memberships_get_a_reason_and_lose_nothing(empty: Settings) -> None:
    async with database.opened(empty):
        await migrating.migrate(empty, silent, target="0001_initial")
        connection = database.connection()
        await connection.execute_script(
            "INSERT INTO person (id, name, demo, created_at) VALUES (1, 'Anna', false, '2026-01-01 00:00:00+00:00');"
            "INSERT INTO membership (id, person_id, role) VALUES (7, 1, 'OFFICER');"
        )
        await migrating.migrate(empty, silent)
        rows = await connection.execute_query_dict("SELECT id, role, status, because FROM membership")
        assert [dict(row) for row in rows] == [
            {"id": 7, "role": "OFFICER", "status": "ACTIVE", "because": ""}
        ]
