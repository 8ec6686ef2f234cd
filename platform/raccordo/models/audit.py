"""The hash-chained log of every write by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.people import Person


class AuditEntry(Model):
    """`digest` covers `previous` and every other column, so that editing, deleting or reordering shows.

    `number` is given by the writer, without gaps. `details` is canonical JSON text without personal data.
    """

    number = fields.BigIntField(primary_key=True)
    at = fields.CharField(max_length=32)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.RESTRICT, related_name="audit_entries", null=True
    )
    acting_as = fields.CharField(max_length=200)
    verb = fields.CharField(max_length=64)
    subject = fields.CharField(max_length=128)
    details = fields.TextField()
    previous = fields.CharField(max_length=64)
    digest = fields.CharField(max_length=64)

    class Meta:
        table = "audit_entry"
