"""English is complete: no sentence without it, none left over."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from string import Formatter

import pytest

SCRIPT = Path(__file__).parents[2] / "tools/messages.py"
spec = importlib.util.spec_from_file_location("messages", SCRIPT)
assert spec
assert spec.loader
messages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(messages)


def test_every_sentence_has_its_english_and_no_other_remains() -> None:
    assert list(messages.faults()) == []


def test_the_english_names_the_same_places() -> None:
    for message in messages.translated():
        if message.id and message.string and message.python_brace_format:
            wanted = {name for _, name, _, _ in Formatter().parse(_first(message.id)) if name}
            found = {name for _, name, _, _ in Formatter().parse(_first(message.string)) if name}
            assert found == wanted, message.id


def test_a_missing_a_fuzzy_and_an_unused_message_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(messages.faults())
    catalogue = tmp_path / "raccordo.po"
    text = messages.CATALOGUE.read_text("utf-8")
    assert 'msgid "Bisogni"\nmsgstr "Needs"' in text
    broken = text.replace('msgid "Bisogni"\nmsgstr "Needs"', 'msgid "Bisogni"\nmsgstr ""')
    broken = broken.replace('msgid "Comuni"', '#, fuzzy\nmsgid "Comuni"')
    catalogue.write_text(broken + '\nmsgid "mai detto"\nmsgstr "never said"\n', "utf-8")
    monkeypatch.setattr(messages, "CATALOGUE", catalogue)
    assert set(messages.faults()) - before == {
        "no English: Bisogni",
        "fuzzy: Comuni",
        "no longer said: mai detto",
    }


def _first(text: object) -> str:
    return str(text[0] if isinstance(text, list | tuple) else text)
