"""Conversations by GraphQL: the same readers, writers and refusals as on the pages."""

from __future__ import annotations

from typing import Any

from cast import BALLABIO_OFFICER, LABORATORY, NEED, PASTURO_OFFICER
from questions import data_of
from raccordo import needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor

READ = """query ($n: Int!) { needMessages(number: $n, first: 10) {
  totalCount edges { node { number who mine text public } } } }"""
READ_MATCH = (
    """query ($n: Int!) { matchMessages(number: $n) { totalCount edges { cursor node { text } } } }"""
)
RESULT = "{ __typename ... on Message { text public mine } ... on Refusal { code fields { field code } } }"
POST = f"mutation ($n: Int!, $t: String!, $p: Boolean!) {{ postOnNeed(number: $n, text: $t, public: $p) {RESULT} }}"
POST_MATCH = f"mutation ($n: Int!, $t: String!) {{ postOnMatch(number: $n, text: $t) {RESULT} }}"


async def posted(actor: Actor, number: int, text: str, *, public: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = (await data_of(POST, actor=actor, n=number, t=text, p=public))["postOnNeed"]
    return found


async def test_a_question_is_asked_and_read(current: Catalogue) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    assert (await posted(LABORATORY, number, "Quanto è lungo?"))["mine"]
    read = (await data_of(READ, actor=VISITOR, n=number))["needMessages"]
    assert (read["totalCount"], read["edges"][0]["node"]["mine"]) == (1, False)


async def test_private_messages_do_not_leak_through_counts(current: Catalogue) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    await posted(LABORATORY, number, "C’è un budget?", public=False)
    assert (await data_of(READ, actor=BALLABIO_OFFICER, n=number))["needMessages"]["totalCount"] == 0
    assert (await data_of(READ, actor=PASTURO_OFFICER, n=number))["needMessages"]["totalCount"] == 1


async def test_a_match_s_messages_are_for_its_parties(current: Catalogue) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    match = await partnerships.shortlist(PASTURO_OFFICER, number, "infralab")
    await partnerships.ask(PASTURO_OFFICER, match.id, match.version, "")
    await data_of(POST_MATCH, actor=LABORATORY, n=match.id, t="Martedì?")
    assert (await data_of(READ_MATCH, actor=PASTURO_OFFICER, n=match.id))["matchMessages"]["totalCount"] == 1
    assert (await data_of(READ_MATCH, actor=VISITOR, n=match.id))["matchMessages"]["totalCount"] == 0


async def test_refusals_are_the_same_as_on_the_page(current: Catalogue) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    assert (await posted(VISITOR, number, "Ciao"))["code"] == "write_question"
    assert (await posted(LABORATORY, number, ""))["fields"] == [{"field": "text", "code": "missing"}]
