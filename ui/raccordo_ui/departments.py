"""The pages of departments: research goes through them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories
from raccordo.language import Sentence
from raccordo_ui.formats import local
from raccordo_ui.laboratory_cards import laboratory_card
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import theme_stations
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  departments(first: 20) { edges { node { acronym nameIt seat laboratories { totalCount } } } }
}"""
QUERY = """{
  department(acronym: "%s") {
    nameIt
    website
    laboratories(first: 50) { edges { node { slug name cardIt } } }
  }
}"""
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("sede"),
    Sentence("sito"),
    Sentence("laboratori"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    view = {
        "departments": list(catalogue.current().departments.values()),
        "sheet": to(request, "/dipartimenti.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "departments/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (
        (
            one.acronym,
            local(one, "name", language),
            one.seat,
            one.website,
            len(one.laboratories),
            one.source,
        )
        for one in catalogue.current().departments.values()
    )
    return csv_file(request, "dipartimenti", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    one = laboratories.department(picture, request.path_params["acronym"])
    themes = [slug for slug, theme in picture.themes.items() if one.acronym in theme.departments]
    view = {
        "department": one,
        "cards": [
            laboratory_card(picture, picture.laboratories[slug], language) for slug in one.laboratories
        ],
        "themes": theme_stations(picture, themes, language),
        "sheet": to(request, "/laboratori.csv", dipartimento=one.acronym),
        "query": QUERY % one.acronym,
    }
    return render(request, "departments/show.html", view)


routes = [
    Route("/dipartimenti", index, name="departments"),
    Route("/dipartimenti.csv", sheet, name="departments_sheet"),
    Route("/dipartimenti/{acronym}", show, name="department"),
]
