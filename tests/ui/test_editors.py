"""Twenty people change the same need at once, on the page and by program: one wins, the others see what is there."""

from __future__ import annotations

import asyncio

import pytest
from httpx2 import AsyncClient, Response

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, Need
from ui.conftest import ActAs

REVISE = """mutation ($n: Int!, $input: NeedInput!) { reviseNeed(number: $n, version: 1, input: $input) {
  __typename ... on Refusal { code current { title version } } } }"""


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def test_of_twenty_editors_one_wins_and_the_others_get_the_present_state(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    act_as(PASTURO_OFFICER)

    async def on_the_page(title: str) -> Response:
        form = {"title": title, "description": "Vecchio.", "version": "1"}
        return await client.post(f"/bisogni/{number}", data=form)

    async def by_program(title: str) -> Response:
        written = {"title": title, "description": "Vecchio."}
        return await client.post(
            "/graphql", json={"query": REVISE, "variables": {"n": number, "input": written}}
        )

    tries = [(on_the_page, by_program)[turn % 2](f"Titolo {turn}") for turn in range(20)]
    answers = await asyncio.gather(*tries)
    row = await Need.get(number=number)
    assert (row.version, await AuditEntry.filter(verb="revise").count()) == (2, 1)
    assert [won(answer) for answer in answers].count(True) == 1
    assert [answer for answer in answers if not won(answer) and not shows(answer, row.title)] == []


def won(answer: Response) -> bool:
    if answer.status_code == 303:
        return True
    return answer.status_code == 200 and answer.json()["data"]["reviseNeed"]["__typename"] == "Need"


def shows(answer: Response, title: str) -> bool:
    """Whether a refusal shows the present title and the version to go on from."""
    if answer.status_code == 409:
        page = Page(answer.text)
        return title in page.words and page.form()["version"] == "2"
    refusal = answer.json()["data"]["reviseNeed"]
    return bool(refusal["code"] == "stale" and refusal["current"] == {"title": title, "version": 2})
