"""Following and the inbox by GraphQL: one's own, with the refusals of the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questions import data_of
from raccordo import follows
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor
from readers import officer, tell

MINE = "{ me { unread notifications(first: %d, after: %s) { totalCount pageInfo { endCursor } edges { node { number sentence read urgent path } } } follows { kind value name feed gone } } }"
FOLLOW = "mutation($kind: FollowKind!, $value: String!) { follow(kind: $kind, value: $value) { ... on Follow { kind value name gone } ... on Refusal { code fields { field code message } } } }"
UNFOLLOW = 'mutation { unfollow(kind: THEME, value: "strade-ponti") { ... on Unfollowed { value followedBefore } ... on Refusal { code } } }'
MARK = "mutation($number: Int) { markRead(number: $number) { ... on Inbox { marked unread } ... on Refusal { code } } }"


@pytest.fixture
async def anna(current: Catalogue) -> Actor:
    actor = await officer()
    for number in range(3):
        await tell(actor.person or 0, f"Notizia {number}.")
    return actor


async def mine(actor: Actor, first: int = 2, after: str = "null", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await data_of(MINE % (first, after), actor=actor, **more))["me"]
    return found


async def test_notices_come_in_pages_the_newest_first(anna: Actor) -> None:
    page = (await mine(anna))["notifications"]
    assert (page["totalCount"], [edge["node"]["sentence"] for edge in page["edges"]]) == (
        3,
        ["Notizia 2.", "Notizia 1."],
    )
    following = await mine(anna, after=f'"{page["pageInfo"]["endCursor"]}"')
    assert [edge["node"]["sentence"] for edge in following["notifications"]["edges"]] == ["Notizia 0."]


async def test_reading_one_and_then_all(anna: Actor) -> None:
    number = (await mine(anna))["notifications"]["edges"][0]["node"]["number"]
    answer = await data_of(MARK, actor=anna, number=number)
    assert answer["markRead"] == {"marked": 1, "unread": 2}
    assert (await data_of(MARK, actor=anna))["markRead"] == {"marked": 2, "unread": 0}
    assert (await data_of(MARK, actor=anna, number=2**31 - 1))["markRead"] == {"code": "unknown_notification"}


async def test_following_and_following_no_longer(anna: Actor) -> None:
    answer = await data_of(FOLLOW, actor=anna, language="en", kind="THEME", value="strade-ponti")
    assert answer["follow"]["name"] == "Roads, bridges and infrastructure"
    [one] = (await mine(anna))["follows"]
    assert (one["kind"], one["value"], one["feed"]) == ("THEME", "strade-ponti", "/temi/strade-ponti.atom")
    for before in (True, False):
        gone = (await data_of(UNFOLLOW, actor=anna))["unfollow"]
        assert gone == {"value": "strade-ponti", "followedBefore": before}


async def test_a_search_comes_back_in_the_way_it_is_kept(anna: Actor) -> None:
    answer = await data_of(FOLLOW, actor=anna, kind="SEARCH", value="provincia=097&testo=Frana&ordine=titolo")
    assert answer["follow"]["value"] == "testo=frana&provincia=097"


async def test_what_is_nothing_to_follow_is_refused_by_field(anna: Actor) -> None:
    answer = await data_of(FOLLOW, actor=anna, kind="SEARCH", value="chi=io")
    assert answer["follow"]["code"] == "invalid"
    assert answer["follow"]["fields"] == [
        {"field": "value", "code": "unknown", "message": "«chi» non è un filtro dell’elenco dei bisogni."}
    ]


async def test_visitors_have_nothing_and_change_nothing(anna: Actor) -> None:
    await follows.follow(anna, "THEME", "strade-ponti")
    found = await mine(VISITOR)
    assert (found["unread"], found["notifications"]["totalCount"], found["follows"]) == (0, 0, [])
    refused = await data_of(FOLLOW, actor=VISITOR, kind="THEME", value="strade-ponti")
    assert refused["follow"]["code"] == "add_follow"
    assert (await data_of(UNFOLLOW, actor=VISITOR))["unfollow"] == {"code": "remove_follow"}
    assert (await data_of(MARK, actor=VISITOR))["markRead"] == {"code": "mark_notification"}


async def test_nobody_reads_anybody_else_s(anna: Actor) -> None:
    bruno = replace(await officer("bruno@comune.example"), scopes=frozenset({"follows:read"}))
    await follows.follow(anna, "THEME", "strade-ponti")
    found = await mine(bruno)
    assert (found["unread"], found["notifications"]["totalCount"], found["follows"]) == (0, 0, [])
