"""A partnership with a laboratory, as both sides come to it."""

from __future__ import annotations

from cast import LABORATORY, NEED
from raccordo import needs, partnerships
from raccordo.people import Actor

SLUG = "infralab"


async def accepted(actor: Actor, kind: str, semester: str) -> None:
    """A partnership of one more need with the laboratory, with that scope."""
    need = await needs.publish(actor, NEED)
    await accepted_for(actor, need.number, kind, semester)


async def accepted_for(actor: Actor, number: int, kind: str = "", semester: str = "") -> None:
    """A partnership of that need with the laboratory."""
    one = await partnerships.shortlist(actor, number, SLUG)
    one = await partnerships.ask(actor, one.id, one.version)
    one = await partnerships.show_interest(LABORATORY, one.id, one.version)
    one = await partnerships.agree_scope(actor, one.id, one.version, "Un rilievo.", kind, semester)
    assert (one.kind or "", one.semester) == (kind, semester)
    one = await partnerships.accept(actor, one.id, one.version)
    await partnerships.accept(LABORATORY, one.id, one.version)
