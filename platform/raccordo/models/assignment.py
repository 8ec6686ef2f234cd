"""What the coordination plans: scenarios with their results, and what it fixed by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.needs import Need
    from raccordo.models.research import Laboratory


class LockKind(StrEnum):
    TOGETHER = "TOGETHER"
    APART = "APART"


class AssignmentLock(Model):
    """A need and a laboratory that every plan puts together, or keeps apart, because a person said so."""

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="assignment_locks"
    )
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="assignment_locks"
    )
    kind = fields.CharEnumField(LockKind, max_length=16)
    reason = fields.CharField(max_length=300)
    fixed_at = fields.DatetimeField()

    class Meta:
        table = "assignment_lock"
        unique_together = (("need", "laboratory"),)


class AssignmentPlan(Model):
    """A scenario: what was asked, and what came out of it, with the snapshot that it was computed from.

    `scenario`, `figures` and `result` are JSON, the last two empty until the computation of `token` has ended well:
    its end writes them, for good. `figures` is null where no plan is possible.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    scenario = fields.TextField()
    token = fields.CharField(max_length=32)
    snapshot_id = fields.CharField(max_length=16)
    figures = fields.TextField(db_default="")
    result = fields.TextField(default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "assignment_plan"


class AssignmentSuggestion(Model):
    """A laboratory that the coordination suggests to the owner of a need, from a plan. It asks nobody."""

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="assignment_suggestions"
    )
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="assignment_suggestions"
    )
    plan: fields.ForeignKeyRelation[AssignmentPlan] = fields.ForeignKeyField(
        "raccordo.AssignmentPlan", on_delete=fields.CASCADE, related_name="suggestions"
    )
    suggested_at = fields.DatetimeField()

    class Meta:
        table = "assignment_suggestion"
        unique_together = (("need", "laboratory"),)
