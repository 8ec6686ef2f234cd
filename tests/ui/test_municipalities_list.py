"""The list of municipalities: a search that forgives, filters in the address, orders, pages, a sheet."""

from __future__ import annotations

import csv
from urllib.parse import quote

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo_ui.paging import PER_PAGE


def names(page: Page) -> list[str]:
    return [cell.words for cell in page.all("th", scope="row")]


async def test_it_counts_all_of_them_and_shows_a_page(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/comuni")).text)
    assert page.by_id("results-count").words == "1.501 comuni · dal 1 al 25"
    assert len(names(page)) == PER_PAGE
    assert names(page)[0] == "Abbadia Cerreto"
    assert len(current.municipalities) == 1501


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cantu", "Cantù"),
        ("CANTU'", "Cantù"),
        ("temu", "Temù"),
        ("lecoo", "Lecco"),
        ("Bergmo", "Bergamo"),
        ("097042", "Lecco"),
        ("E507", "Lecco"),
        ("bardello", "Bardello con Malgesso e Bregano"),
        ("uggiate trevano", "Uggiate con Ronago"),
    ],
)
async def test_a_search_forgives(client: AsyncClient, typed: str, found: str) -> None:
    page = Page((await client.get(f"/comuni?testo={quote(typed)}")).text)
    assert names(page)[0] == found


async def test_the_closest_name_comes_first_unless_an_order_is_asked(client: AsyncClient) -> None:
    closest = names(Page((await client.get("/comuni?testo=pavia")).text))
    assert closest.index("Pavia") < closest.index("Certosa di Pavia")
    by_people = names(Page((await client.get("/comuni?testo=san&ordine=abitanti")).text))
    assert by_people[0] == "Sesto San Giovanni"


async def test_filters_narrow_together(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/comuni?provincia=097&abitanti=fino-a-1000&ordine=abitanti")).text)
    expected = [
        town.name
        for town in sorted(current.municipalities.values(), key=lambda town: -town.population)
        if town.province == "097" and town.population <= 1000
    ]
    assert names(page) == expected[:PER_PAGE]


async def test_a_mountain_community_keeps_its_members(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/comuni?comunita=scalve")).text)
    members = {
        current.municipalities[code].name for code in current.mountain_communities["scalve"].municipalities
    }
    assert set(names(page)) == members


@pytest.mark.parametrize("order", ["abitanti", "anziani", "superficie", "bisogni"])
async def test_a_heading_sorts_by_link_and_keeps_the_filters(client: AsyncClient, order: str) -> None:
    page = Page((await client.get("/comuni?provincia=097&pagina=2")).text)
    links = [address for address in page.links.values() if "ordine=" in address and address.endswith(order)]
    assert links == [f"/comuni?provincia=097&ordine={order}"]
    sorted_page = Page((await client.get(links[0])).text)
    assert [
        cell.attributes["aria-sort"] for cell in sorted_page.all("th") if "aria-sort" in cell.attributes
    ] == ["descending"]


async def test_whoever_has_most_needs_comes_first(client: AsyncClient) -> None:
    for _ in range(3):
        await needs.publish(PASTURO_OFFICER, NEED)
    assert names(Page((await client.get("/comuni?ordine=bisogni")).text))[0] == "Pasturo"


@pytest.mark.parametrize("query", ["provincia=999", "comunita=nulla", "abitanti=tanti", "ordine=reddito"])
async def test_an_unknown_filter_is_refused_and_said(client: AsyncClient, query: str) -> None:
    answer = await client.get(f"/comuni?{query}")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert len(page.by_id("results-count").words) > 10
    assert names(page) == []


async def test_nothing_found_says_what_to_do_next(client: AsyncClient) -> None:
    page = Page((await client.get("/comuni?testo=xyzzyxyzzy")).text)
    assert page.by_id("results-count").words == "Nessun comune con questi filtri"
    assert page.links["Tutti i comuni"] == "/comuni"


async def test_the_sheet_holds_the_whole_filtered_list(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/comuni?provincia=097&ordine=abitanti")).text)
    answer = await client.get(page.links["Scarica in CSV"])
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:3] == ["codice ISTAT", "codice catastale", "comune"]
    assert rows[1][:3] == ["097042", "E507", "Lecco"]
    assert len(rows) - 1 == len(current.provinces["097"].municipalities)


async def test_the_sheet_refuses_what_the_list_refuses(client: AsyncClient) -> None:
    assert (await client.get("/comuni.csv?provincia=999")).status_code == 422


async def test_only_the_results_come_back_to_htmx(client: AsyncClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#results"}
    text = (await client.get("/comuni?testo=lecco", headers=headers)).text
    assert text.lstrip().startswith('<section id="results"')
    assert "</html>" not in text
