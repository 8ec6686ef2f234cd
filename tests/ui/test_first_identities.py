"""An identity that belongs to nobody yet: it opens no account by itself, and an account is never taken over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from account import EMAIL, WRONG, enter, invited, path_mailed
from identity import journey, site_with, trust
from page import Page
from raccordo.models import (
    ExternalIdentity,
    OutboxEvent,
    Person,
    PersonStatus,
    Session,
    WaitingIdentity,
)
from raccordo.settings import Settings
from services.oidc import ANNA, IdentityProvider

TYPED = {"name": "Anna Rossi", "email": EMAIL}


@pytest.fixture
def app(opened_database: Settings, idp: IdentityProvider) -> Starlette:
    return site_with(opened_database, idp.provider)


@pytest.fixture
def trusting(app: Starlette) -> None:
    trust(app)


async def sessions_now() -> int:
    return await Session.all().count()


async def test_the_same_address_does_not_open_an_account(client: AsyncClient, trusting: None) -> None:
    await invited(client)
    await client.post("/esci")
    assert (await journey(client)).headers["location"] == "/identita"
    page = Page((await client.get("/identita")).text)
    assert "ha già un’utenza" in page.words
    assert (await sessions_now(), await ExternalIdentity.all().count()) == (0, 0)


async def test_the_password_once_then_the_identity_is_enough(client: AsyncClient) -> None:
    await invited(client)
    await client.post("/esci")
    await journey(client)
    where = Page((await client.get("/identita")).text).links["Accedi e collega"]
    assert where == "/accedi?poi=%2Fprofilo%2Fidentita"
    await enter(client)
    assert "In attesa: il Politecnico" in Page((await client.get("/profilo/identita")).text).headings
    await client.post("/profilo/identita", data={})
    assert await path_mailed() == "/profilo/identita"
    await client.post("/esci")
    assert (await journey(client)).headers["location"] == "/profilo"


async def test_an_old_session_ties_nothing_that_waits(client: AsyncClient) -> None:
    await invited(client)
    await journey(client)
    assert await WaitingIdentity.all().count() == 1
    await Session.all().update(created_at=datetime.now(UTC) - timedelta(minutes=11))
    answer = await client.post("/profilo/identita", data={})
    assert "accesso recente" in Page(answer.text).alerts
    assert await ExternalIdentity.all().count() == 0


async def test_what_waited_too_long_is_over(client: AsyncClient) -> None:
    await journey(client)
    await WaitingIdentity.all().update(expires_at=datetime.now(UTC))
    assert (await client.get("/identita")).headers["location"] == "/accedi"
    assert (await client.post("/identita", data=TYPED)).status_code == 422
    assert await Person.filter(email=EMAIL).count() == 0


async def test_a_new_account_is_confirmed_by_mail_and_by_the_same_identity(client: AsyncClient) -> None:
    await journey(client)
    assert Page((await client.get("/identita")).text).form()["email"] == EMAIL
    sent = await client.post("/identita", data=TYPED)
    assert Page(sent.text).headings == ["Un messaggio è partito"]
    link = await path_mailed()
    assert (await journey(client)).headers["location"] == "/identita"  # not before it is confirmed
    assert "Entra con il Politecnico e conferma" in Page((await client.get(link)).text).words
    assert (await journey(client, link)).headers["location"] == "/profilo"
    assert (await Person.get(email=EMAIL)).status is PersonStatus.ACTIVE
    assert (await client.get(link)).status_code == 404


async def test_another_identity_confirms_nothing(client: AsyncClient, idp: IdentityProvider) -> None:
    await journey(client)
    await client.post("/identita", data=TYPED)
    idp.approve(ANNA | {"sub": "mallory"})
    answer = await journey(client, await path_mailed())
    assert "si conferma con quella" in Page(answer.text).alerts
    assert (await sessions_now(), await ExternalIdentity.all().count()) == (0, 0)


async def test_a_password_that_a_stranger_chose_does_not_open_the_account(client: AsyncClient) -> None:
    await client.post("/registrati", data={"name": "M", "email": EMAIL, "password": WRONG})
    await journey(client)
    await client.post("/identita", data=TYPED)
    await journey(client, await path_mailed())
    await client.post("/esci")
    assert (await enter(client, WRONG)).status_code == 422


async def test_a_trusted_provider_needs_no_mail(client: AsyncClient, trusting: None) -> None:
    await journey(client)
    assert (await client.post("/identita", data=TYPED)).headers["location"] == "/profilo"
    assert await OutboxEvent.all().count() == 0


@pytest.mark.parametrize("verified", [False, "true", None])
async def test_an_address_that_is_not_called_verified_needs_it(
    client: AsyncClient, idp: IdentityProvider, trusting: None, verified: object
) -> None:
    idp.approve(ANNA | {"email_verified": verified})
    await journey(client)
    await client.post("/identita", data=TYPED)
    assert (await Person.get(email=EMAIL)).status is PersonStatus.INVITED


async def test_another_address_than_the_vouched_one_needs_it(client: AsyncClient, trusting: None) -> None:
    await journey(client)
    await client.post("/identita", data=TYPED | {"email": "altra@anci.invalid"})
    assert (await Person.get(email="altra@anci.invalid")).status is PersonStatus.INVITED


async def test_whether_a_typed_address_has_an_account_is_told_to_its_mailbox_only(
    client: AsyncClient, idp: IdentityProvider
) -> None:
    await invited(client)
    await client.post("/esci")
    idp.approve({"sub": "mallory"})
    await journey(client)
    known = await client.post("/identita", data=TYPED)
    await journey(client)
    unknown = await client.post("/identita", data=TYPED | {"email": "nuova@anci.invalid"})
    assert known.text == unknown.text


@pytest.mark.parametrize(
    "typed", [{"name": " "}, {"email": "x"}, {"name": "a" * 161}, {"email": "a\r\nb@c.it"}]
)
async def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: AsyncClient, typed: dict[str, str]
) -> None:
    await journey(client)
    answer = await client.post("/identita", data=TYPED | typed)
    assert answer.status_code == 422
    assert Page(answer.text).alerts
    assert Page(answer.text).form()["name"] == (TYPED | typed)["name"]


async def test_name_and_address_may_come_from_userinfo(client: AsyncClient, idp: IdentityProvider) -> None:
    idp.approve({**ANNA, "name": "", "given_name": "Anna", "family_name": "Bianchi"}, mode="userinfo")
    await journey(client)
    form = Page((await client.get("/identita")).text).form()
    assert (form["name"], form["email"]) == ("Anna Bianchi", EMAIL)


async def test_claims_that_are_no_text_are_left_out(client: AsyncClient, idp: IdentityProvider) -> None:
    idp.approve(ANNA | {"name": {"a": 1}, "email": ["x"]})
    await journey(client)
    form = Page((await client.get("/identita")).text).form()
    assert (form["name"], form["email"]) == ("", "")
