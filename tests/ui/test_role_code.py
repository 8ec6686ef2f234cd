"""The code that leaves for an office's own mailbox: it makes an officer, once, and only of whoever asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient, Response

from cast import PASTURO
from page import Page
from people_of_tests import Account, mailed, member, told
from raccordo import membership_decisions, throttling
from raccordo.holders import Held
from raccordo.models import (
    BodyKind,
    Membership,
    MembershipStatus,
    Municipality,
    OutboxEvent,
    Person,
    Role,
    SingleUse,
    Verification,
)
from raccordo.people import SYSTEM
from raccordo.settings import Settings
from raccordo_ui.session import COOKIE

MAILBOX = "protocollo@pec.comune.pasturo.lc.it"


@pytest.fixture(autouse=True)
async def anna(client: AsyncClient, opened_database: Settings) -> Account:  # the open database
    """Somebody without a role, whose browser the client is; Pasturo has its mailbox on record."""
    await Municipality.filter(istat_code=PASTURO).update(mailbox=MAILBOX)
    account = await member("Anna")
    client.cookies.set(COOKIE, account.key)
    return account


async def ask(client: AsyncClient) -> Response:
    return await client.post("/profilo/ruoli/chiedi", data={"role": "OFFICER", "holder": "Pasturo"})


async def asked(client: AsyncClient) -> tuple[str, str]:
    """The code page and the code that was mailed."""
    answer = await ask(client)
    return answer.headers["location"], str((await mailed())["values"]["code"])


async def test_the_code_makes_an_officer_who_acts_at_once(client: AsyncClient, anna: Account) -> None:
    page, code = await asked(client)
    assert MAILBOX in Page((await client.get(page)).text).words
    answer = await client.post(page, data={"code": f" {code.lower().replace('-', ' ')} "})
    assert answer.headers["location"] == "/profilo/ruoli?fatto=codice"
    row = await Membership.get(person_id=anna.person)
    assert (row.status, row.verified_by) == (MembershipStatus.ACTIVE, Verification.MAILBOX)
    assert "per Pasturo" in Page((await client.get("/")).text).links


async def test_the_mail_says_who_asks_and_hides_no_address(client: AsyncClient, anna: Account) -> None:
    await Person.filter(id=anna.person).update(name="Anna http://evil.invalid")
    await asked(client)
    mail = await mailed()
    assert mail["to"] == MAILBOX
    assert mail["values"]["name"] == "Anna httpevilinvalid"
    assert mail["values"]["email"] == anna.email


async def test_where_a_mailbox_answers_the_coordinators_are_left_alone(client: AsyncClient) -> None:
    coordinator = await member("Carlo", (Role.COORDINATOR, Held()))
    administrator = await member("Ada", (Role.ADMINISTRATOR, Held(body=(BodyKind.MUNICIPALITY, PASTURO))))
    await asked(client)
    assert await told(coordinator) == []
    assert len(await told(administrator)) == 1


async def test_a_code_works_once_and_only_the_last_one(client: AsyncClient) -> None:
    page, first = await asked(client)
    _, second = await asked(client)
    assert (await client.post(page, data={"code": first})).status_code == 422
    assert (await client.post(page, data={"code": second})).status_code == 303
    assert (await client.post(page, data={"code": second})).status_code == 404


async def test_somebody_elses_code_opens_nothing(client: AsyncClient) -> None:
    page, code = await asked(client)
    mallory = await member("Mallory")
    client.cookies.set(COOKIE, mallory.key)
    assert (await client.get(page)).status_code == 404
    assert (await client.post(page, data={"code": code})).status_code == 404
    own, _ = await asked(client)
    assert (await client.post(own, data={"code": code})).status_code == 422
    assert await Membership.filter(status=MembershipStatus.ACTIVE, person_id=mallory.person).count() == 0


async def test_a_code_is_over_after_ten_wrong_tries_whatever_is_forgotten(
    client: AsyncClient, anna: Account
) -> None:
    page, code = await asked(client)
    for _ in range(10):
        throttling.start_again()  # as a restart would
        assert (await client.post(page, data={"code": "AAAA"})).status_code == 422
    answer = await client.post(page, data={"code": code})
    assert "sbagliato troppe volte" in Page(answer.text).alerts
    assert await Membership.filter(status=MembershipStatus.ACTIVE, person_id=anna.person).count() == 0


async def test_tries_are_slowed_down(client: AsyncClient) -> None:
    page, _ = await asked(client)
    answers = [await client.post(page, data={"code": "x" * 50_000}) for _ in range(9)]
    assert "Troppi tentativi" in Page(answers[-1].text).alerts


async def test_an_expired_code_says_so(client: AsyncClient) -> None:
    page, code = await asked(client)
    await SingleUse.all().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "scaduto" in Page((await client.post(page, data={"code": code})).text).alerts


async def test_a_refused_request_is_not_opened_by_its_code(client: AsyncClient, anna: Account) -> None:
    page, code = await asked(client)
    row = await Membership.get(person_id=anna.person)
    await membership_decisions.refuse(SYSTEM, row.id, "Non lavora qui.")
    assert (await client.post(page, data={"code": code})).status_code == 404


async def test_a_mailbox_is_not_flooded(client: AsyncClient) -> None:
    answers = [await ask(client) for _ in range(6)]
    assert "Troppi tentativi" in Page(answers[-1].text).alerts
    assert await OutboxEvent.filter(payload__contains=MAILBOX).count() == 4
