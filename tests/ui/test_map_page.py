"""The map: the region, one province, three figures; nothing on it that the table does not say too."""

from __future__ import annotations

import re

import pytest
from httpx2 import AsyncClient

from cast import LECCO_OFFICER, NEED
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue

MOST = 210_000  # bytes: 1,501 outlines, and a name for each


async def test_it_draws_every_municipality_once(client: AsyncClient, current: Catalogue) -> None:
    answer = await client.get("/mappa")
    titles = re.findall(r"<path d=\"M[^\"]+z\"><title>([^<]+): \d+</title>", answer.text)
    assert len(titles) == len(current.municipalities)


@pytest.mark.parametrize("shown", ["", "popolazione", "anziani"])
async def test_the_whole_region_stays_small_enough(client: AsyncClient, shown: str) -> None:
    assert len((await client.get(f"/mappa?mostra={shown}")).content) < MOST


@pytest.mark.parametrize("shown", ["", "popolazione", "anziani"])
async def test_the_legend_has_at_most_five_classes_and_counts_everybody(
    client: AsyncClient, current: Catalogue, shown: str
) -> None:
    text = (await client.get(f"/mappa?mostra={shown}")).text
    legend = text[text.index('class="legend"') : text.index("</table>", text.index('class="legend"'))]
    counts = [int(count.replace(".", "")) for count in re.findall(r'class="number">([\d.]+)<', legend)]
    assert len(counts) <= 5
    assert sum(counts) == len(current.municipalities)


async def test_the_keyboard_stops_at_provinces_and_not_at_municipalities(client: AsyncClient) -> None:
    page = Page((await client.get("/mappa")).text)
    inside = [link for link in page.all("a") if "provincia=" in link.attributes["href"]]
    assert len(inside) == 12
    assert all(link.attributes["aria-label"] for link in inside)
    assert "tabindex" not in inside[0].attributes


async def test_a_province_is_drawn_alone_with_a_link_for_each_municipality(
    client: AsyncClient, current: Catalogue
) -> None:
    page = Page((await client.get("/mappa?provincia=097")).text)
    assert page.headings[0] == "Provincia di Lecco"
    drawn = [link for link in page.all("a", tabindex="-1") if link.attributes["href"].startswith("/comuni/")]
    assert len(drawn) == len(current.provinces["097"].municipalities)
    assert page.links["Gli stessi comuni in tabella"] == "/comuni?provincia=097"


async def test_a_new_need_shows_on_the_map(client: AsyncClient) -> None:
    assert "Lecco: 0<" in (await client.get("/mappa")).text
    await needs.publish(LECCO_OFFICER, NEED)
    assert "Lecco: 1<" in (await client.get("/mappa")).text


async def test_it_says_its_own_figures_in_english_too(client: AsyncClient) -> None:
    page = Page((await client.get("/en/mappa?mostra=popolazione")).text)
    assert page.headings[0] == "Lombardy, municipality by municipality"
    assert page.by_id("map").words.count("more than 15,000") == 1
    assert "/en/province/097" in page.links.values()


@pytest.mark.parametrize(("query", "status"), [("mostra=reddito", 422), ("provincia=999", 404)])
async def test_an_unknown_choice_is_refused_and_said(client: AsyncClient, query: str, status: int) -> None:
    answer = await client.get(f"/mappa?{query}")
    assert answer.status_code == status
    assert "«" in Page(answer.text).words
