"""An external key is unique among the needs of one owner; tokens and idempotency keys know more."""

from __future__ import annotations

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint


async def keep_the_index(_apps: Any, editor: Any) -> None:
    """SQLite rebuilds the table of needs, and Tortoise forgets this index while doing so."""
    if editor.DIALECT == "sqlite":
        await editor.client.execute_query(
            'CREATE INDEX IF NOT EXISTS "idx_need_changed_ed9f5a" ON "need" ("changed_in")'
        )


class Migration(migrations.Migration):
    dependencies = [("raccordo", "0003_follows")]

    operations = [
        ops.AlterModelOptions(
            name="AccessToken",
            options={"table": "access_token", "app": "raccordo", "pk_attr": "id", "table_description": "A program's token: shown once, kept as a digest: `scopes` are separated by `|`."},
        ),
        ops.AddField(
            model_name="AccessToken", name="second_factor", field=fields.BooleanField(db_default=False)
        ),
        ops.AlterModelOptions(
            name="IdempotencyKey",
            options={"table": "idempotency_key", "app": "raccordo", "unique_together": (("person", "key"),), "pk_attr": "id", "table_description": "A request that is to have one effect: `fingerprint` names it, `answer` is what it got the first time."},
        ),
        ops.AddField(
            model_name="IdempotencyKey",
            name="answered_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(model_name="IdempotencyKey", name="attempt", field=fields.IntField(db_default=1)),
        ops.AddField(
            model_name="IdempotencyKey",
            name="attempted_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(model_name="IdempotencyKey", name="effects", field=fields.IntField(db_default=0)),
        ops.RunPython(ops.RunPython.noop, keep_the_index),  # on the way back, after the table was rebuilt
        ops.AlterField(
            model_name="Need", name="external_id", field=fields.CharField(null=True, max_length=64)
        ),
        ops.RunPython(keep_the_index, ops.RunPython.noop),
        ops.AddConstraint(
            model_name="Need", constraint=UniqueConstraint(fields=("owner", "example", "external_id"), name=None)
        ),
    ]
