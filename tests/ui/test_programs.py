"""Programs: a token is made on the profile, acts at /graphql within its scopes, and ends at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx2 import AsyncClient, Response

from account import EMAIL, PASSWORD, WRONG, invited, officer_logged_in, path_mailed
from cast import PASTURO
from dump import dump
from page import Page
from raccordo import tokens
from raccordo.models import (
    AccessToken,
    AuditEntry,
    Membership,
    MembershipStatus,
    Person,
    PersonStatus,
    Session,
)
from raccordo.tokens import MOST

pytestmark = pytest.mark.usefixtures("current")

PAGE = "/profilo/programmi"
ME = {"query": "{ me { role scopes body { name } } }"}
PUBLISH = {
    "query": 'mutation { publishNeed(input: {title: "Un ponte", description: "Vecchio."}) '
    "{ __typename ... on Refusal { code } } }"
}


async def asked(client: AsyncClient, **changed: Any) -> Response:
    """The form as its page would send it, with these fields changed."""
    fields = Page((await client.get(PAGE)).text).form()
    acting_as = str((await Membership.filter(person__email=EMAIL).first()).id)  # type: ignore[union-attr]  # there is one
    sent = {
        **fields,
        "name": "Il gestionale",
        "acting_as": acting_as,
        "days": "90",
        "old": PASSWORD,
        **changed,
    }
    return await client.post(PAGE, data=sent)


async def token(client: AsyncClient, *scopes: str) -> str:
    """A token of an officer of Pasturo, whose browser is then closed."""
    await officer_logged_in(client, PASTURO)
    secret = Page((await asked(client, scopes=scopes)).text).by_id("token").words
    client.cookies.clear()
    return secret


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


async def code_of(client: AsyncClient, secret: str) -> tuple[int, str]:
    answer = await client.post("/graphql", json=ME, headers=bearer(secret))
    body = answer.json()
    return answer.status_code, body["errors"][0]["extensions"]["code"] if "errors" in body else ""


async def test_a_token_is_shown_once_and_only_its_digest_is_kept(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    answer = await asked(client, scopes=["needs:write"])
    secret = Page(answer.text).by_id("token").words
    assert (secret[:4], len(secret), answer.headers["cache-control"]) == ("rac_", 47, "no-store")
    assert secret not in (await client.get(PAGE)).text
    assert secret not in str(await dump())


async def test_making_one_is_written_down_and_mailed(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    await asked(client, scopes=["needs:write"])
    entry = await AuditEntry.all().order_by("-number").first()
    assert entry
    assert (entry.verb, entry.details) == ("create_token", '{"days":90,"scopes":["read","needs:write"]}')
    assert await path_mailed() == PAGE


async def test_it_acts_as_its_role_within_its_scopes_and_never_through_cookies(client: AsyncClient) -> None:
    secret = await token(client, "needs:write")
    client.cookies.set("raccordo_session", "nonsense")
    answer = await client.post("/graphql", json=ME, headers=bearer(secret))
    me = {"role": "OFFICER", "scopes": ["needs:write", "read"], "body": {"name": "Pasturo"}}
    assert answer.json()["data"]["me"] == me
    published = await client.post("/graphql", json=PUBLISH, headers=bearer(secret))
    assert published.json()["data"]["publishNeed"] == {"__typename": "Need"}


async def test_without_the_scope_nothing_is_published(client: AsyncClient) -> None:
    secret = await token(client)
    answer = await client.post("/graphql", json=PUBLISH, headers=bearer(secret))
    assert answer.json()["data"]["publishNeed"]["code"] == "publish_need"


async def test_whoever_may_answer_may_read_what_it_answers(client: AsyncClient) -> None:
    secret = await token(client, "partnerships:write")
    actor = await tokens.actor_of(secret, "")
    assert sorted(actor.scopes or ()) == ["partnerships:read", "partnerships:write", "read"]


async def test_a_session_does_not_lend_its_rights_to_a_token(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    secret = Page((await asked(client)).text).by_id("token").words
    assert client.cookies
    answer = await client.post("/graphql", json=PUBLISH, headers=bearer(secret))
    assert answer.json()["data"]["publishNeed"]["code"] == "publish_need"


async def test_a_revoked_token_is_refused_by_the_next_request(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    secret = Page((await asked(client)).text).by_id("token").words
    assert await code_of(client, secret) == (200, "")
    row = await AccessToken.get()
    assert (await client.post(f"{PAGE}/revoca", data={"token": str(row.id)})).status_code == 303
    assert await code_of(client, secret) == (401, "revoked_token")
    assert "Nessun programma agisce" in Page((await client.get(PAGE)).text).words


async def test_nobody_revokes_the_token_of_somebody_else(client: AsyncClient) -> None:
    secret = await token(client)
    other = await Person.create(name="B", email="b@example.invalid", created_at=datetime.now(UTC))
    await Session.all().delete()
    await AccessToken.all().update(person_id=other.id)
    await client.post("/accedi", data={"email": EMAIL, "password": PASSWORD})
    row = await AccessToken.get()
    assert (await client.post(f"{PAGE}/revoca", data={"token": str(row.id)})).status_code == 404
    assert await code_of(client, secret) == (200, "")


async def test_a_token_that_expired_is_refused_and_says_so(client: AsyncClient) -> None:
    secret = await token(client)
    await AccessToken.all().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert await code_of(client, secret) == (401, "expired_token")


async def test_it_ends_with_its_person_and_with_its_role(client: AsyncClient) -> None:
    secret = await token(client)
    await Person.all().update(status=PersonStatus.BLOCKED)
    assert await code_of(client, secret) == (401, "ended_token")
    await Person.all().update(status=PersonStatus.ACTIVE)
    await Membership.all().update(status=MembershipStatus.ENDED)
    assert await code_of(client, secret) == (401, "ended_token")


async def test_a_refused_token_is_told_how_to_come_again(client: AsyncClient) -> None:
    answer = await client.post("/graphql", json=ME, headers={**bearer("rac_x"), "accept-language": "en"})
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert answer.json()["errors"][0]["message"] == "There is no such token: it must be copied whole."
    page = await client.get("/bisogni", headers=bearer("rac_x"))
    assert (page.status_code, Page(page.text).headings) == (401, ["Token non valido"])
    assert page.headers["www-authenticate"].startswith("Bearer ")


async def test_guessing_from_one_network_address_is_bounded(client: AsyncClient) -> None:
    secret = await token(client)
    codes = [(await code_of(client, f"rac_{number}"))[0] for number in range(62)]
    assert (codes.count(401), codes[-2:]) == (60, [429, 429])
    assert await code_of(client, secret) == (429, "too_many")


async def test_what_is_known_and_over_is_no_guess(client: AsyncClient) -> None:
    secret = await token(client)
    await AccessToken.all().update(revoked_at=datetime.now(UTC))
    codes = {await code_of(client, secret) for _ in range(70)}
    assert codes == {(401, "revoked_token")}


@pytest.mark.parametrize("path", ["/bisogni.atom", "/bisogni.csv", "/bisogni", "/graphql?query={me{role}}"])
async def test_reading_takes_a_token(client: AsyncClient, path: str) -> None:
    secret = await token(client)
    assert (await client.get(path, headers=bearer(secret))).status_code == 200


async def test_the_profile_is_closed_to_a_token(client: AsyncClient) -> None:
    secret = await token(client, *tokens.SCOPES)
    for path in ("/profilo", PAGE):
        assert (await client.get(path, headers=bearer(secret))).headers["location"].startswith("/accedi")
    assert (await client.get("/profilo/avvisi", headers=bearer(secret))).status_code == 403


async def test_a_token_needs_no_origin_and_a_foreign_one_does_not_pass(client: AsyncClient) -> None:
    secret = await token(client, "needs:write")
    foreign = {**bearer(secret), "origin": "https://elsewhere.invalid"}
    assert (await client.post("/graphql", json=PUBLISH, headers=foreign)).status_code == 403
    assert (await client.post("/graphql", json=PUBLISH, headers=bearer(secret))).status_code == 200


async def test_other_ways_of_authorization_are_left_to_the_proxy(client: AsyncClient) -> None:
    answer = await client.post("/graphql", json=ME, headers={"authorization": "Basic eDp5"})
    assert answer.json()["data"]["me"]["role"] == "VISITOR"


async def test_the_last_use_is_kept_coarsely(client: AsyncClient) -> None:
    secret = await token(client)
    assert (await AccessToken.get()).used_at is None
    await code_of(client, secret)
    first = (await AccessToken.get()).used_at
    await code_of(client, secret)
    assert first
    assert (await AccessToken.get()).used_at == first


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": " "}, "name", "Serve un nome"),
        ({"name": "x" * 81}, "name", "Serve un nome"),
        ({"name": "a\u0007b"}, "name", "Serve un nome"),
        ({"scopes": ["needs:write", "account"]}, "scopes", "Questo permesso non esiste."),
        ({"days": "0"}, "days", "I giorni vanno da 1 a 366."),
        ({"days": "367"}, "days", "I giorni vanno da 1 a 366."),
        ({"days": "molti"}, "days", "I giorni vanno da 1 a 366."),
        ({"acting_as": "999999"}, "acting_as", "Va scelto uno dei propri incarichi."),
        ({"old": WRONG}, "old", "La parola d’ordine non è quella giusta."),
    ],
    ids=str,
)
async def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    client: AsyncClient, changed: dict[str, Any], field: str, sentence: str
) -> None:
    await officer_logged_in(client, PASTURO)
    answer = await asked(client, **{"scopes": ["needs:write"], **changed})
    page = Page(answer.text)
    assert (answer.status_code, await AccessToken.all().count()) == (422, 0)
    assert sentence in page.words
    assert page.by_id(field)
    assert "needs:write" in page.form()["scopes"]


async def test_a_role_of_somebody_else_is_not_lent(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    other = await Person.create(name="B", email="b@example.invalid", created_at=datetime.now(UTC))
    mine = await Membership.get(person__email=EMAIL)
    await Membership.filter(id=mine.id).update(person_id=other.id)
    assert (await asked_as(client, mine.id)).status_code == 422


async def asked_as(client: AsyncClient, membership: int) -> Response:
    sent = {"name": "x", "acting_as": str(membership), "days": "90", "old": PASSWORD}
    return await client.post(PAGE, data=sent)


async def test_a_person_has_only_so_many(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    await asked(client)
    row = await AccessToken.get().prefetch_related("person", "membership")
    for number in range(MOST - 1):
        copy = row.clone(pk=None)
        copy.digest = str(number)
        await copy.save(force_create=True)
    answer = await asked(client)
    assert answer.status_code == 422
    assert f"Ci sono già {MOST} token validi" in Page(answer.text).alerts


async def test_a_coordinator_needs_the_second_factor_to_make_one(client: AsyncClient) -> None:
    await invited(client)
    membership = await Membership.get(person__email=EMAIL)
    assert "solo dopo il secondo fattore" in Page((await client.get(PAGE)).text).words
    assert (await asked_as(client, membership.id)).status_code == 403


async def test_a_coordinators_token_loses_its_rights_with_the_second_factor(client: AsyncClient) -> None:
    await invited(client)
    await Session.all().update(second_factor=True)
    await Person.all().update(totp_secret="A", totp_step=1)  # noqa: S106  # nobody reads it
    membership = await Membership.get(person__email=EMAIL)
    secret = Page((await asked_as(client, membership.id)).text).by_id("token").words
    assert (await tokens.actor_of(secret, "")).second_factor
    await Person.all().update(totp_secret="", totp_step=None)
    assert not (await tokens.actor_of(secret, "")).second_factor


async def test_the_page_is_in_english_too(client: AsyncClient) -> None:
    await officer_logged_in(client, PASTURO)
    page = Page((await client.get(f"/en{PAGE}")).text)
    assert page.headings == ["Programs", "Tokens", "Authorise a program"]
    assert "Programs" in Page((await client.get("/en/profilo")).text).links
