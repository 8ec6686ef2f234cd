"""Groups by GraphQL: the same answers and the same refusals as the pages."""

from __future__ import annotations

from typing import Any

import pytest

from questions import asked
from raccordo.catalogue import Catalogue

PASTURO, BALLABIO, CREMENO, LECCO = "097065", "097004", "097029", "097042"
GROUP = """query ($function: String!, $members: [String!]!, $on: Date!, $lead: String) {
  associationGroup(function: $function, members: $members, on: $on, lead: $lead) {
    population needed missing connected shareOfLargest widest score duty headlineIt headlineEn whyIt whyEn remedyIt
    lead { name } members { istatCode } obliged { name } factors { name contribution }
    law { sentenceIt sentenceEn rules { rule norm validFrom validTo toBeConfirmed source } }
    notesIt notesEn needs { number } laboratories { score onlyTogether laboratory { slug } fits { number } }
    evidence { finding prior textEn source } function { letter }
  }
}"""
WHAT_IF = """query ($joins: String, $leaves: String, $newLead: String) {
  groupWhatIf(function: "a", members: ["097065", "097004"], on: "2026-11-24", joins: $joins, leaves: $leaves,
              newLead: $newLead) {
    differencesIt differencesEn before { population } after { population lead { istatCode } }
  }
}"""
PARTNERS = """query ($first: Int, $after: String, $function: String!) {
  municipality(istatCode: "097065") {
    partners(function: $function, first: $first, after: $after) {
      totalCount pageInfo { endCursor hasNextPage }
      edges { node { score position kilometres metres whyIt whyEn municipality { istatCode } factors { contribution } } }
    }
  }
}"""


def variables(on: str, *members: str, function: str = "a", **more: Any) -> dict[str, Any]:
    return {"function": function, "members": list(members), "on": on, **more}


async def test_the_same_group_on_three_days(current: Catalogue) -> None:
    duties = []
    for day in ("2013-06-01", "2021-06-01", "2026-11-24"):
        body = await asked(GROUP, **variables(day, PASTURO, BALLABIO))
        found = body["data"]["associationGroup"]
        duties.append((found["duty"], [town["name"] for town in found["obliged"]]))
        assert abs(sum(factor["contribution"] for factor in found["factors"]) - found["score"]) < 1e-9
        assert all(one["sentenceIt"] != one["sentenceEn"] for one in found["law"])
    assert duties == [("IN_FORCE", ["Pasturo"]), ("DEFERRED", ["Pasturo"]), ("ABROGATED", [])]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (variables("2026-11-24", PASTURO, BALLABIO, function=""), "function"),
        (variables("2026-11-24", PASTURO), "members"),
        (variables("2026-11-24", PASTURO, "000000"), "members"),
        (variables("2026-11-24", PASTURO, BALLABIO, lead=LECCO), "lead"),
    ],
)
async def test_what_cannot_be_a_group_is_an_error_with_its_field(
    current: Catalogue, wanted: dict[str, Any], field: str
) -> None:
    body = await asked(GROUP, **wanted)
    assert body["data"]["associationGroup"] is None
    assert field in str(body["errors"][0]["extensions"])


async def test_what_if_somebody_joins_leaves_or_leads(current: Catalogue) -> None:
    body = await asked(WHAT_IF, joins=CREMENO, leaves=None, newLead=PASTURO)
    found = body["data"]["groupWhatIf"]
    assert found["after"]["population"] > found["before"]["population"]
    assert found["after"]["lead"]["istatCode"] == PASTURO
    assert found["differencesIt"][:2] == ["Entra Cremeno.", "Il capofila passa da Ballabio a Pasturo."]
    assert found["differencesEn"][:2] == ["Cremeno joins.", "The lead passes from Ballabio to Pasturo."]


async def test_partners_come_in_pages_best_first(current: Catalogue) -> None:
    first = (await asked(PARTNERS, first=3, function="g"))["data"]["municipality"]["partners"]
    rest = await asked(PARTNERS, first=3, after=first["pageInfo"]["endCursor"], function="g")
    following = rest["data"]["municipality"]["partners"]
    codes = [edge["node"]["municipality"]["istatCode"] for edge in (*first["edges"], *following["edges"])]
    scores = [edge["node"]["score"] for edge in (*first["edges"], *following["edges"])]
    assert len(set(codes)) == 6
    assert scores == sorted(scores, reverse=True)
    assert first["totalCount"] > 100
    assert first["edges"][0]["node"]["whyEn"].startswith("A shared border of ")


async def test_an_unknown_function_is_refused(current: Catalogue) -> None:
    body = await asked(PARTNERS, first=3, function="zz")
    assert "function" in str(body["errors"][0]["extensions"])


async def test_the_rules_of_a_day(current: Catalogue) -> None:
    query = (
        '{ legalRules(on: "%s", first: 100) { totalCount edges { node { rule kind contentIt contentEn } } } }'
    )
    then, now = [
        {edge["node"]["rule"] for edge in (await asked(query % day))["data"]["legalRules"]["edges"]}
        for day in ("2021-06-01", "2026-11-24")
    ]
    assert {"c28", "def-2021"} <= then - now
    assert "abrogation-2024" in now - then
