"""A need as a person writes it, as an input of the schema."""

from __future__ import annotations

import strawberry

from raccordo import need_input
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


def written(asked: NeedInput) -> need_input.NeedInput:
    lists = {name: tuple(getattr(asked, name)) for name in ("functions", "themes", "axes")}
    return need_input.NeedInput(**{**vars(asked), **lists})
