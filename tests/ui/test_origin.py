"""A page of somebody else cannot make a visitor's browser write here."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import database
from raccordo.catalogue import Catalogue
from ui.conftest import ActAs

FORM = {"title": NEED.title, "description": NEED.description}
OURS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://127.0.0.1:8000"},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    {"Origin": "https://elsewhere.invalid"},
    {"Origin": "http://127.0.0.1:9000"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8000.elsewhere.invalid"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_write_that_another_site_started_is_refused(
    client: AsyncClient, act_as: ActAs, current: Catalogue, headers: dict[str, str]
) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.post("/bisogni", data=FORM, headers=headers)
    assert answer.status_code == 403
    assert "da un altro sito" in Page(answer.text).words
    assert (await database.state()).version == current.version


@pytest.mark.parametrize("headers", OURS)
async def test_our_own_pages_and_programs_may_write(
    client: AsyncClient, act_as: ActAs, headers: dict[str, str]
) -> None:
    act_as(PASTURO_OFFICER)
    assert (await client.post("/bisogni", data=FORM, headers=headers)).status_code == 303


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_every_unsafe_method_is_checked_on_every_address(client: AsyncClient, method: str) -> None:
    answer = await client.request(method, "/nulla", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


async def test_reading_from_another_site_is_allowed(client: AsyncClient) -> None:
    assert (await client.get("/bisogni", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200


async def test_the_refusal_is_said_in_english_too(client: AsyncClient) -> None:
    answer = await client.post("/en/bisogni", data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert "another site" in Page(answer.text).words
