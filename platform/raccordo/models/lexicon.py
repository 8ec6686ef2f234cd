"""What people change about the lexicon that ships, and what their corrections and their words teach it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.territory import TerritorialBody


class TopicKind(StrEnum):
    THEME = "THEME"
    FUNCTION = "FUNCTION"
    INTENT = "INTENT"


class LexiconTerm(Model):
    """A term as the coordinators want it, over the one that ships with the same words and language.

    `variants` and `concepts` are separated by `|`. `removed` keeps a shipped term away, whatever a later release brings.
    """

    id = fields.IntField(primary_key=True)
    term = fields.CharField(max_length=120)
    language = fields.CharField(max_length=2)
    variants = fields.TextField(default="")
    concepts = fields.TextField(default="")
    removed = fields.BooleanField(default=False)
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "lexicon_term"
        unique_together = (("term", "language"),)


class Correction(Model):
    """A body chose something else than what a word of the lexicon proposed.

    `stem` and `word` are the lexicon's own; of an intent, which no word of the lexicon tells, they are empty. Nothing
    of the text is kept.
    """

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(TopicKind, max_length=16)
    stem = fields.CharField(max_length=64, default="")
    word = fields.CharField(max_length=120, default="")
    proposed = fields.CharField(max_length=64, default="")
    chosen = fields.CharField(max_length=64)
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.CASCADE, related_name="corrections"
    )
    on = fields.DateField()

    class Meta:
        table = "correction"
        unique_together = (("kind", "stem", "chosen", "body"),)
        indexes = (("body_id",), ("stem",))  # every need that is published looks for both


class Lesson(Model):
    """What a coordinator decided about a word and a topic: `taught` or undone. Without a row, corrections decide."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharEnumField(TopicKind, max_length=16)
    stem = fields.CharField(max_length=64)
    word = fields.CharField(max_length=120)
    chosen = fields.CharField(max_length=64)
    taught = fields.BooleanField()
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "lesson"
        unique_together = (("kind", "stem", "chosen"),)


class UnknownWord(Model):
    """A word of a published need that the lexicon does not know: which body wrote it, and on which day."""

    id = fields.IntField(primary_key=True)
    word = fields.CharField(max_length=40, db_index=True)
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.CASCADE, related_name="unknown_words"
    )
    on = fields.DateField()

    class Meta:
        table = "unknown_word"
        unique_together = (("word", "body"),)


class IgnoredWord(Model):
    """An unknown word that a coordinator does not want to be asked about again."""

    word = fields.CharField(max_length=40, primary_key=True)

    class Meta:
        table = "ignored_word"
