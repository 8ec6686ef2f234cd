"""Distances over the ground."""

from __future__ import annotations

from math import pi

import pytest

from raccordo_graph import Place
from raccordo_graph.geography import EARTH_RADIUS_KM, closeness, kilometres


def test_a_degree_on_the_equator_is_its_part_of_the_circle() -> None:
    equator = kilometres(Place(latitude=0, longitude=0), Place(latitude=0, longitude=1))
    assert equator == pytest.approx(2 * pi * EARTH_RADIUS_KM / 360)


def test_the_other_end_of_the_world_is_half_the_circle_away() -> None:
    away = kilometres(Place(latitude=45, longitude=9), Place(latitude=-45, longitude=-171))
    assert away == pytest.approx(pi * EARTH_RADIUS_KM)


def test_distance_is_the_same_both_ways_and_nothing_on_the_spot() -> None:
    lecco, milan = Place(latitude=45.85, longitude=9.4), Place(latitude=45.48, longitude=9.23)
    assert kilometres(lecco, milan) == kilometres(milan, lecco)
    assert kilometres(lecco, lecco) == 0


def test_closeness_falls_smoothly_and_never_ends() -> None:
    assert [closeness(km) for km in (0, 50, 150)] == [1, 0.5, 0.25]


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_a_point_that_is_none_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="is no point in degrees"):
        Place(latitude=latitude, longitude=longitude)
