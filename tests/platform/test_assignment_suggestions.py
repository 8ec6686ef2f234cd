"""From a plan to the owner's shortlist: the coordination suggests, the owner is told, and one click confirms."""

from __future__ import annotations

import pytest

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO, PASTURO_OFFICER
from computed_plans import a_plan
from partnering import accepted_for
from people_of_tests import member, told
from raccordo import (
    assignment_locks,
    assignment_suggestions,
    assignments,
    catalogue,
    conflicts,
    match_records,
    matches,
    needs,
    partnerships,
)
from raccordo.holders import Held
from raccordo.models import AuditEntry, BodyKind, MatchState, Role
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused
from raccordo.schema import Context, Question, ask

pytestmark = pytest.mark.usefixtures("opened_database")


async def best_of(number: int) -> str:
    ranking = matches.for_need(catalogue.current(), catalogue.current().needs[number])
    return ranking.matches[0].laboratory


async def test_the_owner_is_told_with_the_reasons_and_its_shortlist_ends_the_suggestion() -> None:
    officer = await member("Ada", (Role.OFFICER, Held(body=(BodyKind.MUNICIPALITY, PASTURO))))
    need = await needs.publish(PASTURO_OFFICER, NEED)
    slug = await best_of(need.number)
    await assignment_suggestions.suggest(COORDINATOR, await a_plan((need.number, slug)))
    [news] = await told(officer)
    assert "Il coordinamento propone" in news
    assert need.title in news
    [waiting] = await assignment_suggestions.waiting_for(PASTURO_OFFICER)
    assert (waiting.need.number, waiting.laboratory.slug) == (need.number, slug)
    assert waiting.match.reasons.sentence_it
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, slug)
    assert record.state is MatchState.SHORTLISTED
    assert await assignment_suggestions.waiting_for(PASTURO_OFFICER) == []
    assert await assignment_suggestions.of_need(PASTURO_OFFICER, need) == []


async def test_nothing_is_asked_of_the_laboratory_and_the_log_has_it() -> None:
    professor = await member("Rosa", (Role.LABORATORY_MANAGER, Held(laboratory="lia")))
    need = await needs.publish(PASTURO_OFFICER, NEED)
    plan = await a_plan((need.number, "lia"))
    await assignment_suggestions.suggest(COORDINATOR, plan)
    assert await told(professor) == []
    assert await match_records.of_need(need.number) == {}
    entry = await AuditEntry.filter(subject=f"assignment:{plan}").first()
    assert entry
    assert entry.verb == "suggest_assignment"


async def test_what_is_known_already_and_examples_are_left_out() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    example = next(one.number for one in catalogue.current().needs.values() if one.example)
    plan = await a_plan((need.number, "lia"), (need.number, "infralab"), (example, "lia"))
    await assignment_suggestions.suggest(COORDINATOR, plan)
    assert await assignment_suggestions.pairs() == {(need.number, "lia")}
    for again in (plan, await a_plan((example, "lia"))):
        with pytest.raises(Refused) as refusal:
            await assignment_suggestions.suggest(COORDINATOR, again)
        assert refusal.value.code == "nothing_new"


async def test_a_conflict_that_is_newer_than_the_plan_is_left_out() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    plan = await a_plan((need.number, "infralab"), (need.number, "lia"))
    await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", PASTURO, "Parenti.")
    await assignment_suggestions.suggest(COORDINATOR, plan)
    assert await assignment_suggestions.pairs() == {(need.number, "lia")}


async def test_what_was_fixed_apart_since_is_left_out_and_what_waits_closes() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    plan = await a_plan((need.number, "infralab"), (need.number, "lia"))
    await assignment_locks.fix(COORDINATOR, need.number, "infralab", "APART", "Hanno già provato.")
    await assignment_suggestions.suggest(COORDINATOR, plan)
    assert await assignment_suggestions.pairs() == {(need.number, "lia")}
    assert [one.laboratory.slug for one in await assignment_suggestions.of_need(PASTURO_OFFICER, need)] == [
        "lia"
    ]
    await assignment_locks.fix(COORDINATOR, need.number, "lia", "APART", "Anche qui.")
    assert await assignment_suggestions.of_need(PASTURO_OFFICER, need) == []
    assert await assignment_suggestions.waiting_for(PASTURO_OFFICER) == []


async def test_a_conflict_declared_later_closes_what_waits() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await assignment_suggestions.suggest(COORDINATOR, await a_plan((need.number, "infralab")))
    await conflicts.declare(LABORATORY, "infralab", "MUNICIPALITY", PASTURO, "Parenti.")
    assert await assignment_suggestions.of_need(PASTURO_OFFICER, need) == []


async def test_a_need_that_has_found_somebody_since_is_left_out() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    plan = await a_plan((need.number, "lia"))
    await accepted_for(PASTURO_OFFICER, need.number)
    with pytest.raises(Refused) as refusal:
        await assignment_suggestions.suggest(COORDINATOR, plan)
    assert refusal.value.code == "nothing_new"


async def test_a_need_withdrawn_since_is_left_out() -> None:
    one, other = [await needs.publish(PASTURO_OFFICER, NEED) for _ in range(2)]
    plan = await a_plan((one.number, "lia"), (other.number, "lia"))
    await needs.withdraw(PASTURO_OFFICER, one.number, 1, "Risolto")
    await assignment_suggestions.suggest(COORDINATOR, plan)
    assert await assignment_suggestions.pairs() == {(other.number, "lia")}


async def test_programs_of_the_owner_read_what_waits() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await assignment_suggestions.suggest(COORDINATOR, await a_plan((need.number, "lia")))
    query = "{ assignmentSuggestions(first: 5) { edges { node { need { number } laboratory { slug } } } } }"
    for actor, found in ((PASTURO_OFFICER, 1), (BALLABIO_OFFICER, 0), (VISITOR, 0)):
        answer = await ask(Question(query, {}), Context(actor=actor))
        assert "errors" not in answer.body
        edges = answer.body["data"]["assignmentSuggestions"]["edges"]
        assert [edge["node"]["need"]["number"] for edge in edges] == [need.number] * found


async def test_one_need_of_a_plan_is_suggested_alone() -> None:
    one, other = [await needs.publish(PASTURO_OFFICER, NEED) for _ in range(2)]
    plan = await a_plan((one.number, "lia"), (other.number, "lia"))
    await assignment_suggestions.suggest(COORDINATOR, plan, other.number)
    assert await assignment_suggestions.pairs() == {(other.number, "lia")}
    with pytest.raises(Refused) as refusal:
        await assignment_suggestions.suggest(COORDINATOR, plan, 999_999)
    assert refusal.value.fields[0].field == "need_number"


async def test_without_a_plan_there_is_nothing_to_suggest() -> None:
    with pytest.raises(Refused, match="no plan"):
        await assignment_suggestions.suggest(COORDINATOR, await a_plan())
    with pytest.raises(NotFound):
        await assignment_suggestions.suggest(COORDINATOR, 999)


async def test_only_the_coordination_suggests_and_only_the_owner_reads() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    plan = await a_plan((need.number, "lia"))
    strangers: tuple[Actor, ...] = (VISITOR, PASTURO_OFFICER, LABORATORY)
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            await assignment_suggestions.suggest(stranger, plan)
    await assignment_suggestions.suggest(COORDINATOR, plan)
    for stranger in (VISITOR, BALLABIO_OFFICER):
        assert await assignment_suggestions.of_need(stranger, need) == []
        assert await assignment_suggestions.waiting_for(stranger) == []
    assert len(await assignment_suggestions.of_need(PASTURO_OFFICER, need)) == 1
    assert (await assignments.find(COORDINATOR, plan)).result
