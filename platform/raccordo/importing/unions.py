"""Unions of municipalities with their members, as an operator knows them."""

from __future__ import annotations

from raccordo import models
from raccordo.cells import code, listed, municipality_code, text
from raccordo.importing.arrival import Arrival, Outcome, check_municipality
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.rows import Difference, Values, bring
from raccordo.tables import Column, Row, Table
from raccordo.territory_rows import body_ids
from raccordo.typed_towns import FEWEST

TABLE = Table(
    columns=(
        Column("code", code(r"[A-Za-z0-9][A-Za-z0-9._-]*", "unione-valle-alta")),
        Column("name", text(160)),
        Column("members", listed(municipality_code)),
        Column("source", text(), empty="", optional=True),
    ),
    key=("code",),
)


async def bring_in(arrival: Arrival) -> Outcome:
    """Add or change unions; the members become exactly those of the file."""
    await _check_members(arrival)
    arrival.problems.refuse_any()
    kind = BodyKind.UNION_OF_MUNICIPALITIES
    await bring(
        models.TerritorialBody,
        ["kind", "code"],
        [{"kind": kind, "code": row["code"], "name": row["name"]} for row in arrival.rows],
    )
    ids = await body_ids()
    unions = await bring(
        models.UnionOfMunicipalities,
        ["code"],
        [
            {
                **{name: value for name, value in row.values.items() if name != "members"},
                "body_id": ids[kind, row["code"]],
            }
            for row in arrival.rows
        ],
    )
    return arrival.outcome(unions, {"members": await _members(arrival.rows)})


async def _members(rows: list[Row]) -> Difference:
    codes = {row["code"] for row in rows}
    wanted: list[Values] = [
        {"union_id": row["code"], "municipality_id": member} for row in rows for member in row["members"]
    ]
    return await bring(
        models.UnionMember,
        ["union_id", "municipality_id"],
        wanted,
        removes=lambda row: row["union_id"] in codes,
    )


async def _check_members(arrival: Arrival) -> None:
    known = {row["istat_code"] for row in await models.Municipality.all().values("istat_code")}
    mine = {row["code"] for row in arrival.rows}
    union_of: dict[str, str] = {
        member["municipality_id"]: member["union_id"]
        for member in await models.UnionMember.all().values("municipality_id", "union_id")
        if member["union_id"] not in mine
    }
    for row in arrival.rows:
        if len(row["members"]) < FEWEST:
            arrival.problem(row, "members", Sentence("un'unione ha almeno due comuni: separarli con |"))
        for member in row["members"]:
            # D.lgs. 267/2000 art. 32 c. 2: a municipality belongs to one union only.
            if not await check_municipality(arrival, row, "members", member, known):
                continue
            other = union_of.setdefault(member, row["code"])
            if other != row["code"]:
                sentence = Sentence(
                    "{member} fa già parte di '{other}': un comune sta in una sola unione",
                    {"member": member, "other": other},
                )
                arrival.problem(row, "members", sentence)
