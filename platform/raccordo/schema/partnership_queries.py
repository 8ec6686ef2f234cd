"""What GraphQL reads of matches that people act on, of parties, conflicts, places and trust."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import conflicts, laboratories, match_records, needs, parties, trust
from raccordo.match_records import MatchRecord as StoredMatch
from raccordo.models import MatchState
from raccordo.refusals import NotFound
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.partnerships import (
    Conflict,
    MatchRecord,
    Party,
    Trust,
    matches_listing,
)

READING = 20  # what reading timelines of everything costs in the limiter's count

State: TypeAlias = Annotated[
    MatchState | None, strawberry.argument(description="Only those that stand here.")
]
MatchNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the match.")]
NeedNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
Slug: TypeAlias = Annotated[str, strawberry.argument(description="The slug of the laboratory.")]


async def _my_matches(info: Info, state: State = UNSET) -> Listing[StoredMatch]:
    found = await match_records.readable_by(info.context.actor)
    wanted = [one for one in found if not state or one.state is state]
    return matches_listing("my_matches", wanted)


async def _partnerships(info: Info) -> Listing[StoredMatch]:
    found = await match_records.readable_by(info.context.actor)
    return matches_listing("partnerships", [one for one in found if one.partnership])


async def _my_match(info: Info, number: MatchNumber) -> StoredMatch | None:
    try:
        return await match_records.find(info.context.actor, number)
    except NotFound:
        return None


async def _need_parties(info: Info, number: NeedNumber) -> list[parties.Party]:
    return list(await parties.of_need(info.context.actor, needs.find(info.context.catalogue, number)))


async def _my_conflicts(info: Info, laboratory: Slug) -> list[conflicts.Conflict]:
    one = laboratories.laboratory(info.context.catalogue, laboratory)
    return list(await conflicts.of_laboratory(info.context.actor, one.slug))


async def _trust() -> trust.Figures:
    return await trust.figures()


@strawberry.type
class PartnershipQuery:
    my_matches: Connection[MatchRecord] = listed(
        "The matches that whoever acts takes part in, the last changed first; a coordinator reads all.",
        _my_matches,
        cost=READING,
    )
    my_match: MatchRecord | None = described(
        "A match that people act on; null for whoever takes no part in it.", _my_match
    )
    partnerships: Connection[MatchRecord] = listed(
        "Of `myMatches`, those that became a partnership.", _partnerships, cost=READING
    )
    parties: list[Party] = described(
        "The bodies that share a need: joined ones for everybody, invited ones for those concerned.",
        _need_parties,
    )
    my_conflicts: list[Conflict] = described(
        "The conflicts of interest of a laboratory; empty for whoever may not read them.", _my_conflicts
    )
    trust: Trust = described("How soon everybody answers.", _trust, cost=READING)
