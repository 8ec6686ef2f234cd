"""ISTAT's official list: found in every edition, corrected from, and refused when it does not fit."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from dump import dump
from raccordo import loading, models
from raccordo.database import STATE
from raccordo.models import BodyKind
from raccordo.settings import Settings

AGRA, ALBIZZATE, BARDELLO = "012001", "012002", "012009"
HEADERS = {
    # The order of ISTAT's columns in three editions; the cadastral code is found wherever it stands.
    2020: ["region", "unit", "province", "istat_code", "both_names", "name", "plate", "cadastral", "nuts_2010", "nuts_2021"],
    2024: ["region", "unit", "province", "istat_code", "both_names", "name", "cadastral", "plate", "nuts_2021", "nuts_2024"],
    2026: ["region", "unit", "province", "cadastral", "istat_code", "both_names", "name", "plate", "nuts_2024"],
}  # fmt: skip
TITLES = {
    "region": "Codice Regione",
    "unit": "Codice dell'Unità territoriale sovracomunale \n(valida a fini statistici)",
    "province": "Codice Provincia (Storico)(1)",
    "istat_code": "Codice Comune formato alfanumerico",
    "both_names": "Denominazione (Italiana e straniera)",
    "name": "Denominazione in italiano",
    "plate": "Sigla automobilistica",
    "cadastral": "Codice Catastale \ndel comune",
    "nuts_2010": "Codice NUTS3 2010",
    "nuts_2021": "Codice NUTS3 2021",
    "nuts_2024": "Codice NUTS3 2024",
}
TURIN = {"region": "01", "istat_code": "001001", "name": "Agliè"}


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def official_list(edition: int = 2024, changes: Mapping[str, Mapping[str, str]] | None = None) -> bytes:
    """The list as ISTAT would publish it for the registry, with other cells for some codes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES[column] for column in HEADERS[edition])
    lines: list[dict[str, Any]] = [TURIN]
    for town in await models.Municipality.all().order_by("istat_code").prefetch_related("province"):
        nuts = town.province.nuts3
        line = {
            "region": "03", "unit": "999", "province": town.province.istat_code, "istat_code": town.istat_code,
            "name": town.name, "both_names": town.name, "plate": town.province.plate,
            "cadastral": town.cadastral_code, "nuts_2010": "ITD99", "nuts_2021": nuts, "nuts_2024": nuts,
        }  # fmt: skip
        lines.append(line | dict((changes or {}).get(town.istat_code, {})))
    for line in lines:
        if line.get("istat_code"):
            writer.writerow(line.get(column, "") for column in HEADERS[edition])
    return text.getvalue().encode("cp1252")


@pytest.mark.parametrize("edition", HEADERS)
async def test_the_official_list_of_today_changes_nothing_in_any_edition(desk: Desk, edition: int) -> None:
    outcome = await desk.bring("istat", await official_list(edition))
    assert (outcome.added, outcome.changed, outcome.unchanged) == ([], {}, 1501)


async def test_the_official_list_corrects_names_and_cadastral_codes(desk: Desk) -> None:
    corrected = await official_list(
        changes={AGRA: {"name": "Agrà", "cadastral": "A167"}, ALBIZZATE: {"cadastral": "A085"}}
    )
    outcome = await desk.bring("istat", corrected)
    assert outcome.changed == {
        AGRA: ["name: Agra → Agrà", "cadastral_code: A085 → A167"],
        ALBIZZATE: ["cadastral_code: A167 → A085"],
    }
    assert (await models.TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=AGRA)).name == "Agrà"


async def test_what_the_official_list_corrected_survives_the_next_load(desk: Desk) -> None:
    await desk.bring("istat", await official_list(changes={AGRA: {"name": "Agrà"}}))
    before = await dump()
    await models.CatalogueState.filter(id=STATE).update(reference_digest="")
    await loading.load(lambda _: None)
    assert await dump() == before


async def test_the_official_list_corrects_the_code_of_a_province(desk: Desk) -> None:
    towns = await models.Municipality.filter(province_id="098").values("istat_code")
    moved = {town["istat_code"]: {"nuts_2024": "ITC41"} for town in towns}
    outcome = await desk.bring("istat", await official_list(changes=moved))
    assert outcome.changed == {"098": ["nuts3: ITC49 → ITC41"]}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"istat_code": ""}, "manca Agra (012001), che il registro ha: se è confluito in un altro comune"),
        ({"istat_code": "012999"}, "Agra (012999) non è nel registro: aggiungere il comune"),
        ({"istat_code": BARDELLO, "name": "Bardello"}, "questo elenco è più vecchio del registro"),
        ({"province": "013"}, "il codice del comune 012001 non comincia con la provincia 013"),
        ({"cadastral": "A167"}, "'A167' c'è già alla riga"),
        ({"nuts_2024": "ITC42"}, "non è il codice NUTS3 delle altre righe della provincia 012"),
        ({"name": ""}, "colonna name: la cella è vuota"),
    ],
)
async def test_a_list_that_does_not_fit_the_registry_is_refused(
    desk: Desk, cells: dict[str, str], expected: str
) -> None:
    problems = await desk.refused("istat", await official_list(changes={AGRA: cells}))
    assert any(expected in problem for problem in problems)


async def test_a_list_without_its_cadastral_column_is_refused(desk: Desk) -> None:
    content = (await official_list()).replace(b"Codice Catastale", b"Codice Belfiore")
    assert await desk.refused("istat", content) == [
        "istat.csv, riga 1, colonna cadastral_code: la colonna manca: aggiungerla all'intestazione"
    ]
