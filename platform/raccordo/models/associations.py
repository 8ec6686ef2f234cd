"""Functions managed together: what is proposed, who adheres, the steps of the way, the forms that exist."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.agreement import Thread
    from raccordo.models.people import Person
    from raccordo.models.territory import TerritorialBody
    from raccordo.models.vocabulary import FundamentalFunction


class AssociationForm(StrEnum):
    CONVENTION = "CONVENTION"
    UNION = "UNION"
    MOUNTAIN_COMMUNITY = "MOUNTAIN_COMMUNITY"
    CONSORTIUM = "CONSORTIUM"
    MERGER = "MERGER"


class AssociationState(StrEnum):
    OPEN = "OPEN"
    STARTED = "STARTED"
    TAKEN_BACK = "TAKEN_BACK"


class Adherence(StrEnum):
    WAITING = "WAITING"
    ADHERED = "ADHERED"
    DECLINED = "DECLINED"


class CooperationStep(StrEnum):
    """The Council of Europe's steps of inter-municipal cooperation, in its order."""

    NEED = "NEED"
    PARTNERS = "PARTNERS"
    LEGAL_FRAME = "LEGAL_FRAME"
    FEASIBILITY = "FEASIBILITY"
    FUNCTIONS = "FUNCTIONS"
    AWARENESS = "AWARENESS"
    WORKING_GROUP = "WORKING_GROUP"
    FORM = "FORM"
    MONEY = "MONEY"
    STATUTE = "STATUTE"
    START = "START"
    MONITORING = "MONITORING"
    COMMUNICATION = "COMMUNICATION"
    EVALUATION = "EVALUATION"


class StepStatus(StrEnum):
    DONE = "DONE"
    SKIPPED = "SKIPPED"


class AssociatedManagement(Model):
    """A form that exists, read from a list or made by the people of a proposal, with a `lead` where there is one."""

    code = fields.CharField(max_length=64, primary_key=True)
    name = fields.CharField(max_length=200)
    form = fields.CharEnumField(AssociationForm, max_length=32)
    lead: fields.ForeignKeyNullableRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="managements_led", null=True
    )
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)
    source = fields.TextField(default="")
    evidence = fields.CharField(max_length=32, default="")

    class Meta:
        table = "associated_management"


class ManagementFunction(Model):
    id = fields.IntField(primary_key=True)
    management: fields.ForeignKeyRelation[AssociatedManagement] = fields.ForeignKeyField(
        "raccordo.AssociatedManagement", on_delete=fields.CASCADE, related_name="functions"
    )
    function: fields.ForeignKeyRelation[FundamentalFunction] = fields.ForeignKeyField(
        "raccordo.FundamentalFunction", on_delete=fields.RESTRICT, related_name="managements"
    )

    class Meta:
        table = "management_function"
        unique_together = (("management", "function"),)


class ManagementMember(Model):
    id = fields.IntField(primary_key=True)
    management: fields.ForeignKeyRelation[AssociatedManagement] = fields.ForeignKeyField(
        "raccordo.AssociatedManagement", on_delete=fields.CASCADE, related_name="members"
    )
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="managements"
    )

    class Meta:
        table = "management_member"
        unique_together = (("management", "body"),)
        indexes = (("body_id",),)


class EvidenceEdit(Model):
    """What coordinators say of the evidence for managing a function together, over what ships.

    `prior` null is what ships again; the row stays for its version.
    """

    function = fields.CharField(max_length=8, primary_key=True)
    prior = fields.FloatField(null=True)
    source = fields.CharField(max_length=500, default="")
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "evidence_edit"


class AssociationProposal(Model):
    """One function that some municipalities might manage together. `proposer` null is the coordination."""

    number = fields.IntField(primary_key=True)
    function: fields.ForeignKeyRelation[FundamentalFunction] = fields.ForeignKeyField(
        "raccordo.FundamentalFunction", on_delete=fields.RESTRICT, related_name="proposals"
    )
    form = fields.CharEnumField(AssociationForm, max_length=32, null=True)
    lead: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="proposals_led"
    )
    proposer: fields.ForeignKeyNullableRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="associations_proposed", null=True
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="association_proposals", null=True
    )
    reason = fields.TextField(default="")
    snapshot_id = fields.CharField(max_length=64, default="")
    state = fields.CharEnumField(AssociationState, max_length=16)
    management: fields.OneToOneNullableRelation[AssociatedManagement] = fields.OneToOneField(
        "raccordo.AssociatedManagement", on_delete=fields.SET_NULL, related_name="proposal", null=True
    )
    thread: fields.OneToOneNullableRelation[Thread] = fields.OneToOneField(
        "raccordo.Thread", on_delete=fields.SET_NULL, related_name="association", null=True
    )
    proposed_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "association_proposal"
        indexes = (("state",),)


class AssociationMember(Model):
    """A municipality that a proposal names, and what its own officers answered."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[AssociationProposal] = fields.ForeignKeyField(
        "raccordo.AssociationProposal", on_delete=fields.CASCADE, related_name="members"
    )
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="association_memberships"
    )
    adherence = fields.CharEnumField(Adherence, max_length=16)
    reason = fields.CharField(max_length=500, default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="adherences", null=True
    )
    answered_at = fields.DatetimeField(null=True)
    told_at = fields.DatetimeField(null=True)

    class Meta:
        table = "association_member"
        unique_together = (("proposal", "body"),)
        indexes = (
            ("body_id",),  # what is proposed to a municipality
            ("adherence", "told_at"),  # what is not public yet, and whom nobody has told
        )


class AssociationStep(Model):
    """One step of the way that was done, with its document, or skipped, with the reason in `note`."""

    id = fields.IntField(primary_key=True)
    proposal: fields.ForeignKeyRelation[AssociationProposal] = fields.ForeignKeyField(
        "raccordo.AssociationProposal", on_delete=fields.CASCADE, related_name="steps"
    )
    step = fields.CharEnumField(CooperationStep, max_length=16)
    status = fields.CharEnumField(StepStatus, max_length=16)
    done_on = fields.DateField()
    document = fields.CharField(max_length=200, default="")
    link = fields.CharField(max_length=500, default="")
    note = fields.TextField(default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="association_steps", null=True
    )
    acting_as = fields.CharField(max_length=200)
    at = fields.DatetimeField()

    class Meta:
        table = "association_step"
        unique_together = (("proposal", "step"),)


class NoSuggestion(Model):
    """A municipality that wants no machine to suggest it as a partner: without a row, it may be suggested."""

    id = fields.IntField(primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="no_suggestion"
    )

    class Meta:
        table = "no_suggestion"
