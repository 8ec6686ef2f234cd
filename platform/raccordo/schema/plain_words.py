"""What a text says beside its words, and the needs in a pasted text."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import strawberry

from raccordo import initiatives, intake
from raccordo.chips import Chip as FoundChip
from raccordo.chips import ChipKind
from raccordo.models import Intent
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo_graph.intake import Intake as FoundIntake
from raccordo_graph.intake import NeedDraft as FoundDraft

READING = 100  # what reading a long text costs in the limiter's count

enumeration(
    Intent,
    "What a need looks for: the agreement's kinds of initiative, or joint management, which is never a duty today.",
    **initiatives.described(),
    ASSOCIATED_MANAGEMENT="Managing something jointly with other municipalities.",
)
enumeration(
    ChipKind,
    "What a chip says.",
    THEME="A theme, by slug.",
    FUNCTION="A fundamental function, by letter.",
    INTENT="What is looked for, by name of `Intent`.",
    PLACE="A municipality by ISTAT code, or all of a mountain community by slug.",
    AMOUNT="Euros, as a whole number.",
    PERIOD="Two days parted by `/`; `..` where one is not told.",
    REFUSED="What the text does not want: it counts nowhere. The key is empty.",
)


def _kind(root: strawberry.Parent[FoundChip]) -> ChipKind:
    return root.kind


@shows(FoundChip, "Something that a text says: a proposal until a person confirms it.")
class Chip:
    kind: ChipKind = described("What it is.", _kind)
    key: str = described("Its key, by kind.")
    value: str = described("Kind and key, as `rejected` of a need takes them: `theme:strade-ponti`.")
    words: list[str] = described("The words of the text that say it, the most telling first.")
    chosen: bool = described("True once it was confirmed.")


@shows(FoundDraft, "A need found in a pasted text; nothing of it is stored.")
class NeedDraft:
    title: str = described("A proposed title.")
    description: str = described("Its own lines of the text.")


@shows(FoundIntake, "The needs in a pasted text. Every line is in exactly one of them, or left over.")
class Intake:
    needs: list[NeedDraft] = described("At most twenty, in the order of the text.")
    leftovers: list[str] = described("Greetings, signatures, quoted lines and disclaimers.")


Pasted: TypeAlias = Annotated[
    str, strawberry.argument(description="A mail or an extract of a plan, at most 20,000 characters.")
]


async def _needs_in_text(info: Info, text: Pasted) -> FoundIntake:
    return await intake.read(info.context.catalogue, text)


@strawberry.type
class PlainWordsQuery:
    needs_in_text: Intake = described(
        "The needs in a mail or an extract of a plan, without greetings and signatures; nothing of it is stored.",
        _needs_in_text,
        cost=READING,
    )
