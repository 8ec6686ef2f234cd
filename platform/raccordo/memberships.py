"""Memberships as people read them: one's own, those one decides about; and which of one's own acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from raccordo import audit, sessions
from raccordo.accounts import NOT_YOU
from raccordo.database import Writing, write
from raccordo.holders import Held, name
from raccordo.language import Sentence
from raccordo.models import BodyKind, Membership, MembershipStatus, PersonStatus, Role, Session, Verification
from raccordo.municipalities import folded
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, NotFound, refused
from raccordo.rights import NOTHING, Subject, allows, demand

COLUMNS = [
    "id",
    "person_id",
    "role",
    "status",
    "verified_by",
    "requested_at",
    "decided_at",
    "because",
    "coordinates_for",
    "laboratory_id",
    "department_id",
    "school_id",
    "institution_id",
    "body__kind",
    "body__code",
    "institution__name",
    "person__name",
    "person__email",
    "person__status",
    "person__totp_secret",
    "person__totp_step",
]
LONGEST_SEARCH = 100  # characters that are read
NOT_FOR_YOU = Sentence(
    "Questa pagina è di chi decide: il coordinamento dopo il secondo fattore, chi amministra un ente, "
    "chi dirige un laboratorio."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRecord:
    """A role of a person, with who it is: for that person, and for whoever decides about it."""

    number: int
    person: int
    person_name: str
    email: str
    arrived: bool  # False while an invitation waits
    second_factor: bool
    role: Role
    held: Held
    held_name: str
    status: MembershipStatus
    verified_by: Verification | None
    requested_at: datetime | None
    decided_at: datetime | None
    because: str

    @property
    def subject(self) -> Subject:
        """It as rights see it."""
        side = self.held.subject
        return Subject(
            bodies=side.bodies, laboratory=side.laboratory, department=side.department, person=self.person
        )


def may_decide(actor: Actor) -> bool:
    """Whether there are people that this actor decides about."""
    return allows(actor, "read", "membership", _own(actor))


def demand_deciding(actor: Actor) -> None:
    """Raise NotAllowed for whoever decides about nobody."""
    if not may_decide(actor):
        raise NotAllowed("read_membership", NOT_FOR_YOU)


async def readable_by(
    actor: Actor, *, status: MembershipStatus | None = None, text: str = ""
) -> tuple[MembershipRecord, ...]:
    """The memberships that this actor decides about, the oldest first; nothing for everybody else."""
    if not may_decide(actor):
        return ()
    found = await _records(Membership.filter(_side(actor), **({"status": status} if status else {})))
    words = folded(text[:LONGEST_SEARCH]).split()
    return tuple(
        one
        for one in found
        if allows(actor, "read", "membership", one.subject) and all(word in _words(one) for word in words)
    )


async def mine(actor: Actor) -> tuple[MembershipRecord, ...]:
    """One's own memberships, whatever became of them; none for whoever has no account."""
    if actor.person is None:
        return ()
    return tuple(await _records(Membership.filter(person_id=actor.person)))


async def find(actor: Actor, number: int) -> MembershipRecord:
    """The membership; raises NotFound, the same for one that is not there and for one that is not shown."""
    found = await _records(Membership.filter(id=number)) if 0 < number < 2**31 else []
    if not found or not allows(actor, "read", "membership", found[0].subject):
        raise NotFound("unknown_membership", Sentence("Questo ruolo non c’è, o lo vede qualcun altro."))
    return found[0]


async def act_as(actor: Actor, session: Session, number: int) -> None:
    """This browser acts as that membership of its person from now on; nothing else of the session changes."""
    demand(actor, "act_as", "account", Subject(person=actor.person), NOT_YOU)

    async def work(writing: Writing) -> None:
        own = Membership.filter(person_id=actor.person, status=MembershipStatus.ACTIVE)
        row = await own.get_or_none(id=number) if 0 < number < 2**31 else None
        if row is None:
            raise refused("membership", "not_active", Sentence("Si agisce solo con un proprio ruolo attivo."))
        await sessions.act_as(writing, session, row)
        await audit.record(writing, actor, "act_as", f"membership:{number}", {})

    await write(work)


async def put_to_use(_writing: Writing, row: Membership) -> None:
    """Browsers of the person that act as nobody act as the membership that has just begun."""
    person = row.person_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    await Session.filter(person_id=person, membership_id=None).update(membership_id=row.id)


async def _records(rows: QuerySet[Membership]) -> list[MembershipRecord]:
    """The rows with the names they need; plain values, because a coordinator reads thousands of them."""
    return [_record(row) for row in await rows.exclude(role=Role.VISITOR).order_by("id").values(*COLUMNS)]


def _own(actor: Actor) -> Subject:
    bodies = (
        frozenset({(actor.body_kind, actor.body_code)})
        if actor.body_kind and actor.body_code
        else frozenset()
    )
    return Subject(bodies=bodies, laboratory=actor.laboratory)


def _side(actor: Actor) -> Q:
    """What is worth reading of all rows: a coordinator's are all."""
    if allows(actor, "read", "membership", NOTHING):
        return Q()
    if actor.laboratory:
        return Q(laboratory_id=actor.laboratory)
    return Q(body__kind=actor.body_kind, body__code=actor.body_code)


def _words(record: MembershipRecord) -> str:
    return folded(f"{record.person_name} {record.email} {record.held_name}")


def _record(row: Mapping[str, Any]) -> MembershipRecord:
    kind = row["body__kind"]
    held = Held(
        body=(BodyKind(kind), row["body__code"]) if kind else None,
        **{name: row[f"{name}_id"] or "" for name in ("laboratory", "department", "school", "institution")},
        coordinates_for=row["coordinates_for"],
    )
    same = ("role", "status", "verified_by", "requested_at", "decided_at", "because")
    return MembershipRecord(
        number=row["id"],
        person=row["person_id"],
        person_name=row["person__name"],
        email=row["person__email"] or "",
        arrived=row["person__status"] != PersonStatus.INVITED,
        second_factor=bool(row["person__totp_secret"]) and row["person__totp_step"] is not None,
        held=held,
        held_name=row["institution__name"] or name(held),
        **{column: row[column] for column in same},
    )
