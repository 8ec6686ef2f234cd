"""The answer of a mutation: what its verb returns, or the refusal as a value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from raccordo.refusals import Refusal
from raccordo.schema.context import Info
from raccordo.schema.refusals import Declined

WRITING = 20  # what a write costs in the limiter's count


async def answer(info: Info, verb: Callable[[], Awaitable[object]]) -> object:
    """The result of a verb or its refusal; what follows in the answer sees the new picture."""
    try:
        return await verb()
    except Refusal as refusal:
        return Declined(refusal)
    finally:
        info.context.moved()
