"""The way of a joint management by programs alone: three officers and the coordination, each with a token."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import AsyncClient

from account import PASSWORD
from cast import BALLABIO, LECCO, PASTURO
from people_of_tests import actor, member, told
from raccordo import passwords, tokens
from raccordo.association_steps import AFTER_START, BEFORE_START
from raccordo.holders import Held
from raccordo.models import BodyKind, CooperationStep, CoordinatingBody, Person, Role
from raccordo.tokens import SCOPES, TokenInput
from ui.test_loop_by_token import REFUSAL, Program

PROPOSAL = "... on AssociationProposal { number version state nextStep owedBy { name } management { code form members { totalCount } } }"
TOWNS = {"pasturo": PASTURO, "ballabio": BALLABIO, "lecco": LECCO}


class Walker(Program):
    async def walk(self, verb: str, seen: dict[str, Any], more: str = "") -> dict[str, Any]:
        """One step from the proposal as it was last seen; what comes back is how it stands."""
        numbers = f"number: {seen['number']}, version: {seen['version']}"
        found = await self.ask(
            f"mutation {{ {verb}({numbers}{more}) {{ __typename {PROPOSAL} {REFUSAL} }} }}"
        )
        assert found["__typename"] == "AssociationProposal", found
        return dict(found)


@pytest.fixture
async def walkers(client: AsyncClient) -> dict[str, Walker]:
    stored = await passwords.hash_password(PASSWORD)
    anci = Held(coordinates_for=CoordinatingBody.ANCI_LOMBARDIA)
    roles = {name: (Role.OFFICER, Held(body=(BodyKind.MUNICIPALITY, code))) for name, code in TOWNS.items()}
    found = {}
    for name, role in (roles | {"coordinator": (Role.COORDINATOR, anci)}).items():
        coordinates = name == "coordinator"
        account = await member(name, role, second_factor=coordinates)
        await Person.filter(id=account.person).update(password=stored)
        wanted = TokenInput(name=name, acting_as=account.numbers[0], scopes=tuple(SCOPES))
        token = await tokens.create(await actor(account, second_factor=coordinates), wanted, PASSWORD, name)
        found[name] = Walker(client, name, token)
        found[name].account = account  # type: ignore[attr-defined]  # only this file asks
    return found


async def test_from_a_proposal_to_its_evaluation(walkers: dict[str, Walker]) -> None:
    coordinator, lecco, pasturo = (walkers[name] for name in ("coordinator", "lecco", "pasturo"))
    seen = await coordinator.ask(
        f"""mutation {{ proposeAssociation(function: "f", members: {str(list(TOWNS.values())).replace("'", '"')},
        lead: "Lecco", form: CONVENTION, reason: "Un solo appalto.") {{ {PROPOSAL} }} }}"""
    )
    refused = await coordinator.ask(
        f"mutation {{ adhere(number: {seen['number']}, version: {seen['version']}) {{ {REFUSAL} }} }}"
    )
    assert refused["code"] == "adhere_association"
    assert {one["name"] for one in seen["owedBy"]} == {"Pasturo", "Ballabio", "Lecco"}
    for name in ("ballabio", "pasturo", "lecco"):
        seen = await walkers[name].walk("adhere", seen)
    seen = await pasturo.walk("withdrawAdherence", seen, ', reason: "Da rivedere in giunta."')
    early = await lecco.ask(
        f"mutation {{ recordStep(number: {seen['number']}, version: {seen['version']}, step: START) {{ {REFUSAL} }} }}"
    )
    assert "Pasturo" in early["message"]
    seen = await pasturo.walk("adhere", seen)
    seen = await settled(pasturo, lecco, seen)
    seen = await lecco.walk("recordStep", seen, ', step: START, doneOn: "2027-01-01"')
    assert (seen["state"], seen["management"]["form"], seen["management"]["members"]["totalCount"]) == (
        "STARTED", "CONVENTION", 3,
    )  # fmt: skip
    for later in AFTER_START:
        seen = await lecco.walk("recordStep", seen, f', step: {later.value}, note: "Fatto."')
    assert seen["owedBy"] == []
    heard = " ".join(await told(walkers["ballabio"].account))  # type: ignore[attr-defined]  # the fixture's
    assert "propone di gestire insieme" in heard
    assert "Lecco aderisce" in heard
    assert "è avviata" in heard
    managements = await coordinator.ask(
        '{ associatedManagements(function: "f") { edges { node { code } } } }'
    )
    assert managements["edges"] == [{"node": {"code": f"proposta-{seen['number']}"}}]


async def settled(pasturo: Walker, lecco: Walker, seen: dict[str, Any]) -> dict[str, Any]:
    """Every step before the start, done or skipped."""
    for step in BEFORE_START:
        if step is CooperationStep.FORM:
            seen = await lecco.walk("chooseForm", seen, ', form: CONVENTION, lead: "097042"')
        elif step is CooperationStep.MONEY:
            seen = await lecco.walk("skipStep", seen, ', step: MONEY, reason: "Lo decide la gara."')
        else:
            more = f', step: {step.value}, doneOn: "2026-10-01", document: "Verbale"'
            seen = await pasturo.walk("recordStep", seen, more)
    return seen


async def test_a_stale_step_answers_with_the_present_state(walkers: dict[str, Walker]) -> None:
    pasturo, lecco = walkers["pasturo"], walkers["lecco"]
    seen = await pasturo.ask(
        f'mutation {{ proposeAssociation(function: "f", members: ["Pasturo", "Lecco"], reason: "Insieme.") {{ {PROPOSAL} }} }}'
    )
    await pasturo.walk("adhere", seen)
    stale = await lecco.ask(
        f"mutation {{ adhere(number: {seen['number']}, version: 1) {{ ... on Refusal {{ code currentAssociation {{ version }} }} }} }}"
    )
    assert stale == {"code": "stale", "currentAssociation": {"version": 2}}


async def test_a_key_used_twice_adheres_once(client: AsyncClient, walkers: dict[str, Walker]) -> None:
    pasturo = walkers["pasturo"]
    await pasturo.ask(
        f'mutation {{ proposeAssociation(function: "f", members: ["Pasturo", "Lecco"], reason: "Insieme.") {{ {PROPOSAL} }} }}'
    )
    headers = {"authorization": f"Bearer {pasturo.token}", "idempotency-key": "una-volta"}
    body = {
        "query": "mutation { adhere(number: 1, version: 1) { __typename ... on AssociationProposal { version } } }"
    }
    answers = [(await client.post("/graphql", json=body, headers=headers)).text for _ in range(2)]
    assert answers[0] == answers[1]
    assert '"version":2' in answers[0].replace(" ", "")
