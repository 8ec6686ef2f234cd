"""What tests of joint managements start from: three municipalities, and the way walked as far as one likes."""

from __future__ import annotations

from collections.abc import Iterable

from cast import BALLABIO_OFFICER, LECCO_OFFICER, PASTURO_OFFICER
from raccordo import association_progress, associations
from raccordo.association_input import AssociationInput, StepInput
from raccordo.association_rows import AssociationRecord
from raccordo.association_steps import BEFORE_START
from raccordo.models import CooperationStep
from raccordo.people import Actor

THREE = AssociationInput(
    function="i",
    members=("Pasturo", "097004, Lecco"),
    lead="Lecco",
    form="CONVENTION",
    reason="Un solo agente in valle, e la strada provinciale da sorvegliare.",
)
OFFICERS = (PASTURO_OFFICER, BALLABIO_OFFICER, LECCO_OFFICER)


async def proposed(actor: Actor = PASTURO_OFFICER, wanted: AssociationInput = THREE) -> AssociationRecord:
    return await associations.propose(actor, wanted)


async def adhered(record: AssociationRecord, officers: Iterable[Actor] = OFFICERS) -> AssociationRecord:
    """These officers adhere one after the other, each to what it has read."""
    for officer in officers:
        record = await associations.adhere(officer, record.number, record.version)
    return record


async def ready(record: AssociationRecord, but: Iterable[CooperationStep] = ()) -> AssociationRecord:
    """Everything before the start is settled, except `but`."""
    for step in BEFORE_START:
        if step in but:
            continue
        if step is CooperationStep.FORM:
            record = await association_progress.choose_form(
                PASTURO_OFFICER, record.number, record.version, "CONVENTION", "Lecco"
            )
        else:
            record = await done(record, step)
    return record


async def done(
    record: AssociationRecord, step: CooperationStep, actor: Actor = PASTURO_OFFICER
) -> AssociationRecord:
    wanted = StepInput(step=step.value, document="Verbale")
    return await association_progress.record_step(actor, record.number, record.version, wanted)
