"""The controlled vocabulary: themes and the fundamental functions. Lists inside a text are separated by `|`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.research import Department, StrategicSector


class FundamentalFunction(Model):
    """A fundamental function of municipalities, D.L. 78/2010 art. 14 c. 27: the key is its legal letter."""

    letter = fields.CharField(max_length=8, primary_key=True)
    text_it = fields.TextField()
    text_en = fields.TextField()
    short_it = fields.CharField(max_length=120)
    short_en = fields.CharField(max_length=120)
    services_it = fields.TextField(default="")
    services_en = fields.TextField(default="")
    source = fields.TextField(default="")

    class Meta:
        table = "fundamental_function"


class Theme(Model):
    """A SKOS-like concept with a stable slug."""

    slug = fields.CharField(max_length=64, primary_key=True)
    label_it = fields.CharField(max_length=120)
    label_en = fields.CharField(max_length=120)
    description_it = fields.TextField(default="")
    description_en = fields.TextField(default="")
    sdgs = fields.TextField(default="")
    erc_panels = fields.TextField(default="")
    pnrr_components = fields.TextField(default="")
    dcat_ap_it_theme = fields.CharField(max_length=8, default="")
    axes = fields.TextField(default="")
    keywords_it = fields.TextField(default="")
    keywords_en = fields.TextField(default="")
    evidence = fields.CharField(max_length=64, default="")
    source = fields.TextField(default="")

    class Meta:
        table = "theme"


class ThemeFunction(Model):
    id = fields.IntField(primary_key=True)
    theme: fields.ForeignKeyRelation[Theme] = fields.ForeignKeyField(
        "raccordo.Theme", on_delete=fields.CASCADE, related_name="function_links"
    )
    function: fields.ForeignKeyRelation[FundamentalFunction] = fields.ForeignKeyField(
        "raccordo.FundamentalFunction", on_delete=fields.CASCADE, related_name="theme_links"
    )
    position = fields.IntField()

    class Meta:
        table = "theme_function"
        unique_together = (("theme", "function"),)


class ThemeSector(Model):
    id = fields.IntField(primary_key=True)
    theme: fields.ForeignKeyRelation[Theme] = fields.ForeignKeyField(
        "raccordo.Theme", on_delete=fields.CASCADE, related_name="sector_links"
    )
    sector: fields.ForeignKeyRelation[StrategicSector] = fields.ForeignKeyField(
        "raccordo.StrategicSector", on_delete=fields.CASCADE, related_name="theme_links"
    )
    position = fields.IntField()

    class Meta:
        table = "theme_sector"
        unique_together = (("theme", "sector"),)


class ThemeDepartment(Model):
    id = fields.IntField(primary_key=True)
    theme: fields.ForeignKeyRelation[Theme] = fields.ForeignKeyField(
        "raccordo.Theme", on_delete=fields.CASCADE, related_name="department_links"
    )
    department: fields.ForeignKeyRelation[Department] = fields.ForeignKeyField(
        "raccordo.Department", on_delete=fields.CASCADE, related_name="theme_links"
    )
    position = fields.IntField()

    class Meta:
        table = "theme_department"
        unique_together = (("theme", "department"),)
