"""Asking GraphQL in tests: a question in, the body of the answer out."""

from __future__ import annotations

from typing import Any

from raccordo.catalogue import Catalogue, current
from raccordo.people import VISITOR, Actor
from raccordo.schema import Context, Question, ask


async def asked(
    query: str,
    picture: Catalogue | None = None,
    *,
    actor: Actor = VISITOR,
    language: str = "it",
    **variables: Any,
) -> dict[str, Any]:
    """The whole body: data, errors, extensions."""
    context = Context(catalogue=picture or current(), actor=actor, language=language)
    return (await ask(Question(query, variables), context)).body


async def data_of(query: str, picture: Catalogue | None = None, **rest: Any) -> dict[str, Any]:
    """The data of an answer that has no errors."""
    body = await asked(query, picture, **rest)
    assert "errors" not in body, body["errors"]
    found: dict[str, Any] = body["data"]
    return found


async def error_of(query: str, picture: Catalogue | None = None, **rest: Any) -> dict[str, Any]:
    """The only error of an answer."""
    body = await asked(query, picture, **rest)
    [error] = body["errors"]
    found: dict[str, Any] = error
    return found
