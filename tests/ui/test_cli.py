"""The `raccordo` command: what it says, where it says it, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

import command
from command import running
from raccordo_ui import cli

plain_environment, prepared = command.plain_environment, command.prepared
pytestmark = pytest.mark.usefixtures("plain_environment")
NOT_READY = "Il database non è pronto: eseguire prima `raccordo migrate` e poi `raccordo load`.\n"


def test_migrate_and_load_prepare_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate"]) == 0
    assert cli.main(["load"]) == 0
    assert (tmp_path / "data" / "raccordo.sqlite3").is_file()
    said = capsys.readouterr()
    assert said.out.startswith("Database: migration 0001_initial\n")
    assert "Dati di riferimento caricati. " in said.out
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
        "soci.csv, righe lette: 1\n"
        "  cambia: 012001 (anci_member: — → si)\n"
        "Prova. Righe nuove: 0; da cambiare: 1; uguali: 0. Nulla è stato scritto.\n"
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
    assert "Registro integro. Voci: 1; ultima impronta: " in capsys.readouterr().out


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
    for name in (
        "migrate",
        "load",
        "import",
        "audit",
        "person",
        "purge",
        "schema",
        "serve",
        "run",
        "makemigration",
    ):
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


@pytest.mark.parametrize(
    "address",
    ["postgres://u:secret@127.0.0.1:1/x", "postgres://u@host.invalid/x", "sqlite:///nowhere/at/all"],
)
def test_a_database_out_of_reach_is_said_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RACCORDO_DATABASE_URL", address)
    assert cli.main(["load"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Il database non risponde (")
    assert "secret" not in said


def test_models_that_ask_for_no_migration_get_none(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["makemigration", "nothing"]) == 0
    assert capsys.readouterr().out == "I modelli non chiedono nessuna migrazione.\n"


def test_a_terminal_without_accents_is_no_reason_to_fail(prepared: Path) -> None:
    with running("load", encoding="ascii") as process:
        assert process.stdout
        assert process.stdout.read() == "I dati di riferimento sono gi? caricati.\n"
        assert process.wait(timeout=20) == 0


def test_a_mistake_of_ours_keeps_its_traceback(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(cli.COMMANDS, "load", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(["load"])


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


@pytest.mark.parametrize(
    "given",
    [
        ["--role", "COORDINATOR", "--coordinates-for", "ANCI_LOMBARDIA"],
        ["--role", "OFFICER", "--mountain-community", "valle-sabbia"],
        ["--role", "ADMINISTRATOR", "--municipality", "013228"],
        ["--role", "SCHOOL_APPROVER", "--school", "AUIC"],
        ["--role", "INTEGRATOR"],
    ],
)
@pytest.mark.usefixtures("prepared")
def test_every_role_can_be_invited_to(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["invite", "anna@example.invalid", *given]) == 0
    assert "http://127.0.0.1:8000/invito/" in capsys.readouterr().out


@pytest.mark.usefixtures("prepared")
def test_a_role_for_nobody_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["invite", "anna@example.invalid", "--role", "OFFICER"]) == 1
    assert "non vanno insieme" in capsys.readouterr().err
