"""The application starts and stops by itself, and refuses to start on a database that is not ready."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient

from raccordo.catalogue import Catalogue
from raccordo.database import NotMigrated
from raccordo.settings import Mode, Settings
from raccordo_ui.app import create_app


async def test_it_opens_its_database_and_reads_the_catalogue(
    tmp_path: Path, loaded_file: tuple[Path, Catalogue]
) -> None:
    shutil.copy(loaded_file[0], tmp_path / "raccordo.sqlite3")
    app = create_app(Settings(mode=Mode.PRODUCTION, data=tmp_path))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app=app), base_url="http://127.0.0.1") as client,
    ):
        answer = await client.get("/")
    assert answer.status_code == 200


async def test_without_tables_it_says_which_commands_to_run(tmp_path: Path) -> None:
    app = create_app(Settings(mode=Mode.PRODUCTION, data=tmp_path))
    with pytest.raises(NotMigrated, match="raccordo migrate"):
        async with app.router.lifespan_context(app):
            pass
