"""A plan keeps its figures beside its result, from the end of its computation on; who works on that, and how often.

What the coordination suggests to owners of needs has a table of its own.
"""

from __future__ import annotations

import json
from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields


async def count_the_plans(_apps: Any, editor: Any) -> None:
    """Give every plan its result, also where nobody had opened it, with the figures that the result lacked."""
    client = editor.client
    done = await client.execute_query_dict(
        "SELECT token, result FROM computation WHERE kind = 'assignment' AND state = 'DONE'"
    )
    found = {row["token"]: row["result"] for row in done}
    for row in await client.execute_query_dict("SELECT id, token, result FROM assignment_plan"):
        if text := row["result"] or found.get(row["token"]):
            result = _completed(json.loads(text))
            one, two, three, four = ("?",) * 4 if editor.DIALECT == "sqlite" else ("$1", "$2", "$3", "$4")
            await client.execute_query(
                f"UPDATE assignment_plan SET result = {one}, figures = {two}, snapshot_id = {three} WHERE id = {four}",
                [
                    json.dumps(result, ensure_ascii=False, sort_keys=True),
                    json.dumps(result["figures"]),
                    result["snapshot_id"],
                    row["id"],
                ],
            )
    # Their results are older than the figures, and no new plan may be given them.
    await client.execute_query("DELETE FROM computation WHERE kind = 'assignment' AND state = 'DONE'")


def _completed(result: dict[str, Any]) -> dict[str, Any]:
    for one in result["certificates"]:
        one["missing"] = one["asked"] - one["given"] - one["elsewhere"]
    return {**result, "figures": _figures(result, result["plan"]) if result["plan"] else None}


def _figures(result: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    served = {line["need"] for line in plan["lines"]}
    return {
        "needs": len(result["needs"]),
        "wanted": sum(most for _, _, most in result["needs"]),
        "places": sum(most for _, _, most in result["laboratories"]),
        "given": len(plan["lines"]),
        "total": plan["total"],
        "share": plan["total"] / plan["optimum"] if plan["optimum"] else 1.0,
        "proved": plan["proved"],
        "worst": plan["worst"],
        "worst_need": plan["worst_need"],
        "bound": plan["worst_bound"],
        "unserved": sum(1 for need, _, most in result["needs"] if most and need not in served),
    }


async def keep_the_indexes(_apps: Any, editor: Any) -> None:
    """On the way back SQLite rebuilds the table of computations for every column, and Tortoise forgets its indexes."""
    if editor.DIALECT == "sqlite":
        for index in INDEXES:
            await editor.client.execute_query(f"CREATE {index}")


INDEXES = (
    'INDEX IF NOT EXISTS "idx_computation_digest_052cbf" ON "computation" ("digest")',
    'INDEX IF NOT EXISTS "idx_computation_state_8e173a" ON "computation" ("state")',
)


class Migration(migrations.Migration):
    dependencies = [('raccordo', '0014_lookups')]

    initial = False

    operations = [
        ops.RunPython(ops.RunPython.noop, keep_the_indexes),
        ops.AddField(
            model_name='Computation',
            name='worker',
            field=fields.CharField(db_default='', max_length=16),
        ),
        ops.AddField(
            model_name='Computation',
            name='attempts',
            field=fields.IntField(db_default=0),
        ),
        ops.AddField(
            model_name='AssignmentPlan',
            name='figures',
            field=fields.TextField(db_default='', unique=False),
        ),
        ops.RunPython(count_the_plans, ops.RunPython.noop),
        ops.CreateModel(
            name='AssignmentSuggestion',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('need', fields.ForeignKeyField('raccordo.Need', source_field='need_id', db_constraint=True, to_field='number', related_name='assignment_suggestions', on_delete=OnDelete.CASCADE)),
                ('laboratory', fields.ForeignKeyField('raccordo.Laboratory', source_field='laboratory_id', db_constraint=True, to_field='slug', related_name='assignment_suggestions', on_delete=OnDelete.CASCADE)),
                ('plan', fields.ForeignKeyField('raccordo.AssignmentPlan', source_field='plan_id', db_constraint=True, to_field='id', related_name='suggestions', on_delete=OnDelete.CASCADE)),
                ('suggested_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'assignment_suggestion', 'app': 'raccordo', 'unique_together': (('need', 'laboratory'),), 'pk_attr': 'id', 'table_description': 'A laboratory that the coordination suggests to the owner of a need, from a plan. It asks nobody.'},
            bases=['Model'],
        ),
    ]
