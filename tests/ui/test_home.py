"""The first page starts from the need."""

from __future__ import annotations

from httpx2 import AsyncClient

from page import Page


async def test_it_asks_what_the_municipality_needs(client: AsyncClient) -> None:
    page = Page((await client.get("/")).text)
    assert page.headings[0] == "Di che cosa ha bisogno il tuo comune?"
    assert page.all("form")[0].attributes == {"method": "post", "action": "/bisogni/nuovo"}


async def test_what_is_written_there_is_found_again_on_the_next_page(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", data={"description": "Il ponte è vecchio."})
    assert Page(answer.text).form()["description"] == "Il ponte è vecchio."


async def test_it_says_four_numbers_as_italians_write_them(client: AsyncClient) -> None:
    figures = [figure.words for figure in Page((await client.get("/")).text).all("div", class_="figure")]
    assert figures[0] == "comuni lombardi 1.501"
    assert len(figures) == 4
    english = Page((await client.get("/en/")).text).all("div", class_="figure")
    assert english[0].words == "municipalities of Lombardy 1,501"


async def test_examples_are_called_examples(client: AsyncClient) -> None:
    page = Page((await client.get("/")).text)
    assert "88 sono esempi, non richieste dei Comuni" in page.words


async def test_it_leads_to_its_own_query(client: AsyncClient) -> None:
    assert Page((await client.get("/")).text).links["Interroga questi dati"].startswith("/interroga?query=")


async def test_it_answers_to_reading_only(client: AsyncClient) -> None:
    assert (await client.post("/")).status_code == 405
