"""Not for us, but for them: which other laboratory somebody names for a need."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import laboratory_hints, needs, published
from raccordo.laboratory_hints import Hint as StoredHint
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.links import ALaboratory
from raccordo.schema.refusals import Refusal


def _giver(root: strawberry.Parent[StoredHint], info: Info) -> published.Laboratory:
    return info.context.catalogue.laboratories[root.laboratory]


def _other(root: strawberry.Parent[StoredHint], info: Info) -> published.Laboratory:
    return info.context.catalogue.laboratories[root.other]


@shows(StoredHint, "A laboratory says of a need: not for us, but for them.", right=("read", "hint"))
class LaboratoryHint:
    need: int = described("The number of the need.")
    laboratory: ALaboratory = described("The laboratory that says so.", _giver)
    other: ALaboratory = described("The one that it names.", _other)
    note: str = described("Why; empty when it did not say.")
    given_at: datetime = described("When.")


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


HintResult: TypeAlias = Annotated[
    LaboratoryHint | Refusal, strawberry.union("HintResult", description="What was said, or why not.")
]
Slug: TypeAlias = Annotated[str, _said("The slug of the laboratory that is named.")]
NeedNumber: TypeAlias = Annotated[int, _said("The number of the need.")]
Note: TypeAlias = Annotated[str, _said("Why, in one line.")]


async def _hints(info: Info, number: NeedNumber) -> list[StoredHint]:
    return list(
        await laboratory_hints.of_need(info.context.actor, needs.find(info.context.catalogue, number))
    )


async def _hint(info: Info, need_number: NeedNumber, laboratory: Slug, note: Note = "") -> Any:
    return await answer(
        info, lambda: laboratory_hints.give(info.context.actor, need_number, laboratory, note)
    )


@strawberry.type
class LaboratoryHintQuery:
    laboratory_hints: list[LaboratoryHint] = described(
        "Which laboratories others name for a need: for its owner, the coordinators, and who named it.",
        _hints,
    )


@strawberry.type
class LaboratoryHintMutation:
    hint_laboratory: HintResult = described(
        "Name another laboratory for a need: not for us, but for them.",
        _hint,
        cost=WRITING,
        right=("give", "hint"),
    )
