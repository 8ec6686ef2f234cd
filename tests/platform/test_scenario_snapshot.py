"""Scenarios are kept by the name of what they were computed from: whatever may be asked otherwise is in that name."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from raccordo import scenarios
from raccordo.catalogue import Catalogue
from raccordo.scenario_input import DEFAULT_WEIGHTS, ScenarioInput
from raccordo_graph.objectives import Objective

ASKED = ScenarioInput(
    area="097",
    function="b",
    on=date(2026, 11, 24),
    people=5000,
    in_mountains=3000,
    four_times=False,
    up_to=5000,
)
OTHERWISE = {
    "area": "014", "function": "a", "on": date(2005, 1, 1), "people": 4000, "in_mountains": 2000, "four_times": True,
    "up_to": 3000, "weights": {**DEFAULT_WEIGHTS, next(iter(Objective)): 9}, "seed": 2,
}  # fmt: skip


def test_whatever_is_asked_otherwise_has_another_name(loaded_file: tuple[Path, Catalogue]) -> None:
    _, picture = loaded_file
    for field in fields(ScenarioInput):
        # The day counts by what the law asked on it, where nothing else is asked.
        base = replace(ASKED, people=None) if field.name == "on" else ASKED
        asked = replace(base, **{field.name: OTHERWISE[field.name]})  # type: ignore[arg-type]  # by name
        assert scenarios.snapshot_id(picture, asked) != scenarios.snapshot_id(picture, base), field.name
