"""Needs that another system holds: one for each key of an owner, published, revised or left as it is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, NEED, PASTURO, PASTURO_OFFICER
from questions import data_of
from raccordo import external_ids, need_rows, needs
from raccordo.catalogue import Catalogue
from raccordo.external_ids import UpsertOutcome
from raccordo.models import AuditEntry, Need
from raccordo.need_input import NeedInput
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale

pytestmark = pytest.mark.usefixtures("current")

KEY = "nostro/123"
OTHER = NeedInput(title="Due ponti", description=NEED.description, axes=("ECONOMIC", "SOCIAL"))
UPSERT = """mutation ($key: String!, $input: NeedInput!, $version: Int) {
  upsertNeed(externalId: $key, input: $input, version: $version) {
    __typename
    ... on UpsertedNeed { outcome need { title externalId version } }
    ... on Refusal { code fields { field code } current { title version } } } }"""
BY_KEY = """query ($owner: BodyInput!, $key: String!) {
  needs(filter: { owner: $owner, externalId: $key }) { edges { node { title } } } }"""


async def wanted(
    written: NeedInput, version: int | None = None, actor: Actor = PASTURO_OFFICER
) -> UpsertOutcome:
    return (await external_ids.upsert(actor, KEY, written, version)).outcome


async def said(**variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await data_of(UPSERT, actor=PASTURO_OFFICER, **variables))["upsertNeed"]
    return found


async def test_a_need_is_published_then_revised_then_left_alone() -> None:
    assert await wanted(NEED) == UpsertOutcome.PUBLISHED
    assert await wanted(OTHER) == UpsertOutcome.REVISED
    assert await wanted(OTHER) == UpsertOutcome.UNCHANGED
    row = await Need.get(example=False)
    assert (row.external_id, row.title, row.version) == (KEY, "Due ponti", 2)
    assert [entry.verb for entry in await AuditEntry.all().order_by("number")] == ["publish", "revise"]


async def test_what_is_typed_with_other_spaces_is_the_same() -> None:
    await wanted(NEED)
    assert await wanted(replace(NEED, title=f"  {NEED.title} ")) == UpsertOutcome.UNCHANGED


async def test_another_owner_may_use_the_same_key() -> None:
    await wanted(NEED)
    assert await wanted(NEED, actor=BALLABIO_OFFICER) == UpsertOutcome.PUBLISHED
    assert await Need.filter(external_id=KEY).count() == 2


async def test_an_example_takes_no_key_away(current: Catalogue) -> None:
    example = next(need for need in current.needs.values() if need.example)
    actor = replace(PASTURO_OFFICER, body_kind=example.owner_kind, body_code=example.owner_code)
    done = await external_ids.upsert(actor, str(example.external_id), NEED)
    assert (done.outcome, done.need.number == example.number) == (UpsertOutcome.PUBLISHED, False)


async def test_many_at_once_make_one_need() -> None:
    outcomes = await asyncio.gather(*(wanted(NEED) for _ in range(20)))
    assert sorted(outcomes) == ["PUBLISHED", *["UNCHANGED"] * 19]


async def test_an_older_version_is_refused_with_the_present_state() -> None:
    await wanted(NEED)
    await wanted(OTHER)
    with pytest.raises(Stale) as stale:
        await wanted(NEED, version=1)
    assert stale.value.current == await need_rows.stored((await Need.get(example=False)).number)


async def test_whoever_names_a_version_of_nothing_publishes_nothing() -> None:
    with pytest.raises(NotFound):
        await wanted(NEED, version=1)
    assert not await Need.exists(example=False)


async def test_a_withdrawn_need_does_not_come_back_by_itself() -> None:
    await wanted(NEED)
    number = (await Need.get(example=False)).number
    await needs.withdraw(PASTURO_OFFICER, number, 1)
    with pytest.raises(NotFound, match="withdrawn"):
        await wanted(OTHER)


async def test_only_whoever_publishes_for_a_body_does_this() -> None:
    with pytest.raises(NotAllowed, match="officer_only"):
        await wanted(NEED, actor=COORDINATOR)
    with pytest.raises(NotAllowed, match="publish_need"):
        await wanted(NEED, actor=replace(PASTURO_OFFICER, scopes=frozenset({"read"})))


@pytest.mark.parametrize("key", ["", " ", "con spazio", "à", "-a", "x" * 65, "a\nb", "a'b"])
async def test_a_key_that_no_system_would_give_is_refused(key: str) -> None:
    with pytest.raises(Refused) as refusal:
        await external_ids.upsert(PASTURO_OFFICER, key, NEED)
    assert [one.field for one in refusal.value.fields] == ["external_id"]


async def test_publishing_twice_with_a_key_is_refused_at_its_field() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED, KEY)
    with pytest.raises(Refused) as refusal:
        await needs.publish(PASTURO_OFFICER, OTHER, KEY)
    [problem] = refusal.value.fields
    assert (problem.field, problem.sentence.say()) == (
        "external_id",
        f"Questo codice è già del bisogno {need.number}.",
    )


async def test_graphql_says_which_of_the_three_happened() -> None:
    written = {"title": NEED.title, "description": NEED.description}
    need = {"title": NEED.title, "externalId": KEY, "version": 1}
    first = await said(key=KEY, input=written)
    assert first == {"__typename": "UpsertedNeed", "outcome": "PUBLISHED", "need": need}
    assert (await said(key=KEY, input=written))["outcome"] == "UNCHANGED"
    stale = await said(key=KEY, input=written, version=7)
    assert (stale["code"], stale["current"]) == ("stale", {"title": NEED.title, "version": 1})


async def test_a_need_is_found_by_its_owner_and_key() -> None:
    await wanted(NEED)
    await wanted(OTHER, actor=BALLABIO_OFFICER)
    owner = {"kind": "MUNICIPALITY", "code": PASTURO}
    found = await data_of(BY_KEY, owner=owner, key=KEY)
    assert found["needs"]["edges"] == [{"node": {"title": NEED.title}}]
