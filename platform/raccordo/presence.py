"""Being sure that the person itself sits at the browser, before its data leaves or goes for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from raccordo.accounts import NOT_YOU, demand_password, row_of
from raccordo.language import Sentence
from raccordo.models import Person, Session
from raccordo.people import Actor
from raccordo.refusals import refused
from raccordo.rights import Subject, demand

RECENT = timedelta(minutes=10)


async def demand_presence(verb: str, actor: Actor, session: Session, password: str, address: str) -> Person:
    """The person who acts, once it typed its password; without one, if it logged in just now."""
    demand(actor, verb, "account", Subject(person=actor.person), NOT_YOU)
    person = await row_of(actor)
    if person.password:
        return await demand_password(actor, password, address)
    if datetime.now(UTC) - session.created_at > RECENT:
        raise refused(
            "old",
            "enter_again",
            Sentence(
                "Questa utenza non ha una parola d’ordine: si esce, si rientra, e per {minutes} minuti si può.",
                {"minutes": int(RECENT.total_seconds()) // 60},
            ),
        )
    return person
