"""Rankings that somebody cites: kept whole, because the data they were computed from goes on."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class CitedRanking(Model):
    """A ranking as it was: `name` is what an act cites, `content` is JSON with inputs, weights and every factor.

    `need_number` is no relation: a citation outlives its need.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=40, unique=True)
    need_number = fields.IntField()
    snapshot_id = fields.CharField(max_length=16)
    content = fields.TextField()
    cited_at = fields.DatetimeField()

    class Meta:
        table = "cited_ranking"
