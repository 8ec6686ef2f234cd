"""Who may write needs for whom: a union, a mountain community, a province for its own municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, database
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import BodyKind, NoDelegation, TerritorialBody
from raccordo.municipalities import find, folded
from raccordo.people import FOR_A_BODY, Actor
from raccordo.published import Municipality
from raccordo.rights import Body, Subject, allows, demand

TOWN = BodyKind.MUNICIPALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationChoice:
    """Whether others may propose needs for a municipality, which then decides about each."""

    municipality: str
    accepts: bool


def members(current: Catalogue, kind: BodyKind, code: str) -> tuple[Municipality, ...]:
    """The municipalities of a union, a mountain community or a province by name; none for any other body."""
    body = current.body(kind, code)
    if body is None or isinstance(body, Municipality):
        return ()
    towns = (current.municipalities[town] for town in body.municipalities)
    return tuple(sorted(towns, key=lambda town: (folded(town.name), town.istat_code)))


def posters_of(current: Catalogue, town: Municipality) -> frozenset[Body]:
    """The bodies that the municipality is a member of, each of which may propose needs for it."""
    found: set[Body] = {(BodyKind.PROVINCE, town.province)}
    if town.mountain_community:
        found.add((BodyKind.MOUNTAIN_COMMUNITY, town.mountain_community))
    found |= {(BodyKind.UNION_OF_MUNICIPALITIES, union) for union in town.unions if union in current.unions}
    return frozenset(found)


async def accepts(istat_code: str) -> bool:
    """Whether needs may be proposed for this municipality of today."""
    return not await NoDelegation.exists(body__kind=TOWN, body__code=istat_code)


async def proposable(actor: Actor) -> tuple[Municipality, ...]:
    """The municipalities that this actor may propose a need for, by name."""
    if actor.role not in FOR_A_BODY or actor.body_kind is None or actor.body_code is None:
        return ()
    towns = members(catalogue.current(), actor.body_kind, actor.body_code)
    rows = NoDelegation.filter(body__kind=TOWN)
    closed = {str(code) for code in await rows.values_list("body__code", flat=True)}
    return tuple(town for town in towns if town.istat_code not in closed)


def may_propose(actor: Actor, town: Municipality) -> bool:
    """Whether the actor's body is one that the municipality is a member of."""
    bodies = posters_of(catalogue.current(), town)
    return allows(actor, "propose", "proposed_need", Subject(bodies=bodies))


def may_choose(actor: Actor, town: Municipality) -> bool:
    """Whether the actor decides if others may propose needs for this municipality: only its own officers."""
    return allows(actor, "choose", "delegation", _subject(town))


async def choose(actor: Actor, municipality: str, accepts: bool) -> DelegationChoice:
    """Let others propose needs for one's municipality, or no longer. What waits already still waits.

    Raises NotFound or NotAllowed; a former code leads to the successor.
    """
    town = find(catalogue.current(), municipality)
    sentence = Sentence("Lo decide solo chi lavora per il comune.")
    demand(actor, "choose", "delegation", _subject(town), sentence)

    async def work(writing: Writing) -> None:
        body = await TerritorialBody.get(kind=TOWN, code=town.istat_code)
        closed = await NoDelegation.exists(body=body)
        if closed is not accepts:
            return  # it is so already: nothing to log
        if accepts:
            await NoDelegation.filter(body=body).delete()
        else:
            await NoDelegation.create(body=body, since=datetime.now(UTC))
        await audit.record(
            writing, actor, "choose_delegation", f"{TOWN}:{town.istat_code}", {"accepts": accepts}
        )

    await database.write(work)
    return DelegationChoice(municipality=town.istat_code, accepts=accepts)


def _subject(town: Municipality) -> Subject:
    return Subject(bodies=frozenset({(TOWN, town.istat_code)}))
