"""What a decline teaches: which laboratories said "not our field" to needs like this one."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo.catalogue import Catalogue
from raccordo.models import DeclineReason, Match, MatchState
from raccordo.needs import subject_of
from raccordo.people import Actor
from raccordo.published import Need
from raccordo.rights import allows
from raccordo_graph import Factor, Understanding, declined_before


async def facts(catalogue: Catalogue, *, apart_from: int) -> dict[str, list[Understanding]]:
    """The published needs that each laboratory declined as not its field, for the engine."""
    rows = (
        await Match.filter(state=MatchState.DECLINED, decline_reason=DeclineReason.NOT_OUR_FIELD)
        .exclude(need_id=apart_from)
        .order_by("id")
        .values_list("laboratory_id", "need_id")
    )
    found: dict[str, list[Understanding]] = {}
    for laboratory, number in rows:
        if number in catalogue.needs and laboratory in catalogue.laboratories:
            found.setdefault(laboratory, []).append(catalogue.needs[number].understanding)
    return found


async def told_to(actor: Actor, catalogue: Catalogue, need: Need) -> Mapping[str, Factor]:
    """For the owner of a need and the coordinators, by laboratory; answers are nobody else's business."""
    if not allows(actor, "read", "match", subject_of(need)):
        return {}
    declined = await facts(catalogue, apart_from=need.number)
    return declined_before(catalogue.index, need.understanding, declined)
