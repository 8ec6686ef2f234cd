"""The loop by programs alone: an officer, three laboratories and the coordination, each with a token of its own."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import AsyncClient

from account import PASSWORD
from cast import NEED
from people_of_tests import actor, member
from raccordo import passwords, tokens
from raccordo.holders import Held
from raccordo.models import AuditEntry, BodyKind, CoordinatingBody, Person, Role
from raccordo.tokens import SCOPES, TokenInput

PASTURO = Held(body=(BodyKind.MUNICIPALITY, "097065"))
ANCI = Held(coordinates_for=CoordinatingBody.ANCI_LOMBARDIA)
MATCH = "... on MatchRecord { number version state owes partnership { number version outcome } }"
REFUSAL = "... on Refusal { code message }"


class Program:
    """Asks with a token, and with a new idempotency key for every mutation."""

    def __init__(self, client: AsyncClient, name: str, token: str) -> None:
        self.client, self.name, self.token, self.asked = client, name, token, 0

    async def ask(self, query: str, **variables: object) -> Any:
        self.asked += 1
        headers = {"authorization": f"Bearer {self.token}"}
        if query.startswith("mutation"):
            headers["idempotency-key"] = f"{self.name}-{self.asked}"
        body = {"query": query, "variables": variables}
        answer = (await self.client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        return found

    async def step(self, verb: str, match: dict[str, Any], more: str = "") -> dict[str, Any]:
        """One step from a match as it was last seen; what comes back is how it stands."""
        numbers = f"number: {match['number']}, version: {match['version']}"
        found = await self.ask(f"mutation {{ {verb}({numbers}{more}) {{ __typename {MATCH} {REFUSAL} }} }}")
        assert found["__typename"] == "MatchRecord", found
        return dict(found)

    async def seen(self) -> list[dict[str, Any]]:
        query = "{ myMatches { edges { node { number version state laboratory { slug } } } } }"
        return [edge["node"] for edge in (await self.ask(query))["edges"]]


@pytest.fixture
async def programs(client: AsyncClient) -> dict[str, Program]:
    """One program for each of the people, with every scope that tokens can have."""
    stored = await passwords.hash_password(PASSWORD)
    found = {}
    for name, role, held in (
        ("officer", Role.OFFICER, PASTURO),
        ("bridgelab", Role.PROFESSOR, Held(laboratory="bridgelab")),
        ("gicarus", Role.PROFESSOR, Held(laboratory="gicarus")),
        ("lpmsc", Role.LABORATORY_MANAGER, Held(laboratory="lpmsc")),
        ("coordinator", Role.COORDINATOR, ANCI),
    ):
        coordinates = role is Role.COORDINATOR
        account = await member(name, (role, held), second_factor=coordinates)
        await Person.filter(id=account.person).update(password=stored)
        wanted = TokenInput(name=name, acting_as=account.numbers[0], scopes=tuple(SCOPES))
        token = await tokens.create(await actor(account, second_factor=coordinates), wanted, PASSWORD, name)
        found[name] = Program(client, name, token)
    return found


async def test_from_a_need_to_its_outcome(programs: dict[str, Program]) -> None:
    officer, coordinator = programs["officer"], programs["coordinator"]
    publish = "mutation ($input: NeedInput!) { publishNeed(input: $input) { ... on Need { number } } }"
    need = await officer.ask(publish, input={"title": NEED.title, "description": NEED.description})
    for laboratory in ("bridgelab", "lpmsc"):
        shortlist = f'needNumber: {need["number"]}, laboratory: "{laboratory}"'
        match = await officer.ask(f"mutation {{ shortlistLaboratory({shortlist}) {{ {MATCH} }} }}")
        await officer.step("askLaboratory", match)
    [declined] = await programs["lpmsc"].seen()
    await programs["lpmsc"].step("declineMatch", declined, ", reason: NOT_NOW")
    [passed] = await programs["bridgelab"].seen()
    await programs["bridgelab"].step("passOnMatch", passed, ', laboratory: "gicarus"')
    [match] = await programs["gicarus"].seen()
    match = await programs["gicarus"].step("showInterest", match)
    match = await officer.step("agreeScope", match, ', scope: "Un rilievo delle spalle."')
    match = await officer.step("acceptMatch", match)
    match = await programs["gicarus"].step("acceptMatch", match)
    assert {one["laboratory"]["slug"] for one in await coordinator.seen()} == {
        "bridgelab",
        "gicarus",
        "lpmsc",
    }
    match = await officer.step("finishPartnership", match["partnership"], ", outcome: DONE")
    assert match["partnership"]["outcome"] == "DONE"
    acted = await AuditEntry.exclude(person=None).values_list("acting_as", flat=True)
    assert all("membership:" in str(one) for one in acted)
