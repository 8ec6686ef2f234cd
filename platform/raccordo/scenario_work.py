"""The scenario of the whole region as work for a process of its own: JSON in, groups out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from raccordo.catalogue import Catalogue
from raccordo.computations import Kind, Report, Values
from raccordo.scenario_input import ScenarioInput, codes_of, themes_of
from raccordo_graph.objectives import Objective
from raccordo_graph.partition import Way, partition
from raccordo_graph.territory import Border, Municipality, build


def written(asked: ScenarioInput) -> dict[str, Any]:
    """A question as JSON."""
    return {
        "area": asked.area,
        "function": asked.function,
        "on": asked.on.isoformat(),
        "people": asked.people,
        "in_mountains": asked.in_mountains,
        "four_times": asked.four_times,
        "up_to": asked.up_to,
        "weights": {objective.value: weight for objective, weight in asked.weights.items()},
        "seed": asked.seed,
    }


def read(values: Mapping[str, Any]) -> ScenarioInput:
    """The question that `written` wrote."""
    plain = {
        name: values[name]
        for name in ("area", "function", "people", "in_mountains", "four_times", "up_to", "seed")
    }
    weights = {Objective(name): weight for name, weight in values["weights"].items()}
    return ScenarioInput(**plain, on=date.fromisoformat(values["on"]), weights=weights)


def prepare(catalogue: Catalogue, values: Values) -> Values:
    """The question with the territory and the needs that it is about."""
    from raccordo.scenarios import snapshot_id

    asked = read(values)
    nodes = catalogue.territory.nodes
    return {
        **values,
        "snapshot_id": snapshot_id(catalogue, asked),
        "codes": [
            code
            for code in codes_of(catalogue, asked.area)
            if nodes[code]["population"] <= asked.up_to and code not in catalogue.opted_out
        ],
        "municipalities": [
            {"istat_code": code, **nodes[code]} for code in nodes if code not in catalogue.opted_out
        ],
        "borders": [
            {"first": first, "second": second, "metres": edge["metres"]}
            for (first, second), edge in catalogue.territory.edges.items()
            if not catalogue.opted_out & {first, second}
        ],
        "themes": {code: sorted(themes) for code, themes in themes_of(catalogue, asked.function).items()},
    }


def run(values: Values, report: Report) -> Values:
    """Divide the region: the groups as lists of codes, and the snapshot that they were computed from."""
    asked = read(values)
    found = partition(
        build(
            (Municipality(**row) for row in values["municipalities"]),
            [Border(**row) for row in values["borders"]],
        ),
        values["codes"],
        threshold=asked.threshold,
        weights=asked.weights,
        themes={code: frozenset(themes) for code, themes in values["themes"].items()},
        seed=asked.seed,
        way=Way.QUICK,
        report=report,
    )
    return {"groups": [one.members for one in found.groups], "snapshot_id": values["snapshot_id"]}


KIND = Kind("scenario", run, prepare)
