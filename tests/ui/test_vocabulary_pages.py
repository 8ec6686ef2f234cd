"""Themes, functions, sectors, departments and schools: each page says its words and whom they tie together."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue

LISTS = {
    "/temi": "themes",
    "/funzioni": "functions",
    "/settori": "sectors",
    "/dipartimenti": "departments",
    "/scuole": "schools",
}


@pytest.mark.parametrize(("path", "shelf"), LISTS.items())
async def test_a_list_leads_to_every_one_of_its_pages(
    client: AsyncClient, current: Catalogue, path: str, shelf: str
) -> None:
    page = Page((await client.get(path)).text)
    keys = list(getattr(current, shelf))
    assert {f"{path}/{key}" for key in keys} <= set(page.links.values())
    for key in keys:
        for start in ("", "/en"):
            answer = await client.get(f"{start}{path}/{key}")
            assert (answer.status_code, len(answer.content) < 50_000) == (200, True), f"{start}{path}/{key}"


@pytest.mark.parametrize(("path", "shelf"), LISTS.items())
async def test_a_sheet_has_a_line_for_each(
    client: AsyncClient, current: Catalogue, path: str, shelf: str
) -> None:
    page = Page((await client.get(path)).text)
    text = (await client.get(page.links["Scarica in CSV"])).content.decode("utf-8-sig")
    assert text.count("\r\n") == len(getattr(current, shelf)) + 1


@pytest.mark.parametrize("path", LISTS)
async def test_an_unknown_one_is_said(client: AsyncClient, path: str) -> None:
    answer = await client.get(f"{path}/nulla")
    assert answer.status_code == 404
    assert "«nulla»" in Page(answer.text).words


async def test_a_theme_joins_who_needs_it_and_who_works_on_it(
    client: AsyncClient, current: Catalogue
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert "strade-ponti" in need.themes
    page = Page((await client.get("/temi/strade-ponti")).text)
    assert page.links[NEED.title] == f"/bisogni/{need.number}"
    works = {one.name for one in current.laboratories.values() if "strade-ponti" in one.themes}
    assert works <= set(page.links)


async def test_a_theme_says_that_its_ties_are_a_proposal(client: AsyncClient) -> None:
    page = Page((await client.get("/temi/servizio-idrico")).text)
    assert "sono una proposta di Raccordo, non un elenco ufficiale" in page.words


async def test_a_function_quotes_the_law_and_its_place(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/funzioni/l-bis")).text)
    assert f"«{current.functions['l-bis'].text_it}»" in page.words
    assert "D.L. 31 maggio 2010, n. 78, art. 14, comma 27, lettera l-bis)" in page.words
    english = Page((await client.get("/en/funzioni/l-bis")).text)
    assert "our translation" in english.words


async def test_no_page_of_a_function_speaks_of_a_duty(client: AsyncClient, current: Catalogue) -> None:
    for letter in current.functions:
        words = Page((await client.get(f"/funzioni/{letter}")).text).words.casefold()
        assert "obbligator" not in words.replace("non obbligatorio", ""), letter


async def test_a_department_lists_its_laboratories_and_themes(
    client: AsyncClient, current: Catalogue
) -> None:
    page = Page((await client.get("/dipartimenti/DICA")).text)
    own = [current.laboratories[slug].name for slug in current.departments["DICA"].laboratories]
    assert set(own) <= set(page.links)
    assert current.departments["DICA"].website in page.links.values()
    assert "/temi/strade-ponti" in page.links.values()


async def test_a_recalled_school_says_so(client: AsyncClient, current: Catalogue) -> None:
    for acronym, school in current.schools.items():
        words = Page((await client.get(f"/scuole/{acronym}")).text).words
        assert ("da confermare" in words) == (school.evidence == "recalled"), acronym
