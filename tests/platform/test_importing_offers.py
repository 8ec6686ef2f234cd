"""Offers from a file: checked like the form, and left alone where a laboratory has them already."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import Desk
from raccordo import models
from raccordo.settings import Settings

OFFERS = (
    "laboratory,kind,title,text,themes,level,duration_months,language,town_provides\n"
    "lia,THESIS,Una tesi su un ponte,Si cerca un ponte da rilevare.,strade-ponti,MASTER,6,IT_EN,I disegni.\n"
)


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_an_offer_is_checked_like_a_form_and_what_people_made_of_it_stays(desk: Desk) -> None:
    wrong = OFFERS.replace("6,IT_EN", "99,IT_EN").replace("Si cerca un ponte", "Scrivere a a@b.it")
    problems = await desk.refused("offers", wrong)
    assert any("colonna duration_months" in one for one in problems)
    assert any("colonna text" in one and "recapito" in one for one in problems)
    assert "laboratorio" in (await desk.refused("offers", OFFERS.replace("\nlia", "\nnessuno")))[0]
    await desk.bring("offers", OFFERS)
    await models.Offer.all().update(text="Come l’ha riscritta il laboratorio.")
    assert not await desk.bring("offers", OFFERS)
    assert (await models.Offer.get()).text == "Come l’ha riscritta il laboratorio."
