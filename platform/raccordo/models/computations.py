"""Work that takes longer than a page may: what was asked, how far it is, what came out."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class ComputationState(StrEnum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"


class Computation(Model):
    """One piece of work. `inputs` and `result` are JSON, `digest` is equal when the result must be.

    `token` is its address, which nobody guesses; `worker` names who took it last, for the `attempts`-th time, and
    `alive_at` is when that worker was last heard of.
    """

    id = fields.BigIntField(primary_key=True)
    token = fields.CharField(max_length=32, unique=True)
    kind = fields.CharField(max_length=32)
    digest = fields.CharField(max_length=64, db_index=True)
    inputs = fields.TextField()
    state = fields.CharEnumField(ComputationState, max_length=16, db_index=True)
    share = fields.FloatField(default=0.0)
    result = fields.TextField(default="")
    problem = fields.CharField(max_length=32, default="")
    created_at = fields.DatetimeField()
    worker = fields.CharField(max_length=16, db_default="")
    attempts = fields.IntField(db_default=0)
    alive_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "computation"
