"""docs/graphql.md: every query runs, every answer shown is the true one, every number is the program's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType

from cast import PASTURO_OFFICER
from questions import asked
from raccordo.catalogue import Catalogue
from raccordo.schema import examples, limits
from raccordo.schema.context import SECONDS
from raccordo.schema.costs import weight
from raccordo.schema.definition import CORE

DOCUMENT = Path(__file__).parents[2] / "docs/graphql.md"
TEXT = DOCUMENT.read_text("utf-8")
FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Shown:
    """A query of the page, with the variables and the answer that follow it."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] | None = None

    def __str__(self) -> str:
        return self.query.split("(")[0].split("{")[0].strip()


def shown() -> Iterator[Shown]:
    last: Shown | None = None
    for language, role, content in FENCE.findall(TEXT):
        if language == "graphql":
            if last:
                yield last
            last = Shown(content)
        elif last and role == "variables":
            last.variables = json.loads(content)
        elif last and role == "answer":
            last.answer = json.loads(content)
    if last:
        yield last


SHOWN = list(shown())


@pytest.mark.parametrize("one", SHOWN, ids=str)
async def test_a_query_of_the_page_runs_and_its_answer_is_true(current: Catalogue, one: Shown) -> None:
    body = await asked(one.query, actor=PASTURO_OFFICER, **one.variables)
    assert "errors" not in body
    if one.answer is not None:
        assert body == one.answer


def test_the_page_shows_answers() -> None:
    assert sum(one.answer is not None for one in SHOWN) >= 3


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_that_ships_is_on_the_page(example: Any) -> None:
    assert (example.query, dict(example.variables)) in [(one.query, one.variables) for one in SHOWN]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_is_titled_in_both_languages(example: Any) -> None:
    assert example.title_it != example.title_en


def test_the_page_says_the_true_limits() -> None:
    said = dict(re.findall(r"^\| (\w+) \| ([\d,]+)[^|]* \| `\w+` \|$", TEXT, re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in said.items()} == {
        "depth": limits.DEPTH,
        "aliases": limits.ALIASES,
        "directives": limits.DIRECTIVES,
        "fields": limits.FIELDS,
        "tokens": limits.TOKENS,
        "cost": limits.COST,
        "body": limits.BODY,
        "time": int(SECONDS),
    }


def test_the_page_says_the_true_costs() -> None:
    said = re.findall(r"^\| `(\w+)\.(\w+)` \| (\d+) \|$", TEXT, re.MULTILINE)
    assert len(said) >= 7
    for kind, name, number in said:
        owner = CORE.get_type(kind)
        assert isinstance(owner, GraphQLObjectType)
        assert (kind, name, weight(owner.fields[name])) == (kind, name, int(number))
