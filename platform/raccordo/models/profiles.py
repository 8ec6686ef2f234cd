"""What a laboratory says of itself: concepts, languages, radius, places by semester, publications, other laboratories."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.needs import Need
    from raccordo.models.people import Person
    from raccordo.models.research import Laboratory


class InitiativeKind(StrEnum):
    """The kinds of initiative that the agreement of 15 March 2023 names."""

    SEMINAR = "SEMINAR"
    COURSE = "COURSE"
    SUMMER_SCHOOL = "SUMMER_SCHOOL"
    INTERNSHIP = "INTERNSHIP"
    TEACHING_MODULE = "TEACHING_MODULE"
    STUDY = "STUDY"
    RESEARCH = "RESEARCH"
    MEETING = "MEETING"
    CONGRESS = "CONGRESS"
    CONFERENCE = "CONFERENCE"
    DOCUMENT_EXCHANGE = "DOCUMENT_EXCHANGE"
    PROJECT_SUPPORT = "PROJECT_SUPPORT"


class Emphasis(StrEnum):
    """How much a laboratory treats a concept, in its own words."""

    TRADE = "TRADE"
    DONE = "DONE"
    EDGE = "EDGE"
    NOT_OURS = "NOT_OURS"


class LaboratoryProfile(Model):
    """What a laboratory says beside its card, and the version of all that it says. Languages separated by `|`."""

    id = fields.IntField(primary_key=True)
    laboratory: fields.OneToOneRelation[Laboratory] = fields.OneToOneField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="profile"
    )
    languages = fields.CharField(max_length=120, default="")
    radius_km = fields.IntField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "laboratory_profile"


class LaboratoryConcept(Model):
    """A concept of the lexicon as the laboratory states it. `NOT_OURS` stays, so that no import brings it back.

    `imported` rows were said by a file. A file never changes what a person said.
    """

    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="stated_concepts"
    )
    concept = fields.CharField(max_length=64)
    emphasis = fields.CharEnumField(Emphasis, max_length=16)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="stated_concepts", null=True
    )
    stated_at = fields.DatetimeField()
    imported = fields.BooleanField(default=False)

    class Meta:
        table = "laboratory_concept"
        unique_together = (("laboratory", "concept"),)


class LaboratoryStatedTheme(Model):
    """A theme that the laboratory says it works on, or not, whatever its card says. A file never changes it."""

    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="stated_themes"
    )
    theme = fields.CharField(max_length=64)
    treated = fields.BooleanField()
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="stated_themes", null=True
    )
    stated_at = fields.DatetimeField()

    class Meta:
        table = "laboratory_stated_theme"
        unique_together = (("laboratory", "theme"),)


class LaboratoryCapacity(Model):
    """How many initiatives of a kind a laboratory can have in a semester, such as `2027-1`."""

    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="capacities"
    )
    kind = fields.CharEnumField(InitiativeKind, max_length=32)
    semester = fields.CharField(max_length=6)
    places = fields.IntField()

    class Meta:
        table = "laboratory_capacity"
        unique_together = (("laboratory", "kind", "semester"),)


class LaboratoryPublication(Model):
    """A title, its year and DOI: no authors. It only proposes concepts, which a person confirms."""

    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="publications"
    )
    key = fields.CharField(max_length=64)
    title = fields.CharField(max_length=400)
    year = fields.IntField(null=True)
    doi = fields.CharField(max_length=200, default="")

    class Meta:
        table = "laboratory_publication"
        unique_together = (("laboratory", "key"),)


class LaboratoryHint(Model):
    """A laboratory says of a need: not for us, but for another laboratory. The need's owner reads it."""

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="hints"
    )
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="hints_given"
    )
    other: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="hints_received"
    )
    note = fields.CharField(max_length=300, default="")
    given_at = fields.DatetimeField()

    class Meta:
        table = "laboratory_hint"
        unique_together = (("need", "laboratory"),)
