"""The single row that every write locks first and that says which picture is current."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class CatalogueState(Model):
    """`version` moves with every published change, `reference_version` when reference data changed."""

    id = fields.IntField(primary_key=True)
    database_id = fields.CharField(max_length=36)
    version = fields.BigIntField()
    reference_version = fields.BigIntField()
    reference_digest = fields.CharField(max_length=64, default="")

    class Meta:
        table = "catalogue_state"
