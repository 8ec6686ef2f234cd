"""The steps of the way: the form and its lead, what was done or skipped, and the start that makes it real."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from raccordo import association_news as news
from raccordo import catalogue
from raccordo.association_input import (
    NOTE,
    CheckedStep,
    StepInput,
    check_form,
    check_skip,
    check_step,
)
from raccordo.association_path import names, refusal_of_form, refusal_of_start
from raccordo.association_rows import TOWN, AssociationRecord
from raccordo.association_steps import PATH
from raccordo.association_writing import take_step
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import (
    Adherence,
    AssociatedManagement,
    AssociationForm,
    AssociationMember,
    AssociationStep,
    CooperationStep,
    ManagementFunction,
    ManagementMember,
    StepStatus,
    TerritorialBody,
)
from raccordo.people import Actor, person_of
from raccordo.published import Municipality
from raccordo.refusals import NotFound, Refused, refused
from raccordo.typed_towns import town_of
from raccordo.written_text import checked as checked_text

MADE_HERE = "proposta-"  # how the code of a management that was proposed here begins
SOURCE = "Raccordo, proposta {number}: adesioni dei comuni registrate dai loro uffici"


async def choose_form(
    actor: Actor, number: int, version: int, form: str, lead: str, note: str = ""
) -> AssociationRecord:
    """Choose the form and who leads. Whoever had adhered to something else is asked again: nobody is taken along."""
    chosen, said = check_form(form), checked_text("note", note, NOTE, None)
    try:
        town = town_of(catalogue.current(), lead.strip())
    except NotFound as missing:
        raise refused("lead", missing.code, missing.sentence) from None

    async def change(writing: Writing, record: AssociationRecord) -> dict[str, Any]:
        _refuse_lead(record, town)
        if against := refusal_of_form(record, chosen):
            raise refused("form", "not_possible", against)
        if (record.form, record.lead) != (chosen, town.istat_code):
            await _ask_again(writing, actor, record)
        await _settle(
            actor,
            number,
            StepStatus.DONE,
            CheckedStep(step=CooperationStep.FORM, done_on=today(), document="", link="", note=said),
        )
        return {"form": chosen, "lead": await TerritorialBody.get(kind=TOWN, code=town.istat_code)}

    return await take_step(
        actor, number, version, "choose_form", change, form=chosen.value, lead=town.istat_code
    )


async def record_step(actor: Actor, number: int, version: int, wanted: StepInput) -> AssociationRecord:
    """Write down a step that was done, when, and what shows it. The start makes the joint management."""
    checked = check_step(wanted)
    starts = checked.step is CooperationStep.START

    async def change(writing: Writing, record: AssociationRecord) -> dict[str, Any]:
        _refuse_step(record, checked.step, done=True)
        await _settle(actor, number, StepStatus.DONE, checked)
        if not starts:
            return {}
        writing.publishes = True  # the register is part of the catalogue
        if against := refusal_of_start(record):
            raise Refused("not_ready", against)
        return {"management": await _begin(record, checked.done_on)}

    return await take_step(
        actor, number, version, "record_step", change, starts=starts, step=checked.step.value
    )


async def skip_step(actor: Actor, number: int, version: int, step: str, reason: str) -> AssociationRecord:
    """Go on without a step, and say why; it can still be done later."""
    skipped, because = check_skip(step, reason)

    async def change(_writing: Writing, record: AssociationRecord) -> dict[str, Any]:
        _refuse_step(record, skipped, done=False)
        await _settle(
            actor,
            number,
            StepStatus.SKIPPED,
            CheckedStep(step=skipped, done_on=today(), document="", link="", note=because),
        )
        return {}

    return await take_step(actor, number, version, "skip_step", change, step=skipped.value)


def _refuse_lead(record: AssociationRecord, town: Municipality) -> None:
    own = record.member(town.istat_code)
    if own is None or own.adherence is Adherence.DECLINED or own.merged_as:
        sentence = Sentence(
            "Capofila può essere solo un comune che non ha detto di no: {names}.",
            {"names": names(record.remaining)},
        )
        raise refused("lead", "no_member", sentence)


def _refuse_step(record: AssociationRecord, step: CooperationStep, *, done: bool) -> None:
    """What the table of the way does not allow now, in a sentence."""
    label = {"step": PATH[step].label}
    if PATH[step].state is not record.state:
        after = Sentence("«{step}» viene dopo l’avvio.", label)
        before = Sentence("«{step}» andava segnato prima dell’avvio.", label)
        raise Refused("wrong_state", before if record.management else after)
    if step is CooperationStep.FORM:
        raise refused(
            "step", "own_form", Sentence("La forma si sceglie insieme al capofila, nel suo modulo.")
        )
    before_it = record.settled(step)
    if before_it and not before_it.from_facts and (before_it.status is StepStatus.DONE or not done):
        raise refused("step", "already_settled", Sentence("«{step}» è già segnato.", label))
    if step is CooperationStep.PARTNERS and record.waiting:
        sentence = Sentence(
            "Manca la risposta di {names}: finché non c’è, i comuni non sono decisi.",
            {"names": names(record.waiting)},
        )
        raise refused("step", "waiting", sentence)


async def _ask_again(writing: Writing, actor: Actor, record: AssociationRecord) -> None:
    """The adherences of the others were to something else: they wait again."""
    again = [
        one.istat_code
        for one in record.members
        if one.adherence is Adherence.ADHERED and one.istat_code != actor.body_code
    ]
    if not again:
        return
    bodies = await TerritorialBody.filter(kind=TOWN, code__in=again).values_list("id", flat=True)
    await AssociationMember.filter(proposal_id=record.number, body_id__in=list(bodies)).update(
        adherence=Adherence.WAITING, answered_at=None, person_id=None
    )
    await news.of_reset(writing, record, again)


async def _settle(actor: Actor, number: int, status: StepStatus, checked: CheckedStep) -> None:
    person = await person_of(actor)
    columns: dict[str, Any] = {
        "status": status,
        "done_on": checked.done_on,
        "document": checked.document,
        "link": checked.link,
        "note": checked.note,
        "person_id": person.id if person else None,
        "acting_as": actor.label,
        "at": datetime.now(UTC),
    }
    if not await AssociationStep.filter(proposal_id=number, step=checked.step).update(**columns):
        await AssociationStep.create(proposal_id=number, step=checked.step, **columns)


async def _begin(record: AssociationRecord, on: date) -> AssociatedManagement:
    """The joint management that the proposal becomes, with exactly those that adhered."""
    function = catalogue.current().functions[record.function]
    row = await AssociatedManagement.create(
        code=f"{MADE_HERE}{record.number}",
        name=f"{function.short_it}: {names(record.remaining)}"[:200],
        form=record.form or AssociationForm.CONVENTION,
        lead=await TerritorialBody.get(kind=TOWN, code=record.lead),
        valid_from=on,
        source=SOURCE.format(number=record.number),
        evidence="source",
    )
    await ManagementFunction.create(management=row, function_id=record.function)
    codes = [one.istat_code for one in record.remaining]
    bodies = await TerritorialBody.filter(kind=TOWN, code__in=codes).order_by("code")
    await ManagementMember.bulk_create(ManagementMember(management=row, body=body) for body in bodies)
    return row
