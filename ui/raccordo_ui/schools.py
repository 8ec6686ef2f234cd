"""The pages of schools: teaching goes through them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories
from raccordo.language import Sentence
from raccordo_ui.formats import local
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  schools(first: 10) { edges { node { acronym nameIt nameEn } } }
}"""
QUERY = """{
  school(acronym: "%s") { nameIt nameEn noteIt source }
}"""
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("nota"),
    Sentence("attendibilità"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    view = {
        "schools": list(catalogue.current().schools.values()),
        "sheet": to(request, "/scuole.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "schools/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (
        (one.acronym, local(one, "name", language), local(one, "note", language), one.evidence, one.source)
        for one in catalogue.current().schools.values()
    )
    return csv_file(request, "scuole", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    one = laboratories.school(catalogue.current(), request.path_params["acronym"])
    view = {"school": one, "recalled": one.evidence == "recalled", "query": QUERY % one.acronym}
    return render(request, "schools/show.html", view)


routes = [
    Route("/scuole", index, name="schools"),
    Route("/scuole.csv", sheet, name="schools_sheet"),
    Route("/scuole/{acronym}", show, name="school"),
]
