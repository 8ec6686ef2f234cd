"""What officers wrote stays Italian on English pages, and says so to whoever listens to the page."""

from __future__ import annotations

import re

import pytest
from httpx2 import AsyncClient

from page import Page

PAGES = (
    "",
    "/bisogni",
    "/bisogni/28",
    "/temi/strade-ponti",
    "/province/097",
    "/laboratori/infralab",
    "/metodo",
)


@pytest.mark.parametrize("address", PAGES)
async def test_the_title_of_a_need_is_marked_as_italian(client: AsyncClient, address: str) -> None:
    page = Page((await client.get(f"/en{address or '/'}")).text)
    titles = [
        link for link in page.all("a") if re.fullmatch(r"/en/bisogni/\d+", link.attributes.get("href", ""))
    ]
    assert titles
    assert [link.text for link in titles if link.attributes.get("lang") != "it"] == []
