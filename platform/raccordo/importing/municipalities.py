"""What an operator knows about municipalities: membership of ANCI, IPA code, population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from raccordo import models
from raccordo.cells import code, municipality_code, whole, yes_no
from raccordo.importing.arrival import Arrival, Outcome, check_municipality, mark_imported
from raccordo.language import Sentence
from raccordo.reference_files import TOO_MANY_ELDERS, repeated
from raccordo.rows import bring
from raccordo.tables import Column, Row, Table

TABLE = Table(
    columns=(
        Column("istat_code", municipality_code),
        Column("anci_member", yes_no, empty=None, optional=True),
        Column("ipa_code", code(r"[A-Za-z0-9_]+", "c_f205", 16), empty=None, optional=True),
        Column("population", whole(0, 10_000_000), empty=None, optional=True),
        Column("population_over_65", whole(0, 10_000_000), empty=None, optional=True),
    ),
    key=("istat_code",),
)
FIGURES = {"population", "population_over_65"}

Town = Mapping[str, Any]


async def bring_in(arrival: Arrival) -> Outcome:
    """Change what the filled cells say; an empty cell changes nothing."""
    known = {row["istat_code"]: row for row in await models.Municipality.all().values()}
    wanted = []
    for row in arrival.rows:
        values = {name: value for name, value in row.values.items() if value is not None}
        if await check_municipality(arrival, row, "istat_code", row["istat_code"], known):
            _check_figures(arrival, row, {**known[row["istat_code"]], **values})
            wanted.append(values)
    check_ipa_codes(arrival, known)
    arrival.problems.refuse_any()
    towns = await bring(models.Municipality, ["istat_code"], wanted, unique="ipa_code")
    await mark_imported(
        "municipalities", [key[0] for key, columns in towns.changed.items() if FIGURES & columns.keys()]
    )
    return arrival.outcome(towns)


def _check_figures(arrival: Arrival, row: Row, town: Town) -> None:
    if town["population_over_65"] > town["population"]:
        arrival.problem(row, "population_over_65", TOO_MANY_ELDERS)


def check_ipa_codes(arrival: Arrival, known: Mapping[str, Town]) -> None:
    """A code belongs to one municipality, in the file and beyond it."""
    lines: dict[str, int] = {}
    decided = {row["istat_code"] for row in arrival.rows if row.values.get("ipa_code")}
    elsewhere = {town["ipa_code"]: town["name"] for key, town in known.items() if key not in decided}
    for row in arrival.rows:
        ipa_code = row.values.get("ipa_code")
        if not ipa_code:
            continue
        first = lines.setdefault(ipa_code, row.line)
        if first != row.line:
            arrival.problem(row, "ipa_code", repeated(ipa_code, first))
        elif ipa_code in elsewhere:
            sentence = Sentence(
                "'{code}' è già il codice IPA di {name}: correggere uno dei due",
                {"code": ipa_code, "name": elsewhere[ipa_code]},
            )
            arrival.problem(row, "ipa_code", sentence)
