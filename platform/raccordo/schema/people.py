"""Who acts, with which of its memberships, and the memberships that whoever acts decides about."""

from __future__ import annotations

from datetime import datetime

import strawberry

from raccordo import institutions, memberships, people, published
from raccordo.memberships import MembershipRecord
from raccordo.models import CoordinatingBody, MembershipStatus, Role, Verification
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.following import OwnNews
from raccordo.schema.links import ABody, ADepartment, ALaboratory, ASchool

READING = 5  # what reading one's own memberships costs in the limiter's count

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

enumeration(
    MembershipStatus,
    "Where a membership stands.",
    REQUESTED="Asked for, and not decided.",
    ACTIVE="Somebody acts with it.",
    REFUSED="Asked for and refused.",
    ENDED="Over.",
)
enumeration(
    Verification,
    "How somebody became sure that a membership is true.",
    DEMO="Chosen in the demonstration.",
    INVITATION="Given by invitation.",
    MAILBOX="By a code from the office’s own mailbox.",
    COORDINATOR="Whoever decides about it accepted the request.",
    IDENTITY_PROVIDER="An identity provider said so.",
)
enumeration(
    CoordinatingBody,
    "The side that a coordinator coordinates for.",
    ANCI_LOMBARDIA="ANCI Lombardia.",
    POLITECNICO="Politecnico di Milano.",
)


def _held_body(root: strawberry.Parent[MembershipRecord], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*root.held.body) if root.held.body else None


def _held_laboratory(root: strawberry.Parent[MembershipRecord], info: Info) -> published.Laboratory | None:
    return info.context.catalogue.laboratories.get(root.held.laboratory)


def _held_department(root: strawberry.Parent[MembershipRecord], info: Info) -> published.Department | None:
    return info.context.catalogue.departments.get(root.held.department)


def _held_school(root: strawberry.Parent[MembershipRecord], info: Info) -> published.School | None:
    return info.context.catalogue.schools.get(root.held.school)


def _held_institution(root: strawberry.Parent[MembershipRecord]) -> str | None:
    return root.held.institution or None


def _coordinates_for(root: strawberry.Parent[MembershipRecord]) -> CoordinatingBody | None:
    return root.held.coordinates_for


@shows(
    MembershipRecord,
    "A role of a person. Only that person and whoever decides about it read it.",
    right=("read", "membership"),
)
class Membership:
    number: int = described("Its natural key: pass it to the decisions.")
    role: Role = described("The role.")
    body: ABody | None = described("The body it is held for.", _held_body)
    laboratory: ALaboratory | None = described("The laboratory it is held in.", _held_laboratory)
    department: ADepartment | None = described("The department it is held in.", _held_department)
    school: ASchool | None = described("The school it is held in.", _held_school)
    institution: str | None = described("The code of the institution it is held for.", _held_institution)
    coordinates_for: CoordinatingBody | None = described("A coordinator’s side.", _coordinates_for)
    held_name: str = described("What it is held for, in words.")
    status: MembershipStatus = described("Where it stands.")
    verified_by: Verification | None = described("How it was verified; null while nobody did.")
    requested_at: datetime | None = described("When it was asked for; null when it was given.")
    decided_at: datetime | None = described("When it was decided, given or ended; null before that.")
    because: str = described("Why it was refused or ended; empty when nothing was written.")
    person_name: str = described("Whose it is; empty until an invitation is accepted.")
    email: str = described("The address of whose it is; empty for the demonstration’s people.")


@shows(institutions.Institution, "Another body that takes part: an agency, a consortium, a foundation.")
class Institution:
    code: str = described("Its natural key.")
    name: str = described("Its name.")
    website: str = described("The address of its site; empty when unknown.")


def _acts(root: strawberry.Parent[people.Actor]) -> int | None:
    return root.membership


async def _mine(root: strawberry.Parent[people.Actor]) -> Listing[MembershipRecord]:
    return Listing("own_memberships", await memberships.mine(root), lambda one: (one.number,))


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
    membership_number: int | None = described("The membership that acts; null when none does.", _acts)
    memberships: Connection[Membership] = listed(
        "All of one’s own memberships, whatever became of them.", _mine, cost=READING
    )
