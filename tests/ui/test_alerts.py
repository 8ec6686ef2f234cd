"""How often to be written to: on one's own page, from a mail's link, by the mail program's one click."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from httpx2 import AsyncClient

from cast import LABORATORY
from page import Page
from raccordo import digests
from raccordo.models import MailFrequency, OutboxEvent
from raccordo.settings import Mode, Settings
from readers import officer, tell
from ui.conftest import ActAs


@pytest.fixture
async def secret(client: AsyncClient) -> str:
    """The link at the end of a mail."""
    anna = await officer()
    assert anna.person
    await tell(anna.person, urgent=True)
    await digests.gather(datetime.now(UTC))
    event = await OutboxEvent.get()
    return str(json.loads(event.payload)["values"]["preferences"])


async def chosen() -> MailFrequency:
    from raccordo.models import Person

    return await digests.frequency_of((await Person.get(email="anna@comune.example")).id)


async def test_looking_at_the_link_changes_nothing(client: AsyncClient, secret: str) -> None:
    for path in (f"/avvisi/{secret}", f"/avvisi/{secret}/mai"):
        assert Page((await client.get(path)).text).headings == ["Quanto spesso scrivere"]
    assert await chosen() is MailFrequency.WEEKLY


async def test_a_mail_program_stops_digests_with_one_post(client: AsyncClient, secret: str) -> None:
    answer = await client.post(f"/avvisi/{secret}/mai", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 303
    assert await chosen() is MailFrequency.NEVER


async def test_the_link_s_page_keeps_a_choice(client: AsyncClient, secret: str) -> None:
    answer = await client.post(f"/avvisi/{secret}", data={"frequency": "DAILY"})
    page = Page((await client.get(answer.headers["location"])).text)
    assert [box.attributes["value"] for box in page.all("input") if "checked" in box.attributes] == ["DAILY"]
    assert "da adesso vale questa scelta" in page.words


async def test_a_made_up_link_is_not_found(client: AsyncClient, secret: str) -> None:
    assert (await client.get("/avvisi/inventato")).status_code == 404
    assert (await client.post("/avvisi/inventato/mai", data={"x": ""})).status_code == 404


async def test_one_s_own_page_keeps_a_choice(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    answer = await client.post("/profilo/avvisi", data={"frequency": "NEVER"})
    page = Page((await client.get(answer.headers["location"])).text)
    assert [box.attributes["value"] for box in page.all("input") if "checked" in box.attributes] == ["NEVER"]


async def test_visitors_are_refused(client: AsyncClient) -> None:
    assert (await client.get("/profilo/avvisi")).status_code == 403
    assert (await client.post("/profilo/avvisi", data={"frequency": "NEVER"})).status_code == 403


async def test_the_demonstration_shows_the_mail_that_waits(client: AsyncClient, secret: str) -> None:
    page = Page((await client.get("/dimostrazione/posta")).text)
    assert "È successo qualcosa." in page.headings
    assert f"http://127.0.0.1:8000/avvisi/{secret}" in page.links


async def test_elsewhere_nobody_reads_mail(
    client: AsyncClient, secret: str, opened_database: Settings
) -> None:
    from dataclasses import replace

    import httpx2

    from raccordo_ui.app import create_app

    app = create_app(replace(opened_database, mode=Mode.PRODUCTION))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        for path in ("/dimostrazione/posta", "/en/dimostrazione/posta"):
            assert (await browser.get(path)).status_code == 404
