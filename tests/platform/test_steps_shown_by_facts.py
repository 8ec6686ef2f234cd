"""What the municipalities' answers show already: who takes part and in which form need no second writing down."""

from __future__ import annotations

from dataclasses import replace

from associating import THREE, adhered, done, proposed
from cast import BALLABIO_OFFICER, LECCO_OFFICER, PASTURO_OFFICER
from raccordo import association_progress, associations
from raccordo.association_input import StepInput
from raccordo.association_path import next_step
from raccordo.association_rows import AssociationRecord
from raccordo.association_steps import BEFORE_START
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.models import AssociationState, CooperationStep, StepStatus

STEP = CooperationStep


def shown(record: AssociationRecord) -> set[CooperationStep]:
    return {one.step for one in record.steps if one.from_facts}


async def test_all_adhered_to_a_form_and_both_steps_are_done_on_that_day(current: Catalogue) -> None:
    record = await proposed()
    assert shown(record) == set()
    record = await adhered(record)
    assert shown(record) == {STEP.PARTNERS, STEP.FORM}
    assert {(one.status, one.done_on) for one in record.steps} == {(StepStatus.DONE, today())}
    assert next_step(record).step is STEP.NEED


async def test_without_a_form_only_the_municipalities_are_settled(current: Catalogue) -> None:
    record = await adhered(await proposed(wanted=replace(THREE, form="")))
    assert shown(record) == {STEP.PARTNERS}


async def test_whoever_withdraws_takes_them_away_again(current: Catalogue) -> None:
    record = await adhered(await proposed())
    record = await associations.withdraw(LECCO_OFFICER, record.number, record.version, "Si ripensa.")
    assert shown(record) == set()


async def test_another_form_asks_again_before_it_is_shown(current: Catalogue) -> None:
    record = await adhered(await proposed())
    record = await association_progress.choose_form(
        PASTURO_OFFICER, record.number, record.version, "CONSORTIUM", "Lecco"
    )
    assert shown(record) == set()
    record = await adhered(record, (BALLABIO_OFFICER, LECCO_OFFICER))
    assert shown(record) == {STEP.PARTNERS}
    assert record.settled(STEP.FORM) is not None


async def test_a_document_can_still_be_written_down_for_the_municipalities(current: Catalogue) -> None:
    record = await done(await adhered(await proposed()), STEP.PARTNERS)
    found = record.settled(STEP.PARTNERS)
    assert found is not None
    assert (found.document, found.from_facts) == ("Verbale", False)


async def test_the_start_asks_for_neither_again(current: Catalogue) -> None:
    record = await adhered(await proposed())
    for step in BEFORE_START:
        if step not in (STEP.PARTNERS, STEP.FORM):
            record = await done(record, step)
    record = await association_progress.record_step(
        PASTURO_OFFICER, record.number, record.version, StepInput(step="START")
    )
    assert record.state is AssociationState.STARTED
