"""How far a computation is, as a page shows it, and its end by both doors."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import AsyncClient

import long_work
from page import Page
from raccordo import computations
from raccordo.computations import Calculation, Kind
from raccordo.models import Computation, ComputationState
from raccordo_ui.render import environment

KIND = Kind("double", long_work.double, lambda _picture, asked: asked)
SHOWN = """{% from "_computation.html" import progress, watching %}
<section id="computation"{{ watching(found, "/qui?calcolo=1") }}>{{ progress(found, "/qui?calcolo=1") }}</section>"""


async def shown(token: str, language: str = "it") -> str:
    return environment(language).from_string(SHOWN).render(found=await computations.find(token))


async def changed(token: str, **values: Any) -> Calculation:
    await Computation.filter(token=token).update(**values)
    return await computations.find(token)


@pytest.mark.usefixtures("opened_database")
async def test_progress_is_said_with_and_without_javascript() -> None:
    await computations.start(KIND, {"number": 1}, "a")
    token = await computations.start(KIND, {"number": 2}, "a")
    assert "prima c’è 1 altro calcolo" in await shown(token)
    assert "1 other computation" in await shown(token, "en")
    await changed(token, state=ComputationState.RUNNING, share=0.4)
    page = await shown(token)
    assert 'value="40"' in page
    assert 'hx-trigger="every 1s"' in page
    assert 'href="/qui?calcolo=1"' in page
    await changed(token, state=ComputationState.FAILED, problem="too_long")
    page = await shown(token)
    assert "superato il tempo massimo" in page
    assert "hx-get" not in page
    assert "<form" not in page


async def test_the_button_ends_it_and_leads_back(client: AsyncClient) -> None:
    token = await computations.start(KIND, {}, "a")
    answer = await client.post(f"/calcoli/{token}/annulla", data={"then": "/qui?calcolo=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/qui?calcolo=1")
    assert (await computations.find(token)).state is ComputationState.CANCELLED
    assert "è stato annullato" in await shown(token)
    elsewhere = await client.post(f"/calcoli/{token}/annulla", data={"then": "https://altrove.invalid/"})
    assert elsewhere.headers["location"] == "/"


async def test_a_computation_that_is_no_more_is_a_page(client: AsyncClient) -> None:
    answer = await client.post("/calcoli/nessuno/annulla", data={"then": ""})
    assert answer.status_code == 404
    assert "si tengono 30 giorni" in Page(answer.text).words


async def test_programs_read_and_end_it(client: AsyncClient) -> None:
    token = await computations.start(KIND, {}, "a")
    query = (
        "query($token: String!) { computation(token: $token) { kind state share ahead problem finishedAt } }"
    )
    answer = await client.post("/graphql", json={"query": query, "variables": {"token": token}})
    assert answer.json()["data"]["computation"] == {
        "kind": "double",
        "state": "QUEUED",
        "share": 0.0,
        "ahead": 0,
        "problem": None,
        "finishedAt": None,
    }
    end = "mutation($token: String!) { cancelComputation(token: $token) { ... on Computation { state } ... on Refusal { code } } }"
    answer = await client.post("/graphql", json={"query": end, "variables": {"token": token}})
    assert answer.json()["data"]["cancelComputation"] == {"state": "CANCELLED"}
    answer = await client.post("/graphql", json={"query": end, "variables": {"token": "nessuno"}})
    assert answer.json()["data"]["cancelComputation"] == {"code": "unknown"}
    answer = await client.post("/graphql", json={"query": query, "variables": {"token": "nessuno"}})
    assert answer.json()["data"]["computation"] is None
