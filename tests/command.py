"""Trying the `raccordo` command: a plain environment, a data folder that is ready, a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture
def plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests, Italian, and a data folder that does not exist yet."""
    for name in [name for name in os.environ if name.startswith(("RACCORDO_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    monkeypatch.setenv("RACCORDO_DATA", str(tmp_path / "data"))


@pytest.fixture
def prepared(loaded_file: tuple[Path, object], tmp_path: Path) -> Path:
    """A data folder with everything loaded."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "raccordo.sqlite3").write_bytes(loaded_file[0].read_bytes())
    return folder


@contextmanager
def running(*arguments: str, mode: str = "demo", encoding: str = "utf-8") -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own; killed when the test forgets it."""
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-m", "raccordo_ui", *arguments],
        env={**os.environ, "RACCORDO_MODE": mode, "PYTHONIOENCODING": encoding, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
