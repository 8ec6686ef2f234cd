"""Joint managements: what is proposed, who adhered, the steps of the way, the register of those that exist."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import associated_managements, published
from raccordo.association_path import next_step
from raccordo.association_records import find, readable_by
from raccordo.association_rows import TOWN, MemberRecord, StepRecord
from raccordo.association_rows import AssociationRecord as StoredAssociation
from raccordo.catalogue_managements import ManagementRecord as StoredManagement
from raccordo.days import today
from raccordo.models import Adherence, AssociationForm, AssociationState, CooperationStep, StepStatus
from raccordo.refusals import NotFound
from raccordo.schema.association_groups import EVALUATING, group_of
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.groups import AssociationGroup
from raccordo.schema.links import ABody, AFunction, AMunicipality
from raccordo.schema.listings import picked
from raccordo.suggestions import SuggestionChoice as StoredChoice

FINDING = 5  # what reading one joint form by its code costs
READING = 10  # what reading all proposals, or the whole register, costs in the limiter's count

enumeration(
    AssociationForm,
    "The forms in which municipalities manage a function together.",
    CONVENTION="A convention (convenzione, D.lgs. 267/2000 art. 30).",
    UNION="A union of municipalities (D.lgs. 267/2000 art. 32).",
    MOUNTAIN_COMMUNITY="A mountain community (comunità montana).",
    CONSORTIUM="A consortium (D.lgs. 267/2000 art. 31).",
    MERGER="A merger into one municipality.",
)
enumeration(
    AssociationState,
    "Where a proposal of joint management stands.",
    OPEN="Its municipalities answer and walk the steps.",
    STARTED="The joint management has begun.",
    TAKEN_BACK="Whoever proposed it took it back.",
)
enumeration(
    Adherence,
    "What a municipality answered.",
    WAITING="It has not answered, or is asked again.",
    ADHERED="It takes part.",
    DECLINED="It does not, and said why.",
)
enumeration(
    StepStatus, "How a step was settled.", DONE="It was done.", SKIPPED="It was skipped, with a reason."
)
enumeration(
    CooperationStep,
    "The Council of Europe’s steps of cooperation between municipalities, in order.",
    NEED="Why it is needed.",
    PARTNERS="Who takes part.",
    LEGAL_FRAME="Which norms count.",
    FEASIBILITY="Whether it can be done.",
    FUNCTIONS="What is done together.",
    AWARENESS="Councils, staff and citizens know.",
    WORKING_GROUP="Which offices work on it.",
    FORM="The form and its lead: by `chooseForm`.",
    MONEY="Who pays what.",
    STATUTE="The acts.",
    START="It begins: the joint management is made.",
    MONITORING="What is measured.",
    COMMUNICATION="Where citizens read of it.",
    EVALUATION="What became better and what did not.",
)


def _member(root: strawberry.Parent[MemberRecord], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(TOWN, root.istat_code)


@shows(MemberRecord, "A municipality of a proposal, and what it answered.", right=("read", "association"))
class AssociationMember:
    municipality: AMunicipality | None = described("The municipality of today.", _member)
    adherence: Adherence = described("What its own officers answered.")
    reason: str = described("Why it declined or withdrew; empty otherwise.")
    answered_at: datetime | None = described("When; null while it has not.")
    merged_as: str = described("Its name before it merged away; empty otherwise.")
    told: bool = described("False while nobody of the municipality has an account to be told by.")


@shows(StepRecord, "A step of the way that was done or skipped.", right=("read", "association"))
class AssociationStep:
    step: CooperationStep = described("Which one.")
    status: StepStatus = described("Done or skipped.")
    done_on: date = described("On which day.")
    document: str = described("The title of the document that shows it.")
    link: str = described("Where the document is; empty when nobody said.")
    note: str = described("A note, or why it was skipped; only for those who take part.")
    at: datetime = described("When it was written down, or the last municipality adhered.")
    from_facts: bool = described("True where nobody wrote it down: the adherences show it.")


def _function(root: strawberry.Parent[StoredAssociation], info: Info) -> published.FundamentalFunction:
    return info.context.catalogue.functions[root.function]


def _lead(root: strawberry.Parent[StoredAssociation], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(TOWN, root.lead)


def _proposer(root: strawberry.Parent[StoredAssociation], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*root.proposer) if root.proposer else None


def _next(root: strawberry.Parent[StoredAssociation], info: Info) -> str:
    return next_step(root).sentence.say(info.context.language)


def _owed_by(root: strawberry.Parent[StoredAssociation], info: Info) -> list[published.TerritorialBody]:
    bodies = (info.context.catalogue.body(*body) for body in next_step(root).owed_by)
    return [body for body in bodies if body]


async def _management(root: strawberry.Parent[StoredAssociation]) -> StoredManagement | None:
    return await associated_managements.find(root.management) if root.management else None


@shows(
    StoredAssociation,
    "A proposal of joint management. Before all that remain have adhered, only they and the coordinators read it.",
    right=("read", "association"),
)
class AssociationProposal:
    number: int = described("Its natural key: pass it to the steps.")
    version: int = described("The version to pass back with the next step.")
    state: AssociationState = described("Where it stands.")
    function: AFunction = described("What would be managed together.", _function)
    form: AssociationForm | None = described("In which form; null while nobody chose.")
    lead: ABody | None = described("The municipality in front.", _lead)
    proposer: ABody | None = described(
        "The municipality that proposed it; null for the coordinators.", _proposer
    )
    proposer_declined: bool = described(
        "True when the municipality that proposed it takes no part: it declined, and others go on."
    )
    reason: str = described("Why it was proposed.")
    snapshot_id: str = described("The computation it was taken from; empty when it was proposed by hand.")
    members: list[AssociationMember] = described("The municipalities, as far as the reader may know of them.")
    steps: list[AssociationStep] = described(
        "The steps that are settled, or that the adherences show, in the order of the way."
    )
    group: AssociationGroup | None = described(
        "Those that have not said no as a group: size, law, evidence, their needs and who fits; null while too few.",
        group_of,
        cost=EVALUATING,
    )
    next_step: str = described("What comes next, the same words for everybody.", _next)
    owed_by: list[ABody] = described("Which bodies owe the next step; empty when nobody does.", _owed_by)
    public: bool = described("Whether everybody may read it.")
    management: AManagement | None = described(
        "What it became; null before the start.", _management, cost=FINDING
    )
    proposed_at: datetime = described("When it was proposed.")
    changed_at: datetime = described("When it last changed.")


def _functions(root: strawberry.Parent[StoredManagement], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


def _members(root: strawberry.Parent[StoredManagement], info: Info) -> Listing[published.Municipality]:
    rows = picked(info.context.catalogue.municipalities, root.members)
    return Listing("management_members", rows, lambda row: (row.istat_code,))


def _led_by(root: strawberry.Parent[StoredManagement], info: Info) -> published.Municipality | None:
    return info.context.catalogue.municipalities.get(root.lead or "")


def _own_body(root: strawberry.Parent[StoredManagement], info: Info) -> published.TerritorialBody | None:
    return info.context.catalogue.body(*root.body) if root.body else None


@shows(
    StoredManagement,
    "A joint form that exists: imported, begun here, or a body known to be one.",
    right=("read", "published"),
)
class AssociatedManagement:
    code: str = described("Its natural key.")
    name: str = described("Its name.")
    form: AssociationForm = described("In which form.")
    functions: list[AFunction] = described(
        "Which functions it is known to manage; empty when nobody read it.", _functions
    )
    members: Connection[AMunicipality] = listed("Its municipalities, by ISTAT code.", _members)
    lead: AMunicipality | None = described("The municipality in front; null where there is none.", _led_by)
    body: ABody | None = described("The body that it is, for mountain communities and unions.", _own_body)
    valid_from: date | None = described("Since when; null when unknown.")
    valid_to: date | None = described("Until when; null when it goes on or nobody knows.")
    in_force: bool = described(
        "Whether it is in force today: one begun here may start on a later day.",
        lambda root: root.valid_on(today()),
    )
    source: str = described("Where it was read.")
    evidence: str = described("How far that can be trusted: `recalled` is to be confirmed.")


AManagement: TypeAlias = Annotated["AssociatedManagement", strawberry.lazy("raccordo.schema.associations")]


@shows(
    StoredChoice,
    "Whether a municipality is left out of suggested partners.",
    right=("choose", "suggestion"),
)
class SuggestionChoice:
    municipality: str = described("The ISTAT code of the municipality.")
    opted_out: bool = described("True when no machine suggests it.")


Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the proposal.")]
InState: TypeAlias = Annotated[
    AssociationState | None, strawberry.argument(description="Only those that stand here.")
]
OfFunction: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Only this function, by its letter.")
]
OfTown: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Only those that name this municipality, by its ISTAT code.")
]
InForm: TypeAlias = Annotated[AssociationForm | None, strawberry.argument(description="Only this form.")]
ManagementCode: TypeAlias = Annotated[str, strawberry.argument(description="The code of the joint form.")]


async def _one(info: Info, number: Number) -> StoredAssociation | None:
    try:
        return await find(info.context.actor, number)
    except NotFound:
        return None


async def _proposals(
    info: Info, function: OfFunction = UNSET, municipality: OfTown = UNSET, state: InState = UNSET
) -> Listing[StoredAssociation]:
    rows = await readable_by(
        info.context.actor,
        function=function or None,
        municipality=municipality or None,
        state=state or None,
    )
    return Listing("associations", sorted(rows, key=_place), _place)


def _place(one: StoredAssociation) -> tuple[float, int]:
    return (-one.changed_at.timestamp(), one.number)


async def _managements(
    form: InForm = UNSET, function: OfFunction = UNSET, municipality: OfTown = UNSET
) -> Listing[StoredManagement]:
    rows = associated_managements.select(
        await associated_managements.every(),
        form=form or None,
        function=function or None,
        municipality=municipality or None,
    )
    return Listing("managements", rows, associated_managements.place)


async def _one_management(code: ManagementCode) -> StoredManagement | None:
    try:
        return await associated_managements.find(code)
    except NotFound:
        return None


@strawberry.type
class AssociationQuery:
    association_proposals: Connection[AssociationProposal] = listed(
        "The proposals of joint management that whoever asks may read, the last changed first.",
        _proposals,
        cost=READING,
    )
    association_proposal: AssociationProposal | None = described(
        "A proposal of joint management; null for whoever may not read it.", _one
    )
    associated_managements: Connection[AssociatedManagement] = listed(
        "The register of joint forms that exist, by name.", _managements, cost=READING
    )
    associated_management: AssociatedManagement | None = described(
        "A joint form of the register.", _one_management, cost=FINDING
    )
