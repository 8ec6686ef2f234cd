"""One’s own account: address, password, second factor, browsers; the register without personal data."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from httpx2 import AsyncClient

from account import EMAIL, PASSWORD, WRONG, enter, invited, path_mailed
from page import Page
from raccordo import audit, database, second_factor, sessions
from raccordo.models import AuditEntry, OutboxEvent, Person, Session
from raccordo.people import SYSTEM, Actor
from raccordo.refusals import NotAllowed
from raccordo.single_use import digest
from raccordo_ui.session import COOKIE

pytestmark = pytest.mark.usefixtures("opened_database")


async def test_a_new_address_counts_after_its_link_and_the_old_one_is_told(client: AsyncClient) -> None:
    await invited(client)
    await client.post("/profilo/posta", data={"email": "nuova@anci.invalid", "old": PASSWORD})
    link = await path_mailed()
    assert Page((await client.get(link)).text).headings == ["Conferma il nuovo indirizzo"]
    assert await Person.filter(email=EMAIL).exists()
    await client.post(link, data={"go": "1"})
    row = await OutboxEvent.all().order_by("-id").first()
    assert row
    assert json.loads(row.payload)["to"] == EMAIL
    assert (await enter(client, email="nuova@anci.invalid")).status_code == 303


async def test_a_changed_password_ends_the_other_sessions(client: AsyncClient) -> None:
    await invited(client)
    person = await Person.get(email=EMAIL)

    async def another(writing: database.Writing) -> str:
        return await sessions.start(writing, person, second_factor=False)

    other = await database.write(another)
    refused = await client.post("/profilo/password", data={"old": WRONG, "password": WRONG})
    assert refused.status_code == 422
    await client.post("/profilo/password", data={"old": PASSWORD, "password": WRONG})
    assert await sessions.resolve(other) is None
    assert (await client.get("/profilo")).status_code == 200


async def test_a_second_factor_is_enrolled_asked_and_never_taken_twice(client: AsyncClient) -> None:
    await invited(client)
    await client.post("/profilo/secondo-fattore", data={"old": PASSWORD})
    person = await Person.get(email=EMAIL)
    assert person.totp_secret in Page((await client.get("/profilo")).text).words
    step = int(datetime.now(UTC).timestamp()) // second_factor.STEP
    code = second_factor.code_at(person.totp_secret, step)
    await client.post("/profilo/secondo-fattore/conferma", data={"code": code})
    assert "È attivo." in Page((await client.get("/profilo")).text).words
    asked = Page((await enter(client)).text)
    assert asked.headings == ["Codice di accesso"]
    secret = asked.form()["secret"]
    replay = await client.post("/accedi/codice", data={"secret": secret, "code": code})
    assert replay.status_code == 422
    later = second_factor.code_at(person.totp_secret, step + 1)
    assert (await client.post("/accedi/codice", data={"secret": secret, "code": later})).status_code == 303
    session = await Session.all().order_by("-created_at").first()
    assert session
    assert session.second_factor


async def test_a_lost_second_factor_is_reset_by_somebody_else(client: AsyncClient) -> None:
    await invited(client)
    person = await Person.get(email=EMAIL)
    await second_factor.reset(SYSTEM, person.id)
    assert await Session.all().count() == 0
    with pytest.raises(NotAllowed):
        await second_factor.reset(Actor(person=person.id), person.id)


async def test_other_browsers_are_logged_out_and_strangers_are_not(client: AsyncClient) -> None:
    await invited(client)
    mine = client.cookies[COOKIE]
    person = await Person.get(email=EMAIL)
    stranger = await Person.create(name="S", email="s@anci.invalid", created_at=datetime.now(UTC))

    async def start(writing: database.Writing) -> tuple[str, str]:
        return (
            await sessions.start(writing, person, second_factor=False),
            await sessions.start(writing, stranger, second_factor=False),
        )

    other, strange = await database.write(start)
    await client.post("/profilo/browser", data={"browser": digest(strange)})
    await client.post("/profilo/browser", data={"all": "1"})
    assert [bool(await sessions.resolve(key)) for key in (mine, other, strange)] == [True, False, True]


async def test_the_register_knows_no_personal_data(client: AsyncClient) -> None:
    await invited(client)
    entries = await AuditEntry.filter(subject__startswith="person:")
    assert {entry.verb for entry in entries} == {"invite", "activate"}
    assert not [entry for entry in entries if "anna" in (entry.details + entry.subject).lower()]
    assert (await audit.verify()).breaks == ()


@pytest.mark.parametrize("path", ["/accedi", "/registrati", "/password-dimenticata", "/profilo"])
async def test_english_too(client: AsyncClient, path: str) -> None:
    await invited(client)
    assert Page((await client.get(f"/en{path}")).text).language == "en"
