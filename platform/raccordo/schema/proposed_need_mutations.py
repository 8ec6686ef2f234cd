"""What GraphQL changes of needs proposed for a municipality: the verbs of the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import delegation, proposed_needs
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.need_input import NeedInput, written
from raccordo.schema.proposed_needs import DelegationChoice, Number, ProposedNeed
from raccordo.schema.refusals import Refusal

ProposedNeedResult: TypeAlias = Annotated[
    ProposedNeed | Refusal,
    strawberry.union("ProposedNeedResult", description="The proposal after the step, or why it was refused."),
]
DelegationResult: TypeAlias = Annotated[
    DelegationChoice | Refusal,
    strawberry.union("DelegationResult", description="The choice as it is now, or why not."),
]


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


Istat: TypeAlias = Annotated[str, _said("The ISTAT code of the municipality.")]
Version: TypeAlias = Annotated[int, _said("The version the step was decided from; an older one is refused.")]
Text: TypeAlias = Annotated[NeedInput, _said("What the need says.")]
Corrected: TypeAlias = Annotated[
    NeedInput | None, _said("The text as the municipality corrects it; null to take it as it is.")
]
Reason: TypeAlias = Annotated[str, _said("Why, in a few words for the poster.")]
Accepts: TypeAlias = Annotated[bool, _said("True to let others propose needs.")]


async def _propose(info: Info, municipality: Istat, input: Text) -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(
        info, lambda: proposed_needs.propose(info.context.actor, municipality, written(input))
    )


async def _revise(info: Info, number: Number, version: Version, input: Text) -> Any:  # noqa: A002  # the same
    return await answer(
        info, lambda: proposed_needs.revise(info.context.actor, number, version, written(input))
    )


async def _take_back(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: proposed_needs.take_back(info.context.actor, number, version))


async def _confirm(info: Info, number: Number, version: Version, input: Corrected = None) -> Any:  # noqa: A002  # the same
    corrected = written(input) if input else None
    return await answer(info, lambda: proposed_needs.confirm(info.context.actor, number, version, corrected))


async def _decline(info: Info, number: Number, version: Version, reason: Reason) -> Any:
    return await answer(info, lambda: proposed_needs.decline(info.context.actor, number, version, reason))


async def _choose(info: Info, municipality: Istat, accepts: Accepts) -> Any:
    return await answer(info, lambda: delegation.choose(info.context.actor, municipality, accepts))


@strawberry.type
class ProposedNeedMutation:
    propose_need: ProposedNeedResult = described(
        "Write a need for a municipality of one’s union, mountain community or province, which confirms it.",
        _propose,
        cost=WRITING,
        right=("propose", "proposed_need"),
    )
    revise_proposed_need: ProposedNeedResult = described(
        "Replace what a proposal says, until the municipality answers; its poster.",
        _revise,
        cost=WRITING,
        right=("revise", "proposed_need"),
    )
    take_back_proposed_need: ProposedNeedResult = described(
        "Take a proposal back before the municipality answers; its poster.",
        _take_back,
        cost=WRITING,
        right=("take_back", "proposed_need"),
    )
    confirm_proposed_need: ProposedNeedResult = described(
        "Make the need one’s own and publish it, as proposed or corrected; the municipality.",
        _confirm,
        cost=WRITING,
        right=("confirm", "proposed_need"),
    )
    decline_proposed_need: ProposedNeedResult = described(
        "Do not publish it, and say why; the municipality.",
        _decline,
        cost=WRITING,
        right=("decline", "proposed_need"),
    )
    accept_proposed_needs: DelegationResult = described(
        "Let others propose needs for one’s municipality, or no longer; its officers.",
        _choose,
        cost=WRITING,
        right=("choose", "delegation"),
    )
