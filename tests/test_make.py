"""The commands of the Makefile: what they promise before they install anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "associations", "bench", "check", "check-reference", "fix", "help", "lock", "pictures", "quality", "reset", "run",
    "schema", "test", "test-long", "test-tools",
}  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the commands are made of, where nothing is installed yet."""
    for name in ("Makefile", "pyproject.toml", "package.json", *(path.name for path in ROOT.glob("*lock*"))):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    return tmp_path


def make(checkout: Path, *arguments: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    # The make that runs the tests leaves its own options in MAKEFLAGS.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=checkout, env=kept | {"CI": ci}, capture_output=True, text=True, check=False
    )


def test_the_bare_make_lists_every_command_with_a_sentence(checkout: Path) -> None:
    listed = re.findall(r"^  make (\S+) +(\S.+)\.$", make(checkout).stdout, re.MULTILINE)
    assert {name for name, _ in listed} == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_knows_its_steps_in_a_fresh_checkout(checkout: Path, command: str) -> None:
    assert make(checkout, "--dry-run", command).returncode == 0


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_without_a_recent_python_it_says_which_one_is_needed(checkout: Path, python: str) -> None:
    refused = make(checkout, f"PYTHON={python}", "run")
    assert refused.returncode != 0
    assert "needs Python 3.11 or later" in refused.stderr
    assert not (checkout / ".venv").exists()


def test_a_second_run_installs_nothing(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    for step in (".created", ".run"):
        (checkout / ".venv" / step).touch()
    assert " pip " not in make(checkout, "--dry-run", "run").stdout


def test_a_changed_lock_is_installed(checkout: Path) -> None:
    test_a_second_run_installs_nothing(checkout)
    later = (checkout / ".venv/.run").stat().st_mtime + 10
    os.utime(checkout / "requirements.lock", (later, later))
    assert " pip " in make(checkout, "--dry-run", "run").stdout


def test_only_ci_installs_the_test_tools_by_itself(checkout: Path) -> None:
    assert "test-tools.sh" not in make(checkout, "--dry-run", "test").stdout
    assert "test-tools.sh" in make(checkout, "--dry-run", "test", ci="true").stdout


def test_ci_runs_the_same_test_command() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert script.endswith("exec make test\n")


def test_reset_without_data_says_so(checkout: Path) -> None:
    assert make(checkout, "reset").stdout == "Nothing to remove: there is no data\n"


def test_reset_removes_the_folder_that_run_made_and_says_what(checkout: Path) -> None:
    (checkout / "data").mkdir()
    (checkout / "data/.made-by-make-run").touch()
    (checkout / "data/raccordo.sqlite3").touch()
    assert "raccordo.sqlite3" in make(checkout, "reset").stdout
    assert not (checkout / "data").exists()


def test_reset_leaves_a_folder_that_was_there_before(checkout: Path) -> None:
    (checkout / "home").mkdir()
    refused = make(checkout, "reset", "DATA=home")
    assert refused.returncode != 0
    assert "home was not made by make run" in refused.stderr
    assert (checkout / "home").exists()


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with next to nothing on it: no browser, no npm, no package tool."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in ("id", "env"):
        found = shutil.which(program)
        assert found
        (folder / program).symlink_to(found)
    return folder


def install_tools(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / "tools/test-tools.sh"],
        env={"PATH": str(path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_on_debian_the_test_tools_are_installed_with_apt(bare_path: Path) -> None:
    for program, script in {"apt-get": 'echo "$*" >> "$0.log"', "sudo": 'exec "$@"'}.items():
        (bare_path / program).write_text(f"#!/bin/sh\n{script}\n")
        (bare_path / program).chmod(0o755)
    done = install_tools(bare_path)
    assert done.returncode == 0, done.stderr
    update, install = (bare_path / "apt-get.log").read_text().splitlines()
    assert update.startswith("update")
    assert "chromium" in install
    assert install.endswith("nodejs npm")


def test_elsewhere_it_names_what_to_install(bare_path: Path) -> None:
    refused = install_tools(bare_path)
    assert refused.returncode != 0
    assert "Install these with this system's own tool" in refused.stderr
    assert "chromium" in refused.stderr
