"""The calculator of shares on a page: what it says, what it refuses, that nothing typed is lost."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from associating import proposed
from cast import PASTURO_OFFICER
from page import Page
from raccordo.catalogue import Catalogue
from ui.conftest import ActAs

GROUP = "/gestioni-associate/riparto?comuni=Pasturo, Ballabio"


async def test_shares_sum_to_the_cost_in_the_language_of_the_reader(
    client: AsyncClient, current: Catalogue
) -> None:
    page = Page((await client.get(f"{GROUP}&costo=10.000,01&abitanti=1")).text)
    assert "10.000,01" in page.all("tfoot")[0].words
    english = Page((await client.get(f"/en{GROUP}&costo=10,000.01&abitanti=1")).text)
    assert "10,000.01" in english.all("tfoot")[0].words


async def test_use_counts_as_it_is_typed(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get(f"{GROUP}&costo=1000&uso=1&uso_097065=30&uso_097004=10")).text)
    rows = [row.words for row in page.all("tr")]
    assert any("Pasturo" in row and "750,00" in row for row in rows)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("costo=tanto", "costo"),
        ("costo=", "costo"),
        ("costo=-5", "costo"),
        ("costo=1e9", "costo"),
        ("costo=99999999999", "costo"),
        ("costo=1000&uso=1", "uso"),
        ("costo=1000&uso=1&uso_097065=molto", "uso_097065"),
        ("costo=1000&abitanti=x", "abitanti"),
    ],
)
async def test_what_cannot_be_read_is_said_beside_its_field(
    client: AsyncClient, current: Catalogue, query: str, field: str
) -> None:
    answer = await client.get(f"{GROUP}&{query}")
    assert answer.status_code == 422
    assert Page(answer.text).by_id(f"{field}-problem").words


async def test_an_unknown_municipality_is_named(client: AsyncClient, current: Catalogue) -> None:
    answer = await client.get("/gestioni-associate/riparto?comuni=Gotam, Pasturo")
    assert answer.status_code == 422
    assert "«Gotam»" in Page(answer.text).by_id("comuni-problem").words


async def test_a_proposal_has_the_calculator_of_its_own_municipalities(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    await proposed()
    act_as(PASTURO_OFFICER)
    page = Page((await client.get("/gestioni-associate/proposte/1?costo=90000&abitanti=1&superficie=1")).text)
    assert "90.000,00" in page.all("tfoot")[0].words
