"""How far a campus is, and how much that counts."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG), in kilometres."""

HALF_CLOSENESS_KM = 50.0
"""The distance at which closeness is one half: about an hour by car in the valleys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the map, in WGS84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(
                f"{self.latitude}, {self.longitude} is no point in degrees of latitude, longitude"
            )


def kilometres(one: Place, other: Place) -> float:
    """Return the great-circle distance between two places, in kilometres (haversine formula).

    As the crow flies: a lake or a ridge in between is not counted.

    >>> milan, lecco = Place(latitude=45.4781, longitude=9.2270), Place(latitude=45.8505, longitude=9.3985)
    >>> round(kilometres(milan, lecco), 1)
    43.5
    """
    phi, theta = radians(one.latitude), radians(other.latitude)
    half = (
        sin((theta - phi) / 2) ** 2
        + cos(phi) * cos(theta) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))


def closeness(km: Any) -> Any:
    """Return ``1 / (1 + km / 50)``: 1 on the spot, one half at 50 km, never 0; a number or an array.

    >>> closeness(0), closeness(50)
    (1.0, 0.5)
    """
    return 1 / (1 + km / HALF_CLOSENESS_KM)
