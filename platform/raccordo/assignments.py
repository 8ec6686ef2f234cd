"""Plans of the coordination: scenarios that are computed in the background, kept, and only ever suggestions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from raccordo import assignment_locks, audit, catalogue, computations
from raccordo.assignment_computing import KIND, keep, snapshot_id, wanted
from raccordo.assignment_figures import Figures
from raccordo.assignment_groups import members
from raccordo.assignment_scenario import Scenario, ScenarioInput, understood
from raccordo.catalogue import Catalogue
from raccordo.computations import Calculation, Values
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import (
    AssignmentPlan,
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
LISTED = (
    "id",
    "name",
    "token",
    "snapshot_id",
    "figures",
    "created_at",
)  # columns of the list: no result is read
COORDINATION = Sentence("I piani li fa e li legge il coordinamento, dopo il secondo fattore.")
ENDED = (MatchState.DECLINED, MatchState.PASSED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A scenario in a list: `computed` once its computation has ended well, with `figures` where a plan is possible.

    Until then there is a `calculation`; `gone` when that is over, without a result, and not kept any more.
    """

    number: int
    name: str
    token: str
    snapshot_id: str
    created_at: datetime
    computed: bool
    figures: Figures | None
    calculation: Calculation | None

    @property
    def gone(self) -> bool:
        return not self.computed and self.calculation is None

    @property
    def feasible(self) -> bool:
        return self.figures is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan(PlanSummary):
    """A scenario with all that was asked and, once it is computed, all that came out."""

    scenario: Scenario
    result: Values | None


async def plan(actor: Actor, written: ScenarioInput) -> StoredPlan:
    """Ask for the plan of a scenario; raises NotAllowed, or Refused with a sentence for each wrong field."""
    _demand(actor, "plan")
    picture, scenario = catalogue.current(), understood(written)
    _refuse_unknown(picture, scenario)
    asked = {**scenario.stored(), "name": ""}  # free text: the row has it once, and it changes no plan
    inputs = {"scenario": asked, "code": PLAN_VERSION, **await rows_of(scenario)}
    snapshot = snapshot_id(picture, inputs)

    async def work(writing: Writing) -> AssignmentPlan:
        token = await computations.ask(writing, KIND, inputs, snapshot)
        row = await AssignmentPlan.create(
            name=scenario.name,
            scenario=json.dumps(asked, ensure_ascii=False, sort_keys=True),
            token=token,
            snapshot_id=snapshot,
            created_at=datetime.now(UTC),
        )
        await audit.record(writing, actor, "plan_assignment", f"assignment:{row.id}", {"snapshot": snapshot})
        done = await computations.find(token)
        if done.result is not None:
            await keep(writing, token, done.result)
        return await AssignmentPlan.get(id=row.id)

    return await _stored(await write(work))


async def find(actor: Actor, number: int) -> StoredPlan:
    """A scenario with what came out of it; raises NotAllowed or NotFound."""
    _demand(actor, "read")
    return await stored(number)


async def stored(number: int) -> StoredPlan:
    """The same, whoever asks: callers check who reads. Raises NotFound."""
    row = await AssignmentPlan.get_or_none(id=number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound("unknown_plan", Sentence("Qui non c’è nessuno scenario."))
    return await _stored(row)


async def newest(actor: Actor) -> list[PlanSummary]:
    """The scenarios, the last first, at most a hundred; raises NotAllowed."""
    _demand(actor, "read")
    return await _summaries(await AssignmentPlan.all().order_by("-id").limit(SHOWN).only(*LISTED))


async def whole(actor: Actor, plan: PlanSummary) -> StoredPlan:
    """The same with its result; raises NotAllowed or NotFound."""
    return plan if isinstance(plan, StoredPlan) else await find(actor, plan.number)


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
        "conflicts": [list(pair) for pair in await in_conflict()],
        "closed": sorted([need, slug] for need, slug in {*ended, *worked}),
        "working": {str(need): count for need, count in sorted(Counter(need for need, _ in working).items())},
        "together": [
            [need, slug]
            for need, slug, kind in locks
            if kind is LockKind.TOGETHER and (need, slug) not in at_work
        ],
        "apart": [[need, slug] for need, slug, kind in locks if kind is LockKind.APART],
    }


async def in_conflict() -> list[tuple[int, str]]:
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


async def _summaries(rows: Iterable[AssignmentPlan]) -> list[PlanSummary]:
    waiting = await computations.without_result(row.token for row in rows if not row.figures)
    return [
        PlanSummary(
            number=row.id,
            name=row.name,
            token=row.token,
            snapshot_id=row.snapshot_id,
            created_at=row.created_at,
            computed=bool(row.figures),
            figures=Figures(**found) if (found := json.loads(row.figures or "null")) else None,
            calculation=None if row.figures else waiting.get(row.token),
        )
        for row in rows
    ]


async def _stored(row: AssignmentPlan) -> StoredPlan:
    [summary] = await _summaries([row])
    return StoredPlan(
        **{one.name: getattr(summary, one.name) for one in fields(summary)},
        scenario=replace(Scenario.read(json.loads(row.scenario)), name=row.name),
        result=json.loads(row.result) if row.result else None,
    )


def _demand(actor: Actor, verb: str) -> None:
    demand(actor, verb, "assignment", NOTHING, COORDINATION)
