"""Proposed needs by GraphQL: the same verbs and refusals as the pages, and nothing for strangers."""

from __future__ import annotations

from typing import Any

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, NEED, PASTURO, PASTURO_OFFICER, VALLEY_OFFICER
from questions import data_of
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor

PROPOSED = """... on ProposedNeed { number version state title owes reason told
  poster { name } municipality { name } need { number title owner { name } } }"""
REFUSAL = "... on Refusal { code message fields { field code } currentProposedNeed { number version title } }"
INPUT = {"title": NEED.title, "description": NEED.description}


async def result(name: str, arguments: str, actor: Actor, **variables: Any) -> dict[str, Any]:
    declared = "($input: NeedInput!)" if variables else ""
    query = f"mutation {declared} {{ {name}({arguments}) {{ __typename {PROPOSED} {REFUSAL} }} }}"
    [answer] = (await data_of(query, actor=actor, **variables)).values()
    found: dict[str, Any] = answer
    return found


@pytest.fixture
async def waiting(current: Catalogue) -> dict[str, Any]:
    return await result(
        "proposeNeed", f'municipality: "{PASTURO}", input: $input', VALLEY_OFFICER, input=INPUT
    )


def numbers(found: dict[str, Any]) -> str:
    return f"number: {found['number']}, version: {found['version']}"


async def test_it_is_proposed_revised_and_confirmed(waiting: dict[str, Any]) -> None:
    assert (waiting["state"], waiting["owes"], waiting["need"]) == ("WAITING", "MUNICIPALITY", None)
    changed = INPUT | {"title": "Un muro"}
    found = await result(
        "reviseProposedNeed", f"{numbers(waiting)}, input: $input", VALLEY_OFFICER, input=changed
    )
    found = await result("confirmProposedNeed", numbers(found), PASTURO_OFFICER)
    assert (found["state"], found["owes"]) == ("CONFIRMED", None)
    assert (found["need"]["title"], found["need"]["owner"]) == ("Un muro", {"name": "Pasturo"})


async def test_it_is_corrected_while_it_is_confirmed(waiting: dict[str, Any]) -> None:
    changed = INPUT | {"title": "Un muro"}
    found = await result(
        "confirmProposedNeed", f"{numbers(waiting)}, input: $input", PASTURO_OFFICER, input=changed
    )
    assert found["need"]["title"] == "Un muro"


async def test_it_is_declined_or_taken_back(waiting: dict[str, Any]) -> None:
    found = await result("declineProposedNeed", f'{numbers(waiting)}, reason: "No"', PASTURO_OFFICER)
    assert (found["state"], found["reason"]) == ("DECLINED", "No")
    refused = await result("takeBackProposedNeed", numbers(found), VALLEY_OFFICER)
    assert refused["code"] == "step_not_possible"


async def test_an_old_version_gets_the_present_state(waiting: dict[str, Any]) -> None:
    await result("reviseProposedNeed", f"{numbers(waiting)}, input: $input", VALLEY_OFFICER, input=INPUT)
    found = await result("confirmProposedNeed", numbers(waiting), PASTURO_OFFICER)
    assert (found["code"], found["currentProposedNeed"]["version"]) == ("stale", 2)


async def test_both_sides_read_it(waiting: dict[str, Any]) -> None:
    query = f"""{{ proposedNeeds {{ totalCount edges {{ cursor node {{ title nextStep expiresAt }} }} }}
      proposedNeed(number: {waiting["number"]}) {{ description functions axes deadline }} }}"""
    for actor in (VALLEY_OFFICER, PASTURO_OFFICER):
        found = await data_of(query, actor=actor)
        assert found["proposedNeeds"]["totalCount"] == 1
        assert found["proposedNeed"]["description"] == NEED.description


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER, COORDINATOR], ids=lambda actor: actor.label)
async def test_for_strangers_there_is_nothing_not_even_a_count(waiting: dict[str, Any], actor: Actor) -> None:
    query = f"""{{ proposedNeeds {{ totalCount edges {{ cursor }} }}
      there: proposedNeed(number: {waiting["number"]}) {{ title }} none: proposedNeed(number: 999) {{ title }} }}"""
    found = await data_of(query, actor=actor)
    assert found == {"proposedNeeds": {"totalCount": 0, "edges": []}, "there": None, "none": None}
    refused = [
        await result("confirmProposedNeed", f"number: {number}, version: 1", actor)
        for number in (waiting["number"], 999)
    ]
    assert refused[0] == refused[1]


async def test_a_municipality_chooses_who_writes_for_it(current: Catalogue) -> None:
    query = f"""mutation {{ acceptProposedNeeds(municipality: "{PASTURO}", accepts: false) {{
      ... on DelegationChoice {{ municipality accepts }} ... on Refusal {{ code }} }} }}"""
    found = await data_of(query, actor=PASTURO_OFFICER)
    assert found["acceptProposedNeeds"] == {"municipality": PASTURO, "accepts": False}
    refused = await data_of(query, actor=VALLEY_OFFICER)
    assert refused["acceptProposedNeeds"] == {"code": "choose_delegation"}
    found = await result(
        "proposeNeed", f'municipality: "{PASTURO}", input: $input', VALLEY_OFFICER, input=INPUT
    )
    assert found["fields"] == [{"field": "municipality", "code": "closed"}]
