"""Plans for tests: asked for like a coordinator does, and computed here instead of by the worker's process."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from cast import COORDINATOR
from raccordo import assignments, catalogue
from raccordo.assignment_computing import KIND
from raccordo.assignment_scenario import ScenarioInput
from raccordo.assignments import StoredPlan
from raccordo.models import Computation, ComputationState


async def planned(**asked: str) -> StoredPlan:
    """A scenario of the examples, computed."""
    written = ScenarioInput(**{"name": "Prova", "examples": "si", **asked})
    return await computed(await assignments.plan(COORDINATOR, written))


async def computed(asked: StoredPlan) -> StoredPlan:
    """The plan after its computation."""
    row = await Computation.get(token=asked.token)
    result = KIND.run(KIND.prepare(catalogue.current(), json.loads(row.inputs)), lambda _share: None)
    await Computation.filter(token=asked.token).update(
        state=ComputationState.DONE, result=json.dumps(result), finished_at=datetime.now(UTC)
    )
    return await assignments.find(COORDINATOR, asked.number)
