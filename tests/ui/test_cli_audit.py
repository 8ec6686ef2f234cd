"""`raccordo audit`, `person` and `purge`: what an operator types, and what is said."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import command
from raccordo_ui import cli

plain_environment, prepared = command.plain_environment, command.prepared
pytestmark = pytest.mark.usefixtures("plain_environment")
Said = pytest.CaptureFixture[str]


def invite(email: str) -> None:
    assert cli.main(["invite", email, "--role", "COORDINATOR", "--coordinates-for", "POLITECNICO"]) == 0


@pytest.fixture
def used(prepared: Path, capsys: Said) -> Path:
    """A database whose log has three entries."""
    for name in ("a", "b", "c"):
        invite(f"{name}@polimi.invalid")
    capsys.readouterr()
    return prepared / "raccordo.sqlite3"


def behind_its_back(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_anchors_are_added_to_a_file_and_confirmed_later(used: Path, tmp_path: Path, capsys: Said) -> None:
    anchors = str(tmp_path / "ancore")
    assert cli.main(["audit", "anchor", anchors]) == 0
    invite("d@polimi.invalid")
    assert cli.main(["audit", "anchor", anchors]) == 0
    assert [json.loads(line)["entries"] for line in Path(anchors).read_text().splitlines()] == [3, 4]
    capsys.readouterr()
    assert cli.main(["audit", "verify", "--anchor", anchors]) == 0
    assert capsys.readouterr().out.endswith("Ancore confermate: 2.\n")


def test_a_log_that_was_cut_off_is_told_and_gets_no_new_anchor(
    used: Path, tmp_path: Path, capsys: Said
) -> None:
    anchors = str(tmp_path / "ancore")
    cli.main(["audit", "anchor", anchors])
    behind_its_back(used, "DELETE FROM audit_entry WHERE number = 3")
    assert cli.main(["audit", "verify"]) == 0
    assert cli.main(["audit", "verify", "--anchor", anchors]) == 1
    assert "mancano le voci da 3 a 3" in capsys.readouterr().err
    assert cli.main(["audit", "anchor", anchors]) == 1
    assert len(Path(anchors).read_text().splitlines()) == 1


def test_an_export_is_a_line_for_each_entry_from_one_on(used: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "registro.jsonl"
    assert cli.main(["audit", "export", str(file), "--since", "2"]) == 0
    assert capsys.readouterr().out == f"Voci scritte in {file}: 2.\n"
    assert [json.loads(line)["number"] for line in file.read_text().splitlines()] == [2, 3]
    assert cli.main(["audit", "export"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_an_anchor_file_that_is_not_there_is_said_in_a_sentence(used: Path, capsys: Said) -> None:
    assert cli.main(["audit", "verify", "--anchor", "nowhere"]) == 1
    assert capsys.readouterr().err.startswith("Un file o un indirizzo non si può usare: ")


def test_a_person_who_writes_a_letter_gets_a_copy_and_is_erased(used: Path, capsys: Said) -> None:
    assert cli.main(["person", "export", " A@polimi.invalid"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"]["person"][0]["email"] == "a@polimi.invalid"
    behind_its_back(used, "UPDATE person SET status = 'ACTIVE'")
    assert cli.main(["person", "erase", "a@polimi.invalid"]) == 0
    assert "resta il numero" in capsys.readouterr().out
    assert cli.main(["person", "erase", "a@polimi.invalid"]) == 1
    assert capsys.readouterr().err == "Nessuna utenza ha questo indirizzo.\n"
    assert cli.main(["audit", "verify"]) == 0


def test_a_purge_counts_by_table_and_a_trial_takes_nothing(used: Path, capsys: Said) -> None:
    behind_its_back(used, "UPDATE single_use SET expires_at = '2020-01-01 00:00:00+00:00'")
    for _ in range(2):
        assert cli.main(["purge", "--dry-run"]) == 0
        said = capsys.readouterr().out
        assert "  single_use: 3\n" in said
        assert said.endswith("Prova: nulla è stato tolto.\n")
    assert cli.main(["purge"]) == 0
    capsys.readouterr()
    cli.main(["purge", "--dry-run"])
    assert "  single_use: 0\n" in capsys.readouterr().out
