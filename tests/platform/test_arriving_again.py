"""A match that begins anew, dropped once and passed back: nothing that was agreed before is left of it."""

from __future__ import annotations

from cast import LABORATORY, NEED, PASTURO_OFFICER
from raccordo import match_records, needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.models import MatchState, Role
from raccordo.people import Actor

OTHER = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)


async def test_what_arrives_again_remembers_nothing_that_was_agreed_before(current: Catalogue) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    record = await partnerships.show_interest(LABORATORY, record.id, record.version)
    record = await partnerships.agree_scope(
        PASTURO_OFFICER, record.id, record.version, "Una vecchia intesa.", "INTERNSHIP", "2027-1"
    )
    await partnerships.drop(PASTURO_OFFICER, record.id, record.version, "")
    other = await partnerships.shortlist(PASTURO_OFFICER, record.need_number, "lia")
    other = await partnerships.ask(PASTURO_OFFICER, other.id, other.version)
    await partnerships.pass_on(OTHER, other.id, other.version, "infralab", "")
    again = (await match_records.of_need(record.need_number))["infralab"]
    assert (again.state, again.scope, again.kind, again.semester) == (MatchState.ASKED, "", None, "")
