"""What a laboratory answered to a need moves needs like it, never that need's own ranking."""

from __future__ import annotations

from cast import BALLABIO_OFFICER, LABORATORY, NEED, PASTURO_OFFICER
from raccordo import catalogue, matches, needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.people import Actor
from raccordo.published import Need
from raccordo_graph import Match
from raccordo_graph.feedback import NEVER


def of_laboratory(need: Need, slug: str) -> Match:
    ranking = matches.for_need(catalogue.current(), need)
    return next(one for one in ranking.matches if one.laboratory == slug)


async def test_a_decline_moves_the_needs_like_it_and_not_its_own(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    like_it = await needs.publish(BALLABIO_OFFICER, NEED)
    first = matches.for_need(catalogue.current(), need).matches[0].laboratory
    before, before_like_it = of_laboratory(need, first), of_laboratory(like_it, first)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, first)
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    manager = Actor(role=LABORATORY.role, laboratory=first, demo=True)
    await partnerships.decline(manager, record.id, record.version, "NOT_OUR_FIELD", "")
    assert of_laboratory(like_it, first).score < before_like_it.score
    assert of_laboratory(like_it, first).reasons.answered.declined == 1
    assert of_laboratory(need, first).score == before.score
    assert of_laboratory(need, first).reasons.answered == NEVER
