"""`raccordo lexicon coverage`: where the lexicon is thin, the thinnest first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import command
from raccordo_ui import cli

plain_environment, prepared = command.plain_environment, command.prepared
pytestmark = pytest.mark.usefixtures("plain_environment")
Said = pytest.CaptureFixture[str]


def test_it_counts_for_every_function_and_theme(prepared: Path, capsys: Said) -> None:
    assert cli.main(["lexicon", "coverage"]) == 0
    lines = capsys.readouterr().out.splitlines()
    forms = [int(re.search(r": (\d+) modi di dire", line).group(1)) for line in lines]  # type: ignore[union-attr]
    assert len(lines) == 11 + 40
    assert forms[:11] == sorted(forms[:11])
    assert forms[11:] == sorted(forms[11:])


def test_it_speaks_english(prepared: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert cli.main(["lexicon", "coverage"]) == 0
    assert "ways of saying it" in capsys.readouterr().out


def test_what_it_exports_it_takes_back_and_a_rehearsal_writes_nothing(
    prepared: Path, capsys: Said, tmp_path: Path
) -> None:
    file = tmp_path / "lessico.csv"
    assert cli.main(["lexicon", "export", str(file)]) == 0
    head, first = file.read_text("utf-8").splitlines()[:2]
    concept = first.split(",")[3].split("|")[0]
    file.write_text(f"{head}\narnia,it,,{concept},no\n", "utf-8")
    assert cli.main(["lexicon", "import", str(file), "--dry-run"]) == 0
    assert "Nuove: 1" in capsys.readouterr().out
    assert cli.main(["lexicon", "import", str(file)]) == 0
    assert cli.main(["lexicon", "import", str(file)]) == 0
    assert "uguali: 1" in capsys.readouterr().out


def test_a_broken_file_is_refused_by_line(prepared: Path, capsys: Said, tmp_path: Path) -> None:
    file = tmp_path / "lessico.csv"
    file.write_text("term,language,variants,concepts\narnia,it,,nessuno\n", "utf-8")
    assert cli.main(["lexicon", "import", str(file)]) != 0
    assert "riga 2" in capsys.readouterr().err
