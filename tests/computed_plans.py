"""Plans for tests: asked for like a coordinator does, and computed here instead of by the worker's process."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from datetime import UTC, datetime

from cast import COORDINATOR
from raccordo import assignments, catalogue
from raccordo.assignment_computing import KIND, keep
from raccordo.assignment_scenario import ScenarioInput, understood
from raccordo.assignments import StoredPlan
from raccordo.database import Writing, write
from raccordo.models import AssignmentPlan, Computation, ComputationState


async def planned(**asked: str) -> StoredPlan:
    """A scenario of the examples, computed."""
    written = ScenarioInput(**{"name": "Prova", "examples": "si", **asked})
    return await computed(await assignments.plan(COORDINATOR, written))


async def computed(asked: StoredPlan) -> StoredPlan:
    """The plan after its computation."""
    row = await Computation.get(token=asked.token)
    result = KIND.run(KIND.prepare(catalogue.current(), json.loads(row.inputs)), lambda _share: None)

    async def work(writing: Writing) -> None:
        await Computation.filter(token=asked.token).update(
            state=ComputationState.DONE, result=json.dumps(result), finished_at=datetime.now(UTC)
        )
        await keep(writing, asked.token, result)

    await write(work)
    return await assignments.find(COORDINATOR, asked.number)


async def a_plan(*pairs: tuple[int, str]) -> int:
    """The number of a plan of these lines, of which only the first step, the question, was left out.

    Without lines it is one that cannot be.
    """
    needs = Counter(need for need, _ in pairs) or Counter({1: 1})
    slugs = sorted({slug for _, slug in pairs})
    question = {
        "snapshot_id": "a",
        "seed": 0,
        "tolerance": 0.0,
        "needs": [[need, count, count] for need, count in sorted(needs.items())],
        "laboratories": [[slug, 0, len(pairs)] for slug in slugs],
        "scores": [[0.5 if (need, slug) in pairs else None for slug in slugs] for need in sorted(needs)],
        **{name: [] for name in ("conflicts", "closed", "together", "apart", "floors")},
    }
    scenario = understood(ScenarioInput(name="Prova")).stored()

    async def work(writing: Writing) -> int:
        row = await AssignmentPlan.create(
            name="Prova",
            scenario=json.dumps(scenario),
            token=secrets.token_hex(16),
            snapshot_id="a",
            created_at=datetime.now(UTC),
        )
        await keep(writing, row.token, KIND.run(question, lambda _share: None))
        return row.id

    return await write(work)
