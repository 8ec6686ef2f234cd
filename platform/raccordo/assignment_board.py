"""The whole demand against the capacity, before anything is planned."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import assignment_locks
from raccordo.assignments import COORDINATION
from raccordo.catalogue import Catalogue
from raccordo.models import ConflictOfInterest
from raccordo.people import Actor
from raccordo.rights import NOTHING, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """How many needs and places there are; `unknown` laboratories never said how many they have."""

    needs: int
    examples: int
    laboratories: int
    places: int
    unknown: int
    conflicts: int
    locks: int


async def board(actor: Actor, picture: Catalogue) -> Board:
    """The demand and the capacity of now; raises NotAllowed."""
    demand(actor, "read", "assignment", NOTHING, COORDINATION)
    free = [one.free_places for one in picture.laboratories.values()]
    return Board(
        needs=len(picture.needs),
        examples=sum(need.example for need in picture.needs.values()),
        laboratories=len(free),
        places=sum(places for places in free if places is not None),
        unknown=free.count(None),
        conflicts=await ConflictOfInterest.all().count(),
        locks=len(await assignment_locks.pairs()),
    )
