"""A file that arrives: its rows, the transaction it is written in, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from raccordo import models
from raccordo.cells import shown
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.problems import Problems
from raccordo.rows import Difference
from raccordo.spoken import Day
from raccordo.tables import Row
from raccordo.territory_rows import IMPORTED


@dataclass(slots=True)
class Outcome:
    """What an import did, row by row: `changed` says which columns, from what to what."""

    added: list[str]
    changed: dict[str, list[str]]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


@dataclass(slots=True)
class Arrival:
    """A file being brought in. Problems are collected here and refused before anything is written."""

    file: str
    rows: list[Row]
    writing: Writing
    problems: Problems = field(default_factory=Problems)

    def problem(self, row: Row, column: str, what: Sentence) -> None:
        self.problems.add(self.file, row.line, column, what)

    def outcome(self, main: Difference, links: Mapping[str, Difference] | None = None) -> Outcome:
        """The rows of `main`, with the lists of `links` (column -> difference) that changed too."""
        changed = {_said(key): _columns(columns) for key, columns in main.changed.items()}
        added = {_said(key) for key in main.added}
        for column, difference in (links or {}).items():
            for owner in sorted(str(one) for one in difference.touched):
                if owner not in added:
                    changed.setdefault(owner, []).append(column)
        unchanged = len(self.rows) - len(added) - len(changed)
        return Outcome([_said(key) for key in main.added], dict(sorted(changed.items())), unchanged)


def _said(key: Iterable[Any]) -> str:
    return " ".join(str(part) for part in key)


def _columns(columns: Mapping[str, tuple[Any, Any]]) -> list[str]:
    return [f"{name}: {_value(before)} → {_value(after)}" for name, (before, after) in columns.items()]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "si" if value else "no"  # as files write it
    return "—" if value is None or value == "" else shown(str(value))


async def check_municipality(
    arrival: Arrival, row: Row, column: str, code: str, known: Collection[str]
) -> bool:
    """Whether the code is a municipality of today; otherwise a problem that names its successor, if any."""
    if code in known:
        return True
    # All of them, a handful: Tortoise refuses to ask for a text longer than the column.
    rows = await models.Succession.all().prefetch_related("successor")
    succession = next((one for one in rows if one.predecessor_istat == code), None)
    if succession is None:
        what = Sentence("'{code}' non è un comune della Lombardia: correggere il codice", {"code": code})
    else:
        what = Sentence(
            "{name} ({code}) non esiste più dal {day}: lo continua {successor} ({new})",
            {
                "name": succession.predecessor,
                "code": code,
                "day": Day(succession.on),
                "successor": succession.successor.name,
                "new": succession.successor.istat_code,
            },
        )
    arrival.problem(row, column, what)
    return False


async def mark_imported(kind: str, codes: Iterable[str]) -> None:
    """Write in the source of municipalities that a file changed them: a load leaves such rows alone."""
    for town in await models.Municipality.filter(istat_code__in=list(codes)).values("istat_code", "source"):
        original = town["source"]
        if original.startswith(IMPORTED):
            original = original.partition("; ")[2]
        source = f"{IMPORTED}{kind} {today():%Y-%m-%d}; {original}"
        await models.Municipality.filter(istat_code=town["istat_code"]).update(source=source)


async def keys_of() -> dict[str, set[Any]]:
    """The keys of every table of the database that a column may point to, by the table's name."""
    tables: dict[str, tuple[Any, str]] = {
        "functions": (models.FundamentalFunction, "letter"),
        "sectors": (models.StrategicSector, "slug"),
        "departments": (models.Department, "acronym"),
        "campuses": (models.Campus, "code"),
        "themes": (models.Theme, "slug"),
    }
    return {name: set(await model.all().values_list(key, flat=True)) for name, (model, key) in tables.items()}
