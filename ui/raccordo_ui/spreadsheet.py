"""A list as a file that opens well in the reader's own spreadsheet program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response

from raccordo_ui.language import language_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS = {"it": ";", "en": ","}


def csv_file(
    request: Request, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Response:
    """`name`.csv with a byte order mark; separator and decimals are those of the page's language."""
    language = language_of(request)
    written = StringIO()
    writer = csv.writer(written, delimiter=SEPARATORS[language], lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value, language) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-cache"}
    return Response(("\ufeff" + written.getvalue()).encode(), media_type="text/csv", headers=headers)


def _cell(value: object, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}".replace(".", "," if language == "it" else ".")
    text = str(value)
    # What begins like a formula would be one: the apostrophe makes spreadsheet programs show it instead.
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
