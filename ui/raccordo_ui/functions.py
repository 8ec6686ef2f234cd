"""The pages of the fundamental functions: what the law lists, and what serves it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, need_search
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.need_search import NeedFilter
from raccordo.published import FundamentalFunction
from raccordo_ui.formats import local
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import need_card, theme_stations
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

SHOWN = 15  # needs; the others are one link away

LIST_QUERY = """{
  functions(first: 20) { edges { node { letter shortIt textIt needs { totalCount } } } }
}"""
QUERY = """{
  function(letter: "%s") {
    textIt
    servicesIt
    themes(first: 20) { edges { node { slug labelIt } } }
    needs(first: 20) { edges { node { number title owner { name } } } }
  }
}"""
COLUMNS = (
    Sentence("lettera"),
    Sentence("nome breve"),
    Sentence("testo della norma"),
    Sentence("servizi"),
    Sentence("temi"),
    Sentence("bisogni"),
    Sentence("fonte"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRow:
    function: FundamentalFunction
    themes: tuple[str, ...]
    needs: int


def function_rows(picture: Catalogue) -> tuple[FunctionRow, ...]:
    return tuple(
        FunctionRow(
            function=function,
            themes=tuple(slug for slug, theme in picture.themes.items() if letter in theme.functions),
            needs=sum(letter in need.functions for need in picture.needs.values()),
        )
        for letter, function in picture.functions.items()
    )


async def index(request: Request) -> Response:
    view = {
        "rows": function_rows(catalogue.current()),
        "sheet": to(request, "/funzioni.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "functions/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (
        (
            row.function.letter,
            local(row.function, "short", language),
            local(row.function, "text", language),
            "; ".join(_services(row.function, language)),
            " ".join(row.themes),
            row.needs,
            row.function.source,
        )
        for row in function_rows(catalogue.current())
    )
    return csv_file(request, "funzioni", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    function = laboratories.function(picture, request.path_params["letter"])
    needs = need_search.select(picture, NeedFilter(function=function.letter))
    themes = [slug for slug, theme in picture.themes.items() if function.letter in theme.functions]
    view = {
        "function": function,
        "services": _services(function, language),
        "themes": theme_stations(picture, themes, language),
        "needs": [need_card(picture, need, language) for need in needs[:SHOWN]],
        "need_count": len(needs),
        "query": QUERY % function.letter,
    }
    return render(request, "functions/show.html", view)


def _services(function: FundamentalFunction, language: str) -> tuple[str, ...]:
    return function.services_en if language == "en" else function.services_it


routes = [
    Route("/funzioni", index, name="functions"),
    Route("/funzioni.csv", sheet, name="functions_sheet"),
    Route("/funzioni/{letter}", show, name="function"),
]
