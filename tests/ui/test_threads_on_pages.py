"""Conversations on pages: what was written is text, addresses are links, and nothing typed is lost."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs, partnerships
from raccordo_ui.linked_text import linked
from ui.conftest import ActAs


@pytest.fixture
async def number(client: AsyncClient) -> int:
    return (await needs.publish(PASTURO_OFFICER, NEED)).number


async def test_a_question_and_its_answer(client: AsyncClient, act_as: ActAs, number: int) -> None:
    act_as(LABORATORY)
    answer = await client.post(
        f"/bisogni/{number}/messaggi", data={"text": "Quanto è lungo?", "public": "si"}
    )
    assert answer.status_code == 303
    act_as(PASTURO_OFFICER)
    await client.post(f"/bisogni/{number}/messaggi", data={"text": "Venti metri"})
    client.cookies.clear()
    words = Page((await client.get(f"/bisogni/{number}")).text).words
    assert words.index("Quanto è lungo?") < words.index("Venti metri")


async def test_visitors_have_no_form_and_are_refused(client: AsyncClient, number: int) -> None:
    page = Page((await client.get(f"/bisogni/{number}")).text)
    assert not page.all("textarea")
    assert (await client.post(f"/bisogni/{number}/messaggi", data={"text": "Ciao"})).status_code == 403


async def test_what_was_typed_is_kept_when_it_is_refused(
    client: AsyncClient, act_as: ActAs, number: int
) -> None:
    act_as(LABORATORY)
    answer = await client.post(f"/bisogni/{number}/messaggi", data={"text": "Ciao\u202e"})
    assert answer.status_code == 422
    assert Page(answer.text).form()["text"] == "Ciao\u202e"


async def test_markup_stays_text(client: AsyncClient, act_as: ActAs, number: int) -> None:
    act_as(LABORATORY)
    text = "<script>alert(1)</script> https://example.it/?a=1&b=2"
    await client.post(f"/bisogni/{number}/messaggi", data={"text": text, "public": "si"})
    page = Page((await client.get(f"/bisogni/{number}")).text)
    assert "<script>alert(1)</script>" in page.words
    assert page.links["https://example.it/?a=1&b=2"] == "https://example.it/?a=1&b=2"


async def test_both_sides_of_a_match_talk(client: AsyncClient, act_as: ActAs, number: int) -> None:
    match = await partnerships.shortlist(PASTURO_OFFICER, number, "infralab")
    await partnerships.ask(PASTURO_OFFICER, match.id, match.version, "")
    act_as(LABORATORY)
    await client.post(f"/collaborazioni/{match.id}/messaggi", data={"text": "Martedì?"})
    act_as(PASTURO_OFFICER)
    assert "Martedì?" in Page((await client.get(f"/collaborazioni/{match.id}")).text).words
    client.cookies.clear()
    assert (await client.post(f"/collaborazioni/{match.id}/messaggi", data={"text": "x"})).status_code == 404
    assert "Martedì?" not in (await client.get(f"/bisogni/{number}")).text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "ftp://a.it", "www.example.it", "mailto:a@b.it"]
)
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    assert "<a" not in linked(text)


@pytest.mark.parametrize("text", ['https://a.it/"onmouseover="x', "https://a.it/'><b>", "https://a.it/<b>"])
def test_an_address_cannot_leave_its_attribute(text: str) -> None:
    page = Page(f"<p>{linked(text)}</p>")
    [link] = page.all("a")
    assert set(link.attributes) == {"href", "rel"}
    assert link.attributes["rel"] == "nofollow noopener"
    assert not page.all("b")
