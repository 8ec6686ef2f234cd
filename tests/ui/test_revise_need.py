"""Changing a need: who may, what happens when two do it at once, what is wrong."""

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


def changed(need: Need, **fields: str) -> dict[str, str]:
    form = {"title": NEED.title, "description": NEED.description, "version": str(need.version)}
    return form | fields


async def test_the_form_holds_what_the_need_says_now(client: AsyncClient, need: Need) -> None:
    page = Page((await client.get(f"/bisogni/{need.number}/modifica")).text)
    sent = page.form()
    assert (sent["title"], sent["description"], sent["version"]) == (NEED.title, NEED.description, "1")
    assert page.all("form")[0].attributes["action"] == f"/bisogni/{need.number}"


async def test_the_form_can_be_sent_back_as_it_is(client: AsyncClient, need: Need) -> None:
    form = Page((await client.get(f"/bisogni/{need.number}/modifica")).text).form()
    answer = await client.post(f"/bisogni/{need.number}", data=form)
    assert answer.status_code == 303
    assert catalogue.current().needs[need.number].title == NEED.title


async def test_a_change_is_shown_at_once(client: AsyncClient, need: Need) -> None:
    answer = await client.post(f"/bisogni/{need.number}", data=changed(need, title="Due ponti"))
    page = Page((await client.get(answer.headers["location"])).text)
    assert page.headings[0] == "Due ponti"


async def test_the_preview_of_a_change_changes_nothing(client: AsyncClient, need: Need) -> None:
    answer = await client.post(f"/bisogni/{need.number}/modifica", data=changed(need, title="Due ponti"))
    assert Page(answer.text).form()["title"] == "Due ponti"
    assert catalogue.current().needs[need.number].version == need.version


async def test_what_is_wrong_stands_beside_its_field(client: AsyncClient, need: Need) -> None:
    answer = await client.post(f"/bisogni/{need.number}", data=changed(need, title="", description="Nuovo"))
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.by_id("title-problem").words.startswith("Manca il titolo")
    assert page.form()["description"] == "Nuovo"


async def test_of_two_at_once_the_second_sees_both_versions(client: AsyncClient, need: Need) -> None:
    await client.post(f"/bisogni/{need.number}", data=changed(need, title="Il primo ha scritto questo"))
    answer = await client.post(f"/bisogni/{need.number}", data=changed(need, title="Il secondo questo"))
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "Il primo ha scritto questo" in page.headings
    assert page.form()["title"] == "Il secondo questo"
    again = await client.post(f"/bisogni/{need.number}", data=page.form())
    assert again.status_code == 303
    assert catalogue.current().needs[need.number].title == "Il secondo questo"


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999", "0"])
async def test_a_version_that_makes_no_sense_is_a_conflict(
    client: AsyncClient, need: Need, version: str
) -> None:
    answer = await client.post(f"/bisogni/{need.number}", data=changed(need, version=version))
    assert answer.status_code == 409


@pytest.mark.parametrize("actor", [Actor(), BALLABIO_OFFICER, LABORATORY, COORDINATOR])
async def test_strangers_are_refused(client: AsyncClient, act_as: ActAs, need: Need, actor: Actor) -> None:
    act_as(actor)
    address = f"/bisogni/{need.number}"
    assert (await client.get(f"{address}/modifica")).status_code == 403
    assert (await client.post(f"{address}/modifica", data=changed(need))).status_code == 403
    assert (await client.post(address, data=changed(need, title="Mio"))).status_code == 403
    assert catalogue.current().needs[need.number].title == NEED.title


async def test_an_example_belongs_to_nobody(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.get("/bisogni/1/modifica")
    assert answer.status_code == 403


async def test_what_is_not_there_cannot_be_changed(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    assert (await client.get("/bisogni/9999/modifica")).status_code == 404
    assert (await client.post("/bisogni/9999", data={"title": "x"})).status_code == 404
