"""A proposal as a group: what whoever decides on adhering reads there, and one request for what its members need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from associating import adhered, proposed, ready
from cast import BALLABIO_OFFICER, LECCO_OFFICER, NEED, PASTURO_OFFICER
from page import Page
from raccordo import association_news, association_progress, associations, needs
from raccordo.association_input import AssociationInput, StepInput
from raccordo.association_rows import AssociationRecord
from raccordo.days import today
from raccordo.spoken import Day
from ui.conftest import ActAs

BRIDGES = AssociationInput(
    function="b",
    members=("Pasturo", "Ballabio"),
    lead="Ballabio",
    form="CONVENTION",
    reason="Ponti vecchi e nessun ingegnere.",
)
HERS = replace(NEED, functions=("b",))
OLD_BRIDGE = replace(HERS, title="Una passerella da rifare")


@pytest.fixture
async def bridges(client: AsyncClient) -> AssociationRecord:
    """Two municipalities with a need each in the function that is proposed to them."""
    await needs.publish(PASTURO_OFFICER, HERS)
    await needs.publish(BALLABIO_OFFICER, OLD_BRIDGE)
    return await proposed(wanted=BRIDGES)


async def test_who_decides_on_adhering_reads_what_the_group_is(
    client: AsyncClient, act_as: ActAs, bridges: AssociationRecord
) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"/gestioni-associate/proposte/{bridges.number}")).text)
    assert {"I comuni come gruppo, oggi", "Che cosa chiedono insieme"} <= set(page.headings)
    assert NEED.title in page.links
    assert OLD_BRIDGE.title in page.links
    for said in (
        "Proposta, non obbligo",
        "soglia di riferimento",
        "Affinità 0,",
        "Per le strade non ci sono prove",
        "L’obbligo dei comuni piccoli di gestire insieme le funzioni fondamentali è stato abrogato",
    ):
        assert said in page.words, said
    group = page.links["La valutazione intera, e che cosa cambierebbe se"]
    assert group == "/gestioni-associate/gruppo?funzione=b&comuni=097004%2C097065&capofila=097004"
    assert "I laboratori che potrebbero rispondere" in page.headings


async def test_whoever_said_no_is_not_of_the_group(client: AsyncClient, act_as: ActAs) -> None:
    record = await proposed()
    await associations.decline(LECCO_OFFICER, record.number, record.version, "Ne abbiamo già uno.")
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"/gestioni-associate/proposte/{record.number}")).text)
    way = page.links["La valutazione intera, e che cosa cambierebbe se"]
    assert way.endswith("?funzione=i&comuni=097004%2C097065&capofila=097004")


async def test_programs_read_the_group_of_a_proposal(
    client: AsyncClient, act_as: ActAs, bridges: AssociationRecord
) -> None:
    act_as(PASTURO_OFFICER)
    query = """query ($number: Int!) { associationProposal(number: $number) {
      group { population needed headlineIt evidence { source } needs { title } laboratories { onlyTogether } } } }"""
    answer = await client.post("/graphql", json={"query": query, "variables": {"number": bridges.number}})
    found = answer.json()["data"]["associationProposal"]["group"]
    assert found["headlineIt"] == "Proposta, non obbligo"
    assert {one["title"] for one in found["needs"]} == {NEED.title, OLD_BRIDGE.title}
    assert found["laboratories"]


@pytest.mark.parametrize("start", ["proposal", "group"])
async def test_the_needs_of_a_group_become_one_request_of_its_lead(
    client: AsyncClient, act_as: ActAs, bridges: AssociationRecord, start: str
) -> None:
    act_as(BALLABIO_OFFICER)
    address = (
        f"/gestioni-associate/proposte/{bridges.number}"
        if start == "proposal"
        else "/gestioni-associate/gruppo?funzione=b&comuni=097065,097004&capofila=097004"
    )
    way = Page((await client.get(address)).text).links["Fanne una richiesta comune"]
    page = Page((await client.get(way)).text)
    form = page.form()
    assert "La pubblica il capofila, Ballabio, e poi invita: Pasturo." in page.words
    assert f"- «{NEED.title}» (Pasturo, bisogno " in form["description"]
    assert f"- «{OLD_BRIDGE.title}» (Ballabio, bisogno " in form["description"]
    action = next(one.attributes["action"] for one in page.all("form") if one.attributes.get("id") == "need")
    answer = await client.post(action, data=form)
    assert answer.status_code == 303
    invitations = Page((await client.get(answer.headers["location"])).text)
    [inviting] = [one for one in invitations.all("form") if "comuni=" in one.attributes["action"]]
    asked = await client.post(inviting.attributes["action"], data={"neighbour": "097065"})
    assert asked.status_code == 303
    after = Page((await client.get(asked.headers["location"])).text)
    assert "Pasturo invitato, non ha ancora risposto" in after.words
    assert "Gli altri comuni della richiesta comune" not in after.words


@pytest.mark.parametrize(
    "more",
    [
        "comuni=097065",
        "comuni=x&funzione=b",
        "comuni=097065,097004&funzione=zz",
        "comuni=097029,097007&funzione=b",
    ],
)
async def test_an_address_that_names_no_group_with_needs_is_the_empty_form(
    client: AsyncClient, more: str
) -> None:
    answer = await client.get(f"/bisogni/nuovo?{more}")
    assert answer.status_code == 200
    assert Page(answer.text).form()["description"].strip() == ""


async def test_a_start_of_a_later_day_reads_from_when_it_is_in_force(
    client: AsyncClient, act_as: ActAs
) -> None:
    later = today() + timedelta(days=30)
    record = await ready(await adhered(await proposed()))
    record = await association_progress.record_step(
        PASTURO_OFFICER, record.number, record.version, StepInput(step="START", done_on=later.isoformat())
    )
    act_as(PASTURO_OFFICER)
    for address in (
        f"/gestioni-associate/proposte/{record.number}",
        "/gestioni-associate/proposte",
        "/gestioni-associate/esistenti?comune=097065",
        "/comuni/097065",
    ):
        words = Page((await client.get(address)).text).words
        assert "in vigore dal " in words, address
    query = f'{{ associatedManagement(code: "proposta-{record.number}") {{ inForce }} }}'
    found = (await client.post("/graphql", json={"query": query})).json()
    assert found["data"]["associatedManagement"] == {"inForce": False}
    assert association_news.started(record).say().endswith(f"è avviata: in vigore dal {Day(later).say()}.")


async def test_who_is_a_member_already_is_not_offered_again(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get("/gestioni-associate/proposte/nuova?comuni=097004")).text)
    offered = {one.attributes["value"] for one in page.all("input", type="checkbox", name="members")}
    assert offered
    assert "097004" not in offered
