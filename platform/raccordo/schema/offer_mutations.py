"""What GraphQL changes of offers: the verbs of the pages."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import offer_input, offer_questions, offers
from raccordo.models import OfferKind
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.offer_details import given_details, taking_details
from raccordo.schema.offers import Offer, OfferNumber, OfferState
from raccordo.schema.partnership_mutations import MatchStepResult
from raccordo.schema.refusals import Refusal

OfferResult: TypeAlias = Annotated[
    Offer | Refusal,
    strawberry.union("OfferResult", description="The offer as it is now, or why it was refused."),
]
OfferStateResult: TypeAlias = Annotated[
    OfferState | Refusal,
    strawberry.union("OfferStateResult", description="The offer that ended, or why it was refused."),
]


@strawberry.input(
    description="An offer as a laboratory writes it: kind, title, text, and what its kind requires."
)
@taking_details
class OfferInput:
    kind: OfferKind = described("Its kind; it stays for ever.")
    title: str = described("One line on what is looked for or given.")
    text: str = described("What is looked for or given, and for whom.")
    title_en: str = strawberry.field(default="", description="The title in English.")
    text_en: str = strawberry.field(default="", description="The text in English.")
    themes: list[str] = strawberry.field(
        default_factory=list, description="Slugs of the themes it is about; inferred when empty."
    )
    functions: list[str] = strawberry.field(
        default_factory=list, description="Letters of the functions it is about; inferred when empty."
    )
    radius_km: int | None = strawberry.field(
        default=None, description="How many kilometres from its campus the laboratory goes; null anywhere."
    )
    opens_on: str = strawberry.field(
        default="", description="The first day, as YYYY-MM-DD or DD/MM/YYYY; today when empty."
    )
    closes_on: str = strawberry.field(default="", description="The last day; without an end when empty.")


def written(asked: OfferInput) -> offer_input.OfferInput:
    return offer_input.OfferInput(
        kind=asked.kind.value,
        title=asked.title,
        text=asked.text,
        title_en=asked.title_en,
        text_en=asked.text_en,
        themes=tuple(asked.themes),
        functions=tuple(asked.functions),
        radius_km="" if asked.radius_km is None else str(asked.radius_km),
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        details=given_details(asked),
    )


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


Written: TypeAlias = Annotated[OfferInput, _said("What the offer says.")]
Version: TypeAlias = Annotated[int, _said("The version the change was made from; an older one is refused.")]
Reason: TypeAlias = Annotated[str, _said("Why, in a few words.")]
NeedNumber: TypeAlias = Annotated[int, _said("The number of one's own need.")]
Note: TypeAlias = Annotated[str, _said("Two lines for the laboratory.")]


async def _publish(info: Info, input: Written) -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(info, lambda: offers.publish(info.context.actor, written(input)))


async def _revise(info: Info, number: OfferNumber, version: Version, input: Written) -> Any:  # noqa: A002  # the same
    return await answer(info, lambda: offers.revise(info.context.actor, number, version, written(input)))


async def _close(info: Info, number: OfferNumber, version: Version, reason: Reason = "") -> Any:
    return await answer(info, lambda: offers.close(info.context.actor, number, version, reason))


async def _withdraw(info: Info, number: OfferNumber, version: Version, reason: Reason = "") -> Any:
    return await answer(info, lambda: offers.withdraw(info.context.actor, number, version, reason))


async def _publish_again(info: Info, number: OfferNumber, version: Version) -> Any:
    return await answer(info, lambda: offers.publish_again(info.context.actor, number, version))


async def _ask(info: Info, number: OfferNumber, need: NeedNumber, note: Note = "") -> Any:
    return await answer(info, lambda: offer_questions.ask(info.context.actor, number, need, note))


@strawberry.type
class OfferMutation:
    publish_offer: OfferResult = described(
        "Publish an offer for the laboratory that whoever acts works in.",
        _publish,
        cost=WRITING,
        right=("publish", "offer"),
    )
    revise_offer: OfferResult = described(
        "Replace what an offer says; only its laboratory.",
        _revise,
        cost=WRITING,
        right=("revise", "offer"),
    )
    close_offer: OfferStateResult = described(
        "End an offer: it stays to be read. Its laboratory, or a coordinator.",
        _close,
        cost=WRITING,
        right=("close", "offer"),
    )
    withdraw_offer: OfferStateResult = described(
        "Take an offer off the board; its laboratory, or a coordinator.",
        _withdraw,
        cost=WRITING,
        right=("withdraw", "offer"),
    )
    publish_offer_again: OfferResult = described(
        "Undo a closing or a withdrawal; whoever may do that.",
        _publish_again,
        cost=WRITING,
        right=("publish_again", "offer"),
    )
    ask_about_offer: MatchStepResult = described(
        "Answer an offer with one of one's own needs: the laboratory is asked, and the question names the offer.",
        _ask,
        cost=WRITING,
        right=("ask", "match"),
    )
