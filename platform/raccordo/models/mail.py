"""What leaves the database after a write, and what a person wants to hear of."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.people import Person


class OutboxEvent(Model):
    """An effect outside the database, written with its cause and delivered at least once.

    `payload` is JSON; it may hold a secret that is mailed, and is emptied once delivered.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=32)
    payload = fields.TextField()
    created_at = fields.DatetimeField()
    due_at = fields.DatetimeField(db_index=True)
    attempts = fields.IntField(default=0)
    done_at = fields.DatetimeField(null=True)
    problem = fields.CharField(max_length=300, default="")

    class Meta:
        table = "outbox_event"


class Notification(Model):
    """Something that a person should know: in its inbox at once, in its mail as it prefers.

    `text` is an Italian sentence of the catalogue and `values` its places as JSON, said in the reader's language.
    """

    id = fields.BigIntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="notifications"
    )
    kind = fields.CharField(max_length=32)
    text = fields.TextField()
    values = fields.TextField(default="{}")
    path = fields.CharField(max_length=200)
    urgent = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)
    mailed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "notification"
        indexes = (
            ("person_id", "read_at"),  # counted for every page that a known reader opens
            ("path", "kind"),  # who has heard of it, asked while writing
        )


class FollowKind(StrEnum):
    THEME = "THEME"
    MUNICIPALITY = "MUNICIPALITY"
    SEARCH = "SEARCH"


class Follow(Model):
    """What a person follows: a theme's slug, a municipality's code, or the query of a list of needs."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="follows"
    )
    kind = fields.CharEnumField(FollowKind, max_length=16)
    value = fields.CharField(max_length=400)
    created_at = fields.DatetimeField()

    class Meta:
        table = "follow"
        unique_together = (("person", "kind", "value"),)
        indexes = (("kind", "value"),)  # who follows this theme, this municipality


class MailFrequency(StrEnum):
    NEVER = "NEVER"
    WEEKLY = "WEEKLY"
    DAILY = "DAILY"
    AT_ONCE = "AT_ONCE"


class MailPreference(Model):
    """How often a person is written to: without a row, weekly. What answers are due comes at once anyway."""

    id = fields.IntField(primary_key=True)
    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="mail_preference"
    )
    frequency = fields.CharEnumField(MailFrequency, max_length=16)

    class Meta:
        table = "mail_preference"
