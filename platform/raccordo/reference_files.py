"""The files in `reference/`: found, read, and checked one against the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.problems import Problems
from raccordo.reference_tables import TABLES
from raccordo.tables import Row, Table, parse_table, read_bytes

SHAPE = b"1"  # change it when the same files have to be loaded differently
OWNERS = {
    BodyKind.MUNICIPALITY: "municipalities",
    BodyKind.PROVINCE: "provinces",
    BodyKind.MOUNTAIN_COMMUNITY: "mountain_communities",
}

Contents = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Reference:
    """Every row of every shipped table, checked."""

    rows: Mapping[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]


def shipped() -> Path:
    """The folder of the data that ships with Raccordo."""
    return Path(str(files("raccordo").joinpath("reference")))


def read_contents(folder: Path) -> Contents:
    """The bytes of every file; raises BrokenTable when one is missing."""
    return {name: read_bytes(folder / f"{name}.csv") for name in TABLES}


def digest(contents: Contents) -> str:
    """A fingerprint of all the files and of how they are loaded."""
    found = hashlib.sha256(SHAPE)
    for name, content in contents.items():
        found.update(f"\n{name} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def parse(contents: Contents) -> Reference:
    """Every table, read and cross-checked; raises BrokenTable."""
    rows = {name: parse_table(content, f"{name}.csv", TABLES[name]) for name, content in contents.items()}
    keys = {name: {row[TABLES[name].key[0]] for row in rows[name]} for name in rows}
    problems = Problems()
    for name, table in TABLES.items():
        check_pointers(f"{name}.csv", table, rows[name], keys, problems)
    _check_population(rows["municipalities"], problems)
    _check_cadastral_codes(rows["municipalities"], problems)
    _check_borders(rows["borders"], problems)
    _check_successions(rows["successions"], keys["municipalities"], problems)
    _check_owners(rows["needs"], keys, problems)
    problems.refuse_any()
    return Reference(rows)


def check_pointers(
    file: str, table: Table, rows: list[Row], keys: Mapping[str, set[Any]], problems: Problems
) -> None:
    """Every value of a column that points to another table must be a key there."""
    for column in table.columns:
        if not column.points_to:
            continue
        for row in rows:
            for value in _values(row.values.get(column.name)):
                if value not in keys[column.points_to]:
                    problems.add(file, row.line, column.name, unknown(value, column.points_to))


def _values(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield value


def unknown(value: object, table: str) -> Sentence:
    """A key that its table does not have."""
    return Sentence(
        "'{value}' non c'è nella tabella {table}: correggerlo, o aggiungere prima la riga che manca",
        {"value": value, "table": table},
    )


def _check_population(rows: list[Row], problems: Problems) -> None:
    for row in rows:
        if row["population_over_65"] > row["population"]:
            problems.add("municipalities.csv", row.line, "population_over_65", TOO_MANY_ELDERS)


def _check_cadastral_codes(rows: list[Row], problems: Problems) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(row["cadastral_code"], row.line)
        if first != row.line:
            problems.add(
                "municipalities.csv", row.line, "cadastral_code", repeated(row["cadastral_code"], first)
            )


TOO_MANY_ELDERS = Sentence("supera la popolazione totale: controllare le due cifre")


def repeated(value: object, first: int) -> Sentence:
    """A value that another line has already."""
    return Sentence(
        "'{value}' c'è già alla riga {first}: due comuni non possono averlo", {"value": value, "first": first}
    )


def _check_borders(rows: list[Row], problems: Problems) -> None:
    for row in rows:
        if row["first"] >= row["second"]:
            problems.add(
                "borders.csv",
                row.line,
                "second",
                Sentence("il primo codice deve essere il minore: scambiarli"),
            )


def _check_successions(rows: list[Row], municipalities: set[str], problems: Problems) -> None:
    for row in rows:
        old, new = row["predecessor_istat"], row["successor_istat"]
        if old != new and old in municipalities:
            sentence = Sentence(
                "'{code}' è ancora in municipalities.csv: togliere quella riga, o questa", {"code": old}
            )
            problems.add("successions.csv", row.line, "predecessor_istat", sentence)


def _check_owners(rows: list[Row], keys: Mapping[str, set[Any]], problems: Problems) -> None:
    for row in rows:
        table = OWNERS.get(row["owner_kind"])
        if table is None:
            sentence = Sentence("un esempio non può appartenere a un'unione: scegliere un altro ente")
            problems.add("needs.csv", row.line, "owner_kind", sentence)
        elif row["owner_code"] not in keys[table]:
            problems.add("needs.csv", row.line, "owner_code", unknown(row["owner_code"], table))
