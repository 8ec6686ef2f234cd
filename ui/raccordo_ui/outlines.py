"""The shapes of municipalities and provinces on one grid, read when a page first draws them.

One unit of the grid is 50 metres in UTM 32 north, y downwards: see `docs/reference-data.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians, sin, sqrt, tan

from raccordo_graph import Place

UNIT = 50.0  # metres
WEST, NORTH = 460_662.8, 5_165_370.6  # metres east and north of the grid's first corner
COARSE = 3  # the whole region is drawn on a grid so many times as wide: no screen shows the difference

Point = tuple[int, int]
Ring = list[Point]

_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the grid."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    @property
    def span(self) -> float:
        return max(self.width, self.height)

    def wider(self, share: float) -> Box:
        """The same with a margin of `share` of the longer side all around."""
        margin = round(self.span * share)
        return Box(self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin)


@dataclass(frozen=True, slots=True)
class Outlines:
    """SVG paths by code, fill rule evenodd; neighbours share their edges."""

    box: Box
    municipalities: Mapping[str, str]
    provinces: Mapping[str, str]


@cache
def outlines() -> Outlines:
    """Every shape, at full detail."""
    read = json.loads(files("raccordo").joinpath("reference", "boundaries.json").read_bytes())
    return Outlines(Box(*read["view_box"]), read["municipalities"], read["provinces"])


@cache
def coarse_outlines() -> Outlines:
    """Every shape with the detail that fits a drawing of the whole region; coordinates are divided by COARSE."""
    full = outlines()
    box = Box(0, 0, full.box.width / COARSE, full.box.height / COARSE)
    return Outlines(
        box,
        {code: coarser(path) for code, path in full.municipalities.items()},
        {code: coarser(path) for code, path in full.provinces.items()},
    )


def rings(path: str) -> Iterator[Ring]:
    """The closed rings of a path, the last point not repeated.

    >>> list(rings("M1 2l3 0 0-2z"))
    [[(1, 2), (4, 2), (4, 0)]]
    """
    for part in path.split("M")[1:]:
        steps = [int(digits) for digits in _NUMBER.findall(part)]
        x, y = steps[:2]
        ring = [(x, y)]
        for dx, dy in zip(steps[2::2], steps[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring


def coarser(path: str, factor: int = COARSE) -> str:
    """The path on a grid `factor` times as wide; rings that vanish on it are left out, unless all would.

    >>> coarser("M2 4l6 0 0-4z", 2)
    'M1 2l3 0 0-2z'
    """
    drawn = [_thinned([(round(x / factor), round(y / factor)) for x, y in ring]) for ring in rings(path)]
    large = [ring for ring in drawn if len(ring) > 2] or [max(drawn, key=len)]
    return "".join(f"{_steps(ring)}z" for ring in large)


def _thinned(ring: Ring) -> Ring:
    kept = [point for before, point in pairwise([ring[-1], *ring]) if before != point]
    return kept or ring[:1]


def _steps(points: Ring) -> str:
    steps = " ".join(f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{steps}".replace(" -", "-")


def box_of(paths: Iterable[str]) -> Box:
    """The smallest part of the grid that holds every path."""
    points = [point for path in paths for ring in rings(path) for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def shared_edges(path: str, other: str) -> str:
    """The edges that two shapes share, as open lines; '' when they only meet in a point or not at all.

    >>> shared_edges("M0 0l4 0 0 4-4 0z", "M4 0l4 0 0 4-4 0z")
    'M4 0l0 4'
    """
    theirs = {frozenset(edge) for ring in rings(other) for edge in pairwise([*ring, ring[0]])}
    lines: list[Ring] = []
    for ring in rings(path):
        for start, end in pairwise([*ring, ring[0]]):
            if frozenset((start, end)) not in theirs:
                continue
            if lines and lines[-1][-1] == start:
                lines[-1].append(end)
            else:
                lines.append([start, end])
    return "".join(_steps(line) for line in lines)


def point(place: Place) -> tuple[float, float]:
    """Where a place lies on the grid: transverse Mercator on the WGS84 ellipsoid, zone 32, within a metre.

    Source: J. P. Snyder, Map Projections: A Working Manual (USGS 1395, 1987), equations 8-9 to 8-15 and 3-21.
    """
    axis, squared, scale = 6_378_137.0, 0.00669437999, 0.9996
    phi, second = radians(place.latitude), squared / (1 - squared)
    n = axis / sqrt(1 - squared * sin(phi) ** 2)
    t, c = tan(phi) ** 2, second * cos(phi) ** 2
    a = radians(place.longitude - 9) * cos(phi)
    east = scale * n * (a + (1 - t + c) * a**3 / 6 + (5 - 18 * t + t**2 + 72 * c - 58 * second) * a**5 / 120)
    north = scale * (
        _meridian(phi, axis, squared) + n * tan(phi) * (a**2 / 2 + (5 - t + 9 * c + 4 * c**2) * a**4 / 24)
    )
    return round((east + 500_000 - WEST) / UNIT, 1), round((NORTH - north) / UNIT, 1)


def _meridian(phi: float, axis: float, e2: float) -> float:
    """The length of the meridian from the equator, in metres."""
    return axis * (
        (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * phi
        - (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * sin(2 * phi)
        + (15 * e2**2 / 256 + 45 * e2**3 / 1024) * sin(4 * phi)
        - (35 * e2**3 / 3072) * sin(6 * phi)
    )
