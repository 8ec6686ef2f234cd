"""From rows of reference data to published values, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from raccordo import laboratory_concepts, models, published
from raccordo.published import Axis
from raccordo_graph import Place


def parts(text: str) -> tuple[str, ...]:
    """The values of a list kept in one text, separated by `|`."""
    return tuple(part for part in text.split("|") if part)


async def read_reference() -> dict[str, Any]:
    """Every shelf of the catalogue except needs, keyed by the catalogue's field names."""
    municipality_rows = await models.Municipality.all().order_by("istat_code").values()
    member_rows = await models.UnionMember.all().order_by("union_id", "municipality_id").values()
    return {
        "municipalities": _municipalities(municipality_rows, member_rows),
        "provinces": _provinces(
            await models.Province.all().order_by("istat_code").values(), municipality_rows
        ),
        "mountain_communities": _mountain_communities(
            await models.MountainCommunity.all().order_by("name").values(), municipality_rows
        ),
        "unions": _unions(
            await models.UnionOfMunicipalities.all().order_by("name").values(), member_rows, municipality_rows
        ),
        "successions": await _successions(),
        "borders": await _borders(),
        **await _vocabulary(),
        **await _research(),
    }


def _municipalities(rows: Iterable[Any], members: Iterable[Any]) -> dict[str, published.Municipality]:
    unions = grouped(members, "municipality_id", "union_id")
    return {
        row["istat_code"]: published.Municipality(
            **only(
                row,
                "istat_code cadastral_code ipa_code name population population_over_65 area_km2 anci_member source",
            ),
            province=row["province_id"],
            mountain_community=row["mountain_community_id"],
            unions=unions.get(row["istat_code"], ()),
            place=_place(row),
        )
        for row in rows
    }


def _provinces(rows: Iterable[Any], municipalities: list[Any]) -> dict[str, published.Province]:
    seats = {row["istat_code"]: row for row in municipalities}
    members = _members(municipalities, "province_id")
    return {
        row["istat_code"]: published.Province(
            **only(row, "istat_code name plate kind nuts3 capital_istat source"),
            **_together(members[row["istat_code"]]),
            place=_place(seats[row["capital_istat"]]),
        )
        for row in rows
    }


def _mountain_communities(
    rows: Iterable[Any], municipalities: list[Any]
) -> dict[str, published.MountainCommunity]:
    seats = {row["istat_code"]: row for row in municipalities}
    members = _members(municipalities, "mountain_community_id")
    return {
        row["slug"]: published.MountainCommunity(
            **only(row, "slug name seat_istat evidence source"),
            province=row["province_id"],
            **_together(members[row["slug"]]),
            place=_place(seats[row["seat_istat"]]),
        )
        for row in rows
    }


def _unions(
    rows: Iterable[Any], members: Iterable[Any], municipalities: list[Any]
) -> dict[str, published.UnionOfMunicipalities]:
    by_code = {row["istat_code"]: row for row in municipalities}
    codes = grouped(members, "union_id", "municipality_id")
    return {
        row["code"]: published.UnionOfMunicipalities(
            **only(row, "code name source"),
            **_together(towns := [by_code[code] for code in codes.get(row["code"], ())]),
            place=_middle(towns),
        )
        for row in rows
    }


async def _successions() -> dict[str, published.Succession]:
    return {
        row["predecessor_istat"]: published.Succession(
            **only(row, "predecessor_istat predecessor predecessor_cadastral_code on source"),
            successor=row["successor_id"],
        )
        for row in await models.Succession.all().order_by("predecessor_istat").values()
    }


async def _borders() -> dict[str, tuple[published.Border, ...]]:
    sides: dict[str, list[published.Border]] = defaultdict(list)
    for first, second, metres in await models.Border.all().values_list(
        "first_municipality_id", "second_municipality_id", "metres"
    ):
        sides[first].append(published.Border(neighbour=second, metres=metres))
        sides[second].append(published.Border(neighbour=first, metres=metres))
    return {
        code: tuple(sorted(borders, key=lambda border: (-border.metres, border.neighbour)))
        for code, borders in sides.items()
    }


async def _vocabulary() -> dict[str, Any]:
    functions = await links(models.ThemeFunction, "theme_id", "function_id")
    departments = await links(models.ThemeDepartment, "theme_id", "department_id")
    sectors = await links(models.ThemeSector, "theme_id", "sector_id")
    return {
        "functions": {
            row["letter"]: published.FundamentalFunction(
                **_split(row, "services_it", "services_en"),
            )
            for row in sorted(await models.FundamentalFunction.all().values(), key=_legal_order)
        },
        "sectors": {
            row["slug"]: published.StrategicSector(**row)
            for row in await models.StrategicSector.all().order_by("label_it").values()
        },
        "themes": {
            row["slug"]: published.Theme(
                **_split(row, "sdgs", "erc_panels", "pnrr_components", "keywords_it", "keywords_en")
                | {"axes": tuple(Axis(axis) for axis in parts(row["axes"]))},
                functions=functions.get(row["slug"], ()),
                departments=departments.get(row["slug"], ()),
                sectors=sectors.get(row["slug"], ()),
            )
            for row in await models.Theme.all().order_by("label_it").values()
        },
    }


def _legal_order(row: Mapping[str, Any]) -> tuple[str, int]:
    return (row["letter"][0], len(row["letter"]))


async def _research() -> dict[str, Any]:
    themes = await links(models.LaboratoryTheme, "laboratory_id", "theme_id")
    sectors = await links(models.LaboratorySector, "laboratory_id", "sector_id")
    treated = laboratory_concepts.shipped()
    rows = await models.Laboratory.all().order_by("name").values()
    schools = await models.School.all().order_by("name_it").values()
    of_department = grouped(rows, "department_id", "slug")
    return {
        "departments": {
            row["acronym"]: published.Department(**row, laboratories=of_department.get(row["acronym"], ()))
            for row in await models.Department.all().order_by("name_it").values()
        },
        "schools": {row["acronym"]: published.School(**row) for row in schools},
        "campuses": {
            row["code"]: published.Campus(
                **only(row, "code name city address reachable note evidence source"),
                city_istat=row["city_istat"] or None,
                place=_place(row),
            )
            for row in await models.Campus.all().order_by("name").values()
        },
        "laboratories": {
            row["slug"]: published.Laboratory(
                **only(
                    _split(row, "keywords_it", "keywords_en"),
                    "slug name topic_en card_it card_en keywords_it keywords_en equipment_it equipment_en "
                    "infrastructure_it infrastructure_en free_places evidence source",
                ),
                department=row["department_id"],
                campus=row["campus_id"],
                themes=themes.get(row["slug"], ()),
                card_themes=themes.get(row["slug"], ()),
                sectors=sectors.get(row["slug"], ()),
                concepts=tuple((one.concept, one.weight) for one in treated.of(row["slug"])),
                unconfirmed=tuple(one.concept for one in treated.of(row["slug"]) if one.inferred),
            )
            for row in rows
        },
    }


async def links(model: Any, key: str, value: str, **condition: object) -> dict[Any, tuple[str, ...]]:
    rows = await model.filter(**condition).order_by(key, "position").values(key, value)
    return grouped(rows, key, value)


def grouped(rows: Iterable[Mapping[str, Any]], key: str, value: str) -> dict[Any, tuple[str, ...]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row[value])
    return {group: tuple(values) for group, values in found.items()}


def _members(municipalities: Iterable[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in municipalities:
        found[row[key]].append(row)
    return found


def _together(towns: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    towns = tuple(towns)
    return {
        "municipalities": tuple(row["istat_code"] for row in towns),
        "population": sum(row["population"] for row in towns),
    }


def only(row: Mapping[str, Any], names: str) -> dict[str, Any]:
    return {name: row[name] for name in names.split()}


def _split(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: parts(row[name]) for name in names}}


def _place(row: Mapping[str, Any]) -> Place:
    return Place(latitude=row["latitude"], longitude=row["longitude"])


def _middle(towns: list[Mapping[str, Any]]) -> Place:
    count = len(towns) or 1
    return Place(
        latitude=sum(row["latitude"] for row in towns) / count,
        longitude=sum(row["longitude"] for row in towns) / count,
    )
