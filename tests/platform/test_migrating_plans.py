"""Plans from before their figures were stored: migrated with what their computations had found."""

from __future__ import annotations

import json

from raccordo import database, migrating
from raccordo.models import AssignmentPlan
from raccordo.settings import Settings


async def test_plans_get_the_results_that_nobody_had_opened_with_their_figures(
    opened_database: Settings,
) -> None:
    plan = {
        "lines": [{"need": 1, "laboratory": "lia", "score": 0.5, "by_hand": False}],
        "total": 0.5,
        "optimum": 1.0,
        "proved": True,
        "worst": 0.5,
        "worst_need": 1,
        "worst_bound": 0.6,
    }
    blocked = {"asked": 3, "given": 1, "elsewhere": 1}
    common = {"snapshot_id": "later", "needs": [[1, 1, 1], [2, 0, 1]], "laboratories": [["lia", 0, 2]]}
    found = {
        "open": {**common, "plan": plan, "certificates": []},
        "shut": {**common, "plan": None, "certificates": [blocked]},
    }
    await migrating.migrate(opened_database, lambda _: None, target="0013_laboratory_profiles")
    for token, result in found.items():
        await database.connection().execute_query(
            "INSERT INTO computation (token, kind, digest, inputs, state, share, result, problem, created_at) VALUES "  # noqa: S608  # values of the test itself
            f"('{token}', 'assignment', 'a', '{{}}', 'DONE', 1, '{json.dumps(result)}', '', '2026-11-01 00:00:00')"
        )
    for token in (*found, "lost"):
        await database.connection().execute_query(
            "INSERT INTO assignment_plan (name, scenario, token, snapshot_id, result, created_at) VALUES "  # noqa: S608  # the same
            f"('a', '{{}}', '{token}', 'first', '', '2026-11-01 00:00:00')"
        )
    await migrating.migrate(opened_database, lambda _: None)
    rows = {row.token: row for row in await AssignmentPlan.all()}
    figures = json.loads(rows["open"].figures)
    assert (figures["given"], figures["share"], figures["unserved"]) == (1, 0.5, 1)
    assert rows["open"].snapshot_id == "later"
    assert rows["shut"].figures == "null"
    assert json.loads(rows["shut"].result)["certificates"][0]["missing"] == 1
    assert (rows["lost"].figures, rows["lost"].result) == ("", "")
