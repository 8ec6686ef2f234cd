"""From a shortlist to an outcome: who may take which step, and what every step leaves behind."""

from __future__ import annotations

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from raccordo import capacity, catalogue, conflicts, match_records, matches, needs, partnerships
from raccordo.catalogue import Catalogue
from raccordo.match_records import MatchRecord, allowed_verbs, next_step
from raccordo.match_steps import Side
from raccordo.match_timeline import timeline
from raccordo.models import AuditEntry, DeclineReason, MatchState, Notification, Outcome, Role
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale

OTHER = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)


async def shortlisted() -> MatchRecord:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")


async def asked() -> MatchRecord:
    record = await shortlisted()
    return await partnerships.ask(PASTURO_OFFICER, record.id, record.version, "Serve entro l’anno.")


async def scoped() -> MatchRecord:
    record = await asked()
    record = await partnerships.show_interest(LABORATORY, record.id, record.version)
    return await partnerships.agree_scope(PASTURO_OFFICER, record.id, record.version, "Un rilievo del ponte.")


async def accepted() -> MatchRecord:
    record = await scoped()
    record = await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    return await partnerships.accept(LABORATORY, record.id, record.version)


async def free() -> int | None:
    return catalogue.current().laboratories["infralab"].free_places


async def declare(places: str) -> None:
    before = await capacity.places_of("infralab")
    await capacity.declare(LABORATORY, "infralab", before.version, places)


async def test_a_shortlist_keeps_the_score_it_was_taken_from(current: Catalogue) -> None:
    record = await shortlisted()
    need = catalogue.current().needs[record.need_number]
    ranking = matches.for_need(catalogue.current(), need)
    best = next(match for match in ranking.matches if match.laboratory == "infralab")
    assert (record.score, record.position) == (best.score, best.position)
    assert record.snapshot_id == ranking.snapshot_id


async def test_the_way_to_an_outcome_is_on_the_timeline(current: Catalogue) -> None:
    record = await accepted()
    assert record.partnership
    record = await partnerships.finish(
        LABORATORY, record.partnership.id, record.partnership.version, Outcome.DONE, "Ponte rilevato."
    )
    assert record.partnership
    assert (record.partnership.outcome, record.ended) == (Outcome.DONE, True)
    entries = await timeline(record)
    assert [entry.verb for entry in entries] == [
        "shortlist", "ask", "show_interest", "agree_scope", "accept", "accept", "finish",
    ]  # fmt: skip
    assert entries[1].sentence.say().startswith("Pasturo ha chiesto a Laboratorio Sperimentale")
    assert entries[2].side is Side.LABORATORY


async def test_every_step_is_in_the_log_under_its_number(current: Catalogue) -> None:
    record = await scoped()
    entries = await AuditEntry.filter(subject=f"match:{record.id}").order_by("number")
    assert [entry.verb for entry in entries] == [
        "shortlist_match", "ask_match", "show_interest_match", "agree_scope_match",
    ]  # fmt: skip


async def test_whoever_owes_the_next_step_is_told_at_once(current: Catalogue) -> None:
    record = await shortlisted()
    # The laboratory's manager is known once it has done something.
    await declare("3")
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    told = await Notification.get(kind="match_ask")
    assert (told.urgent, told.path) == (True, f"/collaborazioni/{record.id}")
    record = await partnerships.show_interest(LABORATORY, record.id, record.version)
    assert (await Notification.get(kind="match_show_interest")).person_id != told.person_id  # type: ignore[attr-defined]  # Tortoise adds it


async def test_a_shortlist_is_the_owners_own_paper(current: Catalogue) -> None:
    record = await shortlisted()
    for stranger in (LABORATORY, OTHER, BALLABIO_OFFICER, VISITOR):
        with pytest.raises(NotFound):
            await match_records.find(stranger, record.id)
        assert await match_records.readable_by(stranger) == []
    assert await match_records.find(COORDINATOR, record.id) == record


async def test_strangers_see_no_more_of_what_was_asked(current: Catalogue) -> None:
    record = await accepted()
    for stranger in (OTHER, BALLABIO_OFFICER, VISITOR):
        with pytest.raises(NotFound):
            await match_records.find(stranger, record.id)
        with pytest.raises(NotFound):
            await partnerships.drop(stranger, record.id, record.version)
        assert await match_records.readable_by(stranger) == []
    assert await match_records.readable_by(LABORATORY) == [record]


async def test_the_laboratory_does_not_ask_and_the_owner_does_not_answer(current: Catalogue) -> None:
    record = await asked()
    with pytest.raises(NotAllowed):
        await partnerships.show_interest(PASTURO_OFFICER, record.id, record.version)
    with pytest.raises(NotAllowed):
        await partnerships.drop(LABORATORY, record.id, record.version)
    member = Actor(role=Role.LABORATORY_MEMBER, laboratory="infralab", demo=True)
    assert allowed_verbs(member, record) == ()
    assert allowed_verbs(LABORATORY, record) == ("show_interest", "decline", "pass_on")


async def test_of_two_steps_from_one_version_one_wins(current: Catalogue) -> None:
    record = await asked()
    now = await partnerships.show_interest(LABORATORY, record.id, record.version)
    with pytest.raises(Stale) as stale:
        await partnerships.decline(LABORATORY, record.id, record.version, DeclineReason.NOT_NOW)
    assert stale.value.current == now


async def test_no_step_is_skipped(current: Catalogue) -> None:
    record = await shortlisted()
    with pytest.raises(Refused) as refusal:
        await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    assert refusal.value.code == "wrong_state"


async def test_a_decline_says_why(current: Catalogue) -> None:
    record = await asked()
    with pytest.raises(Refused) as refusal:
        await partnerships.decline(LABORATORY, record.id, record.version, "")
    assert [one.field for one in refusal.value.fields] == ["reason"]
    record = await partnerships.decline(LABORATORY, record.id, record.version, "TOO_FAR", "Solo Milano.")
    assert (record.state, record.decline_reason, record.note) == (
        MatchState.DECLINED, DeclineReason.TOO_FAR, "Solo Milano.",
    )  # fmt: skip


async def test_a_note_is_stored_as_one_writes_it_and_no_character_reorders_it(current: Catalogue) -> None:
    record = await asked()
    with pytest.raises(Refused) as refusal:
        await partnerships.decline(LABORATORY, record.id, record.version, "TOO_FAR", "no \u202eis")
    assert refusal.value.fields[0].code == "control_characters"
    record = await partnerships.decline(
        LABORATORY, record.id, record.version, "TOO_FAR", " E\u0300 tardi.\r\nSì. "
    )
    assert record.note == "È tardi.\nSì."


async def test_what_is_passed_on_is_asked_elsewhere(current: Catalogue) -> None:
    record = await asked()
    record = await partnerships.pass_on(LABORATORY, record.id, record.version, "lia", "È il loro mestiere.")
    assert (record.state, record.passed_to) == (MatchState.PASSED_ON, ("lia",))
    [theirs] = await match_records.readable_by(OTHER)
    assert (theirs.state, theirs.passed_from) == (MatchState.ASKED, "infralab")
    assert (await timeline(theirs))[0].sentence.say().endswith("(INFRALAB) ha passato qui la richiesta.")


async def test_it_is_passed_to_nobody_who_was_asked_already(current: Catalogue) -> None:
    record = await asked()
    other = await partnerships.shortlist(PASTURO_OFFICER, record.need_number, "lia")
    await partnerships.ask(PASTURO_OFFICER, other.id, other.version)
    for wrong in ("lia", "infralab", "nessuno"):
        with pytest.raises(Refused) as refusal:
            await partnerships.pass_on(LABORATORY, record.id, record.version, wrong)
        assert refusal.value.fields[0].field == "laboratory"


async def test_a_changed_scope_is_accepted_again(current: Catalogue) -> None:
    record = await scoped()
    record = await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    assert next_step(record)[1] is Side.LABORATORY
    record = await partnerships.agree_scope(LABORATORY, record.id, record.version, "Due rilievi.")
    assert not record.accepted_by_owner
    assert next_step(record)[1] is Side.BOTH


async def test_nobody_accepts_for_the_other_side(current: Catalogue) -> None:
    record = await scoped()
    record = await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    with pytest.raises(Refused) as refusal:
        await partnerships.accept(PASTURO_OFFICER, record.id, record.version)
    assert refusal.value.code == "already_accepted"
    assert record.partnership is None


async def test_accepting_takes_a_place_and_ending_gives_it_back(current: Catalogue) -> None:
    await declare("1")
    assert await free() == 1
    record = await accepted()
    assert await free() == 0
    index = catalogue.current().index
    assert index.free_places["infralab"] == 0
    assert record.partnership
    await partnerships.finish(COORDINATOR, record.partnership.id, record.partnership.version, "ABANDONED")
    assert await free() == 1


async def test_a_full_laboratory_cannot_accept(current: Catalogue) -> None:
    await declare("0")
    record = await scoped()
    with pytest.raises(Refused) as refusal:
        await partnerships.accept(LABORATORY, record.id, record.version)
    assert refusal.value.code == "no_capacity"


async def test_unknown_places_stay_unknown(current: Catalogue) -> None:
    await accepted()
    assert await free() is None


async def test_places_are_declared_by_whoever_answers_for_the_laboratory(current: Catalogue) -> None:
    with pytest.raises(NotAllowed):
        await capacity.declare(PASTURO_OFFICER, "infralab", 1, "3")
    with pytest.raises(Refused) as refusal:
        await capacity.declare(LABORATORY, "infralab", 1, "tanti")
    assert refusal.value.fields[0].field == "places"
    with pytest.raises(Stale):
        await capacity.declare(LABORATORY, "infralab", 99, "3")


async def test_a_conflict_of_interest_keeps_the_two_apart(current: Catalogue) -> None:
    record = await shortlisted()
    conflict = await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", "097065", "Un fratello")
    with pytest.raises(Refused) as refusal:
        await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    assert refusal.value.code == "conflict"
    assert "fratello" not in refusal.value.sentence.say()
    await conflicts.remove(LABORATORY, conflict.id)
    assert (await partnerships.ask(PASTURO_OFFICER, record.id, record.version)).state is MatchState.ASKED


async def test_a_conflict_declared_late_blocks_accepting(current: Catalogue) -> None:
    record = await scoped()
    await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", "097065", "Un fratello")
    with pytest.raises(Refused) as refusal:
        await partnerships.accept(LABORATORY, record.id, record.version)
    assert refusal.value.code == "conflict"


async def test_conflicts_are_read_by_the_laboratory_and_the_coordinators(current: Catalogue) -> None:
    conflict = await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", "097065", "Un fratello")
    assert await conflicts.of_laboratory(COORDINATOR, "infralab") == (conflict,)
    for stranger in (PASTURO_OFFICER, OTHER, VISITOR):
        assert await conflicts.of_laboratory(stranger, "infralab") == ()
        with pytest.raises(NotAllowed):
            await conflicts.declare(stranger, "infralab", "MUNICIPALITY", "097065", "x")
        with pytest.raises(NotFound):
            await conflicts.remove(stranger, conflict.id)


async def test_a_withdrawn_need_blocks_every_step_but_the_end(current: Catalogue) -> None:
    record, going = await scoped(), await accepted()
    for one in (record, going):
        await needs.withdraw(PASTURO_OFFICER, one.need_number, 1)
    with pytest.raises(Refused) as refusal:
        await partnerships.accept(LABORATORY, record.id, record.version)
    assert refusal.value.code == "need_withdrawn"
    assert going.partnership
    ended = await partnerships.finish(LABORATORY, going.partnership.id, 1, "PARTLY_DONE")
    assert ended.ended
    assert next_step(await match_records.find(LABORATORY, record.id))[1] is None


async def test_what_was_dropped_can_be_taken_up_again(current: Catalogue) -> None:
    record = await shortlisted()
    record = await partnerships.drop(PASTURO_OFFICER, record.id, record.version)
    assert allowed_verbs(PASTURO_OFFICER, record) == ("shortlist",)
    again = await partnerships.shortlist(PASTURO_OFFICER, record.need_number, "infralab")
    assert (again.id, again.state) == (record.id, MatchState.SHORTLISTED)
    assert again.version == record.version + 1


async def test_an_example_is_nobodys_and_cannot_be_asked_about(current: Catalogue) -> None:
    example = next(need for need in current.needs.values() if need.example)
    officer = Actor(role=Role.OFFICER, body_kind=example.owner_kind, body_code=example.owner_code, demo=True)
    with pytest.raises(NotAllowed):
        await partnerships.shortlist(officer, example.number, "infralab")


async def test_texts_have_an_end(current: Catalogue) -> None:
    record = await asked()
    record = await partnerships.show_interest(LABORATORY, record.id, record.version)
    for wrong in ("", " ", "x" * 10_001, "a\x00b"):
        with pytest.raises(Refused) as refusal:
            await partnerships.agree_scope(LABORATORY, record.id, record.version, wrong)
        assert refusal.value.fields[0].field == "scope"
