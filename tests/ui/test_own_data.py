"""The page of one's own data: a copy, and the erasure, each behind the password."""

from __future__ import annotations

import json

import pytest
from httpx2 import AsyncClient

from account import EMAIL, PASSWORD, WRONG, enter, invited
from page import Page
from raccordo import invitations
from raccordo.models import AuditEntry, CoordinatingBody, Person, PersonStatus, Role
from raccordo.people import SYSTEM

pytestmark = pytest.mark.usefixtures("opened_database")
PATH = "/profilo/dati"


async def a_second_coordinator(client: AsyncClient) -> None:
    """Somebody else who could invite, so that Anna may go."""
    role, side = Role.COORDINATOR, CoordinatingBody.POLITECNICO
    wanted = invitations.Invitation(email="altra@polimi.invalid", role=role, coordinates_for=side)
    secret = await invitations.invite(SYSTEM, wanted)
    await invitations.accept(secret, "Altra", "it", PASSWORD)
    await invited(client)


async def test_a_copy_is_a_file_that_no_cache_keeps(client: AsyncClient) -> None:
    await invited(client)
    assert Page((await client.get(PATH)).text).headings[:2] == ["I propri dati", "Averne una copia"]
    answer = await client.post(f"{PATH}/copia", data={"old": PASSWORD})
    assert answer.headers["content-disposition"] == 'attachment; filename="raccordo.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["tables"]["person"][0]["email"] == EMAIL


@pytest.mark.parametrize("path", [f"{PATH}/copia", f"{PATH}/cancella"])
async def test_the_password_is_asked_and_the_sentence_stands_beside_it(
    client: AsyncClient, path: str
) -> None:
    await invited(client)
    answer = await client.post(path, data={"old": WRONG, "confirmation": EMAIL})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "La parola d’ordine non è quella giusta." in page.words
    assert len(page.all("p", class_="problem")) == 1
    assert await Person.filter(email=EMAIL).exists()


@pytest.mark.parametrize("path", [f"{PATH}/copia", f"{PATH}/cancella"])
async def test_strangers_get_nothing(client: AsyncClient, path: str) -> None:
    assert (await client.post(path, data={"old": PASSWORD})).status_code == 403
    assert "/accedi" in (await client.get(PATH)).headers["location"]


@pytest.mark.parametrize("path", [f"{PATH}/copia", f"{PATH}/cancella"])
async def test_looking_does_nothing(client: AsyncClient, path: str) -> None:
    await invited(client)
    assert (await client.get(path)).status_code == 405


async def test_guessing_the_password_there_is_slowed_down_like_at_the_door(client: AsyncClient) -> None:
    await invited(client)
    for _ in range(8):
        await client.post(f"{PATH}/copia", data={"old": WRONG})
    said = Page((await client.post(f"{PATH}/copia", data={"old": PASSWORD})).text).words
    assert "Troppi tentativi" in said


async def test_what_was_typed_to_confirm_is_kept(client: AsyncClient) -> None:
    await a_second_coordinator(client)
    answer = await client.post(f"{PATH}/cancella", data={"old": PASSWORD, "confirmation": "anna@"})
    assert Page(answer.text).form()["confirmation"] == "anna@"
    assert f"Per confermare va scritto {EMAIL}, per intero." in Page(answer.text).words


async def test_an_erased_account_is_out_and_cannot_come_back(client: AsyncClient) -> None:
    await a_second_coordinator(client)
    gone = await Person.get(email=EMAIL)
    answer = await client.post(f"{PATH}/cancella", data={"old": PASSWORD, "confirmation": EMAIL})
    assert answer.headers["location"] == "/accedi?fatto=cancellata"
    assert "L’utenza è cancellata." in Page((await client.get(answer.headers["location"])).text).words
    assert "/accedi" in (await client.get("/profilo")).headers["location"]
    assert (await enter(client)).status_code == 422
    assert (await Person.get(id=gone.id)).status is PersonStatus.ERASED


async def test_the_only_coordinator_reads_what_to_do_first(client: AsyncClient) -> None:
    await invited(client)
    answer = await client.post(f"{PATH}/cancella", data={"old": PASSWORD, "confirmation": EMAIL})
    assert answer.status_code == 422
    assert "Prima si invita un’altra persona" in Page(answer.text).words


async def test_the_log_keeps_both_acts_and_no_name(client: AsyncClient) -> None:
    await a_second_coordinator(client)
    await client.post(f"{PATH}/copia", data={"old": PASSWORD})
    await client.post(f"{PATH}/cancella", data={"old": PASSWORD, "confirmation": EMAIL})
    entries = await AuditEntry.filter(verb__in=("export", "erase")).order_by("number")
    assert [entry.verb for entry in entries] == ["export", "erase"]
    assert "anna" not in json.dumps(await AuditEntry.all().values()).lower()


async def test_english_too(client: AsyncClient) -> None:
    await invited(client)
    page = Page((await client.get(f"/en{PATH}")).text)
    assert (page.language, page.headings[0]) == ("en", "Your own data")
