"""What is left when a process dies or the database goes away in the middle of a write."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cast import NEED, PASTURO_OFFICER
from raccordo import audit, catalogue, database, needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, Need
from raccordo.settings import Settings
from services.postgresql import PostgresqlServer

ROOT = Path(__file__).parents[2]
DIES_WHILE_WRITING = """
    import asyncio, os, signal, sys
    from pathlib import Path
    from cast import COORDINATOR
    from raccordo import audit, catalogue, database
    from raccordo.models import Need
    from raccordo.settings import Settings

    async def work(writing):
        await Need.filter(number=1).update(title="half written", changed_in=writing.version)
        await audit.record(writing, COORDINATOR, "die", "need:1", {})
        writing.publishes = True
        os.kill(os.getpid(), signal.SIGKILL)

    async def main():
        async with database.opened(Settings(data=Path(sys.argv[1]), database_url=sys.argv[2])):
            await catalogue.open_catalogue()
            await database.write(work)

    asyncio.run(main())
"""


def a_process_that_dies_while_writing(settings: Settings) -> int:
    roots = [str(ROOT / name) for name in ("platform", "graph", "ui", "migrations", "tests")]
    code = f"import sys; sys.path[:0] = {roots}\n" + textwrap.dedent(DIES_WHILE_WRITING)
    command = [sys.executable, "-c", code, str(settings.data), settings.database_url]
    return subprocess.run(command, check=False, timeout=60).returncode


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def test_a_killed_writer_leaves_nothing_and_stops_nobody(
    opened_database: Settings, current: Catalogue
) -> None:
    assert a_process_that_dies_while_writing(opened_database) == -9
    assert (await Need.get(number=1)).title == current.needs[1].title
    assert await AuditEntry.all().count() == 0
    assert (await needs.publish(PASTURO_OFFICER, NEED)).version == 1
    assert not (await audit.verify()).breaks


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"])
async def test_after_its_connections_were_cut_the_next_write_works(
    opened_database: Settings, current: Catalogue, postgresql_server: PostgresqlServer
) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'raccordo_%'"
    assert int(postgresql_server.ask(cut)) >= 1
    await needs.publish(PASTURO_OFFICER, NEED)
    assert len(catalogue.current().needs) == len(current.needs) + 2
    assert (await database.state()).version == current.version + 2
