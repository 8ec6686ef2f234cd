"""Whatever a provider gets wrong, by mistake or on purpose: one sentence, no session, nothing remembered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from identity import approved, journey, leave, site_with
from page import Page
from raccordo.models import Session, WaitingIdentity
from raccordo.openid import discovery, fetching
from raccordo.settings import Settings
from services.oidc import ANNA, IdentityProvider

NOT_NOW = "L’accesso con il Politecnico ora non riesce"
# How the test's provider can misbehave after it approved somebody; see tests/services/identity_provider.py.
WRONG_TOKENS = [
    "wrong nonce", "no nonce", "wrong issuer", "wrong audience", "another party", "no party", "expired",
    "never expires", "old", "from the future", "wrong at_hash", "no subject", "a number as subject",
    "a long subject", "fiscal number", "no algorithm", "public key as secret", "unknown key", "another key",
    "wrong signature", "error answer", "huge", "deep", "not JSON", "a list", "no ID token", "a number",
    "another sender", "error:server_error", "error:<script>",
]  # fmt: skip


@pytest.fixture
def app(opened_database: Settings, idp: IdentityProvider) -> Starlette:
    return site_with(opened_database, idp.provider)


async def is_refused(answer: Response, sentence: str = NOT_NOW) -> bool:
    remembered = await Session.all().count() + await WaitingIdentity.all().count()
    return (
        answer.status_code == 422
        and sentence in Page(answer.text).alerts
        and not [name for name in answer.cookies if name != "raccordo_journey"]
        and remembered == 0
    )


async def is_believed(answer: Response) -> bool:
    return answer.headers.get("location") == "/identita" and await WaitingIdentity.all().count() == 1


@pytest.mark.parametrize("mode", WRONG_TOKENS)
async def test_what_is_not_right_is_not_believed(
    client: AsyncClient, idp: IdentityProvider, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    idp.approve(mode=mode)
    answer = await journey(client)
    assert await is_refused(answer)
    assert "02-666" not in answer.text
    said = caplog.text.lower()
    assert not [secret for secret in ("anna", "rssmra", "<script>", "segreto") if secret in said]


@pytest.mark.parametrize("mode", ["another issuer", "redirected", "insecure"])
async def test_a_provider_that_describes_itself_wrongly_is_not_gone_to(
    client: AsyncClient, idp: IdentityProvider, mode: str
) -> None:
    idp.approve(mode=mode)
    assert await is_refused(await client.post("/accedi/polimi", data={"next": ""}))
    assert "raccordo_journey" not in client.cookies


async def test_a_provider_that_is_down_is_said_at_once(client: AsyncClient, app: Starlette) -> None:
    [provider] = app.state.settings.identity_providers
    gone = replace(provider, issuer="http://127.0.0.1:9")
    app.state.settings = replace(app.state.settings, identity_providers=(gone,))
    assert await is_refused(await client.post("/accedi/polimi", data={"next": ""}))


async def test_whoever_says_no_reads_so(client: AsyncClient, idp: IdentityProvider) -> None:
    idp.approve(mode="error:access_denied")
    answer = await journey(client)
    assert await is_refused(answer, "L’accesso con il Politecnico è stato annullato.")
    assert "02-666" not in answer.text


async def test_a_slow_provider_is_not_waited_for(
    client: AsyncClient, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.5)
    idp.approve(mode="slow")
    assert await is_refused(await journey(client))


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=&state=&error=", "?code=a&code=b&state=ì"]
)
async def test_an_answer_that_nobody_asked_for_is_not_heard(client: AsyncClient, query: str) -> None:
    await leave(client)
    answer = await client.get(f"/accedi/polimi/ritorno{query}")
    assert await is_refused(answer, "Questo accesso non è cominciato in questo browser")


async def test_of_two_answers_at_once_one_is_heard(client: AsyncClient) -> None:
    back = await approved(await leave(client))
    answers = await asyncio.gather(client.get(back), client.get(back))
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_a_wrong_answer_does_not_end_the_journey_of_the_right_one(client: AsyncClient) -> None:
    back = await approved(await leave(client))
    cookies = dict(client.cookies)
    await client.get("/accedi/polimi/ritorno?code=x&state=x")
    client.cookies.update(cookies)
    assert await is_believed(await client.get(back))


async def test_an_endless_code_is_not_passed_on(client: AsyncClient, idp: IdentityProvider) -> None:
    state = (await leave(client)).partition("&state=")[2].partition("&")[0]
    assert await is_refused(await client.get(f"/accedi/polimi/ritorno?state={state}&code={'a' * 5000}"))
    assert "jwks" not in idp.asked
    back = await approved(await leave(client))
    assert (await client.get(f"{back}&more={'a' * 9000}")).status_code == 414


async def test_a_long_code_arrives(client: AsyncClient) -> None:
    back = await approved(await leave(client))
    assert await is_believed(await client.get(f"{back}&session_state={'a' * 3000}"))


@pytest.mark.parametrize("mode", ["", "no key named"])
async def test_an_elliptic_signature_is_as_good(
    client: AsyncClient, idp: IdentityProvider, mode: str
) -> None:
    idp.approve(mode=mode, key="EC")
    assert await is_believed(await journey(client))


async def test_a_new_key_is_learnt_without_a_restart(client: AsyncClient, idp: IdentityProvider) -> None:
    await journey(client)
    await WaitingIdentity.all().delete()
    idp.approve(key="RSA")
    assert await is_believed(await journey(client))
    assert idp.asked == ["jwks"]


async def test_keys_are_not_asked_for_all_the_time(client: AsyncClient, idp: IdentityProvider) -> None:
    idp.approve(mode="unknown key")
    for _ in range(4):
        await journey(client)
    assert idp.asked == ["discovery", "jwks", "jwks"]


async def test_what_is_old_is_asked_again(
    client: AsyncClient, idp: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await journey(client)
    monkeypatch.setattr(discovery, "AGE", -1)
    await journey(client)
    assert idp.asked.count("discovery") > 1


async def test_userinfo_about_somebody_else_is_not_read(client: AsyncClient, idp: IdentityProvider) -> None:
    idp.approve(mode="userinfo of another")
    await journey(client)
    assert "userinfo" in idp.asked
    assert (await WaitingIdentity.get()).email == ""


async def test_the_secret_is_in_no_page_and_no_address(client: AsyncClient, idp: IdentityProvider) -> None:
    with_secret = idp.provider.client_secret
    page = await client.post("/accedi/polimi", data={"next": ""})
    assert with_secret not in page.text + page.headers["refresh"] + repr(idp.provider)


async def test_what_happens_is_logged_without_saying_about_whom(
    client: AsyncClient, idp: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    idp.approve(ANNA, mode="wrong nonce")
    with caplog.at_level(logging.WARNING):
        await journey(client)
    assert (
        "identity provider polimi: gives an ID token that is not right: InvalidClaimError nonce"
        in caplog.text
    )
