"""Roles through GraphQL: the same reading, the same decisions and refusals as on the pages."""

from __future__ import annotations

from typing import Any

import pytest

from cast import COORDINATOR, PASTURO
from people_of_tests import Account, actor, member
from raccordo import catalogue
from raccordo.holders import Held
from raccordo.models import BodyKind, Membership, MembershipStatus, Role
from raccordo.people import VISITOR, Actor
from raccordo.schema import Question, ask
from raccordo.schema.context import Context
from raccordo.settings import Settings

PASTURO_HELD = Held(body=(BodyKind.MUNICIPALITY, PASTURO))
LIST = "{ memberships { totalCount edges { node { number personName email } } } }"


async def answered(who: Actor, query: str, **variables: object) -> Any:
    context = Context(actor=who, language="it", catalogue=catalogue.current())
    answer = await ask(Question(query=query, variables=variables), context)
    assert "errors" not in answer.body, answer.body
    return answer.body["data"]


@pytest.fixture
async def bruno(opened_database: Settings) -> Account:  # the open database
    """Somebody who asks to work for Pasturo."""
    account = await member("Bruno", (Role.OFFICER, PASTURO_HELD))
    await Membership.all().update(status=MembershipStatus.REQUESTED)
    return account


async def test_a_coordinator_reads_everybody_and_a_stranger_counts_nobody(bruno: Account) -> None:
    found = await answered(COORDINATOR, LIST)
    assert found["memberships"]["edges"][0]["node"]["email"] == bruno.email
    celia = await member("Celia", (Role.PROFESSOR, Held(laboratory="lia")))
    for stranger in (VISITOR, await actor(celia)):
        assert (await answered(stranger, LIST))["memberships"] == {"totalCount": 0, "edges": []}


async def test_a_request_is_accepted_once(bruno: Account) -> None:
    query = "mutation($n: Int!) { acceptMembership(number: $n) { ... on Membership { status body { name } } ... on Refusal { code } } }"
    first = await answered(COORDINATOR, query, n=bruno.numbers[0])
    assert first["acceptMembership"] == {"status": "ACTIVE", "body": {"name": "Pasturo"}}
    second = await answered(COORDINATOR, query, n=bruno.numbers[0])
    assert second["acceptMembership"] == {"code": "already_decided"}


async def test_a_refusal_names_the_field_without_a_reason(bruno: Account) -> None:
    query = 'mutation($n: Int!) { refuseMembership(number: $n, reason: "") { ... on Refusal { fields { field message } } } }'
    answer = await answered(COORDINATOR, query, n=bruno.numbers[0])
    assert answer["refuseMembership"]["fields"] == [
        {"field": "reason", "message": "Manca il motivo: lo legge chi ha chiesto."}
    ]


@pytest.mark.usefixtures("opened_database")
async def test_an_invitation_answers_with_the_membership_and_never_with_its_secret() -> None:
    query = "mutation($i: InvitationInput!) { invitePerson(input: $i) { __typename ... on Membership { heldName email } ... on Refusal { message } } }"
    wanted = {"email": "n@example.invalid", "role": "PROFESSOR", "holder": "LABORATORY:lia"}
    answer = await answered(COORDINATOR, query, i=wanted)
    assert answer["invitePerson"]["email"] == "n@example.invalid"
    several = await answered(COORDINATOR, query, i={**wanted, "role": "OFFICER", "holder": "Lecco"})
    assert (
        several["invitePerson"]["message"] == "«Lecco» non basta a capire quale: Lecco, Provincia di Lecco."
    )


async def test_a_token_reads_and_decides_as_far_as_its_scopes_go(bruno: Account) -> None:
    reading = Actor(
        role=Role.COORDINATOR, person=bruno.person, second_factor=True, scopes=frozenset({"people:read"})
    )
    assert (await answered(reading, LIST))["memberships"]["totalCount"] == 1
    query = "mutation($n: Int!) { endMembership(number: $n) { ... on Refusal { code } } }"
    answer = await answered(reading, query, n=bruno.numbers[0])
    assert answer["endMembership"] == {"code": "end_membership"}


async def test_an_ended_membership_is_shown_as_it_is_now(bruno: Account) -> None:
    query = 'mutation($n: Int!) { endMembership(number: $n, reason: "Fatto.") { ... on Membership { status because } } }'
    answer = await answered(COORDINATOR, query, n=bruno.numbers[0])
    assert answer["endMembership"] == {"status": "ENDED", "because": "Fatto."}
