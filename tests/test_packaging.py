"""What is shipped works outside the checkout: the wheel, its data, its command, and the locks."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "raccordo": "platform",
    "raccordo_graph": "graph",
    "raccordo_ui": "ui",
    "raccordo_migrations": "migrations",
}
LOCKS = ("requirements.lock", "requirements-test.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    """What a command prints, started without our own PYTHONPATH and RACCORDO_* settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "RACCORDO_"))}
    done = subprocess.run(command, cwd=cwd, env=kept | more, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def build(*options: str, into: Path) -> Path:
    """The wheel that `python -m build` makes; without isolation, so that nothing is downloaded."""
    run(sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", into, cwd=ROOT)
    return next(into.glob("*.whl"))


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class Elsewhere:
    """A fresh environment outside the checkout with the wheel and the libraries, nothing else."""

    folder: Path

    def python(self, code: str, cwd: Path | None = None, **environment: str) -> str:
        return run(self.folder / "bin/python", "-c", code, cwd=cwd or self.folder, **environment)

    def raccordo(self, *arguments: str, **environment: str) -> str:
        return run(self.folder / "bin/raccordo", *arguments, cwd=self.folder, **environment)


@pytest.fixture(scope="module")
def wheel_from_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist and, beside it, the wheel built from nothing but that sdist."""
    return build(into=tmp_path_factory.mktemp("from-sdist"))


@pytest.fixture(scope="module")
def elsewhere(wheel_from_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    install = ("-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    run(sys.executable, *install, wheel_from_sdist, cwd=folder)
    site = next(folder.glob("lib/python*/site-packages"))
    # A path named in a .pth file lends its packages, but not its own .pth files: not our editable install.
    (site / "libraries.pth").write_text(next(path for path in sys.path if path.endswith("site-packages")))
    return Elsewhere(folder)


def test_the_wheel_from_the_sdist_is_the_wheel_from_the_checkout(
    wheel_from_sdist: Path, tmp_path: Path
) -> None:
    assert contents(wheel_from_sdist) == contents(build("--wheel", into=tmp_path))


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_has_every_file_of_the_package(wheel_from_sdist: Path, package: str) -> None:
    folder = ROOT / PACKAGES[package]
    files = {path.relative_to(folder).as_posix() for path in (folder / package).rglob("*") if path.is_file()}
    expected = {path for path in files if "__pycache__" not in path}
    assert expected - contents(wheel_from_sdist).keys() == set()


@pytest.mark.parametrize(
    "pattern",
    [
        r"raccordo/reference/municipalities\.csv",
        r"raccordo/reference/boundaries\.json",
        r"raccordo/schema/schema\.graphql",
        r"raccordo_ui/templates/.+\.html",
        r"raccordo_ui/static/.+\.css",
        r"raccordo_migrations/0001_\w+\.py",
        *(rf"{package}/py\.typed" for package in PACKAGES),
        r"raccordo-[\d.]+\.dist-info/licenses/LICENSE",
    ],
)
def test_the_wheel_has_what_is_not_code(wheel_from_sdist: Path, pattern: str) -> None:
    assert [name for name in contents(wheel_from_sdist) if re.fullmatch(pattern, name)]


def test_the_wheel_has_nothing_else(wheel_from_sdist: Path) -> None:
    tops = {name.partition("/")[0] for name in contents(wheel_from_sdist)}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_all_packages_are_imported_from_the_wheel(elsewhere: Elsewhere) -> None:
    code = "import raccordo, raccordo_graph, raccordo_ui, raccordo_migrations; print(raccordo.__file__)"
    assert elsewhere.python(code).startswith(str(elsewhere.folder))


@pytest.mark.parametrize(
    "roots", [(), tuple(PACKAGES.values())], ids=["installed", "source roots on the path"]
)
def test_platform_is_pythons_own(elsewhere: Elsewhere, roots: tuple[str, ...]) -> None:
    path = os.pathsep.join(str(ROOT / root) for root in roots)
    where = elsewhere.python("import platform, uuid; print(platform.__file__)", cwd=ROOT, PYTHONPATH=path)
    assert where == elsewhere.python("import sysconfig; print(sysconfig.get_path('stdlib'))") + "/platform.py"


def test_the_installed_command_migrates_and_loads(elsewhere: Elsewhere, tmp_path: Path) -> None:
    elsewhere.raccordo("migrate", RACCORDO_DATA=str(tmp_path))
    elsewhere.raccordo("load", RACCORDO_DATA=str(tmp_path))
    with sqlite3.connect(tmp_path / "raccordo.sqlite3") as connection:
        [(municipalities,)] = connection.execute("SELECT count(*) FROM municipality")
    connection.close()
    assert municipalities >= 1501


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\w+://|--(?:index|extra-index|find-links)|file:|/home|/tmp", text) == []


def test_the_npm_lock_names_no_host() -> None:
    assert re.findall(r"\w+://|\"resolved\"", (ROOT / "package-lock.json").read_text("utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.findall(
        r"^(\S+)==(\S+)(?: ;[^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
        text,
        re.MULTILINE,
    )
    names = [name for name, _, _ in entries]
    assert len(names) == len(set(names)) == len(re.findall(r"^[^#\s]", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements.lock", PROJECT["build-system"]["requires"]),
        ("requirements.lock", PROJECT["dependency-groups"]["build"]),
        ("requirements-test.lock", PROJECT["project"]["dependencies"]),
        ("requirements-test.lock", PROJECT["dependency-groups"]["test"]),
    ],
)
def test_the_lock_satisfies_what_the_project_asks(lock: str, requirements: list[str]) -> None:
    locked = locked_versions(lock)
    asked = [Requirement(text) for text in requirements]
    assert {one.name for one in asked if canonicalize_name(one.name) not in locked} == set()
    assert [one for one in asked if locked[canonicalize_name(one.name)] not in one.specifier] == []


def test_both_locks_agree() -> None:
    assert locked_versions("requirements.lock").items() <= locked_versions("requirements-test.lock").items()


def locked_versions(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
