"""Accounts as a person meets them: invited, logged in, throttled, reset, logged out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient

from account import EMAIL, PASSWORD, WRONG, enter, invited, path_mailed
from page import Page
from people_of_tests import member
from raccordo import accounts, invitations, passwords, sessions, throttling
from raccordo.models import CoordinatingBody, Person, PersonStatus, Role, Session
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refused
from raccordo.schema import sdl
from raccordo_ui.session import COOKIE

pytestmark = pytest.mark.usefixtures("opened_database")


async def test_an_invitation_becomes_an_account_that_is_logged_in(client: AsyncClient) -> None:
    answer = await invited(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/profilo")
    page = Page((await client.get("/profilo")).text)
    assert "Anna" in page.links
    assert "va attivato qui sotto" in page.words
    assert await Person.filter(email=EMAIL, status=PersonStatus.ACTIVE).count() == 1


async def test_an_invitation_works_once(client: AsyncClient) -> None:
    await invited(client)
    used = await client.post(await path_mailed(), data={"name": "B", "language": "it", "password": WRONG})
    assert used.status_code == 404


async def test_strangers_invite_nobody() -> None:
    from cast import LABORATORY, PASTURO_OFFICER

    for actor in (PASTURO_OFFICER, LABORATORY):
        with pytest.raises(NotAllowed):
            await invitations.invite(
                actor,
                invitations.Invitation(
                    email=EMAIL, role=Role.COORDINATOR, coordinates_for=CoordinatingBody.POLITECNICO
                ),
            )


async def test_a_login_changes_the_key_and_ends_the_one_before(client: AsyncClient) -> None:
    await invited(client)
    before = client.cookies[COOKIE]
    await enter(client)
    assert client.cookies[COOKIE] != before
    assert await sessions.resolve(before) is None


async def test_a_key_that_somebody_planted_is_not_taken_over(client: AsyncClient) -> None:
    await invited(client)
    client.cookies.set(COOKIE, "planted")
    await enter(client)
    assert await sessions.resolve("planted") is None


async def test_over_https_the_cookie_belongs_to_this_host_only(client: AsyncClient) -> None:
    await invited(client)
    answer = await client.post("https://raccordo.invalid/accedi", data={"email": EMAIL, "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-raccordo_session=")
    assert {"HttpOnly", "Secure", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("where", ["https://evil.invalid", "//evil.invalid", "/\\evil.invalid"])
async def test_a_login_leads_nowhere_else(client: AsyncClient, where: str) -> None:
    await invited(client)
    assert (await enter(client, next=where)).headers["location"] == "/profilo"


async def test_no_account_costs_the_same_work_and_says_the_same(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await invited(client)
    hashed: list[int] = []
    verify = passwords._verify

    def counted(stored: str, password: str) -> bool:
        hashed.append(len(stored))
        return verify(stored, password)

    monkeypatch.setattr(passwords, "_verify", counted)
    wrong, nobody = await enter(client, WRONG), await enter(client, WRONG, "nobody@anci.invalid")
    assert len(hashed) == 2
    assert len(set(hashed)) == 1
    assert Page(wrong.text).alerts == Page(nobody.text).alerts != ""
    assert wrong.status_code == nobody.status_code == 422


async def test_a_blocked_person_cannot_enter_and_loses_the_session(client: AsyncClient) -> None:
    await invited(client)
    await Person.filter(email=EMAIL).update(status=PersonStatus.BLOCKED)
    assert (await client.get("/profilo")).status_code == 303
    assert (await enter(client)).status_code == 422


@pytest.mark.parametrize(
    "age",
    [
        {"seen_at": datetime.now(UTC) - sessions.IDLE - timedelta(minutes=1)},
        {"ends_at": datetime.now(UTC) - timedelta(seconds=1)},
    ],
    ids=["idle", "absolute"],
)
async def test_a_session_ends_by_itself(client: AsyncClient, age: dict[str, datetime]) -> None:
    await invited(client)
    await Session.all().update(**age)
    assert (await client.get("/profilo")).status_code == 303


async def test_too_many_tries_wait_also_when_made_at_once(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(_password: str, _stored: str) -> bool:
        await asyncio.sleep(0)
        return False

    monkeypatch.setattr(passwords, "matches", at_once)
    answers = await asyncio.gather(*(enter(client, WRONG) for _ in range(30)))
    assert [answer.status_code for answer in answers].count(422) == 8
    assert "si può riprovare fra 15 minuti" in Page(answers[-1].text).alerts


def test_an_address_is_counted_across_accounts() -> None:
    throttling.start_again()
    for number in range(60):
        throttling.attempt(throttling.Act.LOGIN, str(number), f"2001:db8::{number:x}")
    with pytest.raises(Refused, match="too_many"):
        throttling.attempt(throttling.Act.LOGIN, "another", "2001:db8::ffff")


async def test_a_very_long_password_is_no_work(client: AsyncClient) -> None:
    await invited(client)
    assert (await enter(client, "a" * 10_000)).status_code == 422


async def test_nobody_logs_in_over_graphql() -> None:
    mutations = sdl().partition("type Mutation")[2].partition("\n}")[0].lower()
    assert not [word for word in ("login", "password", "session", "accedi") if word in mutations]


async def test_another_site_cannot_log_anybody_out(client: AsyncClient) -> None:
    await invited(client)
    assert (await client.post("/esci", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert (await client.get("/profilo")).status_code == 200


async def test_logging_out_ends_the_session(client: AsyncClient) -> None:
    await invited(client)
    key = client.cookies[COOKIE]
    assert (await client.post("/esci")).status_code == 303
    assert await sessions.resolve(key) is None


async def test_a_forgotten_password_ends_every_session(client: AsyncClient) -> None:
    await invited(client)
    await client.post("/password-dimenticata", data={"email": EMAIL})
    link = await path_mailed()
    assert (await client.get(link)).headers["referrer-policy"] == "same-origin"
    assert (await client.get(link)).headers["cache-control"] == "no-store"
    assert (await client.post(link, data={"password": WRONG})).headers["location"].startswith("/accedi")
    assert await Session.all().count() == 0
    assert (await enter(client, WRONG)).status_code == 303
    assert (await client.post(link, data={"password": PASSWORD})).status_code == 404


async def test_whether_an_account_exists_is_not_told(client: AsyncClient) -> None:
    await invited(client)
    known, unknown = [
        await client.post("/password-dimenticata", data={"email": email})
        for email in (EMAIL, "x@anci.invalid")
    ]
    assert known.text == unknown.text
    form = {"name": "Bea", "password": PASSWORD}
    known, unknown = [
        await client.post("/registrati", data={**form, "email": email}) for email in (EMAIL, "y@anci.invalid")
    ]
    assert known.text == unknown.text


async def test_a_request_is_confirmed_with_its_own_password_only(client: AsyncClient) -> None:
    form = {"name": "Bea", "email": "bea@anci.invalid", "password": PASSWORD}
    await client.post("/registrati", data=form)
    link = await path_mailed()
    assert (await enter(client, email="bea@anci.invalid")).status_code == 422
    assert (await client.post(link, data={"password": WRONG})).status_code == 422
    assert (await client.post(link, data={"password": PASSWORD})).status_code == 303
    assert (await enter(client, email="bea@anci.invalid")).status_code == 303


async def test_an_account_without_a_password_is_told_how_to_get_one() -> None:
    newcomer = Actor(person=(await member("Dora")).person)
    with pytest.raises(Refused) as refusal:
        await accounts.demand_password(newcomer, "", "")
    assert [one.code for one in refusal.value.fields] == ["no_password"]
