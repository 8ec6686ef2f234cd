"""What every page of data has in common: its query answers, its sheet opens, strange addresses are no accidents."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from httpx2 import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from page import Page

LISTS = (
    "/comuni",
    "/laboratori",
    "/province",
    "/comunita-montane",
    "/unioni",
    "/dipartimenti",
    "/scuole",
    "/temi",
    "/funzioni",
    "/settori",
    "/bisogni",
)
PAGES = (
    "/",
    "/mappa",
    "/metodo",
    "/comuni/097042",
    "/province/097",
    "/comunita-montane/scalve",
    "/laboratori/lia",
    "/dipartimenti/DICA",
    "/scuole/DES",
    "/temi/strade-ponti",
    "/funzioni/l-bis",
    "/settori/spazio",
    "/bisogni/1",
)
NAMES = [
    "testo",
    "provincia",
    "comunita",
    "abitanti",
    "ordine",
    "pagina",
    "dipartimento",
    "sede",
    "tema",
    "settore",
    "mostra",
    "tutti",
    "gia",
    "funzione",
]


@pytest.mark.parametrize("path", [*LISTS, *PAGES])
async def test_its_own_query_answers_in_the_explorer(client: AsyncClient, path: str) -> None:
    link = Page((await client.get(path)).text).links["Interroga questi dati"]
    said = Page((await client.get(link)).text).by_id("answer").text
    answer = json.JSONDecoder().raw_decode(said[said.index("{") :])[0]
    assert "errors" not in answer, answer
    assert all(value is not None for value in answer["data"].values())


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("start", ["", "/en"])
async def test_its_sheet_stands_beside_its_query(client: AsyncClient, path: str, start: str) -> None:
    page = Page((await client.get(start + path)).text)
    sheet = page.links["Scarica in CSV" if not start else "Download as CSV"]
    answer = await client.get(sheet)
    assert sheet.startswith(f"{start}{path}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("path", [*LISTS, *PAGES, "/privacy", "/accessibilita", "/interroga/schema"])
async def test_it_only_answers_get(client: AsyncClient, path: str) -> None:
    allowed = {"/bisogni", "/bisogni/1"}  # where needs are published and revised
    answer = await client.put(path) if path in allowed else await client.post(path)
    assert answer.status_code == 405


@pytest.mark.parametrize("path", [*LISTS, *PAGES])
async def test_it_speaks_english_with_its_own_title(client: AsyncClient, path: str) -> None:
    italian, english = Page((await client.get(path)).text), Page((await client.get(f"/en{path}")).text)
    assert (italian.language, english.language) == ("it", "en")
    assert len(english.all("h1")) == 1
    assert english.all("a", hreflang="it")[0].attributes["href"] == (path if path != "/" else "/")


@pytest.mark.parametrize("path", [*LISTS, *PAGES, "/interroga"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(asked=some.dictionaries(some.sampled_from(NAMES), some.text(max_size=30), max_size=4))
async def test_a_strange_address_gets_a_page_and_never_an_accident(
    client: AsyncClient, path: str, asked: dict[str, str]
) -> None:
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in asked.items())
    for start in ("", "/en"):
        answer = await client.get(f"{start}{path}?{query}", follow_redirects=True)
        assert answer.status_code in (200, 404, 422)
        assert answer.text.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    "path", ["/comuni/", "/province/", "/laboratori/", "/temi/", "/funzioni/", "/unioni/"]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(key=some.text(min_size=1, max_size=20))
async def test_a_strange_key_is_not_found_and_said(client: AsyncClient, path: str, key: str) -> None:
    answer = await client.get(path + quote(key, safe="", errors="replace"))
    assert answer.status_code in (200, 301, 307, 404)
