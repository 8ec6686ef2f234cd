"""Corrections are found by body and by stem; two days that nobody ever read are kept no more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


async def fill(apps: Any, _editor: Any) -> None:
    """On the way back a day is needed again: that of the way back, for nobody knows a better one."""
    now = datetime.now(UTC)
    await apps.get_model("raccordo.IgnoredWord").filter(on=None).update(on=date.fromisoformat(f"{now:%Y-%m-%d}"))
    await apps.get_model("raccordo.NoSuggestion").filter(since=None).update(since=now)


async def one_row_a_body(_apps: Any, editor: Any) -> None:
    """SQLite builds the table anew for a column that changes, and what made `body_id` unique is lost on the way."""
    if editor.DIALECT == "sqlite":
        await editor.client.execute_query(
            'CREATE UNIQUE INDEX IF NOT EXISTS "uid_no_suggestion_body_id" ON "no_suggestion" ("body_id")'
        )


class Migration(migrations.Migration):
    dependencies = [("raccordo", "0015_plan_figures")]

    initial = False

    operations = [
        ops.RunPython(ops.RunPython.noop, one_row_a_body),
        ops.AddIndex(model_name="Correction", index=Index(fields=["body_id"])),
        ops.AddIndex(model_name="Correction", index=Index(fields=["stem"])),
        ops.AlterField(model_name="IgnoredWord", name="on", field=fields.DateField(null=True)),
        ops.AlterField(
            model_name="NoSuggestion",
            name="since",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunPython(ops.RunPython.noop, fill),
        ops.RemoveField(model_name="IgnoredWord", name="on"),
        ops.RemoveField(model_name="NoSuggestion", name="since"),
        ops.RunPython(one_row_a_body, ops.RunPython.noop),
    ]
