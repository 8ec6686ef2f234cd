"""What a territorial body needs, with the functions and themes that a person chose for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from raccordo.models.profiles import InitiativeKind

if TYPE_CHECKING:
    from raccordo.models.people import Person
    from raccordo.models.territory import TerritorialBody
    from raccordo.models.vocabulary import FundamentalFunction, Theme


class NeedStatus(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class Intent(StrEnum):
    """The agreement's kinds of initiative, every InitiativeKind, and joint management among municipalities."""

    vars().update({kind.name: kind.value for kind in InitiativeKind})
    ASSOCIATED_MANAGEMENT = "ASSOCIATED_MANAGEMENT"


class Need(Model):
    """A need: the key is its number. Axes are null until a person says yes or no.

    `external_id` is the key of the owner's own system, or of an example: unique among either of one owner.
    `intent`, `amount` (euro), `starts`, `sites` and `summary_en` are what a person confirmed of what the text says;
    `rejected` holds the themes and functions that the text suggests and the person does not mean. Lists are separated
    by `|`. `changed_in` is the catalogue version of its last change, so that a picture reads only what is new.
    """

    number = fields.IntField(primary_key=True)
    external_id = fields.CharField(max_length=64, null=True)
    owner: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="needs"
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="needs", null=True
    )
    title = fields.CharField(max_length=200)
    description = fields.TextField()
    status = fields.CharEnumField(NeedStatus, max_length=16)
    example = fields.BooleanField(default=False)
    environmental = fields.BooleanField(null=True)
    social = fields.BooleanField(null=True)
    economic = fields.BooleanField(null=True)
    funding = fields.CharField(max_length=300, default="")
    deadline = fields.DateField(null=True)
    intent = fields.CharField(max_length=32, db_default="")
    amount = fields.IntField(null=True)
    starts = fields.DateField(null=True)
    sites = fields.CharField(max_length=400, db_default="")
    rejected = fields.CharField(max_length=600, db_default="")
    summary_en = fields.CharField(max_length=600, db_default="")
    deadline_note = fields.CharField(max_length=200, default="")
    municipal_profile = fields.CharField(max_length=120, default="")
    associable = fields.BooleanField(null=True)
    evidence = fields.CharField(max_length=64, default="")
    source = fields.TextField(default="")
    published_at = fields.DatetimeField(null=True)
    changed_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    ended_because = fields.CharField(max_length=500, default="")
    version = fields.IntField(default=1)
    changed_in = fields.BigIntField(db_index=True)

    class Meta:
        table = "need"
        unique_together = (("owner", "example", "external_id"),)


class NeedFunction(Model):
    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="function_links"
    )
    function: fields.ForeignKeyRelation[FundamentalFunction] = fields.ForeignKeyField(
        "raccordo.FundamentalFunction", on_delete=fields.RESTRICT, related_name="need_links"
    )
    position = fields.IntField()

    class Meta:
        table = "need_function"
        unique_together = (("need", "function"),)


class NeedTheme(Model):
    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="theme_links"
    )
    theme: fields.ForeignKeyRelation[Theme] = fields.ForeignKeyField(
        "raccordo.Theme", on_delete=fields.RESTRICT, related_name="need_links"
    )
    position = fields.IntField()

    class Meta:
        table = "need_theme"
        unique_together = (("need", "theme"),)
