"""Static files are named by their content and kept for a year."""

from __future__ import annotations

import re

from httpx2 import AsyncClient

from raccordo_ui.assets import assets, static


async def test_every_static_file_is_served_for_ever(client: AsyncClient) -> None:
    for name, file in assets().items():
        answer = await client.get(static(name))
        assert answer.content == file.content
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_an_older_address_gives_the_present_file_for_a_moment(client: AsyncClient) -> None:
    answer = await client.get("/static/000000000000/raccordo.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


async def test_nothing_outside_the_folder_is_served(client: AsyncClient) -> None:
    for path in ("/static/0/nothing.css", "/static/0/..%2fapp.py", "/static/0/../app.py", "/static/app.py"):
        assert (await client.get(path)).status_code == 404


def test_the_style_sheet_loads_nothing_from_elsewhere() -> None:
    sheet = assets()["raccordo.css"].content.decode()
    assert re.findall(r"url\(|@import|https?:", sheet) == []


def test_every_brace_of_the_style_sheet_has_its_counterpart() -> None:
    """A stray one silently swallows the rule after it."""
    depth = 0
    for letter in re.sub(r"/\*.*?\*/", "", assets()["raccordo.css"].content.decode(), flags=re.DOTALL):
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0
    assert depth == 0
