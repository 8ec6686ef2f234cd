"""The pages of the strategic sectors that the framework agreement names."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories
from raccordo.catalogue import Catalogue
from raccordo.laboratories import LaboratoryFilter
from raccordo.language import Sentence
from raccordo_ui.formats import local
from raccordo_ui.laboratory_cards import laboratory_card
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import theme_stations
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  sectors(first: 10) { edges { node { slug labelIt laboratories { totalCount } themes { totalCount } } } }
}"""
QUERY = """{
  sector(slug: "%s") {
    labelIt
    themes(first: 50) { edges { node { slug labelIt } } }
    laboratories(first: 50) { edges { node { slug name } } }
  }
}"""
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("temi"),
    Sentence("laboratori"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    picture = catalogue.current()
    view = {
        "rows": [
            (sector, len(_themes(picture, slug)), _laboratories(picture, slug))
            for slug, sector in picture.sectors.items()
        ],
        "sheet": to(request, "/settori.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "sectors/index.html", view)


async def sheet(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    rows = (
        (
            slug,
            local(sector, "label", language),
            " ".join(_themes(picture, slug)),
            _laboratories(picture, slug),
            sector.source,
        )
        for slug, sector in picture.sectors.items()
    )
    return csv_file(request, "settori", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    sector = laboratories.sector(picture, request.path_params["slug"])
    found = laboratories.select(picture, LaboratoryFilter(sector=sector.slug))
    view = {
        "sector": sector,
        "themes": theme_stations(picture, _themes(picture, sector.slug), language),
        "cards": [laboratory_card(picture, one, language) for one in found],
        "sheet": to(request, "/laboratori.csv", settore=sector.slug),
        "query": QUERY % sector.slug,
    }
    return render(request, "sectors/show.html", view)


def _themes(picture: Catalogue, slug: str) -> list[str]:
    return [theme.slug for theme in picture.themes.values() if slug in theme.sectors]


def _laboratories(picture: Catalogue, slug: str) -> int:
    return sum(slug in one.sectors for one in picture.laboratories.values())


routes = [
    Route("/settori", index, name="sectors"),
    Route("/settori.csv", sheet, name="sectors_sheet"),
    Route("/settori/{slug}", show, name="sector"),
]
