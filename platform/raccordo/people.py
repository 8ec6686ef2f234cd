"""Who acts: a person through one of its memberships, the demonstration's choice, or the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from raccordo.language import Sentence
from raccordo.models import (
    BodyKind,
    CoordinatingBody,
    Laboratory,
    Membership,
    MembershipStatus,
    Person,
    Role,
    TerritorialBody,
    Verification,
)
from raccordo.refusals import NotAllowed

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue
    from raccordo.published import TerritorialBody as Body

FOR_A_BODY = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
FOR_A_LABORATORY = frozenset({Role.LABORATORY_MANAGER, Role.PROFESSOR, Role.LABORATORY_MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A role, and that for which it is held. `person` is None for visitors, the demonstration and commands.

    `scopes` is None for a browser; a token's scopes narrow what its person may do.
    """

    role: Role = Role.VISITOR
    body_kind: BodyKind | None = None
    body_code: str | None = None
    laboratory: str | None = None
    department: str | None = None
    school: str | None = None
    institution: str | None = None
    coordinates_for: CoordinatingBody | None = None
    person: int | None = None
    membership: int | None = None
    second_factor: bool = False
    scopes: frozenset[str] | None = None
    demo: bool = False
    system: bool = False

    @property
    def label(self) -> str:
        """A stable text for the audit log, without personal data."""
        if self.system:
            return "SYSTEM"
        held = f"{self.body_kind}:{self.body_code}" if self.body_kind else self._held_elsewhere
        return " ".join(part for part in ("DEMO" if self.demo else "", self.role.value, held) if part)

    @property
    def _held_elsewhere(self) -> str:
        held = (self.laboratory, self.department, self.school, self.institution, self.coordinates_for)
        return next((str(one) for one in held if one), "")

    @property
    def known(self) -> bool:
        """True for whoever is somebody: logged in, chosen in the demonstration, or at the command line."""
        return self.person is not None or self.demo or self.system

    def acts_for(self, kind: BodyKind, code: str) -> bool:
        return self.role in FOR_A_BODY and (self.body_kind, self.body_code) == (kind, code)

    def works_in(self, laboratory: str) -> bool:
        return self.role in FOR_A_LABORATORY and self.laboratory == laboratory


VISITOR = Actor()
SYSTEM = Actor(role=Role.COORDINATOR, system=True)


def actor_of_membership(
    person: Person,
    membership: Membership | None,
    *,
    second_factor: bool,
    scopes: frozenset[str] | None = None,
) -> Actor:
    """Whoever a session or a token acts as; the membership's body must have been read with it.

    Without an active membership somebody is a known person with a visitor's rights.
    """
    if membership is None or membership.status is not MembershipStatus.ACTIVE:
        return Actor(person=person.id, second_factor=second_factor, scopes=scopes)
    held = {
        name: getattr(membership, f"{name}_id")
        for name in ("laboratory", "department", "school", "institution")
    }
    return Actor(
        role=membership.role,
        body_kind=membership.body.kind if membership.body else None,
        body_code=membership.body.code if membership.body else None,
        **held,
        coordinates_for=membership.coordinates_for,
        person=person.id,
        membership=membership.id,
        second_factor=second_factor,
        scopes=scopes,
    )


def actor_from_claims(catalogue: Catalogue, claims: Mapping[str, object]) -> Actor:
    """The demonstration's actor that signed claims describe; a visitor when they no longer make sense."""
    role, body, laboratory = (str(claims.get(key, "")) for key in ("role", "body", "laboratory"))
    kind, _, code = body.partition(":")
    if role == Role.COORDINATOR:
        return Actor(role=Role.COORDINATOR, demo=True, second_factor=True)
    found = catalogue.body(BodyKind(kind), code) if kind in BodyKind.__members__ else None
    if role == Role.OFFICER and found:
        return Actor(role=Role.OFFICER, body_kind=found.body_kind, body_code=found.code, demo=True)
    if role == Role.LABORATORY_MANAGER and laboratory in catalogue.laboratories:
        return Actor(role=Role.LABORATORY_MANAGER, laboratory=laboratory, demo=True)
    return VISITOR


def claims(actor: Actor) -> dict[str, str]:
    """The inverse of `actor_from_claims`, ready to be signed."""
    said = {"role": actor.role.value}
    if actor.body_kind:
        said["body"] = f"{actor.body_kind}:{actor.body_code}"
    if actor.laboratory:
        said["laboratory"] = actor.laboratory
    return said


def body_acted_for(catalogue: Catalogue, actor: Actor) -> Body:
    """The territorial body that the actor is an officer of; raises NotAllowed for everybody else."""
    body = None
    if actor.role in FOR_A_BODY and actor.body_kind and actor.body_code:
        body = catalogue.body(actor.body_kind, actor.body_code)
    if body is None:
        raise NotAllowed(
            "officer_only",
            Sentence(
                "Solo chi lavora per un ente può pubblicare un bisogno: prima va scelto per chi si agisce."
            ),
        )
    return body


async def person_of(actor: Actor) -> Person | None:
    """The row behind an actor, made on a demonstration's first write; None for the command line.

    Call it while writing.
    """
    if actor.person is not None:
        return await Person.get(id=actor.person)
    if not actor.demo:
        return None
    person, _ = await Person.get_or_create(
        name=actor.label, demo=True, defaults={"created_at": datetime.now(UTC)}
    )
    await Membership.get_or_create(
        person=person,
        role=actor.role,
        body=await _body_row(actor),
        laboratory=await _laboratory_row(actor),
        defaults={"verified_by": Verification.DEMO},
    )
    return person


async def person_number(actor: Actor) -> int | None:
    """The number of the row behind an actor, where there is one: reading makes none."""
    if actor.person is not None or not actor.demo:
        return actor.person
    row = await Person.filter(name=actor.label, demo=True).first()
    return row.id if row else None


async def _body_row(actor: Actor) -> TerritorialBody | None:
    if not actor.body_kind:
        return None
    return await TerritorialBody.get(kind=actor.body_kind, code=actor.body_code)


async def _laboratory_row(actor: Actor) -> Laboratory | None:
    return await Laboratory.get(slug=actor.laboratory) if actor.laboratory else None
