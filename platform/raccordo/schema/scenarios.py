"""An area divided into proposals of associated management: the same answer as on the explorer's page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import (
    associated_managements,
    computations,
    published,
    scenario_comparing,
    scenario_work,
    scenarios,
)
from raccordo.catalogue_managements import ManagementRecord
from raccordo.days import today
from raccordo.refusals import NotFound
from raccordo.scenario_comparing import Change, Comparison
from raccordo.scenario_input import DEFAULT_WEIGHTS
from raccordo.scenario_input import ScenarioInput as Asked
from raccordo.scenario_words import explanation, why_stranded
from raccordo.scenarios import Scenario
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.associations import AssociatedManagement
from raccordo.schema.computations import Computation
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, optional, said, shows
from raccordo.schema.links import AMunicipality
from raccordo.schema.listings import picked
from raccordo.schema.refusals import Refusal
from raccordo_graph import partition
from raccordo_graph.anchoring import Anchor, Reason, Stranded
from raccordo_graph.objectives import Objective
from raccordo_graph.partition import Figures

COMPUTING = 500  # what dividing a province costs in the limiter's count
COMPARING = 1000  # what dividing it twice costs

enumeration(
    Reason,
    "Why municipalities found no group.",
    ISLAND="They border on nobody.",
    ALONE="No neighbour of the area looks for company.",
    TOO_FEW="All small neighbours together do not reach the threshold.",
)


@strawberry.input(description="How much each objective counts, 0 to 10; what is left out has its default.")
class ScenarioWeights:
    number: int | None = optional("Many groups, none larger than it must be.")
    balance: int | None = optional("No group much larger than the others.")
    compactness: int | None = optional("Members near the middle of their group.")
    similarity: int | None = optional("Members alike in residents, age and density.")
    community: int | None = optional("Members of the same mountain community together.")
    needs: int | None = optional("Members with needs on the same themes together.")


@strawberry.input(description="The question of a scenario.")
class ScenarioInput:
    area: str = described("Three digits of a province, the slug of a mountain community, or `lombardia`.")
    function: str = described("The legal letter of the function, `a` to `l-bis`.")
    on: date | None = optional(
        "The day whose law says what is left out of the threshold, today by default; residents are those of 2023."
    )
    people: int | None = optional(
        "Residents that a group should have; what the law of the day says by default, and where it says nothing this is asked for."
    )
    in_mountains: int | None = optional(
        "The same where all are in mountain communities; what the law of the day says by default."
    )
    four_times: bool | None = optional(
        "Whether four times the smallest member is enough as well; what the law of the day says by default: yes since 29 December 2011."
    )
    up_to: int | None = optional("Residents of the largest municipality that looks for company; 5000.")
    weights: ScenarioWeights | None = optional("How much each objective counts.")
    seed: int | None = optional("Another number looks for another of many near-equal answers.")


def asked(given: ScenarioInput) -> Asked:
    """The question as the platform takes it."""
    values = said(given)
    weights = {Objective[name.upper()]: weight for name, weight in said(values.pop("weights", None)).items()}
    on = values.pop("on", None) or today()
    return Asked(**values, on=on, weights={**DEFAULT_WEIGHTS, **weights})


@shows(Figures, "A scenario in numbers.")
class ScenarioFigures:
    groups: int = described("How many groups.")
    covered: int = described("Municipalities in a group.")
    stranded: int = described("Municipalities without one.")
    smallest: int = described("Residents of the smallest group.")
    largest: int = described("Residents of the largest group.")
    spread: float = described("Coefficient of variation of the groups' residents.")
    kilometres: float = described("Mean distance of members from the middle of their group.")
    heterogeneity: float = described(
        "Mean deviation of members' standardised residents, age and density from their group's mean."
    )
    cost: float = described("The weighted sum of all objectives, lower is better.")


def _members(
    root: strawberry.Parent[partition.ScenarioGroup | Stranded], info: Info
) -> list[published.Municipality]:
    return picked(info.context.catalogue.municipalities, root.members)


def _lead(root: strawberry.Parent[partition.ScenarioGroup], info: Info) -> published.Municipality:
    return info.context.catalogue.municipalities[root.lead]


def _sentence(root: strawberry.Parent[partition.ScenarioGroup], info: Info) -> str:
    return explanation(info.context.catalogue, root).say(info.context.language)


@shows(partition.ScenarioGroup, "A group that is proposed; never a duty.")
class ScenarioGroup:
    members: list[AMunicipality] = described("Its members.", _members)
    lead: AMunicipality = described("Its largest member, a possible lead.", _lead)
    population: int = described("Residents together.")
    needed: int = described("Residents that it should have.")
    kilometres: float = described("Mean distance of its members from their middle.")
    heterogeneity: float = described("Mean deviation of its members' standardised traits.")
    sentence: str = described("Why it is proposed, in the asker's language.", _sentence)


def _anchor(root: strawberry.Parent[Anchor], info: Info) -> published.Municipality:
    return info.context.catalogue.municipalities[root.code]


@shows(Anchor, "A larger neighbour that could be the anchor of those without a group.")
class ScenarioAnchor:
    municipality: AMunicipality = described("The neighbour.", _anchor)
    metres: int = described("Border shared with them.")
    kilometres: float = described("Mean distance from them.")
    score: float = described("How well it fits, 0 to 1.")


def _why(root: strawberry.Parent[Stranded], info: Info) -> str:
    return why_stranded(info.context.catalogue, root).say(info.context.language)


@shows(Stranded, "Municipalities that found no group, and with whom they could have one.")
class ScenarioStranded:
    members: list[AMunicipality] = described("Who they are: neighbours of one another.", _members)
    reason: Reason = described("Why.")
    sentence: str = described("Why, in the asker's language.", _why)
    anchors: list[ScenarioAnchor] = described("Larger neighbours, best first.")


def _groups(root: strawberry.Parent[Scenario]) -> Listing[partition.ScenarioGroup]:
    return Listing(
        f"scenario_groups:{root.snapshot_id}", root.partition.groups, lambda row: (row.members[0],)
    )


def _stranded(root: strawberry.Parent[Scenario]) -> Listing[Stranded]:
    return Listing(
        f"scenario_stranded:{root.snapshot_id}", root.partition.stranded, lambda row: (row.members[0],)
    )


def _managements(root: strawberry.Parent[Scenario]) -> Listing[ManagementRecord]:
    forms = {one.code: one for records in root.managed.values() for one in records}
    rows = sorted(forms.values(), key=associated_managements.place)
    return Listing(f"scenario_managements:{root.snapshot_id}", rows, associated_managements.place)


def _figures(root: strawberry.Parent[Scenario]) -> Figures:
    return root.partition.figures


@shows(Scenario, "An area divided into proposals; the same snapshot id means the same groups.")
class AssociationScenario:
    snapshot_id: str = described("What it was computed from: data, question and code.")
    figures: ScenarioFigures = described("It in numbers.", _figures)
    groups: Connection[ScenarioGroup] = listed("The groups, by the code of their first member.", _groups)
    stranded: Connection[ScenarioStranded] = listed("Everybody without a group.", _stranded)
    managements: Connection[AssociatedManagement] = listed(
        "The joint forms that municipalities of the area had for the function on that day, by name.",
        _managements,
    )


def _towns(name: str) -> Any:
    def resolver(root: strawberry.Parent[Change], info: Info) -> list[published.Municipality]:
        return picked(info.context.catalogue.municipalities, getattr(root, name))

    return resolver


@shows(Change, "Groups of the first scenario that become groups of the second.")
class ScenarioChange:
    first: list[ScenarioGroup] = described("The groups of the first; empty when there were none.")
    second: list[ScenarioGroup] = described("What they become in the second.")
    moved: list[AMunicipality] = described("Who would have other company.", _towns("moved"))
    joined: list[AMunicipality] = described("Who has a group in the second only.", _towns("joined"))
    left: list[AMunicipality] = described("Who has a group in the first only.", _towns("left"))


def _same(root: strawberry.Parent[Comparison]) -> Listing[partition.ScenarioGroup]:
    return Listing(_name(root, "same"), root.same, lambda row: row.members)


def _changes(root: strawberry.Parent[Comparison]) -> Listing[Change]:
    def place(row: Change) -> tuple[str, ...]:
        return min(group.members for group in (*row.first, *row.second))

    return Listing(_name(root, "changes"), root.changes, place)


def _name(root: Comparison, what: str) -> str:
    return f"scenario_{what}:{root.first.snapshot_id}:{root.second.snapshot_id}"


@shows(Comparison, "Two scenarios of one area side by side.")
class ScenarioComparison:
    first: AssociationScenario = described("The first scenario.")
    second: AssociationScenario = described("The second scenario.")
    same: Connection[ScenarioGroup] = listed("The groups that are in both, by their members.", _same)
    changes: Connection[ScenarioChange] = listed("What becomes of the others.", _changes)


Question: TypeAlias = Annotated[ScenarioInput, strawberry.argument(description="The question.")]
Token: TypeAlias = Annotated[str, strawberry.argument(description="The token of the computation.")]
ComputeScenarioResult: TypeAlias = Annotated[
    Computation | Refusal,
    strawberry.union("ComputeScenarioResult", description="The computation, or why it was refused."),
]


async def _scenario(info: Info, input: Question) -> Scenario:  # noqa: A002  # the argument's name in the schema
    return await scenarios.scenario(info.context.catalogue, asked(input))


async def _compare(info: Info, first: Question, second: Question) -> Comparison:
    catalogue = info.context.catalogue
    sides = [await scenario_comparing.side(catalogue, asked(given)) for given in (first, second)]
    return scenario_comparing.compare(*sides)


async def _computed(info: Info, token: Token) -> Scenario | None:
    try:
        return (await scenarios.computed(info.context.catalogue, token))[2]
    except NotFound:
        return None


async def _compute(info: Info, input: Question) -> Any:  # noqa: A002  # the argument's name in the schema
    async def work() -> object:
        token = await scenarios.start(info.context.catalogue, info.context.actor, asked(input))
        return await computations.find(token, scenario_work.KIND.name)

    return await answer(info, work)


@strawberry.type
class ScenarioQuery:
    scenario: AssociationScenario | None = described(
        "A province or mountain community divided while one waits.", _scenario, cost=COMPUTING
    )
    computed_scenario: AssociationScenario | None = described(
        "The scenario that a computation gave; null while it has not.", _computed, cost=COMPUTING
    )
    compare_scenarios: ScenarioComparison | None = described(
        "Two scenarios of one province or mountain community, and the groups that differ.",
        _compare,
        cost=COMPARING,
    )


@strawberry.type
class ScenarioMutation:
    compute_scenario: ComputeScenarioResult = described(
        "Ask for a scenario in the background: the only way for the whole region.",
        _compute,
        cost=WRITING,
        right=("compute", "scenario"),
    )
