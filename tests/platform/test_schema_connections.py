"""Pages: sizes, cursors, and that walking a list meets everything once, whatever its order."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import asked, data_of, error_of
from raccordo.catalogue import Catalogue
from raccordo.laboratories import LaboratoryOrder
from raccordo.municipalities import MunicipalityOrder
from raccordo.need_search import NeedOrder
from raccordo.refusals import Refused
from raccordo.schema import cursors
from raccordo.schema.connections import Listing, page
from raccordo.schema.listings import listed_laboratories, listed_municipalities, listed_needs

LETTERS = Listing("letters", "abcdefgh", lambda letter: (letter,))
MUNICIPALITIES = """query ($first: Int, $after: String, $last: Int, $before: String, $by: MunicipalityOrder! = NAME) {
  municipalities(first: $first, after: $after, last: $last, before: $before, orderBy: $by) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { istatCode } }
  }
}"""


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue]) -> Catalogue:
    return loaded_file[1]


def letters(**window: Any) -> str:
    found = page(LETTERS, **window)
    return "".join(LETTERS.rows[found.start : found.stop])


def at(letter: str) -> str:
    return cursors.encode("letters", (letter,))


def test_the_first_page_has_twenty() -> None:
    found = page(Listing("n", range(50), lambda n: (n,)))
    assert (found.start, found.stop, found.has_next_page, found.has_previous_page) == (0, 20, True, False)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ({"first": 3}, "abc"),
        ({"first": 3, "after": at("b")}, "cde"),
        ({"last": 3}, "fgh"),
        ({"last": 2, "before": at("e")}, "cd"),
        ({"first": 2, "before": at("c")}, "ab"),
        ({"after": at("b"), "before": at("e")}, "cd"),
        ({"after": at("e"), "before": at("b")}, ""),
        ({"first": 0}, ""),
        ({"first": 3, "after": at("h")}, ""),
        ({"first": 2, "after": at("cc")}, "de"),
    ],
    ids=str,
)
def test_a_window_is_what_relay_says(window: dict[str, Any], expected: str) -> None:
    assert letters(**window) == expected


@given(st.lists(st.integers(), unique=True, max_size=60).map(sorted), st.integers(1, 9))
def test_walking_meets_everything_once(rows: list[int], size: int) -> None:
    listing = Listing("n", rows, lambda n: (n,))
    met, after = list[int](), None
    for _ in range(len(rows) + 1):
        found = page(listing, first=size, after=after)
        met += rows[found.start : found.stop]
        if not found.has_next_page:
            break
        after = found.end_cursor
    assert met == rows


@given(st.lists(st.integers(), unique=True, min_size=2, max_size=40), st.data())
def test_what_is_added_meanwhile_moves_nobody(rows: list[int], data: st.DataObject) -> None:
    before, added = sorted(rows[:-1]), rows[-1]
    place = data.draw(st.sampled_from(before))
    after = cursors.encode("n", (place,))
    later = Listing("n", sorted([*before, added]), lambda n: (n,))
    found = page(later, first=100, after=after)
    assert list(later.rows[found.start : found.stop]) == [n for n in later.rows if n > place]


@pytest.mark.parametrize("size", [-1, 101, 1000])
@pytest.mark.parametrize("argument", ["first", "last"])
def test_a_size_out_of_range_is_refused_and_not_cut(argument: str, size: int) -> None:
    with pytest.raises(Refused) as refusal:
        page(LETTERS, **{argument: size})  # type: ignore[arg-type]  # parametrised
    assert refusal.value.fields[0].code == "out_of_range"


def test_first_and_last_together_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        page(LETTERS, first=1, last=1)
    assert refusal.value.fields[0].code == "first_and_last"


def forged(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["", "!", "è", "a" * 5_000, forged(1), forged("x"), forged([]), forged({}), forged(["letters"]),
     forged(["letters", 1]), forged(["letters", "a", "b"]), forged(["letters", None]), forged([["letters"]])],
)  # fmt: skip
@pytest.mark.parametrize("argument", ["after", "before"])
def test_a_forged_cursor_is_refused(argument: str, cursor: str) -> None:
    with pytest.raises(Refused) as refusal:
        page(LETTERS, **{argument: cursor})  # type: ignore[arg-type]  # parametrised
    assert refusal.value.fields[0].code in {"unreadable_cursor", "foreign_cursor"}


@given(st.text(max_size=200))
def test_any_text_as_a_cursor_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(Refused):
        page(LETTERS, after=text)


async def test_a_cursor_of_another_order_is_foreign(picture: Catalogue) -> None:
    found = await data_of(MUNICIPALITIES, picture, first=1)
    cursor = found["municipalities"]["pageInfo"]["endCursor"]
    error = await error_of(MUNICIPALITIES, picture, after=cursor, by="POPULATION", language="en")
    assert error["extensions"]["fields"][0]["code"] == "foreign_cursor"


async def test_more_than_a_hundred_says_so_unmasked(picture: Catalogue) -> None:
    body = await asked(MUNICIPALITIES, picture, first=101)
    assert body["data"] is None
    assert "101" in body["errors"][0]["message"]
    assert body["errors"][0]["extensions"]["fields"][0]["field"] == "first"


@pytest.mark.parametrize("order", MunicipalityOrder)
async def test_all_municipalities_are_met_once(picture: Catalogue, order: str) -> None:
    met, after = list[str](), None
    while True:
        found = (await data_of(MUNICIPALITIES, picture, first=100, after=after, by=order))["municipalities"]
        met += [edge["node"]["istatCode"] for edge in found["edges"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    assert len(met) == found["totalCount"] == len(set(met)) == 1501


async def test_backwards_is_the_same_list(picture: Catalogue) -> None:
    start = (await data_of(MUNICIPALITIES, picture, first=7))["municipalities"]
    back = await data_of(MUNICIPALITIES, picture, last=3, before=start["edges"][6]["cursor"])
    assert back["municipalities"]["edges"] == start["edges"][3:6]


@pytest.mark.parametrize("order", NeedOrder)
def test_keys_increase_along_a_list_of_needs(picture: Catalogue, order: NeedOrder) -> None:
    increases(listed_needs(picture, None, order))


@pytest.mark.parametrize("order", MunicipalityOrder)
def test_keys_increase_along_a_list_of_municipalities(picture: Catalogue, order: MunicipalityOrder) -> None:
    increases(listed_municipalities(picture, None, order))


@pytest.mark.parametrize("order", LaboratoryOrder)
def test_keys_increase_along_a_list_of_laboratories(picture: Catalogue, order: LaboratoryOrder) -> None:
    increases(listed_laboratories(picture, None, order))


def increases(listing: Listing[Any]) -> None:
    """The keys, as cursors hold them, are strictly in order: what a cursor needs to find its place."""
    keys = [cursors.plain(listing.key(row)) for row in listing.rows]
    assert all(before < after for before, after in pairwise(keys))
    assert all(json.loads(json.dumps(key)) == list(key) for key in keys)


async def test_a_cursor_survives_the_withdrawal_of_its_need(picture: Catalogue) -> None:
    query = "query ($after: String) { needs(orderBy: TITLE, first: 3, after: $after) { edges { cursor node { number } } } }"
    edges = (await data_of(query, picture))["needs"]["edges"]
    gone = edges[0]["node"]["number"]
    later = replace(picture, needs={n: need for n, need in picture.needs.items() if n != gone})
    found = await data_of(query, later, after=edges[0]["cursor"])
    assert [edge["node"] for edge in found["needs"]["edges"]][:2] == [edge["node"] for edge in edges[1:]]
