"""ISTAT's official list of municipalities: names, cadastral codes, provinces. Only Lombardy is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from raccordo import models
from raccordo.cells import municipality_code, text
from raccordo.importing.arrival import Arrival, Outcome, mark_imported
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.reference_files import repeated, unknown
from raccordo.reference_tables import cadastral_code, nuts3, province_code
from raccordo.rows import Difference, bring
from raccordo.spoken import Day
from raccordo.tables import Column, Row, Table

LOMBARDY = "3"


def _in_lombardy(raw: Mapping[str, str]) -> bool:
    return raw["region"].lstrip("0") == LOMBARDY


TABLE = Table(
    columns=(
        Column("region", text(10), prefixes=("codice regione",)),
        Column(
            "istat_code",
            municipality_code,
            prefixes=("codice comune formato alfanumerico", "codice istat del comune"),
        ),
        Column("name", text(80), prefixes=("denominazione in italiano",)),
        Column("province", province_code, prefixes=("codice provincia",)),
        Column("cadastral_code", cadastral_code, prefixes=("codice catastale",)),
        Column("nuts3", nuts3, prefixes=("codice nuts3",)),
    ),
    key=("istat_code",),
    other_columns=True,
    only=_in_lombardy,
)


async def bring_in(arrival: Arrival) -> Outcome:
    """Correct names, cadastral codes and provinces; the same municipalities must be in both."""
    await _check_same_municipalities(arrival)
    await _check_provinces(arrival)
    _check_cadastral_codes(arrival)
    arrival.problems.refuse_any()
    towns = await bring(
        models.Municipality,
        ["istat_code"],
        [
            {
                "istat_code": row["istat_code"],
                "name": row["name"],
                "cadastral_code": row["cadastral_code"],
                "province_id": row["province"],
            }
            for row in arrival.rows
        ],
        unique="cadastral_code",
    )
    await bring(
        models.TerritorialBody,
        ["kind", "code"],
        [
            {"kind": BodyKind.MUNICIPALITY, "code": row["istat_code"], "name": row["name"]}
            for row in arrival.rows
        ],
    )
    await mark_imported("istat", [key[0] for key in towns.changed])
    return _with_provinces(arrival.outcome(towns), await _provinces(arrival.rows))


async def _check_same_municipalities(arrival: Arrival) -> None:
    known = {
        row["istat_code"]: row["name"] for row in await models.Municipality.all().values("istat_code", "name")
    }
    ended = {row["predecessor_istat"]: row for row in await models.Succession.all().values()}
    for row in arrival.rows:
        if row["istat_code"] not in known:
            arrival.problem(row, "istat_code", _unknown_code(row, ended.get(row["istat_code"])))
    listed = {row["istat_code"] for row in arrival.rows}
    for code in sorted(known.keys() - listed):
        sentence = Sentence(
            "manca {name} ({code}), che il registro ha: se è confluito in un altro comune, aggiungere la "
            "successione a reference/successions.csv ed eseguire `raccordo load`",
            {"name": known[code], "code": code},
        )
        arrival.problems.add(arrival.file, 0, "", sentence)


def _unknown_code(row: Row, succession: Mapping[str, Any] | None) -> Sentence:
    values = {"name": row["name"], "code": row["istat_code"]}
    if succession:
        return Sentence(
            "{name} ({code}) non esiste più dal {day}: questo elenco è più vecchio del registro, "
            "serve il più recente",
            {**values, "day": Day(succession["on"])},
        )
    return Sentence(
        "{name} ({code}) non è nel registro: aggiungere il comune a reference/municipalities.csv e la "
        "successione a reference/successions.csv, poi eseguire `raccordo load`",
        values,
    )


async def _check_provinces(arrival: Arrival) -> None:
    known = set(await models.Province.all().values_list("istat_code", flat=True))
    seen: dict[str, str] = {}
    for row in arrival.rows:
        province = row["province"]
        if province not in known:
            arrival.problem(row, "province", unknown(province, "provinces"))
        elif not row["istat_code"].startswith(province):
            sentence = Sentence(
                "il codice del comune {code} non comincia con la provincia {province}: una delle due è sbagliata",
                {"code": row["istat_code"], "province": province},
            )
            arrival.problem(row, "province", sentence)
        elif seen.setdefault(province, row["nuts3"]) != row["nuts3"]:
            sentence = Sentence(
                "'{nuts3}' non è il codice NUTS3 delle altre righe della provincia {province}: correggerlo",
                {"nuts3": row["nuts3"], "province": province},
            )
            arrival.problem(row, "nuts3", sentence)


def _check_cadastral_codes(arrival: Arrival) -> None:
    lines: dict[str, int] = {}
    for row in arrival.rows:
        first = lines.setdefault(row["cadastral_code"], row.line)
        if first != row.line:
            arrival.problem(row, "cadastral_code", repeated(row["cadastral_code"], first))


async def _provinces(rows: list[Row]) -> Difference:
    wanted = {row["province"]: row["nuts3"] for row in rows}
    return await bring(
        models.Province,
        ["istat_code"],
        [{"istat_code": province, "nuts3": code} for province, code in wanted.items()],
    )


def _with_provinces(outcome: Outcome, provinces: Difference) -> Outcome:
    for (code,), columns in provinces.changed.items():
        before, after = columns["nuts3"]
        outcome.changed[code] = [f"nuts3: {before} → {after}"]
    return outcome
