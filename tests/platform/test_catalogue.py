"""The picture of what is published: one per process, moved by every process that writes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cast import NEED, PASTURO, PASTURO_OFFICER
from raccordo import catalogue, database, matches, needs
from raccordo.catalogue import Catalogue
from raccordo.catalogue_watch import watching
from raccordo.settings import Settings
from raccordo_graph import territory

ROOT = Path(__file__).parents[2]
ANOTHER_PROCESS = """
    import asyncio, sys
    from pathlib import Path
    from cast import NEED, PASTURO_OFFICER
    from raccordo import catalogue, database, needs
    from raccordo.settings import Settings

    async def main():
        settings = Settings(data=Path(sys.argv[1]), database_url=sys.argv[2])
        async with database.opened(settings):
            await catalogue.open_catalogue()
            for _ in range(int(sys.argv[3])):
                await needs.publish(PASTURO_OFFICER, NEED)

    asyncio.run(main())
"""


def start_another_process(settings: Settings, publishes: int) -> subprocess.Popen[bytes]:
    roots = [str(ROOT / name) for name in ("platform", "graph", "ui", "migrations", "tests")]
    code = f"import sys; sys.path[:0] = {roots}\n" + textwrap.dedent(ANOTHER_PROCESS)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(settings.data), settings.database_url, str(publishes)]
    )


async def ended(process: subprocess.Popen[bytes]) -> int:
    return await asyncio.to_thread(process.wait, 60)


async def test_it_holds_what_ships(current: Catalogue) -> None:
    shelves = (current.municipalities, current.provinces, current.laboratories, current.themes, current.needs)
    assert [len(shelf) for shelf in shelves] == [1501, 12, 91, 40, 88]
    assert sum(len(borders) for borders in current.borders.values()) == 2 * 4260


async def test_the_graph_of_the_territory_is_the_map_that_ships(current: Catalogue) -> None:
    assert len(current.territory) == 1501
    assert {
        (code, neighbour, edge["metres"])
        for code, edges in current.territory.adj.items()
        for neighbour, edge in edges.items()
    } == {
        (code, border.neighbour, border.metres)
        for code, borders in current.borders.items()
        for border in borders
    }
    assert [one for one in territory.pieces(current.territory, current.territory) if len(one) < 9] == [
        ("013040",)  # Campione d'Italia
    ]


async def test_own_writes_are_read_at_once_and_the_old_picture_stays_as_it_was(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert need.number in catalogue.current().needs
    assert need.number not in current.needs


async def test_a_write_reads_again_only_what_changed(current: Catalogue) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    assert catalogue.current().index is current.index
    assert catalogue.current().territory is current.territory
    assert catalogue.current().needs[1] is current.needs[1]


async def test_reading_everything_again_gives_the_same_picture(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    step_by_step = catalogue.current()
    afresh = await catalogue.open_catalogue()
    assert afresh.needs == step_by_step.needs
    assert matches.for_need(afresh, need) == matches.for_need(step_by_step, need)


async def test_the_same_snapshot_id_gives_the_same_bytes(current: Catalogue) -> None:
    first = matches.for_need(current, current.needs[1])
    matches._cache.clear()
    afresh = await catalogue.open_catalogue()
    assert repr(matches.for_need(afresh, afresh.needs[1])) == repr(first)


async def test_another_process_is_noticed(opened_database: Settings, current: Catalogue) -> None:
    async with watching(opened_database):
        assert await ended(start_another_process(opened_database, 1)) == 0
        for _ in range(100):
            if len(catalogue.current().needs) == len(current.needs) + 1:
                break
            await asyncio.sleep(0.1)
    assert len(catalogue.current().needs) == len(current.needs) + 1


async def test_no_write_of_four_processes_is_lost(opened_database: Settings, current: Catalogue) -> None:
    processes = [start_another_process(opened_database, 10) for _ in range(4)]
    assert [await ended(process) for process in processes] == [0, 0, 0, 0]
    picture = await catalogue.catch_up()
    mine = [need for need in picture.needs.values() if need.owner_code == PASTURO and not need.example]
    assert len(mine) == 40
    assert (await database.state()).version == current.version + 40


async def test_without_tables_the_remedy_is_named(tmp_path: Path) -> None:
    async with database.opened(Settings(data=tmp_path)):
        with pytest.raises(database.NotMigrated, match="raccordo migrate"):
            await database.state()
