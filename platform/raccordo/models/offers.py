"""What a laboratory looks for or can give, and the questions that came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.agreement import Match
    from raccordo.models.people import Person
    from raccordo.models.research import Laboratory


class OfferKind(StrEnum):
    THESIS = "THESIS"
    INTERNSHIP = "INTERNSHIP"
    COURSE_SLOT = "COURSE_SLOT"
    PILOT_SITE = "PILOT_SITE"
    EQUIPMENT = "EQUIPMENT"
    DATA = "DATA"


class OfferStatus(StrEnum):
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


class Offer(Model):
    """An offer of a laboratory. `details` is a JSON object: the fields of its kind (`raccordo.offer_kinds`).

    `themes` and `functions` are separated by `|`; `radius_km` null is anywhere; `closes_on` is the last day on
    which it is open, null without an end. `changed_in` is the catalogue version of its last change.
    """

    number = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(OfferKind, max_length=16)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.RESTRICT, related_name="offers"
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="offers", null=True
    )
    title = fields.CharField(max_length=200)
    text = fields.TextField()
    title_en = fields.CharField(max_length=200, default="")
    text_en = fields.TextField(default="")
    details = fields.TextField(default="{}")
    themes = fields.CharField(max_length=400, default="")
    functions = fields.CharField(max_length=100, default="")
    radius_km = fields.IntField(null=True)
    opens_on = fields.DateField()
    closes_on = fields.DateField(null=True)
    status = fields.CharEnumField(OfferStatus, max_length=16)
    published_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    ended_because = fields.CharField(max_length=500, default="")
    version = fields.IntField(default=1)
    changed_in = fields.BigIntField(db_index=True)

    class Meta:
        table = "offer"
        indexes = (("laboratory_id",),)


class OfferInterest(Model):
    """A question to the laboratory that came of an offer: one of the owner's needs, asked as a match."""

    id = fields.IntField(primary_key=True)
    offer: fields.ForeignKeyRelation[Offer] = fields.ForeignKeyField(
        "raccordo.Offer", on_delete=fields.CASCADE, related_name="interests"
    )
    match: fields.ForeignKeyRelation[Match] = fields.ForeignKeyField(
        "raccordo.Match", on_delete=fields.CASCADE, related_name="offer_interests"
    )
    at = fields.DatetimeField()

    class Meta:
        table = "offer_interest"
        unique_together = (("offer", "match"),)
        indexes = (("match_id",),)
