"""What right a form needs, written where its handler is, so that a test finds every form and its right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
H = TypeVar("H", bound=Handler)

RIGHT = "raccordo_right"


def needs_right(verb: str, what: str) -> Callable[[H], H]:
    """The handler asks for the right to `verb` a `what`: a cell of `raccordo.rights`.

    It only says so. The decision is taken by the verb of the platform that the handler calls.
    """

    def decorate(handler: H) -> H:
        setattr(handler, RIGHT, (verb, what))
        return handler

    return decorate


def right_of(handler: object) -> tuple[str, str] | None:
    """The cell that a handler named with `needs_right`, or None."""
    right: tuple[str, str] | None = getattr(handler, RIGHT, None)
    return right
