"""A need as a person writes it, as an input of the schema."""

from __future__ import annotations

import strawberry

from raccordo import need_input
from raccordo.models import Intent
from raccordo.published import Axis
from raccordo.schema.fields import described


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
    intent: Intent | None = strawberry.field(
        default=None, description="What is looked for, if it is decided."
    )
    amount: str = strawberry.field(default="", description="Euros at hand, as `15000` or `15.000`.")
    starts: str = strawberry.field(default="", description="The day from which it is needed; as `deadline`.")
    sites: list[str] = strawberry.field(
        default_factory=list, description="Where: ISTAT codes, or slugs of mountain communities."
    )
    rejected: list[str] = strawberry.field(
        default_factory=list,
        description="Suggestions of the text that are not meant, as `theme:strade-ponti`: they count no more.",
    )
    summary_en: str = strawberry.field(
        default="", description="A summary in English that a person confirmed."
    )


def written(asked: NeedInput) -> need_input.NeedInput:
    lists = {
        name: tuple(getattr(asked, name)) for name in ("functions", "themes", "axes", "sites", "rejected")
    }
    lists["intent"] = asked.intent.value if asked.intent else ""  # type: ignore[assignment]  # a text among lists
    return need_input.NeedInput(**{**vars(asked), **lists})
