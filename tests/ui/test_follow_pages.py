"""Following by a button: on themes, municipalities and searches, without JavaScript; and the page of all of it."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import LABORATORY, LECCO_OFFICER, PASTURO
from page import Page
from raccordo import follows
from raccordo.models import Follow
from ui.conftest import ActAs

PLACES = [
    ("/temi/strade-ponti", "Segui questo tema", "/temi/strade-ponti.atom"),
    (f"/comuni/{PASTURO}", "Segui questo comune", f"/comuni/{PASTURO}.atom"),
    (
        "/bisogni?tema=strade-ponti&ordine=titolo",
        "Segui questa ricerca",
        "/bisogni.atom?tema=strade-ponti",
    ),
]


def buttons(page: Page) -> list[str]:
    return [button.words for button in page.all("button")]


def hidden(page: Page) -> dict[str, str]:
    return {box.attributes["name"]: box.attributes["value"] for box in page.all("input", type="hidden")}


@pytest.mark.parametrize(("path", "words", "_feed"), PLACES)
async def test_the_button_follows_then_no_longer_and_comes_back(
    client: AsyncClient, act_as: ActAs, path: str, words: str, _feed: str
) -> None:
    act_as(LABORATORY)
    page = Page((await client.get(path)).text)
    assert words in buttons(page)
    answer = await client.post("/segui", data=hidden(page))
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    page = Page((await client.get(path)).text)
    assert "Non seguire più" in buttons(page)
    await client.post("/segui/togli", data=hidden(page))
    assert words in buttons(Page((await client.get(path)).text))


@pytest.mark.parametrize(("path", "_words", "feed"), PLACES)
async def test_visitors_are_offered_the_feed_and_the_way_in(
    client: AsyncClient, path: str, _words: str, feed: str
) -> None:
    page = Page((await client.get(path)).text)
    assert page.links["feed Atom, senza utenza"] == feed
    entrance = page.links["avvisi, dopo l’accesso"]
    assert entrance.startswith("/dimostrazione?poi=")
    assert Page((await client.get(entrance)).text).form()["next"] == path
    assert (await client.get(feed)).status_code == 200


async def test_with_htmx_the_button_follows_the_filters_on_show(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    headers = {"hx-request": "true", "hx-target": "section#results"}
    part = Page((await client.get("/bisogni?testo=Temù", headers=headers)).text)
    assert hidden(part) == {"kind": "SEARCH", "value": "testo=temu", "then": "/bisogni?testo=Tem%C3%B9"}


@pytest.mark.parametrize("query", ["esempi=si", "utm_source=x", "testo=" + "%E6%9C%AC" * 150])
async def test_what_cannot_be_followed_has_no_button(client: AsyncClient, act_as: ActAs, query: str) -> None:
    act_as(LABORATORY)
    answer = await client.get(f"/bisogni?{query}")
    assert answer.status_code == 200
    assert "Segui questa ricerca" not in buttons(Page(answer.text))


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "THEME"},
        {"kind": "THEME", "value": "niente"},
        {"kind": "SEARCH", "value": "chi=io"},
        {"kind": "MUNICIPALITY", "value": "x" * 10_000},
        {"kind": "PERSON", "value": "1"},
    ],
)
async def test_what_is_nothing_to_follow_is_refused_with_a_sentence(
    client: AsyncClient, act_as: ActAs, form: dict[str, str]
) -> None:
    act_as(LABORATORY)
    answer = await client.post("/segui", data={"then": "", **form})
    assert answer.status_code == 422
    assert len(Page(answer.text).by_id("content").words) > 40
    assert await Follow.all().count() == 0


async def test_strangers_are_refused_and_reading_changes_nothing(client: AsyncClient, act_as: ActAs) -> None:
    form = {"kind": "THEME", "value": "strade-ponti"}
    assert (await client.post("/segui", data=form)).status_code == 403
    assert (await client.post("/segui/togli", data=form)).status_code == 403
    act_as(LABORATORY)
    assert (await client.get("/segui")).status_code == 405


async def test_the_page_lists_what_is_followed_with_feed_and_end(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    await follows.follow(LABORATORY, "SEARCH", "tema=strade-ponti&provincia=097")
    await follows.follow(LABORATORY, "MUNICIPALITY", PASTURO)
    page = Page((await client.get("/profilo/segui")).text)
    assert page.headings == ["Ciò che si segue", "Comuni", "Ricerche fra i bisogni"]
    name = "Bisogni sul tema «Strade, ponti e infrastrutture», in provincia di Lecco"
    assert page.links[name] == "/bisogni?tema=strade-ponti&provincia=097"
    assert page.links[f"Feed Atom: {name}"] == "/bisogni.atom?tema=strade-ponti&provincia=097"
    assert "2 su 100." in page.words
    answer = await client.post("/segui/togli", data={"kind": "MUNICIPALITY", "value": PASTURO})
    assert answer.headers["location"] == "/profilo/segui"
    assert Page((await client.get("/profilo/segui")).text).headings[1:] == ["Ricerche fra i bisogni"]


async def test_a_search_that_no_longer_makes_sense_says_so(client: AsyncClient, act_as: ActAs) -> None:
    await follows.follow(LABORATORY, "SEARCH", "tema=bonifiche")
    await Follow.all().update(value="tema=di-una-volta")
    act_as(LABORATORY)
    page = Page((await client.get("/profilo/segui")).text)
    assert "Questo tema non esiste. Non porterà più novità." in page.words
    await client.post("/segui/togli", data=hidden(page))
    assert await Follow.all().count() == 0


async def test_a_town_that_merged_says_what_it_was(client: AsyncClient, act_as: ActAs) -> None:
    await follows.follow(LABORATORY, "MUNICIPALITY", "013256")
    await Follow.all().update(value="013199")
    act_as(LABORATORY)
    page = Page((await client.get("/profilo/segui")).text)
    assert page.links["Uggiate con Ronago"] == "/comuni/013256"
    assert "Si seguiva Ronago, confluito qui." in page.words


async def test_everybody_sees_its_own(client: AsyncClient, act_as: ActAs) -> None:
    await follows.follow(LABORATORY, "THEME", "strade-ponti")
    act_as(LECCO_OFFICER)
    page = Page((await client.get("/profilo/segui")).text)
    assert page.links["Cerca fra i bisogni"] == "/bisogni"
    assert "Segui questo tema" in buttons(Page((await client.get("/temi/strade-ponti")).text))


async def test_visitors_are_led_to_enter(client: AsyncClient) -> None:
    answer = await client.get("/profilo/segui")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dimostrazione?poi=%2Fprofilo%2Fsegui")
