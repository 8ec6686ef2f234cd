"""The pages of provinces and of the metropolitan city."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, need_search
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import ProvinceKind
from raccordo.need_search import NeedFilter
from raccordo.published import Province
from raccordo_ui.areas import Area, area_of
from raccordo_ui.choropleth import Measure, province_map
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import need_card
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

SHOWN = 25  # needs; the others are one link away

LIST_QUERY = """{
  provinces(first: 12) { edges { node { istatCode name plate kind population } } }
}"""
QUERY = """{
  province(istatCode: "%s") {
    name
    population
    municipalities(first: 100) { totalCount edges { node { istatCode name population } } }
  }
}"""
NAMES = {
    ProvinceKind.PROVINCE: Sentence("Provincia di {name}"),
    ProvinceKind.METROPOLITAN_CITY: Sentence("Città metropolitana di {name}"),
}
COLUMNS = (
    Sentence("codice ISTAT"),
    Sentence("nome"),
    Sentence("sigla"),
    Sentence("comuni"),
    Sentence("abitanti"),
    Sentence("oltre 65 anni"),
    Sentence("superficie km²"),
    Sentence("bisogni"),
    Sentence("fonte"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceRow:
    """A line of the list: the province and the sums over its municipalities; `needs` counts every body inside."""

    province: Province
    area: Area
    needs: int


def full_name(province: Province, language: str) -> str:
    """ "Provincia di Lecco", "Città metropolitana di Milano"."""
    return Sentence(NAMES[province.kind].text, {"name": province.name}).say(language)


def province_rows(picture: Catalogue) -> tuple[ProvinceRow, ...]:
    return tuple(
        ProvinceRow(
            province=province,
            area=area_of(picture, province.municipalities),
            needs=len(need_search.select(picture, NeedFilter(province=code))),
        )
        for code, province in picture.provinces.items()
    )


async def index(request: Request) -> Response:
    view = {
        "rows": province_rows(catalogue.current()),
        "sheet": to(request, "/province.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "provinces/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (_cells(row) for row in province_rows(catalogue.current()))
    return csv_file(request, "province", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    province = laboratories.province(picture, request.path_params["code"])
    needs = need_search.select(picture, NeedFilter(province=province.istat_code))
    view = {
        "province": province,
        "name": full_name(province, language),
        "capital": picture.municipalities[province.capital_istat],
        "area": area_of(picture, province.municipalities),
        "map": province_map(picture, province, Measure.NEEDS, language),
        "needs": [need_card(picture, need, language) for need in needs[:SHOWN]],
        "need_count": len(needs),
        "communities": [
            one for one in picture.mountain_communities.values() if one.province == province.istat_code
        ],
        "sheet": to(request, "/comuni.csv", provincia=province.istat_code),
        "query": QUERY % province.istat_code,
    }
    return render(request, "provinces/show.html", view)


def _cells(row: ProvinceRow) -> tuple[object, ...]:
    return (
        row.province.istat_code,
        row.province.name,
        row.province.plate,
        len(row.area.members),
        row.area.population,
        round(row.area.share_over_65 * row.area.population),
        round(row.area.area_km2, 1),
        row.needs,
        row.province.source,
    )


routes = [
    Route("/province", index, name="provinces"),
    Route("/province.csv", sheet, name="provinces_sheet"),
    Route("/province/{code}", show, name="province"),
]
