"""What a map shows, ready to be drawn: shapes with their names and links, dots, labels. No markup, no colour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt

from raccordo.catalogue import Catalogue
from raccordo.published import Municipality, TerritorialBody
from raccordo_graph import Place
from raccordo_ui.outlines import COARSE, Box, box_of, coarse_outlines, outlines, point, rings


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A territory on a map: `title` names it on hover, `path` is its outline."""

    code: str
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place on a map; `size` is how many things stand there."""

    x: float
    y: float
    radius: float
    title: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A short text in the middle of a territory."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionMap:
    """The whole region: provinces with their plates, and a dot for every body that has needs."""

    box: Box
    provinces: tuple[Shape, ...]
    labels: tuple[Label, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOut:
    """One territory alone, cut out of the map."""

    box: Box
    path: str


def cut_out(town: Municipality) -> CutOut:
    """The shape of a municipality."""
    path = outlines().municipalities[town.istat_code]
    return CutOut(box=box_of([path]).wider(0.02), path=path)


def region_map(catalogue: Catalogue) -> RegionMap:
    """The small map of the region: where needs come from."""
    drawn = coarse_outlines()
    return RegionMap(
        box=drawn.box.wider(0.01),
        provinces=tuple(
            Shape(code=code, title=province.name, path=drawn.provinces[code])
            for code, province in catalogue.provinces.items()
        ),
        labels=tuple(
            Label(x=x, y=y, text=province.plate)
            for code, province in catalogue.provinces.items()
            for x, y in [middle_of(code)]
        ),
        dots=need_dots(catalogue),
    )


def campus_map(catalogue: Catalogue, code: str | None) -> RegionMap | None:
    """The region with the one dot of a campus; None when it is unknown or lies far away."""
    campus = catalogue.campuses.get(code or "")
    if campus is None or not campus.reachable:
        return None
    whole = region_map(catalogue)
    x, y = coarse_point(campus.place)
    return replace(whole, dots=(Dot(x=x, y=y, radius=28, title=campus.name, size=1),))


def need_dots(catalogue: Catalogue) -> tuple[Dot, ...]:
    """A dot for every body with needs, the largest first so that none hides another."""
    counts = Counter((need.owner_kind, need.owner_code) for need in catalogue.needs.values())
    bodies = [(body, size) for key, size in counts.items() if (body := catalogue.body(*key))]
    dots = [_dot(body, size) for body, size in bodies]
    return tuple(sorted(dots, key=lambda dot: (-dot.size, dot.title)))


def _dot(body: TerritorialBody, size: int) -> Dot:
    x, y = coarse_point(body.place)
    return Dot(x=x, y=y, radius=round(13 * sqrt(size), 1), title=f"{body.name}: {size}", size=size)


def coarse_point(place: Place) -> tuple[float, float]:
    """Where a place lies on the coarse grid."""
    x, y = point(place)
    return round(x / COARSE, 1), round(y / COARSE, 1)


@cache
def middle_of(province: str) -> tuple[float, float]:
    """The centre of gravity of the province's largest ring, on the coarse grid."""
    ring = max(rings(coarse_outlines().provinces[province]), key=len)
    total = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        twice = x1 * y2 - x2 * y1
        total += twice
        x_sum += (x1 + x2) * twice
        y_sum += (y1 + y2) * twice
    return round(x_sum / (3 * total), 1), round(y_sum / (3 * total), 1)
