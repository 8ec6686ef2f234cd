"""What laboratories answered, for the catalogue: rankings read it from its index."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from raccordo.models import DeclineReason, Match, MatchState
from raccordo_graph import Answer

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue


async def with_answers(picture: Catalogue) -> Catalogue:
    """The same picture with the answers to needs that are published now: accepted, or declined as not the field."""
    rows = await Match.filter(
        Q(state=MatchState.ACCEPTED)
        | Q(state=MatchState.DECLINED, decline_reason=DeclineReason.NOT_OUR_FIELD)
    ).values_list("laboratory_id", "need_id", "state")
    answers = [
        Answer(
            laboratory=laboratory,
            need=number,
            accepted=state == MatchState.ACCEPTED,
            understanding=picture.needs[number].understanding,
        )
        for laboratory, number, state in rows
        if number in picture.needs and laboratory in picture.laboratories
    ]
    index = picture.index.with_answers(answers)
    # What is kept by index, such as the names of places, lasts while the answers stay what they were.
    return picture if index.answers == picture.index.answers else replace(picture, index=index)
