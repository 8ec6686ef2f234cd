"""Joint managements that exist, from the index of administrations, a regional list or whoever knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from raccordo import models
from raccordo.association_progress import MADE_HERE
from raccordo.cells import choice, code, day, listed, municipality_code, text
from raccordo.importing.arrival import Arrival, Outcome, check_municipality, keys_of
from raccordo.language import Sentence
from raccordo.models import AssociationForm, BodyKind
from raccordo.rows import Difference, Values, bring
from raccordo.tables import Column, Row, Table
from raccordo.territory_rows import body_ids
from raccordo.typed_towns import FEWEST

FUNCTION = code(r"l-bis|[a-l]", "l-bis", 8)

TABLE = Table(
    columns=(
        Column("code", code(r"[A-Za-z0-9][A-Za-z0-9._-]*", "pl-valsassina")),
        Column("name", text(200)),
        Column("form", choice(AssociationForm)),
        Column("functions", listed(FUNCTION), empty=(), optional=True),
        Column("members", listed(municipality_code)),
        Column("lead", municipality_code, empty=None, optional=True),
        Column("valid_from", day, empty=None, optional=True),
        Column("valid_to", day, empty=None, optional=True),
        Column("source", text()),
        Column("evidence", text(32), empty="", optional=True),
    ),
    key=("code",),
)
LINKS = {"functions", "members", "lead"}


async def bring_in(arrival: Arrival) -> Outcome:
    """Add or change joint managements; members and functions become exactly those of the file."""
    known = {row["istat_code"] for row in await models.Municipality.all().values("istat_code")}
    functions = (await keys_of())["functions"]
    for row in arrival.rows:
        await _check(arrival, row, known, functions)
    arrival.problems.refuse_any()
    ids = {
        town: number for (kind, town), number in (await body_ids()).items() if kind is BodyKind.MUNICIPALITY
    }
    managements = await bring(
        models.AssociatedManagement, ["code"], [_columns(row, ids) for row in arrival.rows]
    )
    links = {"members": await _members(arrival.rows, ids)}
    if any("functions" in row.values for row in arrival.rows):
        links["functions"] = await _functions(arrival.rows)
    return arrival.outcome(managements, links)


def _columns(row: Row, ids: Mapping[str, int]) -> Values:
    lead = {"lead_id": ids[row["lead"]] if row["lead"] else None} if "lead" in row.values else {}
    return {name: value for name, value in row.values.items() if name not in LINKS} | lead


async def _members(rows: list[Row], ids: Mapping[str, int]) -> Difference:
    codes = {row["code"] for row in rows}
    wanted = [{"management_id": row["code"], "body_id": ids[town]} for row in rows for town in row["members"]]
    return await bring(
        models.ManagementMember,
        ["management_id", "body_id"],
        wanted,
        removes=lambda row: row["management_id"] in codes,
    )


async def _functions(rows: list[Row]) -> Difference:
    codes = {row["code"] for row in rows}
    wanted = [
        {"management_id": row["code"], "function_id": letter} for row in rows for letter in row["functions"]
    ]
    return await bring(
        models.ManagementFunction,
        ["management_id", "function_id"],
        wanted,
        removes=lambda row: row["management_id"] in codes,
    )


async def _check(arrival: Arrival, row: Row, known: set[str], functions: set[Any]) -> None:
    if row["code"].startswith(MADE_HERE):
        sentence = Sentence(
            "i codici che cominciano con '{start}' sono delle proposte avviate qui: sceglierne un altro",
            {"start": MADE_HERE},
        )
        arrival.problem(row, "code", sentence)
    if len(row["members"]) < FEWEST:
        arrival.problem(
            row, "members", Sentence("una gestione associata ha almeno due comuni: separarli con |")
        )
    for member in row["members"]:
        await check_municipality(arrival, row, "members", member, known)
    for letter in row.values.get("functions", ()):
        if letter not in functions:
            arrival.problem(row, "functions", Sentence("'{letter}' non è una funzione", {"letter": letter}))
    lead, start, end = (row.values.get(name) for name in ("lead", "valid_from", "valid_to"))
    if lead and lead not in row["members"]:
        arrival.problem(row, "lead", Sentence("il capofila è uno dei comuni di 'members'"))
    if start and end and end < start:
        arrival.problem(row, "valid_to", Sentence("la fine viene prima dell'inizio: correggere uno dei due"))
