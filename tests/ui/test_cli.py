"""The `raccordo` command: what it says, where it says it, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from raccordo_ui import cli
from raccordo_ui.serving import is_loopback

NOT_READY = "Il database non è pronto: eseguire prima `raccordo migrate` e poi `raccordo load`.\n"
READY = "Raccordo è pronto: "


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_migrate_and_load_prepare_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate"]) == 0
    assert cli.main(["load"]) == 0
    assert (tmp_path / "data" / "raccordo.sqlite3").is_file()
    said = capsys.readouterr()
    assert said.out.startswith("Database: migration 0001_initial\n")
    assert "Dati di riferimento caricati: " in said.out
    assert said.err == ""


def test_a_second_time_says_that_nothing_was_to_be_done(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["migrate"]) == cli.main(["load"]) == 0
    assert capsys.readouterr().out == (
        "Il database è già aggiornato.\nI dati di riferimento sono già caricati.\n"
    )


def test_data_on_the_command_line_wins_over_the_environment(tmp_path: Path) -> None:
    assert cli.main(["migrate", "--data", str(tmp_path / "other")]) == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [["load"], ["serve"], ["audit", "verify"], ["import", "needs", __file__]])
def test_a_database_that_is_not_ready_says_what_to_run(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(command) == 1
    assert capsys.readouterr().err == NOT_READY


def test_an_import_reports_on_one_stream_and_complains_on_the_other(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "soci.csv"
    file.write_text("istat_code,anci_member\n012001,si\n", encoding="utf-8")
    assert cli.main(["import", "municipalities", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "soci.csv: 1 righe lette\n"
        "  cambia: 012001 (anci_member: — → True)\n"
        "Prova: 0 nuove, 1 da cambiare, 0 uguali. Nulla è stato scritto.\n"
    )
    file.write_text("istat_code,anci_member\n012001,forse\n", encoding="utf-8")
    assert cli.main(["import", "municipalities", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Problemi trovati: 1. Non è cambiato nulla.\n"
        "  soci.csv, riga 2, colonna anci_member: 'forse' non è né sì né no: scrivere si oppure no\n"
    )


def test_the_log_is_verified_after_an_import(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "soci.csv"
    file.write_text("istat_code,anci_member\n012001,si\n", encoding="utf-8")
    cli.main(["import", "municipalities", str(file)])
    assert cli.main(["audit", "verify"]) == 0
    assert "Registro integro: 1 voci, ultima impronta " in capsys.readouterr().out


def test_a_log_that_somebody_edited_fails_the_verification(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    file = tmp_path / "soci.csv"
    file.write_text("istat_code,anci_member\n012001,si\n", encoding="utf-8")
    cli.main(["import", "municipalities", str(file)])
    connection = sqlite3.connect(prepared / "raccordo.sqlite3")
    connection.execute("update audit_entry set verb = 'nothing'")
    connection.commit()
    connection.close()
    assert cli.main(["audit", "verify"]) == 1
    assert capsys.readouterr().err == "La voce 1 è stata modificata.\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["import", "needs"], "manca FILE. `raccordo import --help`"),
        (["import", "maps", "x"], "maps non è fra le scelte"),
        (["export"], "export non è fra le scelte. `raccordo --help`"),
        (["serve", "--port", "web"], "--port vuole un numero, non web"),
        (["load", "now"], "now è di troppo"),
        (["load", "--data"], "dopo --data manca il valore"),
        ([], "manca COMMAND"),
    ],
)
def test_a_command_that_is_written_wrong_ends_with_two(
    command: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(command)
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_the_help_lists_every_command_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("uso: raccordo [-h] COMMAND ...\n")
    for name in ("migrate", "load", "import", "audit", "schema", "serve", "run", "makemigration"):
        assert f"\n    {name} " in said or f"\n    {name}\n" in said


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "C.UTF-8"}, "it"),
        ({"LANG": "de_DE.UTF-8"}, "it"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({}, "it"),
    ],
)
def test_the_language_comes_from_the_environment(environment: dict[str, str], language: str) -> None:
    assert cli.language_of(environment) == language


def test_a_wrong_setting_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RACCORDO_MODE", "party")
    assert cli.main(["load"]) == 1
    assert capsys.readouterr().err.startswith("Un'impostazione non va: RACCORDO_MODE: 'party'")


def test_a_data_folder_that_cannot_be_made_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert cli.main(["migrate", "--data", str(tmp_path / "file" / "data")]) == 1
    assert capsys.readouterr().err.startswith("Un file o un indirizzo non si può usare: ")


def test_a_file_that_is_no_database_is_said_in_a_sentence(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (prepared / "raccordo.sqlite3").write_bytes(b"not a database" * 100)
    assert cli.main(["load"]) == 1
    assert capsys.readouterr().err.startswith("Il database ")


def test_a_mistake_of_ours_keeps_its_traceback(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(cli.COMMANDS, "load", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(["load"])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "raccordo.example.org", "127.0.0.1.it"])  # noqa: S104  # all refused
def test_a_demonstration_is_served_to_this_computer_only(
    host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RACCORDO_MODE", "demo")
    for command in ("serve", "run"):
        assert cli.main([command, "--host", host]) == 1
    assert capsys.readouterr().err.count("risponde solo da questo computer") == 2


def test_every_loopback_address_is_one() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.1.2.3", "::1", "localhost"))


def test_a_port_that_is_taken_says_so(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "sceglierne un'altra con --port" in capsys.readouterr().err


def test_a_port_that_cannot_exist_is_refused(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--port", "99999"]) == 1
    assert capsys.readouterr().err == "99999 non è una porta: va da 1 a 65535.\n"


@contextmanager
def running(*arguments: str, mode: str = "demo") -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own; killed when the test forgets it."""
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-m", "raccordo_ui", *arguments],
        env={**os.environ, "RACCORDO_MODE": mode, "PYTHONPATH": paths},
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


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if line.startswith(READY):
            return line.removeprefix(READY).split()[0]
    pytest.fail(f"never ready: {process.stderr.read() if process.stderr else ''}")


def test_run_prepares_serves_and_stops_quietly_when_interrupted(tmp_path: Path) -> None:
    with running("run", "--port", "0", "--data", str(tmp_path / "new")) as process:
        with urlopen(address_of(process), timeout=20) as answer:  # noqa: S310  # the address that we just started
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_serve_says_when_it_is_a_demonstration_and_when_not(prepared: Path) -> None:
    for mode, said in (("demo", "(dimostrazione: "), ("production", "")):
        with running("serve", "--port", "0", mode=mode) as process:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith(f"{READY}http://127.0.0.1:")
            assert said in line
            assert ("dimostrazione" in line) == (mode == "demo")


def test_the_schema_goes_to_standard_output_and_nothing_else_does(capsys: pytest.CaptureFixture[str]) -> None:
    from raccordo import schema

    assert cli.main(["schema"]) == 0
    assert capsys.readouterr().out == schema.sdl()


def test_a_schema_that_differs_from_the_committed_one_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from raccordo import schema

    monkeypatch.setattr(schema, "sdl", lambda: "type Query")
    assert cli.main(["schema", "--check"]) == 1
    assert capsys.readouterr().err.startswith("schema.graphql non corrisponde allo schema")
