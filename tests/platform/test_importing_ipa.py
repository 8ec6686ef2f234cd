"""The index of public administrations: municipalities of Lombardy get their code and certified mailbox, or nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import BALLABIO, LECCO, PASTURO
from desk import Desk
from raccordo.models import Municipality
from raccordo.settings import Settings

HEADER = (
    "Codice_IPA{0}Denominazione_ente{0}Codice_Categoria{0}Ente_in_liquidazione{0}Cognome_responsabile{0}"
    "Codice_comune_ISTAT{0}Mail1{0}Tipo_Mail1{0}Mail2{0}Tipo_Mail2"
)


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:  # the open database
    return Desk(tmp_path)


def sheet(*rows: str, separator: str = ";") -> str:
    """The index with these rows, whose cells are separated by blanks; _ is an empty one."""
    lines = [row.replace("_ ", " ").replace(" ", separator).replace("~", " ") for row in rows]
    return "\n".join([HEADER.format(separator), *lines])


OF_PASTURO = (
    f"c_g368 Comune~di~Pasturo L6 N Rossi {PASTURO} ANNA.ROSSI@comune.it altro Protocollo@PEC.Pasturo.it pec"
)


async def mailbox(code: str) -> tuple[str, str | None]:
    town = await Municipality.get(istat_code=code)
    return town.mailbox, town.ipa_code


@pytest.mark.parametrize("separator", [";", "\t", ","])
async def test_the_certified_mailbox_is_taken_and_never_a_persons(desk: Desk, separator: str) -> None:
    await desk.bring("ipa", sheet(OF_PASTURO, separator=separator))
    assert await mailbox(PASTURO) == ("protocollo@pec.pasturo.it", "c_g368")


async def test_a_second_time_nothing_changes(desk: Desk) -> None:
    await desk.bring("ipa", sheet(OF_PASTURO))
    assert not await desk.bring("ipa", sheet(OF_PASTURO))


async def test_a_rehearsal_keeps_nothing(desk: Desk) -> None:
    outcome = await desk.bring("ipa", sheet(OF_PASTURO), dry_run=True)
    assert list(outcome.changed) == [PASTURO]
    assert await mailbox(PASTURO) == ("", None)


@pytest.mark.parametrize(
    "left_out",
    [
        f"istsc_x Istituto~comprensivo~di~Lecco L33 N X {LECCO} scuola@pec.it pec null null",
        "c_l219 Comune~di~Torino L6 N X 001272 to@pec.it pec null null",
        f"c_x999 Comune~di~Ballabio L6 S X {BALLABIO} vecchio@pec.it pec null null",
        f"cons_1 Consorzio~fra~comuni L6 N X {BALLABIO} consorzio@pec.it pec null null",
    ],
    ids=["a school", "another region", "in liquidation", "a consortium"],
)
async def test_what_is_no_municipality_of_lombardy_is_left_out(desk: Desk, left_out: str) -> None:
    outcome = await desk.bring("ipa", sheet(left_out, OF_PASTURO))
    assert list(outcome.changed) == [PASTURO]


async def test_without_a_certified_mailbox_there_is_none(desk: Desk) -> None:
    await Municipality.filter(istat_code=PASTURO).update(mailbox="vecchia@pec.it")
    await desk.bring(
        "ipa", sheet(f"c_g368 Comune~di~Pasturo L6 N X {PASTURO} info@comune.it altro null null")
    )
    assert (await mailbox(PASTURO))[0] == ""


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "c_l470 Comune~di~Uggiate L6 N X 013228 a@pec.it pec null null",
            "lo continua Uggiate con Ronago (013256)",
        ),
        (
            "c_a005 Comune~di~Nulla L6 N X 097999 a@pec.it pec null null",
            "'097999' non è un comune della Lombardia",
        ),
        (
            f"c_a745 Comune~di~Ballabio L6 N X {BALLABIO} chiocciola pec null null",
            "non è un indirizzo di posta",
        ),
        (f"c_g368 Comune~di~Pasturo L6 N X {PASTURO} b@pec.it pec null null", "c'è già alla riga 2"),
        (
            f"c_g368 Comune~di~Ballabio L6 N X {BALLABIO} b@pec.it pec null null",
            "'c_g368' c'è già alla riga 2",
        ),
        ("c_a745 Comune~di~Ballabio L6 N X 97004 b@pec.it pec null null", "mancano gli zeri iniziali"),
    ],
)
async def test_a_wrong_row_is_named_and_nothing_changes(desk: Desk, row: str, problem: str) -> None:
    said = " ".join(await desk.refused("ipa", sheet(OF_PASTURO, row)))
    assert problem in said


async def test_a_missing_column_is_named(desk: Desk) -> None:
    said = await desk.refused("ipa", sheet(OF_PASTURO).replace("Codice_comune_ISTAT", "Codice"))
    assert said == ["ipa.csv, riga 1, colonna istat_code: la colonna manca: aggiungerla all'intestazione"]
