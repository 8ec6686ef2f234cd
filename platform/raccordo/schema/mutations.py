"""What GraphQL can change: the same verbs, with the same rights and refusals, as the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import external_ids, needs
from raccordo.external_ids import UpsertedNeed as StoredUpsert
from raccordo.external_ids import UpsertOutcome
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.assignment_mutations import AssignmentMutation
from raccordo.schema.association_mutations import AssociationMutation
from raccordo.schema.citations import CitationMutation
from raccordo.schema.computations import ComputationMutation
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.following import FollowMutation
from raccordo.schema.function_evidence import EvidenceMutation
from raccordo.schema.laboratory_hints import LaboratoryHintMutation
from raccordo.schema.laboratory_profiles import LaboratoryProfileMutation
from raccordo.schema.lexicon import LexiconMutation
from raccordo.schema.memberships import MembershipMutation
from raccordo.schema.need_input import NeedInput, written
from raccordo.schema.needs import Need, NeedState
from raccordo.schema.offer_mutations import OfferMutation
from raccordo.schema.partnership_mutations import PartnershipMutation
from raccordo.schema.proposed_need_mutations import ProposedNeedMutation
from raccordo.schema.refusals import Refusal
from raccordo.schema.scenarios import ScenarioMutation
from raccordo.schema.threads import ThreadMutation

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

enumeration(
    UpsertOutcome,
    "What it took to have a need as another system wants it.",
    PUBLISHED="There was none with that key: it was published.",
    REVISED="The one with that key says something else now.",
    UNCHANGED="The one with that key said the same already: nothing was written.",
)


@shows(StoredUpsert, "A need as another system wants it, and what that took.", right=("publish", "need"))
class UpsertedNeed:
    outcome: UpsertOutcome = described("What it took.")
    need: Need = described("The need as it is now.")


UpsertNeedResult: TypeAlias = Annotated[
    UpsertedNeed | Refusal,
    strawberry.union("UpsertNeedResult", description="The need and what was done, or why it was refused."),
]

Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
Version: TypeAlias = Annotated[
    int, strawberry.argument(description="The version the change was made from; an older one is refused.")
]
Written: TypeAlias = Annotated[NeedInput, strawberry.argument(description="What the need says.")]
ExternalId: TypeAlias = Annotated[
    str, strawberry.argument(description="The key that the body's own system gives the need, unique there.")
]
KnownVersion: TypeAlias = Annotated[
    int | None,
    strawberry.argument(description="The version it was changed from; without one the last to write wins."),
]
Reason: TypeAlias = Annotated[str, strawberry.argument(description="Why, in a few words.")]


async def _publish(info: Info, input: Written, external_id: ExternalId = "") -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(info, lambda: needs.publish(info.context.actor, written(input), external_id))


async def _upsert(
    info: Info,
    external_id: ExternalId,
    input: Written,  # noqa: A002  # the same
    version: KnownVersion = None,
) -> Any:
    return await answer(
        info, lambda: external_ids.upsert(info.context.actor, external_id, written(input), version)
    )


async def _revise(info: Info, number: Number, version: Version, input: Written) -> Any:  # noqa: A002  # the same
    return await answer(info, lambda: needs.revise(info.context.actor, number, version, written(input)))


async def _withdraw(info: Info, number: Number, version: Version, reason: Reason = "") -> Any:
    return await answer(info, lambda: needs.withdraw(info.context.actor, number, version, reason))


async def _publish_again(info: Info, number: Number, version: Version) -> Any:
    return await answer(info, lambda: needs.publish_again(info.context.actor, number, version))


@strawberry.type(description="What can be changed; only over POST.")
class Mutation(
    OfferMutation,
    LaboratoryProfileMutation,
    LaboratoryHintMutation,
    PartnershipMutation,
    ProposedNeedMutation,
    AssociationMutation,
    ThreadMutation,
    FollowMutation,
    MembershipMutation,
    ComputationMutation,
    AssignmentMutation,
    ScenarioMutation,
    CitationMutation,
    LexiconMutation,
    EvidenceMutation,
):
    publish_need: PublishNeedResult = described(
        "Publish a need for the body that whoever acts works for.",
        _publish,
        cost=WRITING,
        right=("publish", "need"),
    )
    upsert_need: UpsertNeedResult = described(
        "Publish the need, or revise the one of one's own body that has this key: for programs that hold the need too.",
        _upsert,
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
