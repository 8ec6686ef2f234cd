"""The pages of unions of municipalities: none is known until an operator brings a list."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, need_search
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.need_search import NeedFilter
from raccordo_ui.areas import area_of
from raccordo_ui.choropleth import Measure, group_map
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import need_card
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  unions(first: 25) { totalCount edges { node { code name population } } }
}"""
QUERY = """{
  union(code: "%s") { name population }
}"""
COLUMNS = (Sentence("codice"), Sentence("nome"), Sentence("comuni"), Sentence("abitanti"), Sentence("fonte"))


async def index(request: Request) -> Response:
    picture = catalogue.current()
    view = {
        "unions": list(picture.unions.values()),
        "sheet": to(request, "/unioni.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "unions/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (
        (one.code, one.name, len(one.municipalities), one.population, one.source)
        for one in catalogue.current().unions.values()
    )
    return csv_file(request, "unioni", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    union = laboratories.union(picture, request.path_params["code"])
    owner = (BodyKind.UNION_OF_MUNICIPALITIES, union.code)
    view = {
        "union": union,
        "area": area_of(picture, union.municipalities),
        "map": group_map(picture, union.municipalities, Measure.NEEDS, language)
        if union.municipalities
        else None,
        "needs": [
            need_card(picture, need, language)
            for need in need_search.select(picture, NeedFilter(owner=owner))
        ],
        "query": QUERY % union.code.replace("\\", "\\\\").replace('"', '\\"'),
    }
    return render(request, "unions/show.html", view)


routes = [
    Route("/unioni", index, name="unions"),
    Route("/unioni.csv", sheet, name="unions_sheet"),
    Route("/unioni/{code}", show, name="union"),
]
