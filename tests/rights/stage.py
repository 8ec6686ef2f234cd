"""What the matrix of rights acts on: one account for each role, and things of its own, of others, of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cast import (
    BALLABIO,
    BALLABIO_OFFICER,
    COORDINATOR,
    LECCO,
    NEED,
    OFFER,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY,
    VALLEY_OFFICER,
)
from raccordo import (
    assignment_locks,
    catalogue,
    conflicts,
    database,
    holders,
    needs,
    offers,
    parties,
    partnerships,
    proposed_needs,
    sessions,
    threads,
    tokens,
)
from raccordo.database import Writing
from raccordo.holders import Held
from raccordo.match_records import MatchRecord
from raccordo.models import (
    AccessToken,
    BodyKind,
    Department,
    Institution,
    Laboratory,
    Membership,
    MembershipStatus,
    Person,
    Role,
    School,
    TerritorialBody,
)
from raccordo.need_input import NeedInput
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY, VISITOR, Actor, actor_of_membership
from raccordo.rights import KNOWN, Body, Subject
from raccordo.single_use import digest
from raccordo_ui.session import COOKIE
from rights.joint import PASTURO_AND_MORE, joint, municipality, together

OWN_LABORATORY, OTHER_LABORATORY = "infralab", "lia"
OTHER = Actor(role=Role.LABORATORY_MANAGER, laboratory=OTHER_LABORATORY, demo=True)
OWN_MANAGER = Actor(role=Role.LABORATORY_MANAGER, laboratory=OWN_LABORATORY, demo=True)
PRIVATE = "parolariservata"  # in everything that only some may read
GONE = "parolaritirata"  # in what is not published
NOBODY = 999_999
VALLEY_BODY = (BodyKind.MOUNTAIN_COMMUNITY, VALLEY)
UNCONFIRMED = "parolaproposta"  # in what waits for a municipality's confirmation
# The bodies that may propose something for Pasturo, the municipality that the forms name.
MEMBERS = Subject(bodies=frozenset({VALLEY_BODY, (BodyKind.PROVINCE, "097")}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing of each kind, as forms and mutations name it, and whose they are."""

    need: int
    need_version: int = 1
    match: int = NOBODY
    match_version: int = 1
    partnership: int = NOBODY
    offer: int = NOBODY
    offer_version: int = 1
    laboratory: str = "nessuno"
    conflict: int = NOBODY
    proposed: int = NOBODY
    association: int = NOBODY
    membership: int = NOBODY
    lock: int = NOBODY
    subject: Subject = field(default_factory=Subject)
    invited: Subject = field(default_factory=Subject)
    wished: Subject = field(default_factory=Subject)
    proposal: Mapping[str, Subject] = field(default_factory=dict)
    together: Mapping[str, Subject] = field(default_factory=dict)

    def seen_as(self, verb: str, what: str) -> Subject:
        """The thing as the right to do this sees it."""
        if what == "proposed_need":
            return MEMBERS if verb == "propose" else self.proposal.get(verb, Subject())
        if what == "association":
            return PASTURO_AND_MORE if verb == "propose" else self.together.get(verb, Subject())
        if what in {"delegation", "suggestion"}:
            return Subject(bodies=municipality(PASTURO))  # the one that the forms name
        if what == "membership":
            return self.wished
        return self.invited if (verb, what) in {("join", "party"), ("decline", "party")} else self.subject


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


async def things() -> Mapping[str, Thing]:
    """Whose things there are, from the place of Pasturo and of its laboratory."""
    example = next(need for need in catalogue.current().needs.values() if need.example)
    wishes = {
        "own": Held(body=(BodyKind.MUNICIPALITY, PASTURO)),
        "of a neighbour": Held(body=(BodyKind.MUNICIPALITY, BALLABIO)),
        "own, unpublished": Held(laboratory=OWN_LABORATORY),
        "of a neighbour, unpublished": Held(laboratory=OTHER_LABORATORY),
    }
    made = {
        "own": await _with_match(PASTURO_OFFICER, PASTURO, OWN_MANAGER, LECCO),
        "of a neighbour": await _with_match(BALLABIO_OFFICER, BALLABIO, OTHER, PASTURO),
        "own, unpublished": await _withdrawn(PASTURO_OFFICER, PASTURO),
        "of a neighbour, unpublished": await _withdrawn(BALLABIO_OFFICER, BALLABIO),
    }
    return {
        **{name: await _with_wish(thing, wishes[name]) for name, thing in made.items()},
        "of an example": Thing(
            need=example.number,
            need_version=example.version,
            laboratory=OTHER_LABORATORY,
            subject=Subject(
                bodies=frozenset({(example.owner_kind, example.owner_code)}),
                laboratory=OTHER_LABORATORY,
                open=True,
                example=True,
            ),
        ),
        "of nobody": Thing(need=NOBODY),
    }


async def _with_wish(thing: Thing, held: Held) -> Thing:
    """The same with somebody who asks for a role there."""
    role = Role.OFFICER if held.body else Role.LABORATORY_MEMBER

    async def work(_: Writing) -> int:
        email = f"{PRIVATE}-{thing.need}@example.invalid"
        person = await Person.create(name=PRIVATE, email=email, created_at=datetime.now(UTC))
        row = await Membership.create(
            person=person, role=role, status=MembershipStatus.REQUESTED, **await holders.columns(role, held)
        )
        return row.id

    return replace(thing, membership=await database.write(work), wished=held.subject)


async def _with_match(owner: Actor, code: str, manager: Actor, guest: str) -> Thing:
    """A published need that was asked of a laboratory, with another body invited, and a private talk."""
    assert manager.laboratory
    need = await needs.publish(owner, NEED)
    await parties.invite(owner, need.number, BodyKind.MUNICIPALITY, guest)
    record = await _partnership(owner, manager, need.number)
    conflict = await conflicts.declare(manager, manager.laboratory, "MUNICIPALITY", "015146", PRIVATE)
    await threads.post_on_match(owner, record.id, f"{PRIVATE} nel messaggio")
    await threads.post_on_need(OTHER, need.number, f"{PRIVATE} nella domanda", public=False)
    assert record.partnership
    waiting = NeedInput(title=f"Un {UNCONFIRMED} ponte", description=f"{UNCONFIRMED} sul torrente")
    proposed = await proposed_needs.propose(VALLEY_OFFICER, code, waiting)
    unconfirmed = NeedInput(title=f"Un {UNCONFIRMED} ponte", description=f"{UNCONFIRMED} sul torrente")
    proposed = await proposed_needs.propose(VALLEY_OFFICER, code, unconfirmed)
    valley, town = Subject(bodies=frozenset({VALLEY_BODY})), Subject(bodies=municipality(code))
    return Thing(
        association=await joint(owner, code, PRIVATE),
        together=together(code),
        proposed=proposed.number,
        proposal={"revise": valley, "take_back": valley, "confirm": town, "decline": town},
        need=need.number,
        match=record.id,
        match_version=record.version,
        partnership=record.partnership.id,
        offer=(await offers.publish(manager, OFFER)).number,
        laboratory=manager.laboratory,
        conflict=conflict.id,
        lock=(await assignment_locks.fix(COORDINATOR, need.number, "solinano", "APART", PRIVATE)).number,
        subject=Subject(bodies=municipality(code), laboratory=manager.laboratory, open=True),
        invited=Subject(bodies=municipality(guest)),
    )


async def _partnership(owner: Actor, manager: Actor, need: int) -> MatchRecord:
    record = await partnerships.shortlist(owner, need, str(manager.laboratory))
    record = await partnerships.ask(owner, record.id, record.version, f"{PRIVATE} nella nota")
    record = await partnerships.show_interest(manager, record.id, record.version, PRIVATE)
    record = await partnerships.agree_scope(owner, record.id, record.version, f"{PRIVATE} nell’intesa")
    record = await partnerships.accept(owner, record.id, record.version)
    return await partnerships.accept(manager, record.id, record.version)


async def _withdrawn(owner: Actor, code: str) -> Thing:
    gone = NeedInput(title=f"Un {GONE} ponte", description=f"{GONE} sul torrente " * 5)
    need = await needs.publish(owner, gone)
    written = NeedInput(title=f"Un {GONE} ponte", description=f"{GONE} sul torrente " * 5)
    need = await needs.publish(owner, written)
    await needs.withdraw(owner, need.number, need.version, GONE)
    return Thing(need=need.number, need_version=2, subject=Subject(bodies=municipality(code)))
