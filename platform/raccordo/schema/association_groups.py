"""The municipalities of a proposal as a group, for whoever may read the proposal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import association_group
from raccordo.association_rows import AssociationRecord
from raccordo.days import today
from raccordo.groups import Evaluation
from raccordo.schema.context import Info

EVALUATING = 300  # what judging a group costs in the limiter's count
On: TypeAlias = Annotated[
    date | None, strawberry.argument(description="The day at which it is judged; today when none is named.")
]


def group_of(root: strawberry.Parent[AssociationRecord], info: Info, on: On = UNSET) -> Evaluation | None:
    """Those that have not said no, judged as a group; None while they are too few."""
    return association_group.of_proposal(info.context.catalogue, root, on or today())
