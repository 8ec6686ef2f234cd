"""Offers by GraphQL: read with filters and reasons, written with the same fields, rights and refusals as the pages."""

from __future__ import annotations

from typing import Any

import pytest

from cast import COORDINATOR, LABORATORY, NEED, OFFER, PASTURO_OFFICER
from questions import data_of
from raccordo import needs, offers
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor

INPUT = {
    "kind": "THESIS", "title": OFFER.title, "text": OFFER.text, "level": "MASTER", "durationMonths": 6,
    "language": "IT_EN", "townProvides": OFFER.details["town_provides"],
}  # fmt: skip
REFUSAL = "... on Refusal { code message fields { field code } currentOffer { version title level } }"
OFFERED = "... on Offer { number version kind level durationMonths weeks open laboratory { slug } }"


async def result(name: str, arguments: str, actor: Actor, shows: str, **variables: Any) -> dict[str, Any]:
    declared = "($input: OfferInput!)" if variables else ""
    query = f"mutation {declared} {{ {name}({arguments}) {{ __typename {shows} {REFUSAL} }} }}"
    [answer] = (await data_of(query, actor=actor, **variables)).values()
    found: dict[str, Any] = answer
    return found


async def test_a_laboratory_publishes_and_every_field_of_the_kind_is_typed(current: Catalogue) -> None:
    found = await result("publishOffer", "input: $input", LABORATORY, OFFERED, input=INPUT)
    assert (found["level"], found["durationMonths"], found["weeks"]) == ("MASTER", 6, None)
    assert (found["kind"], found["open"], found["laboratory"]) == ("THESIS", True, {"slug": "infralab"})


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER, COORDINATOR])
async def test_nobody_else_publishes(current: Catalogue, actor: Actor) -> None:
    found = await result("publishOffer", "input: $input", actor, OFFERED, input=INPUT)
    assert found["code"] == "publish_offer"


async def test_what_is_wrong_is_said_by_the_names_of_the_schema(current: Catalogue) -> None:
    wrong = INPUT | {"durationMonths": 999, "weeks": 3, "townProvides": ""}
    found = await result("publishOffer", "input: $input", LABORATORY, OFFERED, input=wrong)
    assert {one["field"]: one["code"] for one in found["fields"]} == {
        "durationMonths": "out_of_range",
        "weeks": "of_another_kind",
        "townProvides": "missing",
    }


async def test_a_late_change_gets_the_present_state(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    at = f"number: {offer.number}, version: 1"
    changed = INPUT | {"title": "Il primo", "level": "BACHELOR"}
    await result("reviseOffer", f"{at}, input: $input", LABORATORY, OFFERED, input=changed)
    found = await result("reviseOffer", f"{at}, input: $input", LABORATORY, OFFERED, input=INPUT)
    assert found["code"] == "stale"
    assert found["currentOffer"] == {"version": 2, "title": "Il primo", "level": "BACHELOR"}


async def test_it_is_closed_withdrawn_and_published_again(current: Catalogue) -> None:
    number = (await offers.publish(LABORATORY, OFFER)).number
    state = "... on OfferState { status version endedBecause }"
    found = await result(
        "closeOffer", f'number: {number}, version: 1, reason: "Trovato."', COORDINATOR, state
    )
    assert (found["status"], found["endedBecause"]) == ("CLOSED", "Trovato.")
    found = await result("publishOfferAgain", f"number: {number}, version: 2", LABORATORY, OFFERED)
    assert found["open"] is True
    found = await result("withdrawOffer", f"number: {number}, version: 3", LABORATORY, state)
    assert found["status"] == "WITHDRAWN"
    assert (await data_of("{ offers { totalCount } }"))["offers"]["totalCount"] == 0


async def test_a_need_a_town_and_the_offer_read_the_same_match(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    fit = "edges { node { score band offer { number } need { number } body { name } reasons { sentenceIt } factors { contribution } } }"
    found = await data_of(
        f"{{ need(number: {need.number}) {{ offers(first: 1) {{ {fit} }} }}"
        f' municipality(istatCode: "097065") {{ offers(first: 1) {{ {fit} }} }}'
        f" offer(number: {offer.number}) {{ matches(first: 100) {{ {fit} }} }} }}"
    )
    [of_need] = found["need"]["offers"]["edges"]
    [of_town] = found["municipality"]["offers"]["edges"]
    assert of_need["node"]["offer"] == {"number": offer.number}
    assert of_need == of_town
    assert of_need in found["offer"]["matches"]["edges"]
    parts = sum(one["contribution"] for one in of_need["node"]["factors"])
    assert abs(parts - of_need["node"]["score"]) < 1e-9


async def test_the_list_is_filtered(current: Catalogue) -> None:
    await offers.publish(LABORATORY, OFFER)
    counts = await data_of(
        '{ a: offers(filter: {kind: THESIS, open: true, laboratory: "infralab"}) { totalCount }'
        " b: offers(filter: {kind: DATA}) { totalCount } c: offers(filter: {open: false}) { totalCount }"
        ' d: laboratory(slug: "infralab") { offers { totalCount } }'
        ' e: offers(filter: {province: "097", text: "ponte"}) { totalCount } }'
    )
    assert [counts[key]["totalCount"] for key in "abce"] == [1, 0, 0, 1]
    assert counts["d"]["offers"]["totalCount"] == 1


async def test_an_officer_asks_about_an_offer(current: Catalogue) -> None:
    offer = await offers.publish(LABORATORY, OFFER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    at = f"number: {offer.number}, need: {need.number}"
    record = "... on MatchRecord { state laboratory { slug } timeline { note } }"
    found = await result("askAboutOffer", at, PASTURO_OFFICER, record)
    assert (found["state"], found["laboratory"]) == ("ASKED", {"slug": "infralab"})
    assert OFFER.title in found["timeline"][-1]["note"]
    assert (await result("askAboutOffer", at, VISITOR, record))["code"] == "ask_match"
