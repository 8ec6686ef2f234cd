"""Logging in with a real identity provider: this browser, once, to an account that is tied to the identity."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from account import enter
from identity import approved, journey, leave, site_with, tied, trust
from page import Page
from raccordo import sessions, single_use
from raccordo.models import (
    Person,
    PersonStatus,
    Session,
    SingleUse,
)
from raccordo.settings import Settings
from raccordo_ui.session import COOKIE
from services.oidc import ANNA, IdentityProvider

NOTHING = {"next": ""}


@pytest.fixture
def app(opened_database: Settings, idp: IdentityProvider) -> Starlette:
    return site_with(opened_database, idp.provider)


@pytest.fixture
def trusting(app: Starlette) -> None:
    trust(app)


async def sessions_now() -> int:
    return await Session.all().count()


async def test_the_login_page_offers_the_provider_in_both_languages(client: AsyncClient) -> None:
    assert "Entra con il Politecnico" in Page((await client.get("/accedi")).text).words
    assert "the Politecnico" in Page((await client.get("/en/accedi")).text).words


async def test_a_tied_identity_opens_its_account_and_goes_where_one_wanted(client: AsyncClient) -> None:
    await tied(client)
    answer = await journey(client, next="/bisogni/nuovo?titolo=ponte")
    assert answer.headers["location"] == "/bisogni/nuovo?titolo=ponte"
    assert "Anna" in Page((await client.get("/profilo")).text).links


async def test_the_page_in_between_can_be_left_with_a_link_too(
    client: AsyncClient, idp: IdentityProvider
) -> None:
    page = Page((await client.post("/accedi/polimi", data=NOTHING)).text)
    assert page.links["Continua con il Politecnico"].startswith(f"{idp.issuer}/authorize?tenant=1&")


async def test_the_key_is_new_and_the_one_before_is_over(client: AsyncClient) -> None:
    await tied(client)
    await enter(client)
    before = client.cookies[COOKIE]
    await journey(client)
    assert client.cookies[COOKIE] != before
    assert await sessions.resolve(before) is None


async def test_whoever_left_in_english_comes_back_in_english(
    client: AsyncClient, idp: IdentityProvider
) -> None:
    idp.approve(mode="error:access_denied")
    back = await client.get(await approved(await leave(client, "/en/accedi/polimi")))
    assert back.headers["location"].startswith("/en/accedi/polimi/ritorno?")
    assert "was cancelled" in Page((await client.get(back.headers["location"])).text).alerts


@pytest.mark.parametrize("where", ["https://evil.invalid", "//evil.invalid", "/" + "a" * 300])
async def test_a_login_leads_nowhere_else(client: AsyncClient, where: str) -> None:
    await tied(client)
    assert (await journey(client, next=where)).headers["location"] == "/profilo"


async def test_an_answer_is_heard_once(client: AsyncClient) -> None:
    await tied(client)
    cookies = dict(client.cookies)
    back = await approved(await leave(client))
    journeys = dict(client.cookies)
    assert (await client.get(back)).status_code == 303
    client.cookies.clear()
    client.cookies.update(cookies | journeys)
    again = await client.get(back)
    assert (again.status_code, await sessions_now()) == (422, 1)
    assert "si ricomincia da qui" in Page(again.text).alerts


async def test_another_browser_cannot_be_logged_in_with_my_answer(client: AsyncClient) -> None:
    await tied(client)
    back = await approved(await leave(client))
    client.cookies.clear()
    assert (await client.get(back)).status_code == 422
    assert await sessions_now() == 0


async def test_a_browser_with_a_journey_of_its_own_does_not_take_another_answer(client: AsyncClient) -> None:
    await tied(client)
    of_the_attacker = await approved(await leave(client))
    await leave(client)
    assert (await client.get(of_the_attacker)).status_code == 422
    assert await sessions_now() == 0


async def test_after_ten_minutes_the_answer_comes_too_late(client: AsyncClient) -> None:
    await tied(client)
    back = await approved(await leave(client))
    await SingleUse.all().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert (await client.get(back)).status_code == 422


async def test_nothing_begins_with_a_get(client: AsyncClient, idp: IdentityProvider) -> None:
    assert (await client.get("/accedi/polimi")).status_code == 405
    assert idp.asked == []


async def test_another_site_cannot_begin_a_journey(client: AsyncClient) -> None:
    answer = await client.post("/accedi/polimi", data=NOTHING, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["/accedi/nessuno", "/accedi/%2e%2e", "/accedi/Polimi"])
async def test_an_unknown_provider_is_not_there(client: AsyncClient, address: str) -> None:
    assert (await client.post(address, data={})).status_code == 404


@pytest.mark.parametrize("status", [PersonStatus.BLOCKED, PersonStatus.ERASED, PersonStatus.INVITED])
async def test_who_may_not_log_in_may_not_here_either(client: AsyncClient, status: PersonStatus) -> None:
    await tied(client)
    await Person.all().update(status=status)
    answer = await journey(client)
    assert "non si può accedere" in Page(answer.text).alerts
    assert await sessions_now() == 0


async def test_journeys_are_begun_with_measure(client: AsyncClient) -> None:
    answers = [await client.post("/accedi/polimi", data=NOTHING) for _ in range(61)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]


# The second factor.


async def coordinator_with_a_code(client: AsyncClient) -> None:
    await tied(client)
    await Person.all().update(totp_secret="JBSWY3DPEHPK3PXP", totp_step=1)  # noqa: S106  # of a test


async def test_the_code_is_still_asked(client: AsyncClient) -> None:
    await coordinator_with_a_code(client)
    answer = await journey(client)
    assert Page(answer.text).headings[0] == "Codice di accesso"
    assert await sessions_now() == 0


@pytest.mark.parametrize("said", [{"acr": "level-2"}, {"amr": ["pwd", "mfa"]}])
async def test_a_provider_that_asked_for_it_itself_is_enough(
    client: AsyncClient, idp: IdentityProvider, trusting: None, said: dict[str, object]
) -> None:
    await coordinator_with_a_code(client)
    idp.approve(ANNA | said)
    assert (await journey(client)).status_code == 303
    assert (await Session.get()).second_factor


@pytest.mark.parametrize("said", [{"acr": "level-1"}, {"amr": [["mfa"]]}, {}])
async def test_a_weaker_login_is_not(
    client: AsyncClient, idp: IdentityProvider, trusting: None, said: dict[str, object]
) -> None:
    await coordinator_with_a_code(client)
    idp.approve(ANNA | said)
    assert Page((await journey(client)).text).headings[0] == "Codice di accesso"


async def test_secrets_are_kept_as_digests_only(client: AsyncClient) -> None:
    await leave(client)
    key = client.cookies["raccordo_journey"].partition(".")[2]
    row = await SingleUse.get(digest=single_use.digest(key))
    assert key not in row.subject


async def test_over_https_the_cookies_belong_to_this_host_only(client: AsyncClient) -> None:
    answer = await client.post("https://raccordo.invalid/accedi/polimi", data=NOTHING)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-raccordo_journey=it.")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax", "Max-Age=600"} <= set(cookie.split("; "))


async def test_pages_on_the_way_are_in_no_cache_and_tell_nobody(client: AsyncClient) -> None:
    answer = await client.post("/accedi/polimi", data=NOTHING)
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "same-origin")
