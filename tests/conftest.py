"""What most tests start from: a loaded database of their own, the open catalogue, the application."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as profile

from raccordo import catalogue, database, matches, migrating, throttling
from raccordo.catalogue import Catalogue
from raccordo.loading import load
from raccordo.settings import Mode, Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from services.postgresql import PostgresqlServer

pytest_plugins = [
    "services.skips",
    "services.postgresql",
    "services.browser",
    "services.smtp",
    "services.oidc",
]

LOADED = "raccordo_loaded"

profile.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
profile.register_profile(
    "long", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
profile.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="full profiles, and both databases everywhere")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        profile.load_profile("long")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of the platform run on both databases; the others do so in the long profile."""
    chosen = any("engine" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "engine" in metafunc.fixturenames and not chosen:
        both = "platform" in metafunc.definition.path.parts or metafunc.config.getoption("--long")
        marked = pytest.param("postgresql", marks=pytest.mark.postgresql)
        metafunc.parametrize("engine", ["sqlite", marked] if both else ["sqlite"], scope="function")


async def _prepare(settings: Settings) -> Catalogue:
    async with database.opened(settings):
        await migrating.migrate(settings, lambda _: None)
        await load(lambda _: None)
        return await catalogue.open_catalogue()


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalogue]:
    """A SQLite file with everything that ships, made once and copied for each test, and its picture."""
    settings = Settings(data=tmp_path_factory.mktemp("template"))
    picture = asyncio.run(_prepare(settings))
    return settings.data / "raccordo.sqlite3", picture


@pytest.fixture(scope="session")
def loaded_server() -> dict[str, Catalogue]:
    """The picture of the PostgreSQL template, once it has been made."""
    return {}


@pytest.fixture
def loaded(
    engine: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[tuple[Settings, Catalogue]]:
    """Settings of a loaded database that is this test's own, on the engine the test runs on."""
    if engine == "sqlite":
        file, picture = request.getfixturevalue("loaded_file")
        shutil.copy(file, tmp_path / file.name)
        yield Settings(mode=Mode.DEMO, data=tmp_path), picture
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    pictures: dict[str, Catalogue] = request.getfixturevalue("loaded_server")

    def prepare(address: str) -> None:
        pictures[LOADED] = asyncio.run(_prepare(Settings(data=tmp_path, database_url=address)))

    with server.database(server.template(LOADED, prepare)) as address:
        yield Settings(mode=Mode.DEMO, data=tmp_path, database_url=address), pictures[LOADED]


@pytest.fixture
async def opened_database(loaded: tuple[Settings, Catalogue]) -> AsyncIterator[Settings]:
    """The loaded database, open, with the catalogue's picture in place; in demonstration mode."""
    settings, picture = loaded
    async with database.opened(settings):
        # A copy of the template has its identity and version: reading the picture again would give the same.
        catalogue._current = picture
        catalogue._turn = asyncio.Lock()
        matches._cache.clear()  # two copies of the template may hold different needs under one snapshot id
        throttling.start_again()
        yield settings
        catalogue._current = None


@pytest.fixture
def current(opened_database: Settings) -> Catalogue:
    """The picture of what is published when the test starts."""
    return catalogue.current()


@pytest.fixture
async def app(opened_database: Settings) -> Starlette:
    """The application on the open database; its lifespan does not run, the fixtures did that work."""
    from raccordo_ui.app import create_app

    return create_app(opened_database)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[object]:
    """A browser without a window: `await client.get("/bisogni")`."""
    import httpx2

    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        yield browser
