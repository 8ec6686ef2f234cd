"""Importing joint managements that exist: all of a file or nothing, and the register says what it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import Desk
from dump import dump
from raccordo import associated_managements, catalogue
from raccordo.catalogue import Catalogue
from raccordo.models import AssociationForm

FILE = (
    "code,name,form,functions,members,lead,valid_from,valid_to,source,evidence\n"
    "pl-valle,Polizia locale della valle,CONVENTION,i|e,097065|097004,097065,2019-01-01,,Elenco regionale,recalled\n"
)


@pytest.fixture
def desk(tmp_path: Path, current: Catalogue) -> Desk:
    return Desk(tmp_path)


async def test_what_is_imported_is_in_the_register(desk: Desk) -> None:
    outcome = await desk.bring("associations", FILE)
    assert outcome.added == ["pl-valle"]
    await catalogue.catch_up()
    found = await associated_managements.find("pl-valle")
    assert (found.form, found.functions, found.members, found.lead) == (
        AssociationForm.CONVENTION, ("e", "i"), ("097004", "097065"), "097065",
    )  # fmt: skip
    assert found.to_be_confirmed


async def test_importing_it_twice_changes_nothing(desk: Desk) -> None:
    await desk.bring("associations", FILE)
    assert not await desk.bring("associations", FILE)


async def test_members_become_those_of_the_file(desk: Desk) -> None:
    await desk.bring("associations", FILE)
    outcome = await desk.bring("associations", FILE.replace("097065|097004", "097065|097042"))
    assert outcome.changed == {"pl-valle": ["members"]}


async def test_a_column_that_is_missing_changes_nothing(desk: Desk) -> None:
    await desk.bring("associations", FILE)
    poor = "code,name,form,members,source\npl-valle,Polizia locale della valle,CONVENTION,097065|097004,Elenco regionale\n"
    assert not await desk.bring("associations", poor)


async def test_a_rehearsal_writes_nothing(desk: Desk) -> None:
    before = await dump()
    assert await desk.bring("associations", FILE, dry_run=True)
    assert await dump() == before


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("pl-valle", "proposta-7", "sono delle proposte avviate qui"),
        ("097065|097004", "097065", "almeno due comuni"),
        ("097065|097004", "097065|999999", "non è un comune della Lombardia"),
        ("097065|097004", "018082|097065", "lo continua Montalto Pavese"),
        ("i|e", "z", "z"),
        ("097065,2019", "097042,2019", "il capofila è uno dei comuni"),
        ("2019-01-01,,", "2019-01-01,2018-01-01,", "la fine viene prima dell'inizio"),
        ("CONVENTION", "CLUB", "CLUB"),
        ("2019-01-01", "ieri", "non è una data"),
    ],
)
async def test_what_is_wrong_is_said_with_its_line(desk: Desk, right: str, wrong: str, said: str) -> None:
    [problem, *_] = await desk.refused("associations", FILE.replace(right, wrong, 1))
    assert "associations.csv" in problem
    assert said in problem
