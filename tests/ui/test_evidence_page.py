"""The evidence of every function: everybody reads whose weight it is, coordinators change it and take it back."""

from __future__ import annotations

from httpx2 import AsyncClient

from cast import COORDINATOR
from page import Page
from raccordo.catalogue import Catalogue
from raccordo.models import EvidenceEdit
from ui.conftest import ActAs

PATH = "/gestioni-associate/prove"
WANTED = {"function": "g", "prior": "0,9", "source": "Uno studio, 2024", "version": "0"}


async def test_everybody_reads_it_and_only_coordinators_have_a_form(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    page = Page((await client.get(f"{PATH}?funzione=g")).text)
    assert "Banca d'Italia" in page.words
    assert "di partenza, senza studi: a metà strada" in page.words
    assert "Salva il peso" not in page.words
    act_as(COORDINATOR)
    assert "Salva il peso" in Page((await client.get(f"{PATH}?funzione=g")).text).words


async def test_a_coordinator_changes_it_and_takes_it_back(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(COORDINATOR)
    assert (await client.post(PATH, data=WANTED)).status_code == 303
    page = Page((await client.get(PATH)).text)
    assert "di chi coordina Uno studio, 2024" in page.words
    assert "Il peso di partenza è 0,50." in page.words
    beside = Page((await client.get("/gestioni-associate/con-chi?comune=097065&funzione=g")).text)
    assert "Per chi coordina le prove per questa funzione pesano 0,90." in beside.words
    back = await client.post(f"{PATH}/ripristina", data={"function": "g", "version": "1"})
    assert back.status_code == 303
    assert "Uno studio, 2024" not in Page((await client.get(PATH)).text).words


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(COORDINATOR)
    answer = await client.post(PATH, data={**WANTED, "prior": "tanto", "source": " "})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "Serve un numero fra 0 (nessun beneficio trovato) e 1 (beneficio trovato)." in page.words
    assert "Manca la fonte" in page.words
    assert 'value="tanto"' in answer.text
    assert await EvidenceEdit.all().count() == 0


async def test_of_two_changes_the_second_is_shown_what_there_is(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(COORDINATOR)
    await client.post(PATH, data=WANTED)
    answer = await client.post(PATH, data={**WANTED, "prior": "0,1"})
    assert answer.status_code == 409
    assert "Qualcuno ha cambiato questo peso" in Page(answer.text).words
    assert 'name="version" value="1"' in answer.text
    page = Page(answer.text)
    assert "Adesso: 0,90. Uno studio, 2024" in page.words
    assert 'value="0,1"' in answer.text  # what was typed stays
    assert "#version" not in page.links.values()
    assert (await EvidenceEdit.get(function="g")).prior == 0.9


async def test_taking_back_what_somebody_changed_meanwhile_shows_what_there_is(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(COORDINATOR)
    await client.post(PATH, data=WANTED)
    answer = await client.post(f"{PATH}/ripristina", data={"function": "g", "version": "0"})
    assert answer.status_code == 409
    assert 'value="0,90"' in answer.text
    assert "Adesso: 0,90. Uno studio, 2024" in Page(answer.text).words


async def test_opening_and_saving_keeps_every_decimal(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(COORDINATOR)
    await client.post(PATH, data={**WANTED, "prior": "0,333"})
    assert 'value="0,333"' in (await client.get(f"{PATH}?funzione=g")).text


async def test_programs_change_it_with_the_same_refusals(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    query = """mutation { saveFunctionEvidence(function: "g", prior: 2, source: "") {
      ... on FunctionEvidence { prior } ... on Refusal { code fields { field } } } }"""
    act_as(COORDINATOR)
    answer = (await client.post("/graphql", json={"query": query})).json()["data"]["saveFunctionEvidence"]
    assert answer == {"code": "invalid", "fields": [{"field": "prior"}, {"field": "source"}]}
    good = query.replace('2, source: ""', '0.75, source: "Uno studio"')
    answer = (await client.post("/graphql", json={"query": good})).json()["data"]["saveFunctionEvidence"]
    assert answer == {"prior": 0.75}
    read = "{ functionEvidence { function prior shippedPrior edited source } }"
    rows = (await client.post("/graphql", json={"query": read})).json()["data"]["functionEvidence"]
    assert len(rows) == len(current.functions)
    edited = {"function": "g", "prior": 0.75, "shippedPrior": 0.5, "edited": True, "source": "Uno studio"}
    assert [row for row in rows if row["edited"]] == [edited]
