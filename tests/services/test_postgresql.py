"""The private PostgreSQL server is ours alone, accepts Tortoise's connections and leaves nothing behind."""

from __future__ import annotations

import asyncio

import pytest
from tortoise import fields
from tortoise.context import TortoiseContext
from tortoise.models import Model

from services.postgresql import PostgresqlServer, ServerError, programs

pytestmark = pytest.mark.postgresql


class Village(Model):
    name = fields.CharField(60, primary_key=True)


async def write_and_read(address: str, name: str) -> list[str]:
    async with TortoiseContext() as context:
        await context.init(db_url=address, modules={"models": [__name__]})
        await context.generate_schemas()
        await Village.create(name=name)
        return [village.name for village in await Village.all()]


def test_tortoise_works_through_the_private_socket(postgresql_database: str) -> None:
    assert asyncio.run(write_and_read(postgresql_database, "Temù")) == ["Temù"]


def test_it_listens_on_no_port(postgresql_server: PostgresqlServer) -> None:
    assert postgresql_server.ask("SHOW listen_addresses") == ""
    assert postgresql_server.folder.stat().st_mode & 0o077 == 0


def test_a_copy_of_a_template_has_its_rows_and_the_template_is_prepared_once(
    postgresql_server: PostgresqlServer,
) -> None:
    prepared: list[str] = []

    def prepare(address: str) -> None:
        prepared.append(address)
        asyncio.run(write_and_read(address, "Incudine"))

    for _ in range(2):
        with postgresql_server.database(postgresql_server.template("villages", prepare)) as address:
            assert sorted(asyncio.run(write_and_read(address, "Vione"))) == ["Incudine", "Vione"]
    assert len(prepared) == 1


def test_a_database_is_dropped_at_the_end(postgresql_server: PostgresqlServer) -> None:
    with postgresql_server.database():
        during = postgresql_server.ask("SELECT count(*) FROM pg_database")
    assert int(postgresql_server.ask("SELECT count(*) FROM pg_database")) == int(during) - 1


def test_a_second_server_is_another_one_and_leaves_nothing(postgresql_server: PostgresqlServer) -> None:
    bin_folder = programs()
    assert bin_folder is not None
    with PostgresqlServer(bin_folder) as second:
        assert second.ask("SHOW data_directory") != postgresql_server.ask("SHOW data_directory")
        process = second._server
    assert process.poll() == 0
    assert not second.folder.exists()


def test_a_wrong_statement_is_told(postgresql_server: PostgresqlServer) -> None:
    with pytest.raises(ServerError, match=r"SELEC 1: .*syntax error"):
        postgresql_server.ask("SELEC 1")
