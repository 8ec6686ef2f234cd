"""Two languages under two prefixes: the same pages, the same filters, nothing left in Italian."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient
from starlette.routing import Route

from page import Page
from raccordo_ui.app import PAGES


async def test_every_page_also_stands_under_en(client: AsyncClient) -> None:
    plain = [route.path for route in PAGES if isinstance(route, Route) and "{" not in route.path]
    readable = [path for path in plain if (await client.get(path)).status_code == 200]
    assert readable
    assert [path for path in readable if (await client.get(f"/en{path}")).status_code != 200] == []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/bisogni?tema=strade-ponti&ordine=titolo", "/en/bisogni?tema=strade-ponti&ordine=titolo"),
        ("/en/bisogni?testo=a%26b", "/bisogni?testo=a%26b"),
        ("/", "/en/"),
        ("/en/", "/"),
        ("/en/bisogni/1", "/bisogni/1"),
    ],
)
async def test_switching_keeps_the_page_and_its_filters(client: AsyncClient, path: str, there: str) -> None:
    links = Page((await client.get(path)).text).links
    assert links["Italiano" if path.startswith("/en") else "English"] == there


async def test_links_of_an_english_page_stay_in_english(client: AsyncClient) -> None:
    page = Page((await client.get("/en/bisogni")).text)
    ours = {href for words, href in page.links.items() if href.startswith("/") and words != "Italiano"}
    assert {href for href in ours if not href.startswith("/en/")} == set()


async def test_a_page_says_in_which_language_it_is(client: AsyncClient) -> None:
    assert Page((await client.get("/bisogni")).text).language == "it"
    english = Page((await client.get("/en/bisogni")).text)
    assert (english.language, english.headings[0]) == ("en", "Needs")


async def test_the_prefix_alone_leads_to_the_english_home(client: AsyncClient) -> None:
    answer = await client.get("/en", follow_redirects=True)
    assert Page(answer.text).language == "en"
