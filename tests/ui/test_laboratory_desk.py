"""What a laboratory keeps for itself: requests, places, conflicts; and the sharing of a need beside it."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO, BALLABIO_OFFICER, COORDINATOR, LABORATORY, LECCO_OFFICER, NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, conflicts, needs, partnerships
from raccordo.people import VISITOR, Actor
from ui.conftest import ActAs

DESK = "/laboratori/infralab/richieste"


async def desk(client: AsyncClient) -> Page:
    return Page((await client.get(DESK)).text)


async def test_it_lists_where_the_laboratory_was_asked(client: AsyncClient, act_as: ActAs) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    act_as(LABORATORY)
    assert NEED.title not in (await desk(client)).links
    await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    assert (await desk(client)).links[NEED.title] == f"/collaborazioni/{record.id}"


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER], ids=lambda actor: actor.label)
async def test_strangers_are_refused(client: AsyncClient, act_as: ActAs, actor: Actor) -> None:
    conflict = await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", BALLABIO, "Un fratello")
    act_as(actor)
    assert (await client.get(DESK)).status_code == 403
    assert DESK not in (await client.get("/laboratori/infralab")).text
    assert (await client.post("/laboratori/infralab/posti", data={"places": "1"})).status_code == 403
    gone = await client.post(f"/laboratori/infralab/conflitti/{conflict.id}/togli", data={})
    assert gone.status_code == 404


async def test_places_are_declared_and_shown(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    page = await desk(client)
    answer = await client.post(
        "/laboratori/infralab/posti", data={"version": page.form()["version"], "places": "2"}
    )
    assert answer.status_code == 303
    assert catalogue.current().laboratories["infralab"].free_places == 2
    assert "2 posti" in Page((await client.get("/laboratori/infralab")).text).words


async def test_places_that_are_no_number_are_refused_beside_the_field(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(LABORATORY)
    answer = await client.post("/laboratori/infralab/posti", data={"version": "1", "places": "-1"})
    assert answer.status_code == 422
    assert "da 0 a 99" in Page(answer.text).by_id("places-problem").words


async def test_an_old_page_of_places_is_refused(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    answer = await client.post("/laboratori/infralab/posti", data={"version": "9", "places": "1"})
    assert answer.status_code == 409


async def test_conflicts_are_declared_and_taken_back(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    form = {"code": BALLABIO, "reason": "Un fratello"}
    assert (await client.post("/laboratori/infralab/conflitti", data=form)).status_code == 303
    assert (await client.post("/laboratori/infralab/conflitti", data=form)).status_code == 422
    page = await desk(client)
    assert "Un fratello" in page.words
    [remove] = [form for form in page.all("form") if form.attributes["action"].endswith("/togli")]
    assert (await client.post(remove.attributes["action"], data={})).status_code == 303
    assert "Un fratello" not in (await desk(client)).words


async def test_a_coordinator_reads_and_changes_nothing(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    assert (await desk(client)).all("form") == []
    assert (await client.post("/laboratori/infralab/posti", data={"places": "1"})).status_code == 403


async def test_a_need_is_shared_by_invitation(client: AsyncClient, act_as: ActAs) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    address = f"/bisogni/{need.number}/insieme"
    act_as(PASTURO_OFFICER)
    assert (await client.post(f"{address}/invita", data={"neighbour": BALLABIO})).status_code == 303
    act_as(LECCO_OFFICER)
    assert "Ballabio" not in Page((await client.get(address)).text).words
    assert (await client.post(f"{address}/partecipa", data={})).status_code == 404
    act_as(BALLABIO_OFFICER)
    assert (await client.post(f"{address}/partecipa", data={})).status_code == 303
    act_as(VISITOR)
    assert "Insieme a Ballabio" in Page((await client.get(f"/bisogni/{need.number}")).text).words


async def test_an_unknown_town_is_refused_beside_the_field(client: AsyncClient, act_as: ActAs) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    answer = await client.post(f"/bisogni/{need.number}/insieme/invita", data={"code": "1"})
    assert answer.status_code == 422
    assert Page(answer.text).by_id("code-problem").words


async def test_figures_of_trust_are_public_with_their_rule(client: AsyncClient) -> None:
    page = Page((await client.get("/fiducia")).text)
    assert "La regola" in page.headings
    assert "Nessuno ha ancora abbastanza casi." in page.words
    assert "Troppo pochi casi" in Page((await client.get("/laboratori/infralab")).text).words
    assert "Troppo pochi casi" in Page((await client.get("/comuni/097065")).text).words
