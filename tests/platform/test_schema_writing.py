"""What GraphQL changes: the same verbs, rights and refusals as the pages, said as data."""

from __future__ import annotations

from typing import Any

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, NEED, PASTURO_OFFICER
from questions import asked, data_of
from raccordo import catalogue, needs
from raccordo.catalogue import Catalogue
from raccordo.models import Need
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR, Actor
from raccordo.refusals import Refused
from raccordo.schema import Context, Question, ask

REFUSAL = (
    "... on Refusal { code message fields { field code message } current { version title description } }"
)
PUBLISH = f"""mutation ($input: NeedInput!) {{ publishNeed(input: $input) {{ __typename
  ... on Need {{ number version title description inferred owner {{ name }} matches(first: 1) {{ totalCount }} }}
  {REFUSAL} }} }}"""
REVISE = f"""mutation ($n: Int!, $v: Int!, $input: NeedInput!) {{
  reviseNeed(number: $n, version: $v, input: $input) {{ __typename ... on Need {{ version title description }} {REFUSAL} }} }}"""
WITHDRAW = f"""mutation ($n: Int!, $v: Int!) {{ withdrawNeed(number: $n, version: $v, reason: "fatto") {{
  __typename ... on NeedState {{ status version endedBecause }} {REFUSAL} }} }}"""
AGAIN = f"""mutation ($n: Int!, $v: Int!) {{ publishNeedAgain(number: $n, version: $v) {{
  __typename ... on Need {{ version }} {REFUSAL} }} }}"""
WRITTEN = {"title": NEED.title, "description": NEED.description}


async def published() -> int:
    return (await needs.publish(PASTURO_OFFICER, NEED)).number


async def result(query: str, actor: Actor = PASTURO_OFFICER, **variables: Any) -> dict[str, Any]:
    [answer] = (await data_of(query, actor=actor, **variables)).values()
    found: dict[str, Any] = answer
    return found


async def test_a_need_is_published_for_the_body_of_its_officer(current: Catalogue) -> None:
    found = await result(PUBLISH, input=WRITTEN)
    assert found["owner"] == {"name": "Pasturo"}
    assert catalogue.current().needs[found["number"]].title == NEED.title


async def test_the_same_answer_already_sees_what_was_published(current: Catalogue) -> None:
    found = await result(PUBLISH, input=WRITTEN)
    assert found["description"] == NEED.description
    assert found["matches"]["totalCount"] == len(current.laboratories)


async def test_what_was_chosen_is_stored(current: Catalogue) -> None:
    chosen = {
        **WRITTEN,
        "functions": ["e"],
        "themes": ["bonifiche"],
        "axes": ["SOCIAL"],
        "deadline": "31/12/2026",
    }
    found = await result(PUBLISH, input=chosen)
    state = await needs.state_for(PASTURO_OFFICER, found["number"])
    assert found["inferred"] == []
    assert state.written == NeedInput(
        title=NEED.title, description=NEED.description, functions=("e",), themes=("bonifiche",),
        axes=("SOCIAL",), deadline="2026-12-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " ", "description": ""},
        {"title": "x" * 300, "description": "y\u0000"},
        {"title": "x", "description": "y", "functions": ["z"], "themes": ["niente"], "deadline": "ieri"},
    ],
)
async def test_both_doors_refuse_the_same_with_the_same_words(
    current: Catalogue, wrong: dict[str, Any]
) -> None:
    found = await result(PUBLISH, input=wrong)
    typed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in wrong.items()}
    with pytest.raises(Refused) as refusal:
        await needs.publish(PASTURO_OFFICER, NeedInput(**typed))
    assert found["__typename"] == "Refusal"
    assert [(one["field"], one["code"], one["message"]) for one in found["fields"]] == [
        (one.field, one.code, str(one.sentence)) for one in refusal.value.fields
    ]


async def test_refusals_speak_english_when_asked(current: Catalogue) -> None:
    italian = await result(PUBLISH, input={"title": "", "description": "y"})
    english = await result(PUBLISH, language="en", input={"title": "", "description": "y"})
    assert italian["fields"][0]["message"].startswith("Manca il titolo")
    assert english["fields"][0]["message"] != italian["fields"][0]["message"]


@pytest.mark.parametrize("actor", [VISITOR, COORDINATOR])
async def test_a_stranger_is_refused_and_nothing_changes(current: Catalogue, actor: Actor) -> None:
    found = await result(PUBLISH, actor, input=WRITTEN)
    assert found["code"] == "officer_only"
    assert await Need.filter(title=NEED.title).count() == 0


async def test_an_owner_revises(current: Catalogue) -> None:
    number = await published()
    found = await result(REVISE, n=number, v=1, input={"title": "Nuovo", "description": "testo"})
    assert found == {"__typename": "Need", "version": 2, "title": "Nuovo", "description": "testo"}


async def test_a_stale_change_carries_the_current_state(current: Catalogue) -> None:
    number = await published()
    await needs.revise(PASTURO_OFFICER, number, 1, NeedInput(title="Primo", description="di un altro"))
    found = await result(REVISE, n=number, v=1, input=WRITTEN)
    assert found["code"] == "stale"
    assert found["current"] == {"version": 2, "title": "Primo", "description": "di un altro"}


@pytest.mark.parametrize("query", [WITHDRAW, AGAIN])
async def test_only_the_owner_or_a_coordinator_withdraws(current: Catalogue, query: str) -> None:
    number = await published()
    if query == AGAIN:
        await needs.withdraw(PASTURO_OFFICER, number, 1)
    version = 1 if query == WITHDRAW else 2
    assert (await result(query, BALLABIO_OFFICER, n=number, v=version))["code"] == "not_the_owner"
    assert (await result(query, COORDINATOR, n=number, v=version))["__typename"] != "Refusal"


async def test_a_withdrawn_need_says_when_asked_for(current: Catalogue) -> None:
    number = await published()
    found = await result(WITHDRAW, n=number, v=1)
    assert (found["status"], found["endedBecause"]) == ("WITHDRAWN", "fatto")
    body = await asked("query ($n: Int!) { need(number: $n) { title } }", n=number)
    assert body["errors"][0]["extensions"]["code"] == "withdrawn"
    assert body["data"] == {"need": None}


async def test_a_withdrawal_is_undone(current: Catalogue) -> None:
    number = await published()
    await result(WITHDRAW, n=number, v=1)
    assert await result(AGAIN, n=number, v=2) == {"__typename": "Need", "version": 3}


@pytest.mark.parametrize("number", [-1, 0, 999_999, 2_147_483_647])
async def test_a_need_that_never_was_is_refused(current: Catalogue, number: int) -> None:
    for query in (WITHDRAW, AGAIN):
        assert (await result(query, n=number, v=1))["code"] == "unknown_need"
    body = await asked("query ($n: Int!) { need(number: $n) { title } }", n=number)
    assert body["errors"][0]["extensions"]["code"] == "unknown_need"


async def test_mutations_of_one_document_run_one_after_the_other(current: Catalogue) -> None:
    query = """mutation ($input: NeedInput!) { a: publishNeed(input: $input) { ... on Need { number } }
      b: publishNeed(input: $input) { ... on Need { number near { totalCount } alike(first: 1) { edges { node { need { number } } } } } } }"""
    found = await data_of(query, actor=PASTURO_OFFICER, input=WRITTEN)
    assert found["b"]["alike"]["edges"][0]["node"]["need"]["number"] == found["a"]["number"]


async def test_a_change_that_happened_is_never_answered_as_too_slow(current: Catalogue) -> None:
    context = Context(actor=PASTURO_OFFICER, deadline=0.0)
    answer = await ask(Question(PUBLISH, {"input": WRITTEN}), context)
    assert answer.body["data"]["publishNeed"]["__typename"] == "Need"
