"""The Politecnico: schools, departments, campuses, laboratories. Lists inside a text are separated by `|`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.vocabulary import Theme


class StrategicSector(Model):
    """One of the nine sectors that the agreement of 15 March 2023 names."""

    slug = fields.CharField(max_length=64, primary_key=True)
    label_it = fields.CharField(max_length=80)
    label_en = fields.CharField(max_length=80)
    source = fields.TextField(default="")

    class Meta:
        table = "strategic_sector"


class Department(Model):
    """Research goes through departments."""

    acronym = fields.CharField(max_length=16, primary_key=True)
    name_it = fields.CharField(max_length=160)
    name_en = fields.CharField(max_length=160)
    seat = fields.CharField(max_length=160, default="")
    website = fields.CharField(max_length=160, default="")
    source = fields.TextField(default="")

    class Meta:
        table = "department"


class School(Model):
    """Teaching goes through schools."""

    acronym = fields.CharField(max_length=16, primary_key=True)
    name_it = fields.CharField(max_length=160)
    name_en = fields.CharField(max_length=160)
    note_it = fields.TextField(default="")
    note_en = fields.TextField(default="")
    evidence = fields.CharField(max_length=64, default="")
    source = fields.TextField(default="")

    class Meta:
        table = "school"


class Campus(Model):
    """A seat: `reachable` is false where distance to a municipality means nothing (Shanghai)."""

    code = fields.CharField(max_length=16, primary_key=True)
    name = fields.CharField(max_length=120)
    city = fields.CharField(max_length=80)
    city_istat = fields.CharField(max_length=6, default="")
    address = fields.CharField(max_length=200, default="")
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    reachable = fields.BooleanField()
    note = fields.TextField(default="")
    evidence = fields.CharField(max_length=64, default="")
    source = fields.TextField(default="")

    class Meta:
        table = "campus"


class Laboratory(Model):
    """A laboratory or research group. `free_places` null: availability unknown, "da chiedere"."""

    slug = fields.CharField(max_length=64, primary_key=True)
    name = fields.CharField(max_length=160)
    department: fields.ForeignKeyRelation[Department] = fields.ForeignKeyField(
        "raccordo.Department", on_delete=fields.RESTRICT, related_name="laboratories"
    )
    campus: fields.ForeignKeyNullableRelation[Campus] = fields.ForeignKeyField(
        "raccordo.Campus", on_delete=fields.RESTRICT, related_name="laboratories", null=True
    )
    topic_en = fields.TextField(default="")
    keywords_it = fields.TextField(default="")
    keywords_en = fields.TextField(default="")
    card_it = fields.TextField()
    card_en = fields.TextField()
    equipment_it = fields.TextField(default="")
    equipment_en = fields.TextField(default="")
    infrastructure_it = fields.TextField(default="")
    infrastructure_en = fields.TextField(default="")
    free_places = fields.IntField(null=True)
    evidence = fields.CharField(max_length=64, default="")
    source = fields.TextField(default="")
    version = fields.IntField(default=1)

    class Meta:
        table = "laboratory"


class LaboratoryTheme(Model):
    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="theme_links"
    )
    theme: fields.ForeignKeyRelation[Theme] = fields.ForeignKeyField(
        "raccordo.Theme", on_delete=fields.CASCADE, related_name="laboratory_links"
    )
    position = fields.IntField()

    class Meta:
        table = "laboratory_theme"
        unique_together = (("laboratory", "theme"),)


class LaboratorySector(Model):
    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="sector_links"
    )
    sector: fields.ForeignKeyRelation[StrategicSector] = fields.ForeignKeyField(
        "raccordo.StrategicSector", on_delete=fields.CASCADE, related_name="laboratory_links"
    )
    position = fields.IntField()

    class Meta:
        table = "laboratory_sector"
        unique_together = (("laboratory", "sector"),)
