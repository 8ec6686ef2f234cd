"""Needs that a union, a mountain community or a province writes for a municipality, which confirms them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.needs import Need
    from raccordo.models.people import Person
    from raccordo.models.territory import TerritorialBody


class ProposedNeedState(StrEnum):
    WAITING = "WAITING"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    TAKEN_BACK = "TAKEN_BACK"
    EXPIRED = "EXPIRED"


class ProposedNeed(Model):
    """What `poster` wrote for `municipality`: never published unless confirmed, when `need` is made of it.

    `functions`, `themes` and `axes` are separated by `|`. `told_at` is null while nobody of the municipality
    could be told.
    """

    number = fields.IntField(primary_key=True)
    poster: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="needs_proposed"
    )
    municipality: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="needs_to_confirm"
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="proposed_needs", null=True
    )
    title = fields.CharField(max_length=200)
    description = fields.TextField()
    functions = fields.CharField(max_length=100, default="")
    themes = fields.CharField(max_length=400, default="")
    axes = fields.CharField(max_length=60, default="")
    funding = fields.CharField(max_length=300, default="")
    deadline = fields.DateField(null=True)
    intent = fields.CharField(max_length=32, db_default="")
    amount = fields.IntField(null=True)
    starts = fields.DateField(null=True)
    sites = fields.CharField(max_length=400, db_default="")
    rejected = fields.CharField(max_length=600, db_default="")
    summary_en = fields.CharField(max_length=600, db_default="")
    state = fields.CharEnumField(ProposedNeedState, max_length=16)
    reason = fields.CharField(max_length=500, default="")
    need: fields.OneToOneNullableRelation[Need] = fields.OneToOneField(
        "raccordo.Need", on_delete=fields.SET_NULL, related_name="proposed_as", null=True
    )
    told_at = fields.DatetimeField(null=True)
    proposed_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "proposed_need"


class NoDelegation(Model):
    """A municipality that wants nobody to write needs for it: without a row, its bodies may propose them."""

    id = fields.IntField(primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="no_delegation"
    )
    since = fields.DatetimeField()

    class Meta:
        table = "no_delegation"
