"""docs/graphql.md: the commands for programs run, and the table of scopes is the one of the rights."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from account import PASSWORD, officer_logged_in
from cast import PASTURO
from raccordo import tokens
from raccordo.models import Membership
from raccordo.people import actor_of_membership
from raccordo.rights import RIGHTS
from raccordo.tokens import SCOPES, TokenInput

TEXT = (Path(__file__).parents[2] / "docs/graphql.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(curl .*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_page_names_every_scope_of_the_table_and_no_other() -> None:
    said = re.findall(
        r"^\| `([a-z:]+)` \| ", TEXT.partition("| scope |")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert said == list(SCOPES)
    assert set(said) == {right.scope for right in RIGHTS} - {""}


def test_the_scope_for_needs_opens_what_the_page_says() -> None:
    [line] = re.findall(r"^\| `needs:write` \| (.*) \|$", TEXT, re.MULTILINE)
    verbs = {right.verb for right in RIGHTS if right.scope == "needs:write"}
    assert verbs <= set(re.findall(r"`(\w+)`", line))


@pytest.mark.usefixtures("current")
async def test_the_commands_run_in_the_order_of_the_page(client: AsyncClient) -> None:
    secret = await a_token(client)
    answers = []
    for command in COMMANDS:
        words = shlex.split(command.replace("$RACCORDO_TOKEN", secret))
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        body = dict(pairwise(words))["-d"].encode()
        answers.append((await client.post("/graphql", content=body, headers=headers)).json()["data"])
    assert answers[0]["me"]["body"] == {"name": "Pasturo"}
    assert answers[1]["publishNeed"]["version"] == 1
    assert answers[2]["upsertNeed"]["outcome"] == "REVISED"


async def a_token(client: AsyncClient) -> str:
    await officer_logged_in(client, PASTURO)
    client.cookies.clear()
    membership = await Membership.get().prefetch_related("person", "body")
    actor = actor_of_membership(membership.person, membership, second_factor=False)
    wanted = TokenInput(name="Prova", acting_as=membership.id, scopes=("needs:write",))
    return await tokens.create(actor, wanted, PASSWORD, "")
