"""No request brings more than 64 KiB, whatever it says about its own length."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx2 import AsyncClient

from page import Page
from raccordo_ui.body_limit import MOST

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def pieces(total: int) -> AsyncIterator[bytes]:
    """A body that comes in pieces and announces no length."""
    for _ in range(total // 1024):
        yield b"x" * 1024


async def test_a_body_of_just_the_limit_is_read(client: AsyncClient) -> None:
    body = b"description=" + b"x" * (MOST - len("description="))
    assert (await client.post("/bisogni/nuovo", content=body, headers=FORM)).status_code == 200


async def test_a_body_that_announces_too_much_is_refused(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", content=b"x" * (MOST + 1), headers=FORM)
    assert answer.status_code == 413
    assert Page(answer.text).headings[0] == "Testo troppo lungo"


async def test_a_body_in_pieces_is_refused_at_the_limit(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", content=pieces(2 * MOST), headers=FORM)
    assert answer.status_code == 413
    assert Page(answer.text).headings[0] == "Testo troppo lungo"


async def test_a_length_that_lies_does_not_help(client: AsyncClient) -> None:
    answer = await client.post(
        "/bisogni/nuovo", content=pieces(2 * MOST), headers=FORM | {"Content-Length": "10"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "ten", "1e3", "٣"])
async def test_a_length_that_is_no_number_is_refused(client: AsyncClient, length: str) -> None:
    headers = [(b"content-type", FORM["Content-Type"].encode()), (b"content-length", length.encode())]
    answer = await client.post("/bisogni/nuovo", content=pieces(1024), headers=headers)
    assert answer.status_code == 400


async def test_programs_are_told_in_their_own_form(client: AsyncClient) -> None:
    for body in (b"x" * (MOST + 1), pieces(2 * MOST)):
        answer = await client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413
        assert answer.json()["errors"]


async def test_an_endless_address_is_refused_and_a_question_in_an_address_is_not(client: AsyncClient) -> None:
    assert (await client.get("/comuni", params={"pagina": "x" * 3000})).status_code == 414
    assert (
        await client.get("/interroga", params={"query": "{ me { role } }" + " " * 3000})
    ).status_code == 200


@pytest.mark.parametrize("path", ["/bisogni", "/laboratori", "/comuni"])
async def test_a_search_that_is_too_long_is_refused_in_words(client: AsyncClient, path: str) -> None:
    answer = await client.get(path, params={"testo": "acqua " * 40})
    assert answer.status_code == 422
    assert "al massimo 200 caratteri" in answer.text


async def test_an_endless_path_is_refused_like_an_endless_query(client: AsyncClient) -> None:
    for path in ("/bisogni/" + "9" * 5000, "/assegnazione/" + "9" * 5000, "/citazioni/" + "x" * 5000):
        assert (await client.get(path)).status_code == 414
