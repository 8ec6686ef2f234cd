"""Two calculators of the pages, asked for by a program: the same figures, the same refusals."""

from __future__ import annotations

from typing import Any

import pytest

from questions import asked
from raccordo.catalogue import Catalogue

AREA = 'area: "097", function: "a", on: "2026-11-24"'


async def costs(arguments: str) -> dict[str, Any]:
    return await asked(
        f"{{ costSharing({arguments}) {{ total shares {{ municipality {{ name }} cents share }} }} }}"
    )


async def test_a_cost_is_shared_to_the_cent(current: Catalogue) -> None:
    # Pasturo has 1,959 inhabitants and Ballabio 4,144: 32.1 % and 67.9 % of 1,000 euro.
    found = (await costs('members: ["097065", "Ballabio"], cost: "1.000"'))["data"]["costSharing"]
    assert [(one["municipality"]["name"], one["cents"]) for one in found["shares"]] == [
        ("Pasturo", 32099),
        ("Ballabio", 67901),
    ]
    assert found["total"] == 1000


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ('members: ["097065", "097004"], cost: ""', "cost"),
        ('members: ["097065", "097004"], cost: "molto"', "cost"),
        ('members: ["097065", "097004"], cost: "100", population: "-1"', "population"),
        ('members: ["097065", "097004"], cost: "100", use: "1"', "use"),
        (
            'members: ["097065", "097004"], cost: "100", use: "1", used: [{municipality: "097065", use: "x"}]',
            "use097065",
        ),
        ('members: ["Nessunluogo"], cost: "100"', "members"),
        ('members: [], cost: "100"', "members"),
    ],
)
async def test_a_cost_that_cannot_be_shared_is_refused_as_on_the_page(
    current: Catalogue, arguments: str, field: str
) -> None:
    answer = await costs(arguments)
    assert answer["data"] == {"costSharing": None}
    [error] = answer["errors"]
    assert field in {one["field"] for one in error["extensions"]["fields"]}


async def compared(first: str, second: str) -> dict[str, Any]:
    return await asked(
        f"{{ compareScenarios(first: {{{first}}}, second: {{{second}}}) {{ same {{ totalCount }} changes {{ totalCount edges {{"
        " node { first { members { name } } second { members { name } } moved { name } joined { name } left { name } } } }"
        " second { figures { groups } } } }"
    )


async def test_a_scenario_beside_itself_changes_nothing(current: Catalogue) -> None:
    found = (await compared(AREA, AREA))["data"]["compareScenarios"]
    assert found["changes"]["totalCount"] == 0
    assert found["same"]["totalCount"] == found["second"]["figures"]["groups"] > 0


async def test_other_weights_give_other_groups(current: Catalogue) -> None:
    found = (await compared(AREA, f"{AREA}, weights: {{similarity: 10, compactness: 0}}"))["data"][
        "compareScenarios"
    ]
    assert found["changes"]["totalCount"] > 0
    change = found["changes"]["edges"][0]["node"]
    assert change["first"] or change["second"]
    assert change["moved"] or change["joined"] or change["left"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (AREA, AREA.replace("097", "lombardia"), "too_large"),
        (AREA, AREA.replace("097", "014"), "different"),
        (AREA.replace("097", "999"), AREA, "unknown"),
    ],
)
async def test_two_scenarios_that_cannot_be_compared_are_refused(
    current: Catalogue, first: str, second: str, said: str
) -> None:
    answer = await compared(first, second)
    assert answer["data"] == {"compareScenarios": None}
    [error] = answer["errors"]
    assert said in {one["code"] for one in error["extensions"]["fields"]}
