"""A municipality that keeps out of suggestions is in none: remedies, members to add, partners, the region's scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cast import BALLABIO, PASTURO
from questions import data_of
from raccordo import group_changes, groups, scenario_work
from raccordo.catalogue import Catalogue
from raccordo.computations import Values
from raccordo.groups import GroupInput
from raccordo.scenario_input import ScenarioInput

CREMENO, BARZIO = "097029", "097007"  # 2,938 inhabitants together: 62 less than the size
TODAY = date(2026, 11, 24)
GROUP = GroupInput(function="b", members=(CREMENO, BARZIO), on=TODAY)
PARTNERS = """query ($of: String!) { municipality(istatCode: $of) { partners(function: "b", first: 100) {
  totalCount edges { node { municipality { istatCode } } } } } }"""


def without(current: Catalogue, code: str) -> Catalogue:
    return replace(current, opted_out=frozenset({code}))


async def partners_of(picture: Catalogue, code: str) -> list[str]:
    found: dict[str, Any] = (await data_of(PARTNERS, picture, of=code))["municipality"]["partners"]
    codes = [edge["node"]["municipality"]["istatCode"] for edge in found["edges"]]
    assert found["totalCount"] >= len(codes)
    return codes


def test_nobody_is_named_as_the_remedy_that_keeps_out(current: Catalogue) -> None:
    before = groups.evaluate(current, GROUP)
    assert before.remedy
    [named] = [
        town.istat_code
        for town in group_changes.joinable(current, before, 100)
        if f"con {town.name} (" in before.remedy.say()
    ]
    picture = without(current, named)
    after = groups.evaluate(picture, GROUP)
    assert after.remedy
    assert picture.municipalities[named].name not in after.remedy.say()
    left = group_changes.joinable(picture, after, 100)
    assert left
    assert named not in {town.istat_code for town in left}


async def test_partners_by_graphql_go_both_ways(current: Catalogue) -> None:
    picture = without(current, PASTURO)
    assert PASTURO in await partners_of(current, BALLABIO)
    of_neighbour = await partners_of(picture, BALLABIO)
    assert of_neighbour
    assert PASTURO not in of_neighbour
    assert await partners_of(current, PASTURO) != await partners_of(picture, PASTURO) == []


def test_the_scenario_of_the_region_leaves_it_out(current: Catalogue) -> None:
    asked = scenario_work.written(ScenarioInput(area="lombardia", function="b", on=TODAY))
    before = scenario_work.prepare(current, asked)
    after = scenario_work.prepare(without(current, PASTURO), asked)
    assert {*before["codes"]} - {*after["codes"]} == {PASTURO}

    def towns(values: Values) -> set[str]:
        return {one["istat_code"] for one in values["municipalities"]}

    assert towns(before) - towns(after) == {PASTURO}
    assert any(PASTURO in (one["first"], one["second"]) for one in before["borders"])
    assert not any(PASTURO in (one["first"], one["second"]) for one in after["borders"])
