"""Reading a CSV table as declared: a broken file is refused naming file, line, column and remedy."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from raccordo.cells import Parser, WrongCell, shown
from raccordo.language import Sentence
from raccordo.problems import BrokenTable, Problem, Problems

LARGEST_FILE = 20_000_000  # bytes; the whole of ISTAT's list is under two million
DELIMITERS = (",", ";", "\t")
UTF_8_ACCENT = re.compile(rb"\xc3[\x80-\xbf]")  # the accented letters of Italian; nonsense in Windows-1252


class Required:
    """The type of REQUIRED: an empty cell of such a column is refused."""


REQUIRED: Final = Required()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read, and what an empty cell means.

    `optional`: the file may lack it, and then no row has it. `prefixes`: the header may be any text that,
    once normalised, starts with one of these; of several the last in the alphabet, hence the latest year.
    `points_to`: the shipped table whose key every value must be.
    """

    name: str
    parse: Parser[Any]
    empty: object = REQUIRED
    optional: bool = False
    prefixes: tuple[str, ...] = ()
    points_to: str = ""

    def found_in(self, headers: Sequence[str]) -> int | None:
        """Where this column stands among normalised headers."""
        if not self.prefixes:
            return headers.index(self.name) if self.name in headers else None
        fitting = [
            (header, place) for place, header in enumerate(headers) if header.startswith(self.prefixes)
        ]
        return max(fitting)[1] if fitting else None

    def read(self, cell: str) -> object:
        """The value of a trimmed cell; raises WrongCell."""
        if cell:
            return self.parse(cell)
        if self.empty is REQUIRED:
            raise WrongCell(Sentence("la cella è vuota: è un dato obbligatorio"))
        return self.empty


@dataclass(frozen=True, slots=True)
class Table:
    """The declared shape of a file. `key` must not repeat; `only` leaves out rows before they are read."""

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    other_columns: bool = False
    only: Callable[[Mapping[str, str]], bool] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its line in the file and a value for each column that the file has."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def read_table(path: Path, table: Table) -> list[Row]:
    """Every row of the file; raises BrokenTable."""
    return parse_table(read_bytes(path), path.name, table)


def read_bytes(path: Path) -> bytes:
    """The content of a file of reasonable size; raises BrokenTable."""
    try:
        if not path.is_file():
            raise _broken(path.name, Sentence("il file non esiste: controllare il nome e la cartella"))
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(path.name)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _broken(
            path.name,
            Sentence("il file non si può leggere ({reason}): controllare i permessi", {"reason": reason}),
        ) from error


def parse_table(content: bytes, file: str, table: Table) -> list[Row]:
    """Every row of a file's content; raises BrokenTable with up to twenty problems."""
    if len(content) > LARGEST_FILE:
        raise _too_large(file)
    text = _decoded(content, file)
    records = _records(text, _delimiter(text, table), file)
    _, header = next(records, (1, []))
    places = _places([normalised(name) for name in header], file, table)
    problems = Problems()
    reader = _Reader(file, table, places, len(header), problems)
    rows = [row for line, record in records if (row := reader.row(line, record))]
    problems.refuse_any()
    if not rows:
        raise _broken(file, Sentence("non c'è nessuna riga da leggere dopo l'intestazione"))
    return rows


@dataclass(slots=True)
class _Reader:
    file: str
    table: Table
    places: Mapping[str, int]
    width: int
    problems: Problems
    lines: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def row(self, line: int, record: list[str]) -> Row | None:
        """The row, or None when it is left out or has a problem."""
        cells = [cell.strip() for cell in record]
        if not any(cells):
            return None
        if len(cells) != self.width:
            sentence = Sentence(
                "ci sono {count} celle e l'intestazione ne ha {width}: controllare virgolette e separatori",
                {"count": len(cells), "width": self.width},
            )
            self.problems.add(self.file, line, "", sentence)
            return None
        raw = {name: cells[place] for name, place in self.places.items()}
        if self.table.only and not self.table.only(raw):
            return None
        values = self._values(line, raw)
        return Row(line, values) if values is not None and self._is_new(line, values) else None

    def _values(self, line: int, raw: Mapping[str, str]) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        for column in self.table.columns:
            if column.name not in raw:
                continue
            try:
                values[column.name] = column.read(raw[column.name])
            except WrongCell as wrong:
                self.problems.add(self.file, line, column.name, wrong.sentence)
        return values if len(values) == len(raw) else None

    def _is_new(self, line: int, values: Mapping[str, Any]) -> bool:
        if not self.table.key:
            return True
        key = tuple(values[name] for name in self.table.key)
        first = self.lines.setdefault(key, line)
        if first == line:
            return True
        sentence = Sentence(
            "'{key}' c'è già alla riga {first}: tenere una riga sola",
            {"key": " ".join(map(str, key)), "first": first},
        )
        self.problems.add(self.file, line, self.table.key[0], sentence)
        return False


def normalised(header: str) -> str:
    """A header without line breaks, double spaces and capitals."""
    return " ".join(header.split()).casefold()


def _decoded(content: bytes, file: str) -> str:
    if not content.strip():
        raise _broken(file, Sentence("il file è vuoto"))
    if b"\0" in content:
        raise _broken(
            file, Sentence("non è un file CSV di testo: salvarlo come CSV UTF-8 dal foglio di calcolo")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decoded_windows(content, file, error)


def _decoded_windows(content: bytes, file: str, error: UnicodeDecodeError) -> str:
    """Windows-1252, unless accents in UTF-8 show that only a part of the file is."""
    broken = error.start
    try:
        text = content.decode("cp1252")
        if not UTF_8_ACCENT.search(content):
            return text
    except UnicodeDecodeError as other:
        broken = other.start
    line = content[:broken].count(b"\n") + 1
    what = Sentence("la codifica non è né UTF-8 né Windows-1252: salvare come CSV UTF-8")
    raise BrokenTable([Problem(file, line, "", what)])


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenTable([Problem(file, line, "", _csv_sentence(str(error)))]) from error
        yield line, record


def _csv_sentence(message: str) -> Sentence:
    if "end of data" in message:
        return Sentence("le virgolette aperte qui non sono mai chiuse: chiuderle, o il file è troncato")
    if "expected after" in message:
        return Sentence("dopo le virgolette chiuse c'è altro testo: le virgolette interne vanno raddoppiate")
    if "field limit" in message:
        return Sentence("una cella è troppo lunga: forse mancano le virgolette di chiusura")
    return Sentence("la riga non è CSV valido ({message})", {"message": message})


def has_column(text: str, table: Table, column: str) -> bool:
    """Whether the first line of a text names that column of the table, whatever delimiter it uses."""
    names = _header(text, _delimiter(text, table)) or []
    return any(one.found_in(names) is not None for one in table.columns if one.name == column)


def _delimiter(text: str, table: Table) -> str:
    """The delimiter under which most of the declared columns are found; of equals, the one that cuts more."""

    def columns_found(delimiter: str) -> tuple[int, int]:
        names = _header(text, delimiter)
        if names is None:
            return (-1, 0)
        return sum(column.found_in(names) is not None for column in table.columns), len(names)

    return max(DELIMITERS, key=columns_found)


def _header(text: str, delimiter: str) -> list[str] | None:
    """The normalised names of the first line, None where it cannot be read."""
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return None
    return [normalised(name) for name in header]


def _places(headers: list[str], file: str, table: Table) -> dict[str, int]:
    """Where each column stands; raises BrokenTable for missing, repeated and unknown columns."""
    problems = Problems()
    places: dict[str, int] = {}
    for column in table.columns:
        place = column.found_in(headers)
        if place is not None:
            places[column.name] = place
        elif not column.optional:
            problems.add(file, 1, column.name, Sentence("la colonna manca: aggiungerla all'intestazione"))
    for place, header in enumerate(headers):
        used = place in places.values() or not table.other_columns
        if header and used and headers.count(header) > 1 and place != headers.index(header):
            problems.add(file, 1, shown(header), Sentence("la colonna è ripetuta: tenerne una"))
        elif not table.other_columns and place not in places.values():
            problems.add(file, 1, shown(header), _unknown_column(table))
    problems.refuse_any()
    return places


def _unknown_column(table: Table) -> Sentence:
    names = ", ".join(column.name for column in table.columns)
    return Sentence("la colonna è sconosciuta: toglierla, o correggere il nome ({names})", {"names": names})


def _too_large(file: str) -> BrokenTable:
    return _broken(
        file,
        Sentence("il file supera {limit} MB: dividerlo in più file", {"limit": LARGEST_FILE // 1_000_000}),
    )


def _broken(file: str, what: Sentence) -> BrokenTable:
    return BrokenTable([Problem(file, 0, "", what)])
