"""The loop by GraphQL: the same verbs and refusals as the pages, and nothing for strangers."""

from __future__ import annotations

from typing import Any

import pytest

from cast import BALLABIO, BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from questions import data_of
from raccordo import needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.match_records import MatchRecord
from raccordo.people import VISITOR, Actor

MATCH = """... on MatchRecord { number version state owes nextStep acceptedByOwner
  partnership { number version outcome } }"""
REFUSAL = "... on Refusal { code message fields { field code } currentMatch { number version state } }"


def step(name: str, arguments: str) -> str:
    return f"mutation {{ {name}({arguments}) {{ __typename {MATCH} {REFUSAL} }} }}"


async def result(query: str, actor: Actor) -> dict[str, Any]:
    [answer] = (await data_of(query, actor=actor)).values()
    found: dict[str, Any] = answer
    return found


async def asked() -> MatchRecord:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    return await partnerships.ask(PASTURO_OFFICER, record.id, record.version)


async def test_the_whole_loop(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    found = await result(
        step("shortlistLaboratory", f'needNumber: {need.number}, laboratory: "infralab"'), PASTURO_OFFICER
    )
    for actor, name, more in (
        (PASTURO_OFFICER, "askLaboratory", ', note: "Serve entro l’anno."'),
        (LABORATORY, "showInterest", ""),
        (LABORATORY, "agreeScope", ', scope: "Un rilievo."'),
        (LABORATORY, "acceptMatch", ""),
        (PASTURO_OFFICER, "acceptMatch", ""),
    ):
        numbers = f"number: {found['number']}, version: {found['version']}"
        found = await result(step(name, numbers + more), actor)
        assert found["__typename"] == "MatchRecord", found
    there = found["partnership"]
    numbers = f"number: {there['number']}, version: {there['version']}"
    found = await result(step("finishPartnership", f"{numbers}, outcome: DONE"), COORDINATOR)
    assert found["partnership"]["outcome"] == "DONE"


async def test_a_decline_and_a_handing_on(current: Catalogue) -> None:
    one, other = await asked(), await asked()
    found = await result(
        step("declineMatch", f"number: {one.id}, version: {one.version}, reason: TOO_FAR"), LABORATORY
    )
    assert found["state"] == "DECLINED"
    found = await result(
        step("passOnMatch", f'number: {other.id}, version: {other.version}, laboratory: "lia"'), LABORATORY
    )
    assert found["state"] == "PASSED_ON"


async def test_an_old_version_gets_the_present_state(current: Catalogue) -> None:
    record = await asked()
    found = await result(step("dropMatch", f"number: {record.id}, version: 1"), PASTURO_OFFICER)
    assert (found["code"], found["currentMatch"]["version"]) == ("stale", record.version)


async def test_parties_read_it_and_what_comes_next(current: Catalogue) -> None:
    record = await asked()
    query = (
        "{ myMatches { totalCount edges { cursor node { number owes laboratory { slug } owner { name }"
        " timeline { verb sentence } } } } }"
    )
    for actor in (PASTURO_OFFICER, LABORATORY, COORDINATOR):
        found = (await data_of(query, actor=actor))["myMatches"]
        assert found["totalCount"] == 1
        node = found["edges"][0]["node"]
        assert (node["number"], node["owes"], node["owner"]) == (record.id, "LABORATORY", {"name": "Pasturo"})


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER], ids=lambda actor: actor.label)
async def test_for_strangers_there_is_nothing_not_even_a_count(current: Catalogue, actor: Actor) -> None:
    record = await asked()
    query = f"""{{ myMatch(number: {record.id}) {{ state }} none: myMatch(number: 999) {{ state }}
      myMatches {{ totalCount edges {{ cursor }} }} partnerships {{ totalCount }}
      myConflicts(laboratory: "infralab") {{ number }} }}"""
    found = await data_of(query, actor=actor)
    assert found["myMatch"] is found["none"] is None
    assert found["myMatches"] == {"totalCount": 0, "edges": []}
    assert found["partnerships"] == {"totalCount": 0}
    assert found["myConflicts"] == []
    refused = [
        await result(step("dropMatch", f"number: {number}, version: 1"), actor) for number in (record.id, 999)
    ]
    assert refused[0] == refused[1]


async def test_conflicts_and_places_are_declared(current: Catalogue) -> None:
    declare = f"""mutation {{ declareConflict(laboratory: "infralab", kind: MUNICIPALITY, code: "{BALLABIO}",
      reason: "Un fratello") {{ ... on Conflict {{ number body {{ name }} }} }} }}"""
    found = await result(declare, LABORATORY)
    assert found["body"] == {"name": "Ballabio"}
    remove = f"mutation {{ removeConflict(number: {found['number']}) {{ ... on Conflict {{ number }} }} }}"
    assert await result(remove, LABORATORY) == {"number": found["number"]}
    places = """mutation { declarePlaces(laboratory: "infralab", version: 1, places: 2) {
      ... on Places { declared taken free } } }"""
    assert await result(places, LABORATORY) == {"declared": 2, "taken": 0, "free": 2}
    refused = places.replace("... on Places { declared taken free }", "... on Refusal { code }")
    assert (await result(refused, PASTURO_OFFICER))["code"] == "declare_places_laboratory"


async def test_a_need_is_shared(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    invite = f"""mutation {{ inviteParty(needNumber: {need.number}, kind: MUNICIPALITY, code: "{BALLABIO}") {{
      ... on Party {{ status }} }} }}"""
    assert await result(invite, PASTURO_OFFICER) == {"status": "INVITED"}
    query = f"{{ parties(number: {need.number}) {{ name body {{ name }} }} }}"
    assert (await data_of(query))["parties"] == []
    join = f"mutation {{ joinNeed(needNumber: {need.number}) {{ ... on Party {{ status }} }} }}"
    assert await result(join, BALLABIO_OFFICER) == {"status": "JOINED"}
    assert (await data_of(query))["parties"] == [{"name": "Ballabio", "body": {"name": "Ballabio"}}]
    leave = f"mutation {{ declineNeed(needNumber: {need.number}) {{ ... on Party {{ status }} }} }}"
    assert await result(leave, BALLABIO_OFFICER) == {"status": "DECLINED"}


async def test_figures_of_trust_are_for_everybody(current: Catalogue) -> None:
    query = "{ trust { laboratories { edges { node { cases share laboratory { slug } } } } bodies { totalCount } } }"
    assert (await data_of(query))["trust"] == {"laboratories": {"edges": []}, "bodies": {"totalCount": 0}}
    for _ in range(3):
        record = await asked()
        await partnerships.show_interest(LABORATORY, record.id, record.version)
    [edge] = (await data_of(query))["trust"]["laboratories"]["edges"]
    found = edge["node"]
    assert (found["laboratory"], found["cases"], found["share"]) == ({"slug": "infralab"}, 3, 1.0)
