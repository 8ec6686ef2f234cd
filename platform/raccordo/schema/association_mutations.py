"""What GraphQL changes of joint managements: the verbs of the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import association_progress, associations, suggestions
from raccordo.association_input import AssociationInput, StepInput
from raccordo.models import AssociationForm, CooperationStep
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.associations import AssociationProposal, Number, SuggestionChoice
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.refusals import Refusal

AssociationResult: TypeAlias = Annotated[
    AssociationProposal | Refusal,
    strawberry.union("AssociationResult", description="The proposal after the step, or why it was refused."),
]
SuggestionResult: TypeAlias = Annotated[
    SuggestionChoice | Refusal,
    strawberry.union("SuggestionResult", description="The choice as it is now, or why not."),
]


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


Version: TypeAlias = Annotated[int, _said("The version the step was decided from; an older one is refused.")]
Letter: TypeAlias = Annotated[str, _said("The letter of the function.")]
Towns: TypeAlias = Annotated[
    list[str], _said("The municipalities, by ISTAT code or whole name; two or more.")
]
Lead: TypeAlias = Annotated[
    str, _said("The municipality in front, one of them; one’s own when nothing is said.")
]
NewLead: TypeAlias = Annotated[str, _said("The municipality in front, by ISTAT code or whole name.")]
WishedForm: TypeAlias = Annotated[AssociationForm | None, _said("In which form; null to choose it later.")]
Form: TypeAlias = Annotated[AssociationForm, _said("In which form.")]
Why: TypeAlias = Annotated[str, _said("Why, in a few words that the other municipalities read.")]
Snapshot: TypeAlias = Annotated[str, _said("The computation it was taken from, if any.")]
Step: TypeAlias = Annotated[CooperationStep, _said("Which step.")]
On: TypeAlias = Annotated[str, _said("The day, as YYYY-MM-DD; today when nothing is said.")]
Title: TypeAlias = Annotated[str, _said("The title of the document that shows it.")]
Address: TypeAlias = Annotated[str, _said("Where the document is, beginning with https://.")]
Note: TypeAlias = Annotated[str, _said("A note in free words.")]
Istat: TypeAlias = Annotated[str, _said("The ISTAT code of the municipality.")]
Out: TypeAlias = Annotated[bool, _said("True to be left out of every suggestion.")]


async def _propose(
    info: Info,
    function: Letter,
    members: Towns,
    reason: Why,
    lead: Lead = "",
    form: WishedForm = None,
    snapshot_id: Snapshot = "",
) -> Any:
    wanted = AssociationInput(
        function=function,
        members=tuple(members),
        lead=lead,
        form=form.value if form else "",
        reason=reason,
        snapshot_id=snapshot_id,
    )
    return await answer(info, lambda: associations.propose(info.context.actor, wanted))


async def _adhere(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: associations.adhere(info.context.actor, number, version))


async def _decline(info: Info, number: Number, version: Version, reason: Why) -> Any:
    return await answer(info, lambda: associations.decline(info.context.actor, number, version, reason))


async def _withdraw(info: Info, number: Number, version: Version, reason: Why = "") -> Any:
    return await answer(info, lambda: associations.withdraw(info.context.actor, number, version, reason))


async def _take_back(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: associations.take_back(info.context.actor, number, version))


async def _choose_form(
    info: Info, number: Number, version: Version, form: Form, lead: NewLead, note: Note = ""
) -> Any:
    return await answer(
        info,
        lambda: association_progress.choose_form(info.context.actor, number, version, form.value, lead, note),
    )


async def _record(
    info: Info,
    number: Number,
    version: Version,
    step: Step,
    done_on: On = "",
    document: Title = "",
    link: Address = "",
    note: Note = "",
) -> Any:
    wanted = StepInput(step=step.value, done_on=done_on, document=document, link=link, note=note)
    return await answer(
        info, lambda: association_progress.record_step(info.context.actor, number, version, wanted)
    )


async def _skip(info: Info, number: Number, version: Version, step: Step, reason: Why) -> Any:
    return await answer(
        info, lambda: association_progress.skip_step(info.context.actor, number, version, step.value, reason)
    )


async def _opt_out(info: Info, municipality: Istat, opted_out: Out) -> Any:
    return await answer(info, lambda: suggestions.choose(info.context.actor, municipality, opted_out))


def _step(description: str, resolver: Any, verb: str) -> Any:
    return described(description, resolver, cost=WRITING, right=(verb, "association"))


@strawberry.type
class AssociationMutation:
    propose_association: AssociationResult = _step(
        "Propose that municipalities manage a function together; one of them, or a coordinator. Each answers for itself.",
        _propose,
        "propose",
    )
    adhere: AssociationResult = _step(
        "One’s own municipality takes part in a proposed joint management.", _adhere, "adhere"
    )
    decline_association: AssociationResult = _step(
        "One’s own municipality does not take part, and says why.", _decline, "decline"
    )
    withdraw_adherence: AssociationResult = _step(
        "One’s own municipality takes its adherence back, before the start.", _withdraw, "withdraw"
    )
    choose_form: AssociationResult = _step(
        "Choose the form and the lead; who had adhered to others is asked again.", _choose_form, "choose_form"
    )
    record_step: AssociationResult = _step(
        "Write down a step that was done; `START` makes the joint management.", _record, "record_step"
    )
    skip_step: AssociationResult = _step("Go on without a step, and say why.", _skip, "skip_step")
    take_back_association: AssociationResult = _step(
        "Take a proposal back before the start; whoever proposed it, or a coordinator.",
        _take_back,
        "take_back",
    )
    opt_out_of_suggestions: SuggestionResult = described(
        "Leave one’s municipality out of suggested partners, or let it be suggested again; its officers.",
        _opt_out,
        cost=WRITING,
        right=("choose", "suggestion"),
    )
