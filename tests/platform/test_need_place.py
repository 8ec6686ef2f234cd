"""A need is where its writer says it is: distances start there, in the preview and once it is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cast import NEED, PASTURO_OFFICER
from raccordo import catalogue, matches, needs
from raccordo_graph.geography import kilometres

BELLANO, MANTUA = "097008", "020030"

pytestmark = pytest.mark.usefixtures("opened_database")


async def test_a_confirmed_place_is_where_distances_start() -> None:
    picture = catalogue.current()
    there = replace(NEED, sites=(MANTUA,))
    seen = matches.preview(picture, PASTURO_OFFICER, there)
    assert seen.place == picture.municipalities[MANTUA].place
    near = {one.laboratory: one.reasons.distance_km for one in seen.ranking.matches}
    for slug, km in near.items():
        campus = picture.campuses.get(picture.laboratories[slug].campus or "")
        if km is not None and campus is not None:
            assert km == pytest.approx(kilometres(seen.place, campus.place))
    need = await needs.publish(PASTURO_OFFICER, there)
    ranked = matches.for_need(catalogue.current(), need).matches
    assert {one.laboratory: one.reasons.distance_km for one in ranked} == near


async def test_several_places_are_met_in_the_middle() -> None:
    towns = catalogue.current().municipalities
    need = await needs.publish(PASTURO_OFFICER, replace(NEED, sites=(BELLANO, MANTUA)))
    one, other = towns[BELLANO].place, towns[MANTUA].place
    assert need.place.latitude == pytest.approx((one.latitude + other.latitude) / 2)
    assert need.place.longitude == pytest.approx((one.longitude + other.longitude) / 2)


async def test_without_a_place_it_is_where_its_owner_is() -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert need.place == catalogue.current().owner(need).place
