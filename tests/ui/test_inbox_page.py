"""The page of one's notices, the count in the header, and that opening the thing reads its notices."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import LABORATORY, NEED, PASTURO, PASTURO_OFFICER, VALLEY_OFFICER
from page import Page
from raccordo import follow_news, follows, inbox, needs, outbox, partnerships, proposed_needs
from raccordo.people import Actor, person_number
from readers import tell
from ui.conftest import ActAs


@pytest.fixture
async def number(client: AsyncClient, act_as: ActAs) -> int:
    """A need of Pasturo, told to the laboratory that follows its town."""
    await follows.follow(LABORATORY, "MUNICIPALITY", "097065")
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)
    act_as(LABORATORY)
    return need.number


async def page(client: AsyncClient, path: str = "/avvisi", **headers: str) -> Page:
    return Page((await client.get(path, headers=headers)).text)


async def told(actor: Actor, count: int) -> None:
    for number in range(count):
        await tell(await person_number(actor) or 0, f"Notizia {number}.", path="/")
    assert await inbox.unread(actor) == count + 1


async def test_it_lists_what_was_told_with_its_link(client: AsyncClient, number: int) -> None:
    shown = await page(client)
    assert shown.headings[:2] == ["Avvisi", "Che cosa è successo"]
    assert shown.links[f"Bisogno di Pasturo: «{NEED.title}»."] == f"/bisogni/{number}"
    assert "1 da leggere" in shown.words


async def test_the_header_says_how_many_wait_on_every_page(client: AsyncClient, number: int) -> None:
    assert (await page(client, "/metodo")).links["Avvisi 1 da leggere"] == "/avvisi"
    assert (await page(client, "/en/metodo")).links["Notices 1 unread"] == "/en/avvisi"


async def test_visitors_see_no_count_and_are_led_to_enter(client: AsyncClient) -> None:
    assert not any("Avvisi" in words for words in (await page(client, "/metodo")).links)
    answer = await client.get("/avvisi")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dimostrazione?poi=%2Favvisi")


async def test_opening_the_need_reads_its_notice(client: AsyncClient, number: int) -> None:
    assert "Avvisi" in (await page(client, f"/bisogni/{number}")).links
    assert await inbox.unread(LABORATORY) == 0


@pytest.mark.parametrize("header", ["sec-purpose", "purpose", "x-moz"])
async def test_a_browser_that_fetches_in_advance_reads_nothing(
    client: AsyncClient, number: int, header: str
) -> None:
    await page(client, f"/bisogni/{number}", **{header: "prefetch"})
    await client.head(f"/bisogni/{number}")
    await page(client, "/avvisi")
    assert await inbox.unread(LABORATORY) == 1


async def test_one_button_reads_one_and_another_all(client: AsyncClient, number: int) -> None:
    await told(LABORATORY, 2)
    first = (await inbox.newest(LABORATORY))[0]
    answer = await client.post("/avvisi", data={"number": str(first.id), "then": "/avvisi?prima=9"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/avvisi?prima=9")
    assert await inbox.unread(LABORATORY) == 2
    await client.post("/avvisi", data={"number": ""})
    assert await inbox.unread(LABORATORY) == 0


@pytest.mark.parametrize("number_sent", ["0", "tanti", "99999999", "-1"])
async def test_a_notice_that_is_not_one_s_own_is_not_found(
    client: AsyncClient, number: int, number_sent: str
) -> None:
    assert (await client.post("/avvisi", data={"number": number_sent})).status_code == 404
    assert await inbox.unread(LABORATORY) == 1


async def test_one_is_not_sent_elsewhere(client: AsyncClient, number: int) -> None:
    answer = await client.post("/avvisi", data={"number": "", "then": "//example.com"})
    assert answer.headers["location"] == "/avvisi"


async def test_long_inboxes_have_pages_that_new_notices_do_not_move(client: AsyncClient, number: int) -> None:
    await told(LABORATORY, 40)
    first = await page(client)
    assert first.by_id("content").text.count("Notizia ") == 2 * 25
    await tell(await person_number(LABORATORY) or 0, "Arrivata nel frattempo.")
    older = await page(client, first.links["Più vecchi →"])
    assert "Notizia 14." in older.words
    assert "Notizia 15." not in older.words
    assert older.links["← I più nuovi"] == "/avvisi"
    assert (await client.get("/avvisi?prima=boh")).status_code == 200


async def test_what_waits_for_an_answer_stands_on_top(client: AsyncClient, number: int) -> None:
    record = await partnerships.shortlist(PASTURO_OFFICER, number, "infralab")
    await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    shown = await page(client)
    assert shown.headings[:3] == ["Avvisi", "Aspetta una risposta", "Che cosa è successo"]
    assert shown.links[f"{NEED.title} · Laboratorio Sperimentale Infrastrutture di Trasporto (INFRALAB)"]


async def test_an_empty_inbox_says_what_to_do_next(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    assert (await page(client)).links["Cerca fra i bisogni che cosa seguire"] == "/bisogni"


async def test_a_part_of_a_page_and_a_file_ask_nothing_of_the_inbox(
    client: AsyncClient, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def counted(_: Actor) -> int:
        raise AssertionError("counted")

    monkeypatch.setattr(inbox, "unread", counted)
    assert (
        await client.get("/bisogni", headers={"hx-request": "true", "hx-target": "section#results"})
    ).is_success
    assert (await client.get("/static/x/raccordo.css")).is_success


async def test_a_need_proposed_for_one_s_town_waits_on_top(client: AsyncClient, act_as: ActAs) -> None:
    proposed = await proposed_needs.propose(VALLEY_OFFICER, PASTURO, NEED)
    act_as(PASTURO_OFFICER)
    shown = await page(client)
    assert shown.headings[:2] == ["Avvisi", "Aspetta una risposta"]
    assert shown.links[NEED.title] == f"/bisogni/proposti/{proposed.number}"
