"""Every way of being refused is a page, in both languages, and never a 500 for bad input."""

from __future__ import annotations

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cast import COORDINATOR
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue


@pytest.mark.parametrize(
    ("path", "language", "heading"),
    [("/nulla", "it", "Pagina non trovata"), ("/en/nothing", "en", "Page not found")],
)
async def test_an_unknown_address_says_so(
    client: AsyncClient, path: str, language: str, heading: str
) -> None:
    answer = await client.get(path)
    page = Page(answer.text)
    assert (answer.status_code, page.language, page.headings[0]) == (404, language, heading)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD"),
        ("/bisogni", "GET, HEAD, POST"),
        ("/en/bisogni/1", "GET, HEAD, POST"),
        ("/bisogni/1/ripubblica", "POST"),
    ],
)
async def test_a_method_that_an_address_does_not_know_is_refused(
    client: AsyncClient, path: str, methods: str
) -> None:
    answer = await client.delete(path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == methods


@pytest.mark.parametrize("path", ["/bisogni/9999", "/bisogni/99999999999999999999", "/en/bisogni/0"])
async def test_a_need_that_never_was_is_not_found(client: AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
async def test_a_withdrawn_need_says_that_it_was_withdrawn(
    client: AsyncClient, current: Catalogue, prefix: str
) -> None:
    await needs.withdraw(COORDINATOR, 1, current.needs[1].version)
    answer = await client.get(f"{prefix}/bisogni/1")
    assert answer.status_code == 410
    assert Page(answer.text).headings[0] == ("Withdrawn" if prefix else "Ritirato")


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "application/x-www-form-urlencodedx"])
@pytest.mark.parametrize("path", ["/bisogni", "/bisogni/nuovo", "/dimostrazione"])
async def test_a_form_in_another_format_is_refused(client: AsyncClient, path: str, kind: str) -> None:
    answer = await client.post(path, content=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 415


async def test_a_file_is_no_field(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", files={"title": ("a.txt", b"x")})
    assert answer.status_code == 400


async def test_a_broken_multipart_form_is_refused(client: AsyncClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await client.post("/bisogni/nuovo", content=b"--x\r\nbroken", headers=headers)
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(
    ("path", "language", "heading"), [("/guasto", "it", "Errore nostro"), ("/en/guasto", "en", "Our fault")]
)
async def test_a_fault_of_ours_is_admitted_on_a_page_that_needs_nothing(
    app: Starlette, path: str, language: str, heading: str
) -> None:
    async def broken(_: Request) -> Response:
        raise RuntimeError("secret")

    app.router.routes.insert(0, Route(path, broken))
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        answer = await client.get(path)
    page = Page(answer.text)
    assert (answer.status_code, page.language, page.headings[0]) == (500, language, heading)
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_an_error_inside_a_page_is_a_sentence_in_place(client: AsyncClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#matches", "Content-Type": "text/plain"}
    answer = await client.post("/bisogni/nuovo", content=b"x", headers=headers)
    assert answer.status_code == 415
    assert answer.text.startswith('<p class="alert refused" role="alert">')
    assert answer.headers["hx-reswap"] == "innerHTML"


async def test_going_back_in_history_gets_whole_error_pages(client: AsyncClient) -> None:
    answer = await client.get("/nulla", headers={"HX-Request": "true", "HX-Target": "body"})
    assert answer.text.startswith("<!doctype html>")
