"""The words of an unconfirmed need are nowhere but with its two sides: no page, file, feed, count, list or search."""

from __future__ import annotations

import json
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_required_argument
from httpx2 import AsyncClient
from starlette.routing import Route

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO, VALLEY_OFFICER
from raccordo import database, inbox, proposed_needs
from raccordo.catalogue import Catalogue
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR, Actor, person_of
from raccordo.schema.definition import CORE
from raccordo_ui.app import PAGES
from rights.stage import UNCONFIRMED
from ui.conftest import ActAs

WORDS = NeedInput(
    title=f"Un {UNCONFIRMED} ponte vecchio sul torrente",
    description=f"{NEED.description} {UNCONFIRMED}",
    funding=UNCONFIRMED,
)
VALUES = {
    "number": "28", "istat": PASTURO, "letter": "b", "code": "097", "match": "1", "proposed": "1",
    "acronym": "DICA", "name": "Need", "secret": "nessuno", "slug": "infralab",
}  # fmt: skip
# The log of acts, which coordinators read, tells that something was proposed, for whom and by which body; never what.
LOG = {"/registro", "/registro.csv", "/registro/verifica", "auditEntries"}
STRANGERS = (VISITOR, BALLABIO_OFFICER, LABORATORY, COORDINATOR)


@pytest.fixture(autouse=True)
async def known(current: Catalogue) -> None:
    """A proposal before this one: the people exist, and who coordinates has read that the town has no account."""
    await database.write(lambda _: person_of(COORDINATOR))
    await proposed_needs.propose(VALLEY_OFFICER, PASTURO, NEED)
    await inbox.mark_read(COORDINATOR)


def addresses() -> list[str]:
    """Every page, with a thing that is near the proposal in the place of each parameter."""
    found = set()
    for route in PAGES:
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            path = route.path
            for name, value in VALUES.items():
                path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:int}}", value)
            found.add(path)
    return [*sorted(found), f"/bisogni?testo={UNCONFIRMED}", f"/bisogni.csv?testo={UNCONFIRMED}"]


async def everything(client: AsyncClient) -> dict[str, str]:
    """What each page says, apart from what was asked for: the search repeats it."""
    said = {}
    for address in addresses():
        text = (await client.get(address)).text
        for echo in (f"testo={UNCONFIRMED}", f"testo%3D{UNCONFIRMED}", f'value="{UNCONFIRMED}"'):
            text = text.replace(echo, "")
        said[address] = text
    return said


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: one.label)
async def test_no_page_changes_by_what_is_proposed(
    client: AsyncClient, act_as: ActAs, stranger: Actor
) -> None:
    act_as(stranger)
    before, version = await everything(client), (await database.state()).version
    await proposed_needs.propose(VALLEY_OFFICER, PASTURO, WORDS)
    after = await everything(client)
    assert [address for address, text in after.items() if UNCONFIRMED in text] == []
    assert {one for one in before if before[one] != after[one]} <= LOG
    assert (await database.state()).version == version


def lists() -> list[str]:
    """Every list of the schema that can be asked for without arguments."""
    assert CORE.query_type
    return [
        name
        for name, field in CORE.query_type.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
        and not any(is_required_argument(one) for one in field.args.values())
    ]


def query(name: str) -> str:
    """The list with its count, cursors and every plain text of its nodes."""
    assert CORE.query_type
    edges = get_named_type(get_named_type(CORE.query_type.fields[name].type).fields["edges"].type)
    node = get_named_type(edges.fields["node"].type)
    texts = [
        key
        for key, field in (node.fields if isinstance(node, GraphQLObjectType) else {}).items()
        if str(field.type).rstrip("!") in {"String", "Int"} and not field.args
    ]
    fields = f"node {{ {' '.join(texts)} }}" if texts else ""
    return f"{{ {name}(first: 100) {{ totalCount edges {{ cursor {fields} }} }} }}"


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: one.label)
async def test_no_list_of_graphql_changes_by_it(client: AsyncClient, act_as: ActAs, stranger: Actor) -> None:
    act_as(stranger)

    async def answers() -> dict[str, Any]:
        found = {}
        for name in lists():
            body = (await client.post("/graphql", json={"query": query(name)})).json()
            found[name] = body["data"] or [one["extensions"]["code"] for one in body["errors"]]
        return found

    before = await answers()
    await proposed_needs.propose(VALLEY_OFFICER, PASTURO, WORDS)
    after = await answers()
    assert len(after) > 10
    assert UNCONFIRMED not in json.dumps(after)
    assert {one for one in before if before[one] != after[one]} <= LOG


async def test_neither_preview_nor_resemblance_sees_it(client: AsyncClient, act_as: ActAs) -> None:
    await proposed_needs.propose(VALLEY_OFFICER, PASTURO, WORDS)
    act_as(BALLABIO_OFFICER)
    form = {"title": NEED.title, "description": NEED.description}
    assert UNCONFIRMED not in (await client.post("/bisogni/nuovo", data=form)).text
    asked = {
        "query": "query($t: String!) { matchesForText(description: $t) { near(first: 20) { edges { node { need { title } } } } } }"
    }
    answer = await client.post("/graphql", json=asked | {"variables": {"t": NEED.description}})
    assert UNCONFIRMED not in answer.text
