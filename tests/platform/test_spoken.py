"""A day has one shape for people, wherever it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import raccordo
import raccordo_ui
from raccordo.semesters import begins, name_of, of
from raccordo.spoken import Day
from raccordo_ui.formats import day


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(
    "when", [date(2013, 6, 1), date(2026, 11, 24), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)]
)
def test_a_sentence_and_a_page_write_a_day_alike(when: date, language: str) -> None:
    assert Day(when).say(language) == day(when, language)
    assert "/" not in Day(when).say(language)


def test_no_sentence_writes_a_day_in_figures() -> None:
    sources = [
        path
        for package in (raccordo, raccordo_ui)
        for path in Path(str(package.__file__)).parent.rglob("*.py")
    ]
    assert len(sources) > 300
    assert [path.name for path in sources if ":%d/%m/%Y}" in path.read_text("utf-8")] == []


@pytest.mark.parametrize("semester", ["2027-1", "2027-2"])
def test_a_semester_begins_in_itself(semester: str) -> None:
    assert of(begins(semester)) == semester
    assert name_of(semester).say().endswith(" semestre 2027")
    assert name_of("2027-3").say() == "2027-3"
