"""Plans of the coordination: scenarios that are computed in the background, kept, and only ever suggestions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from raccordo import assignment_locks, audit, catalogue, computations
from raccordo.assignment_computing import KIND, snapshot_id, wanted
from raccordo.assignment_groups import members
from raccordo.assignment_scenario import Scenario, ScenarioInput, understood
from raccordo.catalogue import Catalogue
from raccordo.computations import Calculation, Values
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import (
    AssignmentPlan,
    ComputationState,
    ConflictOfInterest,
    LockKind,
    Match,
    MatchState,
    NeedParty,
    Partnership,
    PartyStatus,
)
from raccordo.people import Actor
from raccordo.refusals import FieldRefusal, NotFound, Refused
from raccordo.rights import NOTHING, Body, demand
from raccordo_graph.assignment_version import PLAN_VERSION

SHOWN = 100  # scenarios in the list, the last first
COORDINATION = Sentence("I piani li fa e li legge il coordinamento, dopo il secondo fattore.")
ENDED = (MatchState.DECLINED, MatchState.PASSED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A scenario as it stands: `calculation` while there is no `result` yet, None once there is; `gone` when neither."""

    number: int
    name: str
    scenario: Scenario
    token: str
    snapshot_id: str
    created_at: datetime
    result: Values | None
    calculation: Calculation | None

    @property
    def gone(self) -> bool:
        return self.result is None and self.calculation is None

    @property
    def feasible(self) -> bool:
        return self.result is not None and self.result["plan"] is not None


async def plan(actor: Actor, written: ScenarioInput) -> StoredPlan:
    """Ask for the plan of a scenario; raises NotAllowed, or Refused with a sentence for each wrong field."""
    _demand(actor, "plan")
    picture, scenario = catalogue.current(), understood(written)
    _refuse_unknown(picture, scenario)
    asked = {**scenario.stored(), "name": ""}  # free text: the row has it once, and it changes no plan
    inputs = {"scenario": asked, "code": PLAN_VERSION, **await rows_of(scenario)}
    snapshot = snapshot_id(picture, inputs)
    token = await computations.start(KIND, inputs, snapshot)

    async def work(writing: Writing) -> AssignmentPlan:
        row = await AssignmentPlan.create(
            name=scenario.name,
            scenario=json.dumps(asked, ensure_ascii=False, sort_keys=True),
            token=token,
            snapshot_id=snapshot,
            created_at=datetime.now(UTC),
        )
        await audit.record(writing, actor, "plan_assignment", f"assignment:{row.id}", {"snapshot": snapshot})
        return row

    return await _stored(await write(work))


async def find(actor: Actor, number: int) -> StoredPlan:
    """A scenario with what came out of it; raises NotAllowed or NotFound."""
    _demand(actor, "read")
    row = await AssignmentPlan.get_or_none(id=number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound("unknown_plan", Sentence("Qui non c’è nessuno scenario."))
    return await _stored(row)


async def newest(actor: Actor) -> list[StoredPlan]:
    """The scenarios, the last first, at most a hundred; raises NotAllowed."""
    _demand(actor, "read")
    return [await _stored(row) for row in await AssignmentPlan.all().order_by("-id").limit(SHOWN)]


async def rows_of(scenario: Scenario) -> dict[str, Any]:
    """What the database knows and the published picture does not, as JSON in order.

    A partnership under way takes part of the demand; what was declined or passed on is not proposed again.
    """
    locks = [lock for lock in await assignment_locks.pairs() if lock[:2] not in scenario.let_go]
    working = await Partnership.filter(ended_at=None).values_list("match__need_id", "match__laboratory_id")
    ended = await Match.filter(state__in=ENDED).values_list("need_id", "laboratory_id")
    worked = await Partnership.all().values_list("match__need_id", "match__laboratory_id")
    at_work = {
        (need, slug) for need, slug in worked
    }  # concluded too: a lock that came true asks for nothing more
    return {
        "conflicts": [list(pair) for pair in await _conflicts()],
        "closed": sorted([need, slug] for need, slug in {*ended, *worked}),
        "working": {str(need): count for need, count in sorted(Counter(need for need, _ in working).items())},
        "together": [
            [need, slug]
            for need, slug, kind in locks
            if kind is LockKind.TOGETHER and (need, slug) not in at_work
        ],
        "apart": [[need, slug] for need, slug, kind in locks if kind is LockKind.APART],
    }


async def _conflicts() -> list[tuple[int, str]]:
    """Every need and laboratory between which somebody declared a conflict: with the owner, or with who shares it."""
    picture = catalogue.current()
    of_body: dict[Body, set[str]] = {}
    for row in await ConflictOfInterest.all().prefetch_related("body"):
        laboratory: str = row.laboratory_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        of_body.setdefault((row.body.kind, row.body.code), set()).add(laboratory)
    joined = await NeedParty.filter(status=PartyStatus.JOINED).values_list(
        "need_id", "body__kind", "body__code"
    )
    bodies = [(need.number, (need.owner_kind, need.owner_code)) for need in picture.needs.values()]
    bodies += [(number, (kind, code)) for number, kind, code in joined]
    return sorted({(number, slug) for number, body in bodies for slug in of_body.get(body, ())})


def _refuse_unknown(picture: Catalogue, scenario: Scenario) -> None:
    """Raise Refused naming what the lists name and nobody knows."""
    needs = {need.number for need in wanted(picture, scenario)}
    groups = members(picture, wanted(picture, scenario))
    strange = [
        *(("quotas", slug) for slug in scenario.quotas if slug not in picture.laboratories),
        *(("demands", number) for number in scenario.demands if number not in needs),
        *(("floors", key) for key in scenario.floors if key not in groups),
        *(("let_go", number) for number, _ in scenario.let_go if number not in needs),
        *(("let_go", slug) for _, slug in scenario.let_go if slug not in picture.laboratories),
    ]
    wrong = [
        FieldRefusal(
            field, "unknown", Sentence("«{key}» non è fra ciò che si pianifica qui.", {"key": str(key)})
        )
        for field, key in strange
    ]
    if not needs:
        sentence = Sentence(
            "Non c’è nessun bisogno pubblicato da pianificare: si possono contare gli esempi."
        )
        wrong.append(FieldRefusal("examples", "nothing", sentence))
    if wrong:
        sentence = Sentence("Lo scenario non si può ancora calcolare: ecco che cosa correggere.")
        raise Refused("invalid", sentence, wrong)


async def _stored(row: AssignmentPlan) -> StoredPlan:
    result, calculation = row.result, None
    if not result:
        try:
            calculation = await computations.find(row.token)
        except NotFound:
            calculation = None
        if calculation and calculation.state is ComputationState.DONE and calculation.result is not None:
            result, calculation = await _keep(row, calculation.result), None
    return StoredPlan(
        number=row.id,
        name=row.name,
        scenario=replace(Scenario.read(json.loads(row.scenario)), name=row.name),
        token=row.token,
        snapshot_id=row.snapshot_id,
        created_at=row.created_at,
        result=json.loads(result) if result else None,
        calculation=calculation,
    )


async def _keep(row: AssignmentPlan, result: Values) -> str:
    """Copy what the computation found: computations are kept for thirty days, plans for good."""
    kept = json.dumps(result, ensure_ascii=False, sort_keys=True)

    async def work(_: Writing) -> None:
        await AssignmentPlan.filter(id=row.id).update(result=kept, snapshot_id=result["snapshot_id"])

    await write(work)
    row.snapshot_id = result["snapshot_id"]
    return kept


def _demand(actor: Actor, verb: str) -> None:
    demand(actor, verb, "assignment", NOTHING, COORDINATION)
