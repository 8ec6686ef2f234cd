"""The shapes on the grid: neighbours share edges, places fall where they belong, the coarse drawing loses nobody."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

from raccordo_graph import Place
from raccordo_ui import outlines


def rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files("raccordo").joinpath("reference", name).read_text("utf-8").splitlines())


def inside(path: str, x: float, y: float) -> bool:
    """Whether a point lies in a shape, by counting the edges to its right."""
    crossed = 0
    for ring in outlines.rings(path):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossed += 1
    return crossed % 2 == 1


def test_every_municipality_lies_where_its_point_says() -> None:
    shapes = outlines.outlines().municipalities
    misplaced = []
    for row in rows("municipalities.csv"):
        x, y = outlines.point(Place(latitude=float(row["latitude"]), longitude=float(row["longitude"])))
        if not inside(shapes[row["istat_code"]], x, y):
            misplaced.append(row["name"])
    assert misplaced == []


def test_the_projection_agrees_with_a_point_worked_out_by_pyproj() -> None:
    # Transformer.from_crs(4326, 32632) puts the cathedral of Milan at 514912.9 m east, 5034532.5 m north.
    x, y = outlines.point(Place(latitude=45.46416, longitude=9.19076))
    assert (x, y) == (
        round((514912.9 - outlines.WEST) / outlines.UNIT, 1),
        round((outlines.NORTH - 5034532.5) / outlines.UNIT, 1),
    )


def test_real_neighbours_share_a_line_on_the_map() -> None:
    shapes = outlines.outlines().municipalities
    without = [
        (row["first"], row["second"])
        for row in rows("borders.csv")
        if int(row["metres"]) > 1000
        and not outlines.shared_edges(shapes[row["first"]], shapes[row["second"]])
    ]
    assert without == []


def test_the_coarse_drawing_keeps_every_municipality() -> None:
    coarse = outlines.coarse_outlines()
    assert coarse.municipalities.keys() == outlines.outlines().municipalities.keys()
    assert all(outlines.box_of([path]).span > 0 for path in coarse.municipalities.values())


def test_a_line_shared_across_the_start_of_a_ring_is_still_drawn() -> None:
    assert outlines.shared_edges("M2 0l2 0 0 4-4 0 0-4z", "M0 0l2 0 2 0 0-4-4 0z") == "M2 0l2 0M0 0l2 0"


def test_shapes_that_touch_in_a_point_share_no_line() -> None:
    assert outlines.shared_edges("M0 0l1 0 0 1-1 0z", "M1 1l1 0 0 1-1 0z") == ""
