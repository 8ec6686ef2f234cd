"""How many SQL statements an answer costs: the same for one need and for a hundred."""

from __future__ import annotations

from typing import Any

import pytest

from cast import NEED, PASTURO_OFFICER
from questions import data_of
from raccordo import catalogue, needs
from raccordo.catalogue import Catalogue
from raccordo.models import Need

QUERY = """query ($first: Int!) { needs(first: $first) { totalCount edges { node {
  title description owner { name population ... on Municipality { province { name } } }
  matches(first: 3) { edges { node { score band reasons { sentenceIt } laboratory { name } } } } } } } }"""
WAYS = ("execute_query", "execute_query_dict", "execute_insert", "execute_many", "execute_script")


def counted(way: Any, seen: list[str]) -> Any:
    async def count(client: Any, query: str, *rest: Any) -> Any:
        # One way may call another of the same client: the statement is one.
        if not seen or seen[-1] is not query:
            seen.append(query)
        return await way(client, query, *rest)

    return count


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that reaches the database from now on, on either engine."""
    seen: list[str] = []
    client = type(Need._meta.db)
    for name in WAYS:
        monkeypatch.setattr(client, name, counted(getattr(client, name), seen))
    return seen


@pytest.mark.parametrize("first", [1, 10, 100])
async def test_a_list_of_needs_costs_one_statement(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    while len(catalogue.current().needs) < 100:
        await needs.publish(PASTURO_OFFICER, NEED)
    statements = watched(monkeypatch)
    found = await data_of(QUERY, first=first)
    assert len(found["needs"]["edges"]) == first
    assert all(edge["node"]["description"] for edge in found["needs"]["edges"])
    assert len(statements) == 1, statements


async def test_a_statement_is_counted(current: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = watched(monkeypatch)
    await needs.descriptions([1, 2])
    await needs.descriptions([1])
    assert len(statements) == 2


async def test_without_long_texts_nothing_is_asked_of_the_database(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watched(monkeypatch)
    await data_of(QUERY.replace("description", "excerpt"), first=10)
    assert statements == []
