"""Who governs what: municipalities, provinces, mountain communities, unions, their borders and successions."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class BodyKind(StrEnum):
    MUNICIPALITY = "MUNICIPALITY"
    PROVINCE = "PROVINCE"
    MOUNTAIN_COMMUNITY = "MOUNTAIN_COMMUNITY"
    UNION_OF_MUNICIPALITIES = "UNION_OF_MUNICIPALITIES"


class ProvinceKind(StrEnum):
    PROVINCE = "PROVINCE"
    METROPOLITAN_CITY = "METROPOLITAN_CITY"


class TerritorialBody(Model):
    """Whoever can own a need. `code` is the natural key within its kind: `closed_on` when it merged away."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(BodyKind, max_length=32)
    code = fields.CharField(max_length=64)
    name = fields.CharField(max_length=160)
    closed_on = fields.DateField(null=True)

    class Meta:
        table = "territorial_body"
        unique_together = (("kind", "code"),)


class Province(Model):
    """A province or the metropolitan city: the key is ISTAT's three digits."""

    istat_code = fields.CharField(max_length=3, primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="province"
    )
    name = fields.CharField(max_length=80)
    plate = fields.CharField(max_length=2)
    kind = fields.CharEnumField(ProvinceKind, max_length=32)
    nuts3 = fields.CharField(max_length=8)
    capital_istat = fields.CharField(max_length=6)
    source = fields.TextField(default="")

    class Meta:
        table = "province"


class MountainCommunity(Model):
    slug = fields.CharField(max_length=64, primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="mountain_community"
    )
    name = fields.CharField(max_length=160)
    province: fields.ForeignKeyRelation[Province] = fields.ForeignKeyField(
        "raccordo.Province", on_delete=fields.RESTRICT, related_name="mountain_communities"
    )
    seat_istat = fields.CharField(max_length=6)
    evidence = fields.CharField(max_length=32)
    source = fields.TextField(default="")

    class Meta:
        table = "mountain_community"


class Municipality(Model):
    """A municipality of today. `anci_member` stays unknown (null) until an official list is imported."""

    istat_code = fields.CharField(max_length=6, primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="municipality"
    )
    cadastral_code = fields.CharField(max_length=4, unique=True)
    mailbox = fields.CharField(max_length=254, db_default="")
    ipa_code = fields.CharField(max_length=16, null=True, unique=True)
    name = fields.CharField(max_length=80)
    province: fields.ForeignKeyRelation[Province] = fields.ForeignKeyField(
        "raccordo.Province", on_delete=fields.RESTRICT, related_name="municipalities"
    )
    mountain_community: fields.ForeignKeyNullableRelation[MountainCommunity] = fields.ForeignKeyField(
        "raccordo.MountainCommunity", on_delete=fields.RESTRICT, related_name="municipalities", null=True
    )
    population = fields.IntField()
    population_over_65 = fields.IntField()
    area_km2 = fields.FloatField()
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    anci_member = fields.BooleanField(null=True)
    source = fields.TextField(default="")

    class Meta:
        table = "municipality"


class UnionOfMunicipalities(Model):
    code = fields.CharField(max_length=64, primary_key=True)
    body: fields.OneToOneRelation[TerritorialBody] = fields.OneToOneField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="union_of_municipalities"
    )
    name = fields.CharField(max_length=160)
    source = fields.TextField(default="")

    class Meta:
        table = "union_of_municipalities"


class UnionMember(Model):
    id = fields.IntField(primary_key=True)
    union: fields.ForeignKeyRelation[UnionOfMunicipalities] = fields.ForeignKeyField(
        "raccordo.UnionOfMunicipalities", on_delete=fields.CASCADE, related_name="members"
    )
    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "raccordo.Municipality", on_delete=fields.RESTRICT, related_name="unions"
    )

    class Meta:
        table = "union_member"
        unique_together = (("union", "municipality"),)


class Border(Model):
    """Contiguity on ISTAT's generalised boundaries, not road access. The first has the smaller code."""

    id = fields.IntField(primary_key=True)
    first_municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "raccordo.Municipality", on_delete=fields.CASCADE, related_name="borders_first"
    )
    second_municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "raccordo.Municipality", on_delete=fields.CASCADE, related_name="borders_second"
    )
    metres = fields.IntField()

    class Meta:
        table = "border"
        unique_together = (("first_municipality", "second_municipality"),)


class Succession(Model):
    """A code or a name that ended `on` that day and what continues it: equal codes mean a change of name."""

    id = fields.IntField(primary_key=True)
    predecessor_istat = fields.CharField(max_length=6, unique=True)
    predecessor = fields.CharField(max_length=80)
    predecessor_cadastral_code = fields.CharField(max_length=4)
    successor: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "raccordo.Municipality", on_delete=fields.RESTRICT, related_name="predecessors"
    )
    on = fields.DateField()
    source = fields.TextField(default="")

    class Meta:
        table = "succession"


class Institution(Model):
    """Another body that takes part: an agency, a consortium, a foundation: never a private person."""

    code = fields.CharField(max_length=64, primary_key=True)
    name = fields.CharField(max_length=160)
    website = fields.CharField(max_length=160, default="")
    source = fields.TextField(default="")

    class Meta:
        table = "institution"
