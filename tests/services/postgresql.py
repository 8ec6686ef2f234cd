"""A PostgreSQL server of the tests' own: private folder, private socket, gone when they end."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from services.skips import missing

OWNER = "raccordo"
LONGEST_SOCKET = 100  # bytes; Linux refuses socket paths over 107, macOS over 103
PATIENCE = 60  # seconds to start or to stop
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 60
"""


class ServerError(RuntimeError):
    """The private server did not start, or is not the one that was started."""


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, which Debian keeps off the PATH; None when there is none."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    # Newest first: "17" sorts after "9" only as a number.
    versions = Path("/usr/lib/postgresql").glob("[0-9]*")
    folders += [version / "bin" for version in sorted(versions, key=lambda path: -float(path.name))]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(told.stdout.strip()))
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


def unprivileged() -> dict[str, Any]:
    """How to start a program as somebody else when we are root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = known.get("postgres") or known["nobody"]
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


class PostgresqlServer:
    """Starts on entering, stops and leaves nothing on leaving; only ever touches what it started itself."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        self._account = unprivileged()
        self._prepared: set[str] = set()

    def __enter__(self) -> Self:
        short = tempfile.gettempdir() if len(tempfile.gettempdir()) < LONGEST_SOCKET - 40 else "/tmp"  # noqa: S108 - a socket's path must be short; mkdtemp makes it private
        self.folder = Path(tempfile.mkdtemp(prefix="raccordo-", dir=short))
        try:
            self._start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._stop()
        finally:
            self._remove()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str) -> str:
        """What RACCORDO_DATABASE_URL and Tortoise accept for a database behind a socket."""
        return f"postgres://{OWNER}@/{database}?host={self.folder}"

    @contextlib.contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a fresh database, copied from a template and dropped afterwards."""
        name = f"raccordo_{secrets.token_hex(6)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address(name)
        finally:
            self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def template(self, name: str, prepare: Callable[[str], None]) -> str:
        """A database to copy from, prepared once: `prepare` gets its address and must close what it opens."""
        if name not in self._prepared:
            self.ask(f"CREATE DATABASE {name} TEMPLATE template0")
            prepare(self.address(name))
            self._prepared.add(name)
        return name

    def ask(self, sql: str) -> str:
        """The answer to one statement, as psql prints it without decoration."""
        psql = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
        where = [f"--host={self.folder}", f"--username={OWNER}", "--dbname=postgres"]
        answer = self._run(*psql, *where, f"--command={sql}")
        if answer.returncode:
            raise ServerError(f"{sql}: {answer.stderr.strip()}")
        return answer.stdout.strip()

    def _start(self) -> None:
        if self._account:
            os.chown(self.folder, self._account["user"], self._account["group"])
        made = self._run(
            "initdb", f"--pgdata={self.data}", f"--username={OWNER}", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip
        if made.returncode:
            raise ServerError(f"initdb: {made.stderr.strip()}")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION.format(folder=self.folder))
        with (self.folder / "log").open("w") as log:
            self._server = subprocess.Popen(
                [self._bin / "postgres", "-D", self.data],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self._account,
            )  # fmt: skip
        try:
            self._wait()
            self._recognise()
        except BaseException:
            self._stop()
            raise

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._run("pg_isready", "--quiet", f"--host={self.folder}").returncode:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def _recognise(self) -> None:
        theirs = self.ask("SHOW data_directory")
        if theirs != str(self.data):
            raise ServerError(f"the server that answers keeps its data in {theirs}, not in {self.data}")

    def _stop(self) -> None:
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self._server.poll() is None:
                self._server.send_signal(request)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(PATIENCE)
                return

    def _remove(self) -> None:
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        # A stranger's PGHOST or PGOPTIONS must not lead our programs to another server.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [self._bin / program, *arguments],
            capture_output=True, text=True, check=False, cwd="/", env=environment, **self._account,
        )  # fmt: skip


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One private server for the whole session; skips where PostgreSQL is missing."""
    folder = programs()
    if folder is None:
        missing("PostgreSQL")
    with PostgresqlServer(folder) as server:
        yield server


@pytest.fixture
def postgresql_database(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """The address of an empty database of the test's own."""
    with postgresql_server.database() as address:
        yield address
