"""A text for an office or a supplier: no weak names, but who does it and from which words that is read."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.need_input import NeedInput

BILL = NeedInput(
    title="Rimborso della mensa", description="Dove trovo il modulo per il rimborso della mensa scolastica?"
)
FORM = {"title": BILL.title, "description": BILL.description}
ANSWERS = {
    "": ("Nessun laboratorio", "Di chi è", "«modulo»"),
    "/en": ("No laboratory", "Whose it is", "“modulo”"),
}


@pytest.mark.parametrize("prefix", ANSWERS)
async def test_the_preview_says_no_and_why(client: AsyncClient, prefix: str) -> None:
    page = Page((await client.post(f"{prefix}/bisogni/nuovo", data=FORM)).text)
    assert page.by_id("matches-count").words == f"{ANSWERS[prefix][0]}."
    assert [said for said in ANSWERS[prefix] if said not in page.words] == []
    assert not page.all("li", class_="match")


@pytest.mark.parametrize("prefix", ANSWERS)
async def test_the_functions_of_the_no_are_pages(client: AsyncClient, prefix: str) -> None:
    page = Page((await client.post(f"{prefix}/bisogni/nuovo", data=FORM)).text)
    offices = [href for href in page.links.values() if href.startswith(f"{prefix}/funzioni/")]
    assert offices
    assert (await client.get(offices[0])).status_code == 200


@pytest.mark.parametrize("prefix", ANSWERS)
async def test_a_published_need_says_it_and_keeps_its_laboratories(client: AsyncClient, prefix: str) -> None:
    need = await needs.publish(PASTURO_OFFICER, BILL)
    page = Page((await client.get(f"{prefix}/bisogni/{need.number}")).text)
    assert [said for said in ANSWERS[prefix] if said not in page.words] == []
    assert page.all("li", class_="match")


async def test_a_need_for_a_laboratory_says_nothing_of_it(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert "Nessun laboratorio" not in Page((await client.get(f"/bisogni/{need.number}")).text).words


async def test_choosing_a_theme_answers_the_question(client: AsyncClient) -> None:
    page = Page((await client.post("/bisogni/nuovo", data=FORM | {"themes": "strade-ponti"})).text)
    assert page.by_id("matches-count").words != "Nessun laboratorio."
