"""A sheet opens well in the reader's own program, and nothing in it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from httpx2 import AsyncClient
from starlette.requests import Request

from raccordo_ui.spreadsheet import csv_file

ROWS = [(1, 'Cantù; "la" città', 0.25, None, date(2026, 11, 22))]


def sheet(path: str, rows: Sequence[Sequence[object]]) -> str:
    request = Request({"type": "http", "path": path, "headers": []})
    return bytes(csv_file(request, "prova", ["a", "b"], rows).body).decode("utf-8-sig")


def test_an_italian_sheet_has_semicolons_and_decimal_commas() -> None:
    assert sheet("/prova.csv", ROWS) == 'a;b\r\n1;"Cantù; ""la"" città";0,25;;2026-11-22\r\n'


def test_an_english_sheet_has_commas_and_decimal_points() -> None:
    assert sheet("/en/prova.csv", ROWS) == 'a,b\r\n1,"Cantù; ""la"" città",0.25,,2026-11-22\r\n'


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_what_begins_like_a_formula_is_shown_and_not_computed(typed: str) -> None:
    assert sheet("/prova.csv", [(typed,)]).splitlines()[1].lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert sheet("/prova.csv", [(-1, -0.5)]).splitlines()[1] == "-1;-0,5"


async def test_it_is_saved_under_its_name_and_begins_with_a_mark_for_its_encoding(
    client: AsyncClient,
) -> None:
    answer = await client.get("/bisogni.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="bisogni.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
