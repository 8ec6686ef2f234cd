"""What the matrix of rights acts on: one account for each role, and things of its own, of others, of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cast import (
    BALLABIO,
    BALLABIO_OFFICER,
    COORDINATOR,
    LECCO,
    NEED,
    OFFER,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY_OFFICER,
)
from computed_plans import a_plan
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
    threads,
)
from raccordo.database import Writing
from raccordo.holders import Held
from raccordo.match_records import MatchRecord
from raccordo.models import (
    BodyKind,
    Correction,
    Membership,
    MembershipStatus,
    Person,
    Role,
    TerritorialBody,
    TopicKind,
    UnknownWord,
)
from raccordo.need_input import NeedInput
from raccordo.people import Actor
from raccordo.rights import Subject
from rights.joint import PASTURO_AND_MORE, joint, municipality, together
from rights.players import OWN_LABORATORY, VALLEY_BODY

OTHER_LABORATORY = "lia"
OTHER = Actor(role=Role.LABORATORY_MANAGER, laboratory=OTHER_LABORATORY, demo=True)
OWN_MANAGER = Actor(role=Role.LABORATORY_MANAGER, laboratory=OWN_LABORATORY, demo=True)
PRIVATE = "parolariservata"  # in everything that only some may read
GONE = "parolaritirata"  # in what is not published
NOBODY = 999_999
STEM, CHOSEN = "pont", "rifiuti"  # of a word that was corrected, as the forms name it
STRANGE_WORD = "parolasconosciuta"
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
    offer_of_another: int = NOBODY  # of a laboratory that was not asked about the need
    laboratory: str = "nessuno"
    conflict: int = NOBODY
    proposed: int = NOBODY
    association: int = NOBODY
    membership: int = NOBODY
    lock: int = NOBODY
    plan: int = NOBODY
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


async def things() -> Mapping[str, Thing]:
    """Whose things there are, from the place of Pasturo and of its laboratory."""
    await _words()
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


async def _words() -> None:
    """A word that was corrected, and one that nobody knows, as the forms name them."""
    today = datetime.now(UTC).date()

    async def work(_: Writing) -> None:
        bodies = await TerritorialBody.filter(code__in=(PASTURO, BALLABIO, LECCO))
        for body in bodies:
            await UnknownWord.create(word=STRANGE_WORD, body=body, on=today)
        await Correction.create(
            kind=TopicKind.THEME, stem=STEM, word="ponte", chosen=CHOSEN, body=bodies[0], on=today
        )

    await database.write(work)


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
        offer_of_another=(await offers.publish(OWN_MANAGER if manager is OTHER else OTHER, OFFER)).number,
        laboratory=manager.laboratory,
        conflict=conflict.id,
        lock=(await assignment_locks.fix(COORDINATOR, need.number, "solinano", "APART", PRIVATE)).number,
        plan=await a_plan((need.number, "solinano")),
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
    await needs.withdraw(owner, need.number, need.version, GONE)
    return Thing(need=need.number, need_version=2, subject=Subject(bodies=municipality(code)))
