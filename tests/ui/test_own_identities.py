"""The identities of one's own account: added with the password, removed, never somebody else's."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from account import EMAIL, PASSWORD, WRONG, enter, invited
from identity import approved, journey, leave, site_with, tied, trust
from page import Page
from raccordo.models import (
    AuditEntry,
    ExternalIdentity,
    Person,
)
from raccordo.settings import Settings
from services.oidc import IdentityProvider


@pytest.fixture
def app(opened_database: Settings, idp: IdentityProvider) -> Starlette:
    return site_with(opened_database, idp.provider)


@pytest.fixture
def trusting(app: Starlette) -> None:
    trust(app)


async def test_an_identity_is_added_only_with_the_password(client: AsyncClient) -> None:
    await invited(client)
    form = {"provider": "polimi", "old": WRONG}
    assert (await client.post("/profilo/identita/aggiungi", data=form)).status_code == 422
    await journey(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD)
    page = Page((await client.get("/profilo/identita")).text)
    assert "Accesso con il Politecnico" in page.headings
    assert (await AuditEntry.get(verb="add_identity")).details == '{"provider":"polimi"}'


async def test_another_person_who_came_meanwhile_gets_nothing(client: AsyncClient) -> None:
    await invited(client)
    back = await approved(await leave(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD))
    await Person.all().update(email="prima@anci.invalid")
    await invited(client)
    answer = await client.get(back)
    assert answer.status_code == 403
    assert "è entrata un’altra persona" in Page(answer.text).alerts
    assert await ExternalIdentity.all().count() == 0


async def test_an_identity_opens_one_account_only(client: AsyncClient) -> None:
    await tied(client)
    await Person.all().update(email="prima@anci.invalid")
    await invited(client)
    answer = await journey(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD)
    assert "già collegata a un’altra utenza" in Page(answer.text).alerts


async def test_an_identity_that_is_removed_opens_nothing(client: AsyncClient) -> None:
    await tied(client)
    await enter(client)
    identity = str((await ExternalIdentity.get()).id)
    wrong = await client.post("/profilo/identita/togli", data={"identity": identity, "old": WRONG})
    assert wrong.status_code == 422
    await client.post("/profilo/identita/togli", data={"identity": identity, "old": PASSWORD})
    await client.post("/esci")
    assert (await journey(client)).headers["location"] == "/identita"


async def test_the_last_way_to_log_in_stays(client: AsyncClient, trusting: None) -> None:
    await journey(client)
    await client.post("/identita", data={"name": "Anna Rossi", "email": EMAIL})
    answer = await client.post(
        "/profilo/identita/togli", data={"identity": str((await ExternalIdentity.get()).id)}
    )
    assert "unico modo per accedere" in Page(answer.text).alerts
    assert await ExternalIdentity.all().count() == 1


async def test_somebody_else_s_identity_is_not_found(client: AsyncClient) -> None:
    await tied(client)
    await Person.all().update(email="prima@anci.invalid")
    await invited(client)
    form = {"identity": str((await ExternalIdentity.get()).id), "old": PASSWORD}
    assert (await client.post("/profilo/identita/togli", data=form)).status_code == 404
    assert await ExternalIdentity.all().count() == 1
