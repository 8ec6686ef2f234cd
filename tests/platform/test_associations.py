"""Joint managements: each municipality answers for itself, and nothing begins before all that remain agree."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from associating import THREE, adhered, done, proposed, ready
from cast import (
    BALLABIO,
    BALLABIO_OFFICER,
    COORDINATOR,
    LABORATORY,
    LECCO,
    LECCO_OFFICER,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY,
    VALLEY_OFFICER,
    officer_of,
)
from raccordo import (
    associated_managements,
    association_progress,
    associations,
    catalogue,
    partners,
    scenarios,
    suggestions,
)
from raccordo.association_path import next_step
from raccordo.association_records import find, readable_by, waiting_for
from raccordo.catalogue import Catalogue
from raccordo.models import (
    Adherence,
    AssociatedManagement,
    AssociationForm,
    AssociationState,
    AuditEntry,
    BodyKind,
    CooperationStep,
    Notification,
)
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused, Stale
from raccordo.scenario_input import ScenarioInput

STRANGER = officer_of("015146")


async def test_proposing_decides_nothing_for_anybody(current: Catalogue) -> None:
    record = await proposed()
    assert {one.adherence for one in record.members} == {Adherence.WAITING}
    assert [body[1] for body in next_step(record).owed_by] == [PASTURO, BALLABIO, LECCO]
    assert not record.public


@pytest.mark.parametrize(
    "actor", [COORDINATOR, VISITOR, LABORATORY, VALLEY_OFFICER, STRANGER], ids=lambda one: one.label
)
async def test_nobody_adheres_for_a_municipality_but_its_own_officer(
    current: Catalogue, actor: Actor
) -> None:
    record = await proposed()
    for verb in (associations.adhere, associations.withdraw):
        with pytest.raises((NotAllowed, NotFound)):
            await verb(actor, record.number, record.version)
    with pytest.raises((NotAllowed, NotFound)):
        await associations.decline(actor, record.number, record.version, "No.")
    after = await find(PASTURO_OFFICER, record.number)
    assert after == record


@pytest.mark.parametrize("actor", [VISITOR, LABORATORY, VALLEY_OFFICER, STRANGER], ids=lambda one: one.label)
async def test_only_one_of_the_municipalities_or_the_coordination_proposes(
    current: Catalogue, actor: Actor
) -> None:
    with pytest.raises(NotAllowed):
        await proposed(actor)
    assert (await proposed(COORDINATOR)).proposer is None


async def test_it_begins_with_those_who_remain_once_they_all_adhere_and_the_form_is_chosen(
    current: Catalogue,
) -> None:
    record = await proposed()
    record = await associations.decline(
        BALLABIO_OFFICER, record.number, record.version, "Abbiamo già un agente."
    )
    record = await adhered(record, (PASTURO_OFFICER, LECCO_OFFICER))
    record = await ready(record)
    record = await done(record, CooperationStep.START, LECCO_OFFICER)
    assert record.state is AssociationState.STARTED
    assert record.management
    made = await associated_managements.find(record.management)
    assert (made.form, made.functions, made.members, made.lead) == (
        AssociationForm.CONVENTION, ("i",), (LECCO, PASTURO), LECCO,
    )  # fmt: skip


async def test_it_does_not_begin_while_an_answer_the_form_or_a_step_is_missing(current: Catalogue) -> None:
    record = await adhered(await proposed())
    record = await ready(record, but=(CooperationStep.FORM, CooperationStep.MONEY))
    for step in (CooperationStep.FORM, CooperationStep.MONEY):
        with pytest.raises(Refused, match="not_ready"):
            await done(record, CooperationStep.START)
        if step is CooperationStep.FORM:
            record = await association_progress.choose_form(
                PASTURO_OFFICER, record.number, record.version, "CONVENTION", "Lecco"
            )
    record = await association_progress.skip_step(
        PASTURO_OFFICER, record.number, record.version, "MONEY", "Nessun costo comune."
    )
    record = await associations.withdraw(BALLABIO_OFFICER, record.number, record.version, "Cambia la giunta.")
    with pytest.raises(Refused) as refusal:
        await done(record, CooperationStep.START)
    assert "Ballabio" in refusal.value.sentence.say()
    assert not await AssociatedManagement.exists()
    record = await adhered(record, (BALLABIO_OFFICER,))
    assert (await done(record, CooperationStep.START)).management


async def test_another_form_asks_everybody_else_again(current: Catalogue) -> None:
    record = await adhered(await proposed())
    record = await association_progress.choose_form(
        BALLABIO_OFFICER, record.number, record.version, "CONSORTIUM", "Lecco"
    )
    assert {one.istat_code for one in record.waiting} == {PASTURO, LECCO}


async def test_the_same_form_asks_nobody_again(current: Catalogue) -> None:
    record = await adhered(await proposed())
    record = await association_progress.choose_form(
        BALLABIO_OFFICER, record.number, record.version, "CONVENTION", "Lecco"
    )
    assert record.waiting == ()


@pytest.mark.parametrize("lead", ["Milano", "Nessuno", ""])
async def test_only_one_of_those_who_remain_leads(current: Catalogue, lead: str) -> None:
    record = await proposed()
    with pytest.raises(Refused) as refusal:
        await association_progress.choose_form(
            PASTURO_OFFICER, record.number, record.version, "CONVENTION", lead
        )
    assert [one.field for one in refusal.value.fields] == ["lead"]


async def test_of_two_at_once_one_wins_and_the_other_sees_what_happened(current: Catalogue) -> None:
    record = await proposed()
    answers = await asyncio.gather(
        associations.adhere(PASTURO_OFFICER, record.number, record.version),
        associations.adhere(BALLABIO_OFFICER, record.number, record.version),
        return_exceptions=True,
    )
    [stale] = [one for one in answers if isinstance(one, Stale)]
    present = await find(PASTURO_OFFICER, record.number)
    assert stale.current == present
    assert (present.version, len(present.waiting)) == (2, 2)


@pytest.mark.parametrize(
    ("before", "verb"),
    [("adhere", "adhere"), ("decline", "decline"), ("adhere", "decline"), ("", "withdraw")],
)
async def test_an_answer_is_given_once(current: Catalogue, before: str, verb: str) -> None:
    record = await proposed()
    if before:
        record = await _answered(before, record.number, record.version)
    with pytest.raises(Refused, match="already_answered"):
        await _answered(verb, record.number, record.version)


async def _answered(verb: str, number: int, version: int):  # type: ignore[no-untyped-def]  # a record
    if verb == "decline":
        return await associations.decline(PASTURO_OFFICER, number, version, "No.")
    return await {"adhere": associations.adhere, "withdraw": associations.withdraw}[verb](
        PASTURO_OFFICER, number, version
    )


async def test_whoever_said_no_may_still_change_its_mind(current: Catalogue) -> None:
    record = await proposed()
    record = await associations.decline(PASTURO_OFFICER, record.number, record.version, "No.")
    record = await adhered(record, (PASTURO_OFFICER,))
    assert (record.members[0].adherence, record.members[0].reason) == (Adherence.ADHERED, "")


async def test_everybody_reads_it_only_when_nobody_who_has_not_adhered_would_be_named(
    current: Catalogue,
) -> None:
    record = await proposed()
    for stranger in (VISITOR, STRANGER, LABORATORY):
        with pytest.raises(NotFound):
            await find(stranger, record.number)
        assert await readable_by(stranger) == ()
    record = await associations.decline(BALLABIO_OFFICER, record.number, record.version, "Segreto.")
    record = await adhered(record, (PASTURO_OFFICER, LECCO_OFFICER))
    record = await done(record, CooperationStep.NEED)
    record = await association_progress.skip_step(
        PASTURO_OFFICER, record.number, record.version, "AWARENESS", "Nota interna."
    )
    shown = await find(VISITOR, record.number)
    assert [one.istat_code for one in shown.members] == [PASTURO, LECCO]
    assert "Segreto" not in repr(shown)
    assert "Nota interna" not in repr(shown)
    assert len([one for one in shown.steps if not one.from_facts]) == 2
    assert (await find(BALLABIO_OFFICER, record.number)) == record


async def test_the_officers_hear_of_it_and_of_what_the_others_decide(current: Catalogue) -> None:
    record = await proposed()  # the people of the demonstration exist once they have acted
    record = await adhered(record)
    kinds = [str(kind) for kind in await Notification.all().order_by("id").values_list("kind", flat=True)]
    assert "association_adhere" in kinds
    second = await proposed(BALLABIO_OFFICER, replace(THREE, function="g"))
    asked = await Notification.filter(
        kind="association_proposed", path=f"/gestioni-associate/proposte/{second.number}", urgent=True
    )
    assert len(asked) == 2, "Pasturo and Lecco, not whoever proposed"
    assert [one.number for one in await waiting_for(LECCO_OFFICER)] == [second.number]


async def test_every_act_is_in_the_log(current: Catalogue) -> None:
    record = await adhered(await proposed())
    verbs = await AuditEntry.filter(subject=f"association:{record.number}").values_list("verb", flat=True)
    assert sorted(map(str, verbs)) == ["adhere_association"] * 3 + ["propose_association"]


@pytest.mark.parametrize("step", ["PARTNERS", "FORM", "START", "MONITORING"])
async def test_some_steps_are_not_skipped_and_some_come_later(current: Catalogue, step: str) -> None:
    record = await proposed()
    with pytest.raises(Refused):
        await association_progress.skip_step(PASTURO_OFFICER, record.number, record.version, step, "No.")


async def test_a_skipped_step_can_still_be_done_and_then_is(current: Catalogue) -> None:
    record = await proposed()
    record = await association_progress.skip_step(
        PASTURO_OFFICER, record.number, record.version, "NEED", "Ovvio."
    )
    record = await done(record, CooperationStep.NEED)
    with pytest.raises(Refused):
        await done(record, CooperationStep.NEED)


async def test_what_is_taken_back_is_over(current: Catalogue) -> None:
    record = await proposed()
    with pytest.raises(NotAllowed):
        await associations.take_back(BALLABIO_OFFICER, record.number, record.version)
    record = await associations.take_back(PASTURO_OFFICER, record.number, record.version)
    with pytest.raises(Refused, match="wrong_state"):
        await associations.adhere(BALLABIO_OFFICER, record.number, record.version)
    assert next_step(record).owed_by == ()


async def test_a_municipality_keeps_itself_out_of_suggestions(current: Catalogue) -> None:
    assert catalogue.current().opted_out == frozenset()
    with pytest.raises(NotAllowed):
        await suggestions.choose(COORDINATOR, PASTURO, True)
    await suggestions.choose(PASTURO_OFFICER, PASTURO, True)
    await suggestions.choose(PASTURO_OFFICER, PASTURO, True)
    picture = catalogue.current()
    assert picture.opted_out == {PASTURO}
    of_neighbour = partners.suggestions(picture, BALLABIO, "i", date(2026, 11, 24))
    assert PASTURO not in {one.municipality.istat_code for one in of_neighbour.partners}
    assert all(PASTURO not in one.group.members for one in of_neighbour.groups)
    own = partners.suggestions(picture, PASTURO, "i", date(2026, 11, 24))
    assert (own.partners, own.groups) == ((), ())
    assert own.alone
    valley = ScenarioInput(area=VALLEY, function="i", on=date(2026, 11, 24))
    divided = await scenarios.scenario(picture, valley)
    assert divided.partition.groups
    assert all(PASTURO not in one.members for one in divided.partition.groups)
    assert all(PASTURO not in [anchor.code for anchor in one.anchors] for one in divided.partition.stranded)
    await suggestions.choose(PASTURO_OFFICER, PASTURO, False)
    assert catalogue.current().opted_out == frozenset()


async def test_mountain_communities_are_in_the_register_without_invented_functions(
    current: Catalogue,
) -> None:
    known = associated_managements.select(
        await associated_managements.every(), form=AssociationForm.MOUNTAIN_COMMUNITY
    )
    assert len(known) == len(current.mountain_communities) == 23
    assert {one.functions for one in known} == {()}
    assert all(one.body and one.body[0] is BodyKind.MOUNTAIN_COMMUNITY for one in known)
