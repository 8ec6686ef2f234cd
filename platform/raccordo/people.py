"""Who acts. Until accounts exist an actor comes from the demonstration's cookie or from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from raccordo.language import Sentence
from raccordo.models import BodyKind, Laboratory, Membership, Person, Role, TerritorialBody
from raccordo.refusals import NotAllowed

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue
    from raccordo.published import TerritorialBody as Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A role, and the body or laboratory for which it is held. `demo` actors were chosen, not known."""

    role: Role = Role.VISITOR
    body_kind: BodyKind | None = None
    body_code: str | None = None
    laboratory: str | None = None
    demo: bool = False
    system: bool = False

    @property
    def label(self) -> str:
        """A stable text for the audit log, without personal data."""
        if self.system:
            return "SYSTEM"
        held = f"{self.body_kind}:{self.body_code}" if self.body_kind else self.laboratory or ""
        return " ".join(part for part in ("DEMO" if self.demo else "", self.role.value, held) if part)

    def acts_for(self, kind: BodyKind, code: str) -> bool:
        return self.role is Role.OFFICER and (self.body_kind, self.body_code) == (kind, code)


VISITOR = Actor()
SYSTEM = Actor(role=Role.COORDINATOR, system=True)


def actor_from_claims(catalogue: Catalogue, claims: Mapping[str, object]) -> Actor:
    """The demonstration's actor that signed claims describe; a visitor when they no longer make sense."""
    role, body, laboratory = (str(claims.get(key, "")) for key in ("role", "body", "laboratory"))
    kind, _, code = body.partition(":")
    if role == Role.COORDINATOR:
        return Actor(role=Role.COORDINATOR, demo=True)
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
    if actor.role is Role.OFFICER and actor.body_kind and actor.body_code:
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
    """The row behind an actor, made on its first write; None for the command line. Call it while writing."""
    if actor.system or actor.role is Role.VISITOR:
        return None
    person, _ = await Person.get_or_create(
        name=actor.label, demo=actor.demo, defaults={"created_at": datetime.now(UTC)}
    )
    await Membership.get_or_create(
        person=person, role=actor.role, body=await _body_row(actor), laboratory=await _laboratory_row(actor)
    )
    return person


async def _body_row(actor: Actor) -> TerritorialBody | None:
    if not actor.body_kind:
        return None
    return await TerritorialBody.get(kind=actor.body_kind, code=actor.body_code)


async def _laboratory_row(actor: Actor) -> Laboratory | None:
    return await Laboratory.get(slug=actor.laboratory) if actor.laboratory else None
