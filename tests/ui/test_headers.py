"""What every answer tells the browser, and how long a page may be kept."""

from __future__ import annotations

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

from raccordo.settings import HTMX_URL, Mode, Settings
from raccordo_ui.app import create_app

EVERYWHERE = ["/", "/en/", "/bisogni", "/bisogni/1", "/bisogni.csv", "/nulla", "/favicon.ico"]


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_nothing_inline_and_nothing_foreign_may_run(client: AsyncClient, path: str) -> None:
    policy = (await client.get(path)).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'self' {HTMX_URL};" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_is_closed_to_other_sites(client: AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_https_is_asked_to_stay_only_where_it_is_in_use(client: AsyncClient) -> None:
    plain = await client.get("/favicon.ico")
    secure = await client.get("https://raccordo.invalid/favicon.ico")
    assert "strict-transport-security" not in plain.headers
    assert secure.headers["strict-transport-security"] == "max-age=31536000"


async def test_a_page_that_broke_is_as_closed_as_the_others(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raccordo_ui.statements.groups", None)  # calling it breaks the page
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="https://raccordo.invalid") as client:
        broken, whole = await client.get("/privacy"), await client.get("/accessibilita")
    assert broken.status_code == 500
    closing = {
        name
        for name in whole.headers
        if name.startswith(("content-sec", "cross", "perm", "ref", "strict", "x-"))
    }
    assert len(closing) == 7
    assert {name: broken.headers.get(name) for name in closing} == {
        name: whole.headers[name] for name in closing
    }


async def test_a_local_copy_of_htmx_needs_no_foreign_origin(opened_database: Settings) -> None:
    file = opened_database.data / "htmx.js"
    file.write_text("// htmx")
    local = Settings(mode=Mode.DEMO, data=opened_database.data, htmx_url="/static/htmx.js", htmx_file=file)
    async with AsyncClient(transport=ASGITransport(app=create_app(local)), base_url="http://here") as client:
        answer = await client.get("/static/htmx.js")
    assert answer.text == "// htmx"
    assert "script-src 'self';" in answer.headers["content-security-policy"]


async def test_a_page_says_on_which_headers_it_depends(client: AsyncClient) -> None:
    vary = (await client.get("/bisogni")).headers["vary"]
    assert {"HX-Request", "HX-Target", "Cookie"} <= set(vary.split(", "))


async def test_a_page_that_did_not_change_is_not_sent_again(client: AsyncClient) -> None:
    first = await client.get("/bisogni")
    again = await client.get("/bisogni", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


async def test_long_answers_are_compressed(client: AsyncClient) -> None:
    answer = await client.get("/bisogni", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


async def test_answers_to_forms_are_never_kept(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", data={"description": "ponte"})
    assert answer.headers["cache-control"] == "no-store"
