"""Two taps from the mail: a page that only asks, an answer that counts once, and a way back when a link is over."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import digests, match_records, needs, partnerships, purging
from raccordo.match_records import MatchRecord
from raccordo.models import (
    AuditEntry,
    MatchState,
    Membership,
    MembershipStatus,
    Notification,
    OutboxEvent,
    Purpose,
    SingleUse,
)
from readers import professor


@pytest.fixture
async def asked(client: AsyncClient) -> MatchRecord:
    """A question of Pasturo's to a laboratory whose professor reads mail."""
    await professor()
    need = await needs.publish(PASTURO_OFFICER, NEED)
    match = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    return await partnerships.ask(PASTURO_OFFICER, match.id, match.version, "")


@pytest.fixture
async def secret(asked: MatchRecord) -> str:
    """The link in the professor's mail."""
    return await mailed()


async def mailed() -> str:
    await digests.gather(datetime.now(UTC))
    event = await OutboxEvent.filter(kind="mail").order_by("-id").first()
    assert event
    return str(json.loads(event.payload)["values"]["items"][0]["answer"])


async def state(asked: MatchRecord) -> MatchState:
    now = await match_records.read(asked.id)
    assert now
    return now.state


async def test_the_page_says_what_is_asked_by_whom_and_why(client: AsyncClient, secret: str) -> None:
    answer = await client.get(f"/risposta/{secret}")
    page = Page(answer.text)
    assert page.headings[0] == NEED.title
    assert "Pasturo" in page.words
    assert NEED.description in page.words
    assert "Perché qui" in page.headings
    assert {"Interessa", "Non ora"} <= {button.words for button in page.all("button")}


async def test_no_cache_keeps_it_and_an_old_browser_can_answer(client: AsyncClient, secret: str) -> None:
    page = await client.get(f"/risposta/{secret}")
    assert page.headers["cache-control"] == "no-store"
    assert (
        page.headers["referrer-policy"] == "same-origin"
    )  # under no-referrer its form would say Origin: null
    form = {"verb": "show_interest", "version": "2"}
    answer = await client.post(f"/risposta/{secret}", data=form, headers={"origin": "http://127.0.0.1:8000"})
    assert Page(answer.text).headings[0] == "Risposta data"


async def test_looking_answers_nothing(client: AsyncClient, asked: MatchRecord, secret: str) -> None:
    for _ in range(3):
        assert (await client.get(f"/risposta/{secret}")).status_code == 200
        assert (await client.head(f"/risposta/{secret}")).status_code == 200
    assert await state(asked) is MatchState.ASKED


@pytest.mark.parametrize(
    ("verb", "fields", "after"),
    [
        ("show_interest", {}, MatchState.INTERESTED),
        ("decline", {}, MatchState.DECLINED),
        ("decline", {"reason": "NO_CAPACITY"}, MatchState.DECLINED),
        ("pass_on", {"laboratory": "lia"}, MatchState.PASSED_ON),
    ],
)
async def test_one_tap_answers_as_the_professor(
    client: AsyncClient,
    asked: MatchRecord,
    secret: str,
    verb: str,
    fields: dict[str, str],
    after: MatchState,
) -> None:
    page = Page((await client.get(f"/risposta/{secret}")).text)
    version = page.all("input", name="version")[0].attributes["value"]
    answer = await client.post(f"/risposta/{secret}", data={"verb": verb, "version": version} | fields)
    assert (answer.status_code, Page(answer.text).headings) == (200, ["Risposta data", "E adesso?"])
    assert await state(asked) is after
    entry = await AuditEntry.filter(verb=f"{verb}_match").first()
    assert entry
    assert entry.acting_as.startswith("PROFESSOR infralab membership:")


async def test_a_used_link_says_so_and_how_to_get_another(client: AsyncClient, secret: str) -> None:
    form = {"verb": "show_interest", "version": "2"}
    await client.post(f"/risposta/{secret}", data=form)
    for answer in (
        await client.get(f"/risposta/{secret}"),
        await client.post(f"/risposta/{secret}", data=form),
    ):
        assert answer.status_code == 404
        assert Page(answer.text).headings == ["Collegamento non più valido"]
        assert "Manda un nuovo collegamento" in Page(answer.text).words


async def test_of_two_taps_at_once_one_counts(client: AsyncClient, asked: MatchRecord, secret: str) -> None:
    form = {"verb": "show_interest", "version": str(asked.version)}
    answers = await asyncio.gather(*(client.post(f"/risposta/{secret}", data=form) for _ in range(4)))
    assert [answer.status_code for answer in answers].count(200) == 1
    assert await AuditEntry.filter(verb="show_interest_match").count() == 1


async def test_a_wrong_answer_keeps_the_link(client: AsyncClient, asked: MatchRecord, secret: str) -> None:
    form = {"verb": "pass_on", "version": str(asked.version), "laboratory": "no-such"}
    answer = await client.post(f"/risposta/{secret}", data=form)
    assert answer.status_code == 422
    assert "Manca un altro laboratorio" in Page(answer.text).alerts
    assert (await client.get(f"/risposta/{secret}")).status_code == 200


async def test_an_expired_link_is_mailed_again(client: AsyncClient, secret: str) -> None:
    await SingleUse.all().update(expires_at=datetime.now(UTC) - timedelta(days=1))
    assert (await client.get(f"/risposta/{secret}")).status_code == 404
    answer = await client.post(f"/risposta/{secret}/ancora", data={"x": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/risposta/{secret}?inviato=si")
    new = await mailed()
    assert new != secret
    assert (await client.get(f"/risposta/{new}")).status_code == 200


async def test_the_daily_purge_leaves_an_expired_link_to_ask_another_with(
    client: AsyncClient, secret: str
) -> None:
    await SingleUse.filter(purpose=Purpose.ANSWER).update(expires_at=datetime.now(UTC) - timedelta(days=60))
    await purging.purge(datetime.now(UTC))
    await client.post(f"/risposta/{secret}/ancora", data={"x": ""})
    assert await Notification.filter(kind="asked", mailed_at=None).count() == 1


async def test_an_unknown_link_is_told_the_same_and_mails_nothing(client: AsyncClient, secret: str) -> None:
    mails = await OutboxEvent.all().count()
    answer = await client.post("/risposta/inventato/ancora", data={"x": ""})
    assert answer.headers["location"] == "/risposta/inventato?inviato=si"
    assert await digests.gather(datetime.now(UTC)) == 0
    assert await OutboxEvent.all().count() == mails


async def test_whoever_left_the_laboratory_answers_no_more(
    client: AsyncClient, asked: MatchRecord, secret: str
) -> None:
    await Membership.all().update(status=MembershipStatus.ENDED)
    form = {"verb": "show_interest", "version": str(asked.version)}
    assert (await client.post(f"/risposta/{secret}", data=form)).status_code == 404
    assert await state(asked) is MatchState.ASKED


async def test_another_site_cannot_answer(client: AsyncClient, asked: MatchRecord, secret: str) -> None:
    form = {"verb": "show_interest", "version": str(asked.version)}
    headers = {"origin": "https://elsewhere.example"}
    assert (await client.post(f"/risposta/{secret}", data=form, headers=headers)).status_code == 403
    assert await state(asked) is MatchState.ASKED


async def test_it_is_in_english_too(client: AsyncClient, secret: str) -> None:
    page = Page((await client.get(f"/en/risposta/{secret}")).text)
    assert {"Interested", "Not now"} <= {button.words for button in page.all("button")}
