"""Who acts, as the schema shows it."""

from __future__ import annotations

import strawberry

from raccordo import people, published
from raccordo.models import Role
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.following import OwnNews
from raccordo.schema.links import ABody, ALaboratory

enumeration(
    Role,
    "What a person may be here.",
    VISITOR="Somebody who reads.",
    OFFICER="Somebody who works for a territorial body and publishes its needs.",
    ADMINISTRATOR="An officer who also decides who works for its territorial body.",
    LABORATORY_MANAGER="Somebody who answers for a laboratory and decides who belongs to it.",
    PROFESSOR="Somebody who answers for a laboratory.",
    LABORATORY_MEMBER="Somebody who works in a laboratory and reads what concerns it.",
    DEPARTMENT_APPROVER="Somebody who approves the research of a department.",
    SCHOOL_APPROVER="Somebody who approves the teaching of a school.",
    INSTITUTION_OFFICER="Somebody who works for another institution.",
    INTEGRATOR="Somebody whose programs read and write for others.",
    COORDINATOR="Somebody who keeps the whole board in order.",
)


def _body(root: strawberry.Parent[people.Actor], info: Info) -> published.TerritorialBody | None:
    if root.body_kind is None or root.body_code is None:
        return None
    return info.context.catalogue.body(root.body_kind, root.body_code)


def _laboratory(root: strawberry.Parent[people.Actor], info: Info) -> published.Laboratory | None:
    return info.context.catalogue.laboratories.get(root.laboratory or "")


def _scopes(root: strawberry.Parent[people.Actor]) -> list[str] | None:
    return None if root.scopes is None else sorted(root.scopes)


@shows(people.Actor, "Who acts in this request.")
class Actor(OwnNews):
    role: Role = described("What whoever acts is here.")
    body: ABody | None = described("The body an officer works for; null for everybody else.", _body)
    laboratory: ALaboratory | None = described("The laboratory a manager answers for.", _laboratory)
    scopes: list[str] | None = described(
        "What the token of this request may do; null without a token: whatever the role may do.", _scopes
    )
    demo: bool = described("True when the actor was chosen in the demonstration and not known.")
