"""A plan in the background: the published picture becomes a problem, and the plan, or why there is none, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from raccordo import matches
from raccordo.assignment_figures import counted
from raccordo.assignment_groups import asked, members
from raccordo.assignment_scenario import Scenario
from raccordo.catalogue import Catalogue
from raccordo.computations import Kind, Report, Values
from raccordo.database import Writing
from raccordo.models import AssignmentPlan
from raccordo.published import Need
from raccordo_graph import Band
from raccordo_graph.assignment import assign
from raccordo_graph.assignment_certificate import certificates
from raccordo_graph.assignment_check import served_by
from raccordo_graph.assignment_optimum import Undecided
from raccordo_graph.assignment_problem import Demand, Floor, Plan, Problem, Quota
from raccordo_graph.assignment_repairs import repairs
from raccordo_graph.assignment_scores import candidates


def snapshot_id(picture: Catalogue, inputs: Values) -> str:
    """Names all that a plan is computed from beside its scenario: the published picture, the rows, the code."""
    rows = {name: value for name, value in inputs.items() if name != "scenario"}
    written = json.dumps(rows, sort_keys=True, ensure_ascii=False)
    return sha256(f"{matches.snapshot_id(picture)}\n{written}".encode()).hexdigest()[:16]


def wanted(picture: Catalogue, scenario: Scenario) -> list[Need]:
    """The published needs that a scenario plans for, by number."""
    found = (picture.needs[number] for number in sorted(picture.needs))
    return [need for need in found if scenario.examples or not need.example]


def prepare(picture: Catalogue, inputs: Values) -> dict[str, Any]:
    """The problem of a scenario as JSON. `inputs` has the scenario and the rows: pairs that are closed, fixed, apart,
    and how many laboratories already work on a need."""
    scenario = Scenario.read(inputs["scenario"])
    needs = wanted(picture, scenario)
    slugs = list(picture.index.laboratories)
    working = {int(number): count for number, count in inputs["working"].items()}
    wanting = [need for need in needs if _demand(scenario, need.number, working)[1]]
    return {
        "snapshot_id": snapshot_id(picture, inputs),
        "seed": scenario.seed,
        "tolerance": scenario.tolerance / 100,
        "needs": [[need.number, *_demand(scenario, need.number, working)] for need in needs],
        "laboratories": [[slug, *_quota(picture, scenario, slug)] for slug in slugs],
        "scores": _scores(picture, needs, scenario.least_band, inputs["together"]),
        **{
            name: _known(picture, needs, inputs[name])
            for name in ("conflicts", "closed", "together", "apart")
        },
        "floors": [
            [key, numbers, count, scenario.floor_fit / 100]
            for key, numbers in members(picture, wanting).items()
            if (count := asked(scenario, key, len(numbers)))
        ],
    }


def _demand(scenario: Scenario, number: int, working: Mapping[int, int]) -> tuple[int, int]:
    """What a need still wants: a laboratory that works on it already counts."""
    least, most = scenario.demands.get(number, (scenario.least_each, scenario.most_each))
    return max(0, least - working.get(number, 0)), max(0, most - working.get(number, 0))


def _quota(picture: Catalogue, scenario: Scenario, slug: str) -> tuple[int, int]:
    """What a scenario says, else the free places, else what it assumes where nobody knows them."""
    free = picture.laboratories[slug].free_places
    return scenario.quotas.get(slug, (0, scenario.assumed_places if free is None else free))


def _scores(
    picture: Catalogue, needs: list[Need], least: Band, together: list[list[Any]]
) -> list[list[float | None]]:
    """The scores of the candidates; what a hand fixed has its score whatever its band."""
    read = [(need.number, need.understanding, need.place) for need in needs]
    if not read:
        return []
    found = [list(row) for row in candidates(picture.index, read, least)]
    rows = {need.number: row for row, need in enumerate(needs)}
    columns = {slug: column for column, slug in enumerate(picture.index.laboratories)}
    for number, slug in together:
        if number in rows and slug in columns and found[rows[number]][columns[slug]] is None:
            row = candidates(picture.index, [read[rows[number]]], Band.WEAK)[0]
            found[rows[number]][columns[slug]] = row[columns[slug]] or 0.0
    return found


def _known(picture: Catalogue, needs: list[Need], pairs: list[list[Any]]) -> list[list[Any]]:
    numbers = {need.number for need in needs}
    return [[number, slug] for number, slug in pairs if number in numbers and slug in picture.laboratories]


def problem_of(values: Values) -> Problem:
    """The problem that `prepare` wrote."""

    def pairs(*names: str) -> frozenset[tuple[int, str]]:
        return frozenset((number, slug) for name in names for number, slug in values[name])

    return Problem(
        needs=tuple(Demand(need=need, least=least, most=most) for need, least, most in values["needs"]),
        laboratories=tuple(
            Quota(laboratory=slug, least=least, most=most) for slug, least, most in values["laboratories"]
        ),
        scores=tuple(tuple(row) for row in values["scores"]),
        conflicts=pairs("conflicts", "closed"),
        together=pairs("together"),
        apart=pairs("apart"),
        floors=tuple(
            Floor(key=key, needs=tuple(needs), least=least, fit=fit)
            for key, needs, least, fit in values["floors"]
        ),
    )


def run(values: Values, report: Report) -> dict[str, Any]:
    """The plan of a problem, or the certificates that there is none and the repairs that would make one."""
    problem = problem_of(values)
    result: dict[str, Any] = {
        "snapshot_id": values["snapshot_id"],
        "needs": values["needs"],
        "laboratories": values["laboratories"],
        "first_choices": _first_choices(problem),
        "plan": None,
        "figures": None,
        "certificates": [],
        "repairs": [],
        "floors": [[floor.key, len(floor.needs), floor.least, None] for floor in problem.floors],
        "undecided": False,
    }
    try:
        plan = assign(
            problem,
            seed=values["seed"],
            tolerance=values["tolerance"],
            report=lambda share: report(share / 2),
        )
    except Undecided:
        return {**result, "undecided": True}
    if plan is not None:
        figures = asdict(counted(problem, plan))
        return {**result, "plan": asdict(plan), "figures": figures, "floors": _floors(problem, plan)}
    # What a dataclass computes is no field of it.
    result["certificates"] = [asdict(found) | {"missing": found.missing} for found in certificates(problem)]
    report(0.75)
    result["repairs"] = [asdict(repair) for repair in repairs(problem)]
    return result


def _floors(problem: Problem, plan: Plan) -> list[list[Any]]:
    """Of each floor: the group, how many needs it has, how many it asks for, how many are served well."""
    chosen = {(line.need, line.laboratory): line.score for line in plan.lines}
    return [
        [floor.key, len(floor.needs), floor.least, len(served_by(floor, chosen))] for floor in problem.floors
    ]


def _first_choices(problem: Problem) -> list[Any]:
    """The laboratory that most needs would go to if each took the first of its own ranking, and how many they are."""
    loads = dict.fromkeys((quota.laboratory for quota in problem.laboratories), 0)
    slugs = list(loads)
    for demand, row in zip(problem.needs, problem.scores, strict=True):
        order = sorted((-score, slug) for score, slug in zip(row, slugs, strict=True) if score is not None)
        for _, slug in order[: demand.most]:
            loads[slug] += 1
    fullest = min(loads, key=lambda one: (-loads[one], one), default="")
    return [fullest, loads.get(fullest, 0)]


async def keep(_: Writing, token: str, result: Values) -> None:
    """Give the result to every plan that asked for it: computations go after a month, plans stay."""
    await AssignmentPlan.filter(token=token).update(
        result=json.dumps(result, ensure_ascii=False, sort_keys=True),
        figures=json.dumps(result["figures"]),
        snapshot_id=result["snapshot_id"],
    )


KIND = Kind("assignment", run, prepare, keep)
