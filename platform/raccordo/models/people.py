"""Who acts, and for whom: a person and the memberships that give rights."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.research import Laboratory
    from raccordo.models.territory import TerritorialBody


class Role(StrEnum):
    VISITOR = "VISITOR"
    OFFICER = "OFFICER"
    LABORATORY_MANAGER = "LABORATORY_MANAGER"
    COORDINATOR = "COORDINATOR"


class Person(Model):
    """`demo` persons exist only where `RACCORDO_MODE=demo` let a visitor choose who acts."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=160)
    demo = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "person"


class Membership(Model):
    """A role of a person, in a territorial body or in a laboratory: a coordinator's has neither."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="memberships"
    )
    role = fields.CharEnumField(Role, max_length=32)
    body: fields.ForeignKeyNullableRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    laboratory: fields.ForeignKeyNullableRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )

    class Meta:
        table = "membership"
        unique_together = (("person", "role", "body", "laboratory"),)
