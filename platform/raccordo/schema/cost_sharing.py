"""Sharing a cost among municipalities: the calculator of the pages, with the same figures and refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

import strawberry

from raccordo import cost_sharing, published
from raccordo.cost_sharing import CostInput
from raccordo.language import Sentence
from raccordo.refusals import refused
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.links import AMunicipality
from raccordo_graph.cost_sharing import Share

SHARING = 30  # what sharing a cost among sixty costs in the limiter's count


@dataclass(frozen=True, slots=True)
class Shared:
    """The shares of one cost, in the order in which the municipalities were named."""

    shares: Sequence[Share]


@strawberry.input(description="How much of the service one municipality uses.")
class UseInput:
    municipality: str = described("Its ISTAT code.")
    use: str = described("Hours, calls, users: any one unit, as typed: `1.200` or `12,5`.")


def _municipality(root: strawberry.Parent[Share], info: Info) -> published.Municipality:
    return info.context.catalogue.municipalities[root.key]


def _euro(root: strawberry.Parent[Share]) -> float:
    return root.cents / 100


def _total(root: strawberry.Parent[Shared]) -> float:
    return sum(one.cents for one in root.shares) / 100


@shows(Share, "What one municipality would pay.")
class CostShare:
    municipality: AMunicipality = described("The municipality.", _municipality)
    cents: int = described("Cents of euro for a year.")
    euro: float = described("The same in euro.", _euro)
    share: float = described("Its share of the whole, between 0 and 1, before rounding.")


@shows(Shared, "A cost shared to the cent: the shares sum to it exactly.")
class CostSharing:
    total: float = described("Euro for a year.", _total)
    shares: list[CostShare] = described("The shares, in the order of `members`.")


def _said(description: str) -> object:
    return strawberry.argument(description=description)


Members: TypeAlias = Annotated[list[str], _said("ISTAT codes or whole names, at most 60.")]
Cost: TypeAlias = Annotated[str, _said("Euro for a year, as typed: `12.000,50` or `12000.50`.")]
Weight: TypeAlias = Annotated[
    str, _said("How much this counts; without any weight, inhabitants alone count.")
]
Used: TypeAlias = Annotated[list[UseInput], _said("The use of each, where use counts.")]


def _sharing(
    info: Info,
    members: Members,
    cost: Cost,
    population: Weight = "",
    area: Weight = "",
    use: Weight = "",
    used: Used = (),  # type: ignore[assignment]  # an empty list, that nobody can change
) -> Shared:
    towns = cost_sharing.towns(info.context.catalogue, ",".join(members))
    if not towns:
        raise refused("members", "missing", Sentence("Manca almeno un comune."))
    wanted = CostInput(
        cost=cost,
        population=population,
        area=area,
        use=use,
        used={one.municipality: one.use for one in used},
    )
    return Shared(cost_sharing.shared(towns, wanted))


@strawberry.type
class CostSharingQuery:
    cost_sharing: CostSharing | None = described(
        "How a yearly cost would be shared, by inhabitants, area, use or a mixture.", _sharing, cost=SHARING
    )
