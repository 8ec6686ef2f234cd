"""Everybody who knocks in the matrix of rights: each role once, a visitor, and programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cast import (
    PASTURO,
    VALLEY,
)
from raccordo import (
    database,
    sessions,
    tokens,
)
from raccordo.database import Writing
from raccordo.models import (
    AccessToken,
    BodyKind,
    Department,
    Institution,
    Laboratory,
    Membership,
    Person,
    Role,
    School,
    TerritorialBody,
)
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY, VISITOR, Actor, actor_of_membership
from raccordo.rights import KNOWN, Body
from raccordo.single_use import digest
from raccordo_ui.session import COOKIE

OWN_LABORATORY = "infralab"
VALLEY_BODY = (BodyKind.MOUNTAIN_COMMUNITY, VALLEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody with a role: `key` is the session's, `token` a program's; a visitor has neither."""

    name: str
    actor: Actor
    key: str = ""
    token: str = ""

    @property
    def personal(self) -> tuple[str, ...]:
        """What nobody else may read of this account."""
        return (f"Cognome-{_plain(self.name)}", f"casella-{_plain(self.name)}") if self.key else ()

    @property
    def headers(self) -> dict[str, str]:
        if self.token:
            return {"authorization": f"Bearer {self.token}"}
        return {"cookie": f"{COOKIE}={self.key}"} if self.key else {}


async def players() -> list[Player]:
    """Everybody there can be: each role once, a coordinator without its second factor, and a visitor."""
    found = [Player(name="VISITOR", actor=VISITOR)]
    found += [await _player(role.value, role, second_factor=role is Role.COORDINATOR) for role in KNOWN]
    valley = await _player("OFFICER OF THE VALLEY", Role.OFFICER, second_factor=False, body=VALLEY_BODY)
    without = await _player("COORDINATOR WITHOUT SECOND FACTOR", Role.COORDINATOR, second_factor=False)
    return [*found, valley, without]


# Programs: the role whose player made the token, and what the token may do.
PROGRAMS: tuple[tuple[Role, frozenset[str]], ...] = (
    (Role.OFFICER, frozenset({"read"})),
    (Role.OFFICER, frozenset({"read", "needs:write"})),
    (Role.OFFICER, frozenset({"read", "partnerships:read"})),
    (Role.LABORATORY_MANAGER, frozenset({"read", "needs:write", "partnerships:read"})),
    (Role.LABORATORY_MANAGER, frozenset({"read", "partnerships:read", "partnerships:write"})),
    (Role.COORDINATOR, frozenset(tokens.SCOPES)),
)


async def programs(people: list[Player]) -> list[Player]:
    """Tokens of some of these people, as rows: making them through the page would hash a password each."""
    return [await _program(people, role, scopes) for role, scopes in PROGRAMS]


async def _program(people: list[Player], role: Role, scopes: frozenset[str]) -> Player:
    [owner] = [player for player in people if player.name == role.value]
    second_factor, now = role is Role.COORDINATOR, datetime.now(UTC)
    token = f"rac_{role.value}{sorted(scopes)}"

    async def work(_: Writing) -> None:
        if second_factor:
            await Person.filter(id=owner.actor.person).update(totp_secret="A", totp_step=1)  # noqa: S106  # nobody reads it
        await AccessToken.create(
            digest=digest(token),
            name=role.value,
            person_id=owner.actor.person,
            membership_id=owner.actor.membership,
            scopes="|".join(scopes),
            second_factor=second_factor,
            created_at=now,
            used_at=now,
            expires_at=now + timedelta(days=1),
        )

    await database.write(work)
    actor = replace(owner.actor, scopes=scopes)
    return Player(name=f"PROGRAM OF {role.value}: {', '.join(sorted(scopes))}", actor=actor, token=token)


async def _player(
    name: str, role: Role, *, second_factor: bool, body: Body = (BodyKind.MUNICIPALITY, PASTURO)
) -> Player:
    async def work(writing: Writing) -> tuple[int, int, str]:
        person = await Person.create(
            name=f"Cognome-{_plain(name)}",
            email=f"casella-{_plain(name)}@example.invalid",
            created_at=datetime.now(UTC),
        )
        membership = await Membership.create(person=person, role=role, **await _held(role, body))
        return person.id, membership.id, await sessions.start(writing, person, second_factor=second_factor)

    person, membership, key = await database.write(work)
    row = await Membership.get(id=membership).prefetch_related("body")
    actor = actor_of_membership(await Person.get(id=person), row, second_factor=second_factor)
    return Player(name=name, actor=actor, key=key)


def _plain(name: str) -> str:
    return name.lower().replace(" ", "-").replace("_", "-") + "-x"  # no name begins another one


async def _held(role: Role, body: Body) -> dict[str, Any]:
    if role in {*FOR_A_BODY, Role.INTEGRATOR}:
        return {"body": await TerritorialBody.get(kind=body[0], code=body[1])}
    if role in FOR_A_LABORATORY:
        return {"laboratory": await Laboratory.get(slug=OWN_LABORATORY)}
    elsewhere: dict[Role, dict[str, Any]] = {
        Role.DEPARTMENT_APPROVER: {"department": await Department.all().first()},
        Role.SCHOOL_APPROVER: {"school": await School.all().first()},
        Role.INSTITUTION_OFFICER: {"institution": await Institution.all().first()},
    }
    return elsewhere.get(role, {})
