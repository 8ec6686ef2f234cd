"""One tap from the mail: a page that only asks, a confirmation that counts once, a way back when a link is over."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO, NEED, PASTURO, VALLEY_OFFICER
from page import Page
from raccordo import digests, proposed_needs
from raccordo.models import (
    AuditEntry,
    Membership,
    MembershipStatus,
    OutboxEvent,
    ProposedNeed,
    ProposedNeedState,
    SingleUse,
    TerritorialBody,
)
from raccordo.proposed_need_records import LASTS, ProposedNeedRecord, read
from raccordo.settings import Settings
from raccordo_ui import mail
from raccordo_ui.delivery import Postman
from readers import ANNA, officer


@pytest.fixture
async def proposed(client: AsyncClient) -> ProposedNeedRecord:
    """What the valley proposed for Pasturo, whose secretary reads mail."""
    await officer()
    return await proposed_needs.propose(VALLEY_OFFICER, PASTURO, NEED)


@pytest.fixture
async def secret(proposed: ProposedNeedRecord) -> str:
    return await mailed()


async def mailed() -> str:
    await digests.gather(datetime.now(UTC))
    event = await OutboxEvent.filter(kind="mail").order_by("-id").first()
    assert event
    [item] = json.loads(event.payload)["values"]["items"]
    assert item["door"] == "/proposta/"
    return str(item["answer"])


async def state(proposed: ProposedNeedRecord) -> ProposedNeedState:
    now = await read(proposed.number)
    assert now
    return now.state


async def test_the_mail_leads_to_the_page_that_confirms(
    client: AsyncClient, secret: str, opened_database: Settings
) -> None:
    event = await OutboxEvent.filter(kind="mail").first()
    assert event
    letter = mail.write(opened_database, "news", "it", json.loads(event.payload)["values"])
    assert f"/proposta/{secret}" in letter.text
    assert "/risposta/" not in letter.text


async def test_the_page_says_who_wrote_what_for_whom(client: AsyncClient, secret: str) -> None:
    answer = await client.get(f"/proposta/{secret}")
    page = Page(answer.text)
    assert page.headings[0] == NEED.title
    assert NEED.description in page.words
    assert "per Pasturo" in page.words
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_looking_confirms_nothing(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    for _ in range(3):
        assert (await client.get(f"/proposta/{secret}")).status_code == 200
        assert (await client.head(f"/proposta/{secret}")).status_code == 200
    assert await state(proposed) is ProposedNeedState.WAITING


async def test_one_tap_confirms_as_the_secretary(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    page = Page((await client.get(f"/proposta/{secret}")).text)
    version = page.all("input", name="version")[0].attributes["value"]
    answer = await client.post(f"/proposta/{secret}", data={"verb": "confirm", "version": version})
    page = Page(answer.text)
    assert page.headings == ["Risposta data", "E adesso?"]
    address = page.links["Il bisogno, con i laboratori che possono aiutare"]
    assert Page((await client.get(address)).text).headings[0] == NEED.title
    entry = await AuditEntry.get(verb="confirm_proposed_need").select_related("person")
    assert entry.acting_as.startswith(f"OFFICER MUNICIPALITY:{PASTURO} membership:")
    assert entry.person
    assert entry.person.email == ANNA


async def test_a_no_needs_a_reason_and_keeps_the_link_until_then(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    form = {"verb": "decline", "version": "1", "reason": ""}
    answer = await client.post(f"/proposta/{secret}", data=form)
    assert (answer.status_code, "Manca il motivo" in Page(answer.text).alerts) == (422, True)
    await client.post(f"/proposta/{secret}", data=form | {"reason": "Già chiesto."})
    assert await state(proposed) is ProposedNeedState.DECLINED


async def test_a_used_link_says_so(client: AsyncClient, secret: str) -> None:
    await client.post(f"/proposta/{secret}", data={"version": "1"})
    for answer in (
        await client.get(f"/proposta/{secret}"),
        await client.post(f"/proposta/{secret}", data={"version": "1"}),
    ):
        assert (answer.status_code, Page(answer.text).headings) == (404, ["Collegamento non più valido"])


async def test_of_many_taps_at_once_one_counts(client: AsyncClient, secret: str) -> None:
    answers = await asyncio.gather(
        *(client.post(f"/proposta/{secret}", data={"version": "1"}) for _ in range(4))
    )
    assert [answer.status_code for answer in answers].count(200) == 1
    assert await AuditEntry.filter(verb="confirm_proposed_need").count() == 1


async def test_what_changed_since_is_shown_before_it_is_confirmed(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    await proposed_needs.revise(VALLEY_OFFICER, proposed.number, 1, NEED)
    answer = await client.post(f"/proposta/{secret}", data={"version": "1"})
    assert answer.status_code == 409
    assert Page(answer.text).all("input", name="version")[0].attributes["value"] == "2"
    assert await state(proposed) is ProposedNeedState.WAITING


async def test_what_was_decided_elsewhere_says_so(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    await proposed_needs.take_back(VALLEY_OFFICER, proposed.number, 1)
    page = Page((await client.get(f"/proposta/{secret}")).text)
    assert "Qui non c’è più nulla da decidere." in page.words
    assert not page.all("input", name="version")


async def test_an_expired_link_is_mailed_again_once(client: AsyncClient, secret: str) -> None:
    await SingleUse.all().update(expires_at=datetime.now(UTC) - timedelta(days=1))
    assert (await client.get(f"/proposta/{secret}")).status_code == 404
    for _ in range(2):
        answer = await client.post(f"/proposta/{secret}/ancora", data={"x": ""})
        assert answer.headers["location"] == f"/proposta/{secret}?inviato=si"
    assert (await client.get(f"/proposta/{await mailed()}")).status_code == 200


async def test_a_link_of_one_kind_opens_no_other_page(client: AsyncClient, secret: str) -> None:
    assert (await client.get(f"/risposta/{secret}")).status_code == 404
    assert (await client.post("/proposta/inventato", data={"version": "1"})).status_code == 404


@pytest.mark.parametrize("how", ["left", "moved"])
async def test_whoever_left_the_municipality_confirms_no_more(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str, how: str
) -> None:
    members = Membership.filter(person__email=ANNA)
    if how == "left":
        await members.update(status=MembershipStatus.ENDED)
    else:
        other = await TerritorialBody.get(kind="MUNICIPALITY", code=BALLABIO)
        await members.update(body_id=other.id)
    assert (await client.post(f"/proposta/{secret}", data={"version": "1"})).status_code == 404
    assert await state(proposed) is ProposedNeedState.WAITING


async def test_another_site_cannot_confirm(
    client: AsyncClient, proposed: ProposedNeedRecord, secret: str
) -> None:
    headers = {"origin": "https://elsewhere.example"}
    answer = await client.post(f"/proposta/{secret}", data={"version": "1"}, headers=headers)
    assert answer.status_code == 403
    assert await state(proposed) is ProposedNeedState.WAITING


async def test_it_is_in_english_too(client: AsyncClient, secret: str) -> None:
    page = Page((await client.get(f"/en/proposta/{secret}")).text)
    assert "Confirm and publish" in {button.words for button in page.all("button")}


async def test_the_postmans_round_ends_what_waited_too_long(
    proposed: ProposedNeedRecord, opened_database: Settings
) -> None:
    await ProposedNeed.all().update(changed_at=datetime.now(UTC) - LASTS)
    await Postman(opened_database).drain()
    assert await state(proposed) is ProposedNeedState.EXPIRED


async def test_whoever_wants_to_correct_is_led_through_the_login(client: AsyncClient, secret: str) -> None:
    links = Page((await client.get(f"/proposta/{secret}")).text).links
    assert links["Correggere prima di confermare (serve l’accesso)"].startswith("/accedi?poi=%2Fbisogni")
