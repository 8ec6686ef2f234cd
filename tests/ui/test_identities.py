"""Logging in with a real identity provider: what opens an account, what ties an identity to one, what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from account import EMAIL, PASSWORD, WRONG, enter, invited, path_mailed
from identity import approved, journey, leave
from page import Page
from raccordo import sessions, single_use
from raccordo.identity_settings import Provider
from raccordo.models import (
    AuditEntry,
    ExternalIdentity,
    OutboxEvent,
    Person,
    PersonStatus,
    Session,
    SingleUse,
    WaitingIdentity,
)
from raccordo.settings import Settings
from raccordo_ui.app import create_app
from raccordo_ui.session import COOKIE
from services.oidc import ANNA, IdentityProvider

NOTHING = {"next": ""}
TYPED = {"name": "Anna Rossi", "email": EMAIL}


@pytest.fixture
def provider(idp: IdentityProvider) -> Provider:
    return idp.provider


@pytest.fixture
def app(opened_database: Settings, provider: Provider) -> Starlette:
    return create_app(replace(opened_database, identity_providers=(provider,)))


@pytest.fixture
def trusting(app: Starlette, provider: Provider) -> None:
    """The provider is trusted for addresses and asks for a second factor itself."""
    trusted = replace(provider, trusts_email=True, strong=("mfa", "level-2"))
    app.state.settings = replace(app.state.settings, identity_providers=(trusted,))


async def tied(client: AsyncClient) -> None:
    """An account with a password, to which the identity was tied; nobody is logged in."""
    await invited(client)
    await journey(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD)
    await client.post("/esci")


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
    client: AsyncClient, provider: Provider
) -> None:
    page = Page((await client.post("/accedi/polimi", data=NOTHING)).text)
    assert page.links["Continua con il Politecnico"].startswith(f"{provider.issuer}/authorize?tenant=1&")


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


# An identity that belongs to nobody yet.


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


# One's own identities.


async def test_an_identity_is_added_only_with_the_password(client: AsyncClient) -> None:
    await invited(client)
    form = {"provider": "polimi", "old": WRONG}
    assert (await client.post("/profilo/identita/aggiungi", data=form)).status_code == 422
    await journey(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD)
    page = Page((await client.get("/profilo/identita")).text)
    assert "il Politecnico" in page.headings
    assert (await AuditEntry.get(verb="add_identity")).details == '{"provider":"polimi"}'


async def test_another_person_who_came_meanwhile_gets_nothing(client: AsyncClient) -> None:
    await invited(client)
    back = await approved(await leave(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD))
    await Session.all().delete()
    assert (await client.get(back)).status_code in (403, 422)
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
    await client.post("/identita", data=TYPED)
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
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
