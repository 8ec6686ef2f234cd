"""The page of those who decide: whom it shows, what it decides."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO, COORDINATOR, PASTURO
from page import Page
from people_of_tests import Account, actor, member, told
from raccordo import membership_decisions
from raccordo.holders import Held
from raccordo.models import (
    AccessToken,
    BodyKind,
    CoordinatingBody,
    Membership,
    MembershipStatus,
    Person,
    Role,
    Session,
)
from raccordo.refusals import NotAllowed, Refused
from raccordo_ui.session import COOKIE
from ui.conftest import ActAs

pytestmark = pytest.mark.usefixtures("opened_database")
PASTURO_HELD = Held(body=(BodyKind.MUNICIPALITY, PASTURO))
BALLABIO_HELD = Held(body=(BodyKind.MUNICIPALITY, BALLABIO))
INFRALAB, LIA = Held(laboratory="infralab"), Held(laboratory="lia")
ANCI = Held(coordinates_for=CoordinatingBody.ANCI_LOMBARDIA)


async def wish(name: str, role: Role, held: Held) -> Account:
    """Somebody who asks for a role."""
    account = await member(name, (role, held))
    await Membership.filter(id=account.numbers[0]).update(status=MembershipStatus.REQUESTED)
    return account


async def page_as(client: AsyncClient, account: Account, path: str = "/ruoli") -> Page:
    client.cookies.set(COOKIE, account.key)
    answer = await client.get(path)
    assert answer.status_code == 200
    return Page(answer.text)


async def test_an_administrator_sees_the_people_of_its_own_body_only(client: AsyncClient) -> None:
    ada = await member("Ada", (Role.ADMINISTRATOR, PASTURO_HELD))
    await wish("Bruno", Role.OFFICER, PASTURO_HELD)
    await wish("Celia", Role.OFFICER, BALLABIO_HELD)
    await member("Dario", (Role.OFFICER, BALLABIO_HELD), (Role.PROFESSOR, LIA))
    page = await page_as(client, ada)
    assert {"bruno@example.invalid", "ada@example.invalid"} <= set(page.words.split())
    assert not {"Celia", "Dario"} & set(page.words.split())
    assert "1 ruolo attivo" in page.words


async def test_a_manager_sees_its_own_laboratory_only(client: AsyncClient) -> None:
    mara = await member("Mara", (Role.LABORATORY_MANAGER, INFRALAB))
    await wish("Bruno", Role.PROFESSOR, INFRALAB)
    await wish("Celia", Role.PROFESSOR, LIA)
    words = set((await page_as(client, mara)).words.split())
    assert "Bruno" in words
    assert "Celia" not in words


async def test_a_coordinator_searches_through_pages_of_everybody(client: AsyncClient, act_as: ActAs) -> None:
    for number in range(30):
        await member(f"Persona{number}", (Role.OFFICER, PASTURO_HELD if number % 2 else BALLABIO_HELD))
    act_as(COORDINATOR)
    assert "Successivi →" in Page((await client.get("/ruoli")).text).links
    found = Page((await client.get("/ruoli", params={"testo": "persona2 ballabio"})).text)
    assert [word for word in found.words.split() if word.startswith("persona")] == [
        f"persona{number}@example.invalid" for number in (2, 20, 22, 24, 26, 28)
    ]


async def test_many_requests_are_shown_in_part_with_their_number(client: AsyncClient, act_as: ActAs) -> None:
    for number in range(27):
        await wish(f"Persona{number}", Role.OFFICER, PASTURO_HELD)
    act_as(COORDINATOR)
    page = Page((await client.get("/ruoli")).text)
    assert "E altre 2, che seguono queste." in page.words
    assert len([one for one in page.all("form") if one.attributes["action"].endswith("/accetta")]) == 25


@pytest.mark.parametrize("role", [Role.OFFICER, Role.PROFESSOR, Role.COORDINATOR])
async def test_whoever_decides_about_nobody_is_told_for_whom_the_page_is(
    client: AsyncClient, role: Role
) -> None:
    held = {Role.OFFICER: PASTURO_HELD, Role.PROFESSOR: LIA, Role.COORDINATOR: ANCI}[role]
    account = await member("Olga", (role, held))  # the coordinator without a second factor
    client.cookies.set(COOKIE, account.key)
    answer = await client.get("/ruoli")
    assert answer.status_code == 403
    assert "Questa pagina è di chi decide" in Page(answer.text).words
    assert "Persone" not in Page(answer.text).links


async def test_a_visitor_is_sent_to_log_in(client: AsyncClient) -> None:
    assert (await client.get("/ruoli")).headers["location"].startswith("/accedi?poi=")


async def test_the_demonstrations_coordinator_sees_and_decides(client: AsyncClient, act_as: ActAs) -> None:
    bruno = await wish("Bruno", Role.OFFICER, PASTURO_HELD)
    act_as(COORDINATOR)
    assert "Persone" in Page((await client.get("/")).text).links
    answer = await client.post(f"/ruoli/{bruno.numbers[0]}/accetta", data={"go": "1"})
    assert answer.headers["location"] == "/ruoli?fatto=accolto"
    assert await told(bruno) == ["La richiesta per Pasturo è accolta."]


async def test_an_accepted_request_acts_at_once_where_nobody_did(client: AsyncClient) -> None:
    bruno = await wish("Bruno", Role.OFFICER, PASTURO_HELD)
    await Session.all().update(membership_id=None)
    await membership_decisions.accept(COORDINATOR, bruno.numbers[0])
    assert "per Pasturo" in (await page_as(client, bruno, "/profilo/ruoli")).links


async def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(
    client: AsyncClient, act_as: ActAs
) -> None:
    bruno = await wish("Bruno", Role.OFFICER, PASTURO_HELD)
    act_as(COORDINATOR)
    path = f"/ruoli/{bruno.numbers[0]}/rifiuta"
    for reason, sentence in (
        (" ", "Manca il motivo"),
        ("x" * 501, "501 caratteri"),
        ("a\x07b", "invisibile"),
    ):
        answer = await client.post(path, data={"reason": reason})
        assert answer.status_code == 422
        assert sentence in Page(answer.text).alerts
    assert 'value="a\x07b"' in answer.text
    assert (await client.post(path, data={"reason": "Non lavora qui."})).status_code == 303


async def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(client: AsyncClient) -> None:
    bruno = await wish("Bruno", Role.OFFICER, PASTURO_HELD)
    number = bruno.numbers[0]
    done = await asyncio.gather(
        membership_decisions.accept(COORDINATOR, number),
        membership_decisions.refuse(COORDINATOR, number, "No."),
        return_exceptions=True,
    )
    [late] = [one for one in done if isinstance(one, Refused)]
    assert late.code == "already_decided"
    assert len(await told(bruno)) == 1


@pytest.mark.parametrize("verb", ["accetta", "rifiuta", "chiudi", "secondo-fattore"])
async def test_what_is_not_there_and_what_is_not_shown_answer_alike(client: AsyncClient, verb: str) -> None:
    ada = await member("Ada", (Role.ADMINISTRATOR, PASTURO_HELD))
    celia = await wish("Celia", Role.OFFICER, BALLABIO_HELD)
    client.cookies.set(COOKIE, ada.key)
    answers = [
        await client.post(f"/ruoli/{number}/{verb}", data={"reason": "Così."})
        for number in (celia.numbers[0], 999_999, 10**12)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({Page(answer.text).words for answer in answers}) == 1


async def test_an_ended_role_loses_sessions_and_tokens_at_once(client: AsyncClient, act_as: ActAs) -> None:
    bruno = await member("Bruno", (Role.OFFICER, PASTURO_HELD))
    now = datetime.now(UTC)
    await AccessToken.create(
        digest="0" * 64, name="t", person_id=bruno.person, membership_id=bruno.numbers[0],
        scopes="read", created_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    act_as(COORDINATOR)
    await client.post(f"/ruoli/{bruno.numbers[0]}/chiudi", data={"reason": "Ha cambiato lavoro."})
    assert (await AccessToken.get(person_id=bruno.person)).revoked_at
    assert "ruolo finito" in (await page_as(client, bruno, "/profilo/ruoli")).links
    assert await told(bruno) == ["Il ruolo per Pasturo è finito."]


async def test_the_last_coordinator_with_a_second_factor_stays() -> None:
    first = await member("Carlo", (Role.COORDINATOR, ANCI), second_factor=True)
    await member("Dina", (Role.COORDINATOR, ANCI))  # without one
    alone = await actor(first, second_factor=True)
    with pytest.raises(Refused, match="last_coordinator"):
        await membership_decisions.end(alone, first.numbers[0])
    assert (await Membership.get(id=first.numbers[0])).status is MembershipStatus.ACTIVE
    await member("Elio", (Role.COORDINATOR, ANCI), second_factor=True)
    await membership_decisions.end(alone, first.numbers[0])


async def test_two_coordinators_who_end_each_other_leave_one() -> None:
    both = [await member(name, (Role.COORDINATOR, ANCI), second_factor=True) for name in ("Carlo", "Dina")]
    actors = [await actor(one, second_factor=True) for one in both]
    done = await asyncio.gather(
        membership_decisions.end(actors[0], both[1].numbers[0]),
        membership_decisions.end(actors[1], both[0].numbers[0]),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refused) for one in done) == 1


async def test_a_lost_second_factor_is_reset_by_a_coordinator_only(client: AsyncClient) -> None:
    carlo = await member("Carlo", (Role.COORDINATOR, ANCI), second_factor=True)
    dina = await member("Dina", (Role.COORDINATOR, ANCI), second_factor=True)
    page = await page_as(client, carlo)
    assert [button.words for button in page.all("button")].count("Azzera il secondo fattore") == 1
    answer = await client.post(f"/ruoli/{dina.numbers[0]}/secondo-fattore", data={"go": "1"})
    assert answer.headers["location"] == "/ruoli?fatto=azzerato"
    assert (await Person.get(id=dina.person)).totp_secret == ""
    mara = await member("Mara", (Role.LABORATORY_MANAGER, INFRALAB))
    with pytest.raises(NotAllowed):
        await membership_decisions.reset_second_factor(await actor(mara), mara.numbers[0])


@pytest.mark.parametrize("path", ["/ruoli"])
async def test_english_too(client: AsyncClient, act_as: ActAs, path: str) -> None:
    act_as(COORDINATOR)
    assert Page((await client.get(f"/en{path}")).text).language == "en"
