"""Privacy and accessibility: nothing promised that is not so, no contact made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from httpx2 import ASGITransport, AsyncClient

from page import Page
from raccordo.personal_data_table import table
from raccordo.settings import Mode, Settings
from raccordo_ui.app import create_app
from raccordo_ui.session import COOKIE, LASTS


async def page_with(settings: Settings) -> Page:
    transport = ASGITransport(app=create_app(settings))
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        return Page((await client.get("/privacy")).text)


async def test_the_demonstration_names_its_one_cookie_and_how_long_it_lasts(client: AsyncClient) -> None:
    answer = await client.get("/privacy")
    words = Page(answer.text).words
    assert f"«{COOKIE}»" in words
    assert f"{LASTS // 86400} giorni" in words
    assert "set-cookie" not in answer.headers


async def test_production_says_that_there_is_no_cookie_without_a_login(opened_database: Settings) -> None:
    words = (await page_with(replace(opened_database, mode=Mode.PRODUCTION))).words
    assert COOKIE not in words
    assert "Cookie Nessuno, per chi non accede." in words


async def test_it_names_whoever_serves_the_one_program_from_outside(
    client: AsyncClient, opened_database: Settings
) -> None:
    assert "cdn.jsdelivr.net" in Page((await client.get("/privacy")).text).words
    local = replace(opened_database, htmx_url="/static/htmx.js", htmx_integrity="")
    words = (await page_with(local)).words
    assert "jsdelivr" not in words
    assert "vengono tutti da questo sito" in words


async def test_a_copy_without_a_known_hash_is_not_said_to_be_checked(opened_database: Settings) -> None:
    unchecked = replace(opened_database, htmx_url="https://example.org/htmx.js", htmx_integrity="")
    words = (await page_with(unchecked)).words
    assert "example.org" in words
    assert "esattamente quello previsto" not in words


@pytest.mark.parametrize("language", ["it", "en"])
async def test_every_entry_of_the_inventory_is_a_row(client: AsyncClient, language: str) -> None:
    page = Page((await client.get("/privacy" if language == "it" else "/en/privacy")).text)
    for name, columns, what, *_ in table(language):
        assert f"{what}{name}: {columns}." in page.words  # one under the other
    assert "<" not in page.by_id("inventory").words + "".join(th.words for th in page.all("th"))


@pytest.mark.parametrize("path", ["/privacy", "/accessibilita", "/en/privacy", "/en/accessibilita"])
async def test_no_contact_is_made_up(client: AsyncClient, path: str) -> None:
    page = Page((await client.get(path)).text)
    assert "@" not in page.words
    assert [href for href in page.links.values() if href.startswith(("mailto:", "tel:"))] == []


async def test_accessibility_says_that_no_formal_audit_was_made(client: AsyncClient) -> None:
    words = Page((await client.get("/accessibilita")).text).words
    assert "nessuno ha ancora fatto una verifica formale" in words
    assert "conforme alle" not in words
