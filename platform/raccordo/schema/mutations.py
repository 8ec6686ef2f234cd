"""What GraphQL can change: the same verbs, with the same rights and refusals, as the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import need_input, needs
from raccordo.published import Axis
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.memberships import MembershipMutation
from raccordo.schema.needs import Need, NeedState
from raccordo.schema.partnership_mutations import PartnershipMutation
from raccordo.schema.refusals import Refusal
from raccordo.schema.threads import ThreadMutation


@strawberry.input(description="A need as a person writes it: title and description are all that is required.")
class NeedInput:
    title: str = described("One line on what is needed.")
    description: str = described("What happens, where, what was already tried.")
    functions: list[str] = strawberry.field(
        default_factory=list, description="Letters of the functions it is about; inferred when empty."
    )
    themes: list[str] = strawberry.field(
        default_factory=list, description="Slugs of the themes it is about; inferred when empty."
    )
    axes: list[Axis] = strawberry.field(
        default_factory=list, description="The axes of sustainability it touches; inferred when empty."
    )
    funding: str = strawberry.field(default="", description="The funding, in free words.")
    deadline: str = strawberry.field(default="", description="A day, as YYYY-MM-DD or DD/MM/YYYY.")


def _written(asked: NeedInput) -> need_input.NeedInput:
    lists = {name: tuple(getattr(asked, name)) for name in ("functions", "themes", "axes")}
    return need_input.NeedInput(**{**vars(asked), **lists})


PublishNeedResult: TypeAlias = Annotated[
    Need | Refusal,
    strawberry.union("PublishNeedResult", description="The published need, or why it was refused."),
]
ReviseNeedResult: TypeAlias = Annotated[
    Need | Refusal,
    strawberry.union("ReviseNeedResult", description="The revised need, or why it was refused."),
]
WithdrawNeedResult: TypeAlias = Annotated[
    NeedState | Refusal,
    strawberry.union("WithdrawNeedResult", description="The withdrawn need, or why it was refused."),
]
PublishNeedAgainResult: TypeAlias = Annotated[
    Need | Refusal,
    strawberry.union("PublishNeedAgainResult", description="The need, on the board again, or why not."),
]

Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
Version: TypeAlias = Annotated[
    int, strawberry.argument(description="The version the change was made from; an older one is refused.")
]
Written: TypeAlias = Annotated[NeedInput, strawberry.argument(description="What the need says.")]
Reason: TypeAlias = Annotated[str, strawberry.argument(description="Why, in a few words.")]


async def _publish(info: Info, input: Written) -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(info, lambda: needs.publish(info.context.actor, _written(input)))


async def _revise(info: Info, number: Number, version: Version, input: Written) -> Any:  # noqa: A002  # the same
    return await answer(info, lambda: needs.revise(info.context.actor, number, version, _written(input)))


async def _withdraw(info: Info, number: Number, version: Version, reason: Reason = "") -> Any:
    return await answer(info, lambda: needs.withdraw(info.context.actor, number, version, reason))


async def _publish_again(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: needs.publish_again(info.context.actor, number, version))


@strawberry.type(description="What can be changed; only over POST.")
class Mutation(PartnershipMutation, ThreadMutation, MembershipMutation):
    publish_need: PublishNeedResult = described(
        "Publish a need for the body that whoever acts works for.",
        _publish,
        cost=WRITING,
        right=("publish", "need"),
    )
    revise_need: ReviseNeedResult = described(
        "Replace what a need says; only an officer of the body that owns it.",
        _revise,
        cost=WRITING,
        right=("revise", "need"),
    )
    withdraw_need: WithdrawNeedResult = described(
        "Take a need off the board; its owner, or a coordinator.",
        _withdraw,
        cost=WRITING,
        right=("withdraw", "need"),
    )
    publish_need_again: PublishNeedAgainResult = described(
        "Undo a withdrawal; whoever may withdraw it.",
        _publish_again,
        cost=WRITING,
        right=("publish_again", "need"),
    )
