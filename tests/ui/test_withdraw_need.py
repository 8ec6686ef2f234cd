"""Withdrawing a need: asked before, quiet afterwards, and it can be undone."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, needs
from raccordo.people import Actor
from raccordo.published import Need
from ui.conftest import ActAs


@pytest.fixture
async def need(client: AsyncClient, act_as: ActAs) -> Need:
    """A need of Pasturo's, with its officer acting."""
    act_as(PASTURO_OFFICER)
    return await needs.publish(PASTURO_OFFICER, NEED)


async def withdrawn(client: AsyncClient, need: Need, **fields: str) -> Page:
    """The page that follows a withdrawal."""
    form = {"version": str(need.version), "reason": ""} | fields
    answer = await client.post(f"/bisogni/{need.number}/ritira", data=form)
    assert answer.status_code == 303
    return Page((await client.get(answer.headers["location"])).text)


async def test_it_asks_first(client: AsyncClient, need: Need) -> None:
    page = Page((await client.get(f"/bisogni/{need.number}/ritira")).text)
    assert page.headings[0] == "Ritirare questo bisogno?"
    assert need.number in catalogue.current().needs


async def test_afterwards_the_need_is_gone(client: AsyncClient, need: Need) -> None:
    page = await withdrawn(client, need, reason="Risolto")
    assert page.headings[0] == "Ritirato"
    answer = await client.get(f"/bisogni/{need.number}")
    assert answer.status_code == 410
    assert f"Il bisogno {need.number} è stato ritirato" in Page(answer.text).words


async def test_it_can_be_undone_from_the_next_page(client: AsyncClient, need: Need) -> None:
    page = await withdrawn(client, need)
    form = page.all("form")[0].attributes["action"]
    answer = await client.post(form, data=page.form())
    assert (answer.status_code, answer.headers["location"]) == (303, f"/bisogni/{need.number}")
    assert need.number in catalogue.current().needs


async def test_a_coordinator_may_withdraw_too(client: AsyncClient, act_as: ActAs, need: Need) -> None:
    act_as(COORDINATOR)
    await withdrawn(client, need)
    assert need.number not in catalogue.current().needs


@pytest.mark.parametrize("actor", [Actor(), BALLABIO_OFFICER, LABORATORY])
async def test_strangers_are_refused(client: AsyncClient, act_as: ActAs, need: Need, actor: Actor) -> None:
    act_as(actor)
    address, form = f"/bisogni/{need.number}", {"version": "1"}
    assert (await client.get(f"{address}/ritira")).status_code == 403
    assert (await client.post(f"{address}/ritira", data=form)).status_code == 403
    assert need.number in catalogue.current().needs


async def test_strangers_cannot_undo_it(client: AsyncClient, act_as: ActAs, need: Need) -> None:
    await withdrawn(client, need)
    act_as(BALLABIO_OFFICER)
    answer = await client.post(f"/bisogni/{need.number}/ripubblica", data={"version": "2"})
    assert answer.status_code == 403
    assert need.number not in catalogue.current().needs


async def test_a_need_that_changed_meanwhile_is_not_withdrawn(client: AsyncClient, need: Need) -> None:
    await needs.revise(PASTURO_OFFICER, need.number, need.version, NEED)
    answer = await client.post(f"/bisogni/{need.number}/ritira", data={"version": str(need.version)})
    assert answer.status_code == 409
    assert need.number in catalogue.current().needs


async def test_a_reason_that_is_too_long_is_said_and_kept(client: AsyncClient, need: Need) -> None:
    form = {"version": "1", "reason": "perché " * 100}
    answer = await client.post(f"/bisogni/{need.number}/ritira", data=form)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "il massimo è 500" in page.by_id("reason-problem").words
    assert page.form()["reason"] == form["reason"]


async def test_twice_is_once(client: AsyncClient, need: Need) -> None:
    await withdrawn(client, need)
    answer = await client.post(f"/bisogni/{need.number}/ritira", data={"version": "1"})
    assert answer.status_code == 410


@pytest.mark.parametrize("version", ["", "x", "2" * 30])
async def test_the_page_of_a_withdrawn_need_without_a_version_is_gone(
    client: AsyncClient, need: Need, version: str
) -> None:
    await withdrawn(client, need)
    answer = await client.get(f"/bisogni/{need.number}/ritira", params={"versione": version})
    assert answer.status_code in (200, 410)


async def test_publishing_again_answers_to_forms_only(client: AsyncClient, need: Need) -> None:
    assert (await client.get(f"/bisogni/{need.number}/ripubblica")).status_code == 405
