"""People with a mail address, for the tests that write to them."""

from __future__ import annotations

from datetime import UTC, datetime

from cast import PASTURO
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import BodyKind, Membership, Person, Role, TerritorialBody
from raccordo.notifications import notify
from raccordo.people import Actor, actor_of_membership

ANNA = "anna@comune.example"
BRUNO = "bruno@polimi.example"


async def person(email: str, name: str = "Anna Verdi", language: str = "it") -> Person:
    return await Person.create(name=name, email=email, language=language, created_at=datetime.now(UTC))


async def officer(email: str = ANNA, body: str = PASTURO) -> Actor:
    """A real officer of a municipality."""
    row = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=body)
    made = await person(email)
    membership = await Membership.create(person=made, role=Role.OFFICER, body=row)
    return actor_of_membership(made, membership, second_factor=False)


async def professor(email: str = BRUNO, laboratory: str = "infralab", language: str = "it") -> Actor:
    """A real professor, who may answer for a laboratory."""
    made = await person(email, "Bruno Neri", language)
    membership = await Membership.create(person=made, role=Role.PROFESSOR, laboratory_id=laboratory)
    membership.body = None
    return actor_of_membership(made, membership, second_factor=False)


async def tell(
    to: int, text: str = "È successo qualcosa.", *, urgent: bool = False, path: str = "/bisogni"
) -> None:
    async def work(writing: Writing) -> None:
        await notify(writing, [to], "news", Sentence(text), path, urgent=urgent)

    await write(work)
