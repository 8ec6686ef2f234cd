"""The pages of themes: the words that needs and laboratories share."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, need_search, offer_search
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.laboratories import LaboratoryFilter
from raccordo.language import Sentence
from raccordo.models import FollowKind
from raccordo.need_search import NeedFilter
from raccordo.offer_search import OfferFilter
from raccordo.published import Theme
from raccordo_ui.follow_button import follow_button
from raccordo_ui.formats import local
from raccordo_ui.laboratory_cards import laboratory_card
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import AXES, need_card
from raccordo_ui.offer_cards import offer_card
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

SHOWN = 10  # needs, and offers; the others are one link away

LIST_QUERY = """{
  themes(first: 50) { edges { node { slug labelIt laboratories { totalCount } needs { totalCount } } } }
}"""
QUERY = """{
  theme(slug: "%s") {
    labelIt
    descriptionIt
    laboratories(first: 20) { edges { node { slug name } } }
    needs(first: 20) { edges { node { number title owner { name } } } }
    offers(first: 20, filter: {open: true}) { edges { node { number title kind laboratory { name } } } }
  }
}"""
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("descrizione"),
    Sentence("funzioni"),
    Sentence("obiettivi di sviluppo sostenibile"),
    Sentence("dipartimenti"),
    Sentence("laboratori"),
    Sentence("bisogni"),
    Sentence("attendibilità"),
    Sentence("fonte"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    theme: Theme
    laboratories: int
    needs: int


def theme_rows(picture: Catalogue) -> tuple[ThemeRow, ...]:
    return tuple(
        ThemeRow(
            theme=theme,
            laboratories=sum(slug in one.themes for one in picture.laboratories.values()),
            needs=sum(slug in need.themes for need in picture.needs.values()),
        )
        for slug, theme in picture.themes.items()
    )


async def index(request: Request) -> Response:
    view = {
        "rows": theme_rows(catalogue.current()),
        "sheet": to(request, "/temi.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "themes/index.html", view)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (_cells(row, language) for row in theme_rows(catalogue.current()))
    return csv_file(request, "temi", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    theme = laboratories.theme(picture, request.path_params["slug"])
    needs = need_search.select(picture, NeedFilter(theme=theme.slug))
    found = laboratories.select(picture, LaboratoryFilter(theme=theme.slug))
    offers = offer_search.select(picture, OfferFilter(theme=theme.slug, open=True), today())
    view = {
        "theme": theme,
        "keywords": theme.keywords_en if language == "en" else theme.keywords_it,
        "axes": [AXES[axis].say(language) for axis in theme.axes],
        "functions": [picture.functions[letter] for letter in theme.functions],
        "departments": [picture.departments[acronym] for acronym in theme.departments],
        "sectors": [picture.sectors[slug] for slug in theme.sectors],
        "needs": [need_card(picture, need, language) for need in needs[:SHOWN]],
        "need_count": len(needs),
        "offers": [offer_card(picture, one, language, today()) for one in offers[:SHOWN]],
        "offer_count": len(offers),
        "cards": [laboratory_card(picture, one, language) for one in found],
        "following": await follow_button(
            request, FollowKind.THEME, theme.slug, to(request, f"/temi/{theme.slug}.atom")
        ),
        "query": QUERY % theme.slug,
    }
    return render(request, "themes/show.html", view)


def _cells(row: ThemeRow, language: str) -> tuple[object, ...]:
    theme = row.theme
    return (
        theme.slug,
        local(theme, "label", language),
        local(theme, "description", language),
        " ".join(theme.functions),
        " ".join(theme.sdgs),
        " ".join(theme.departments),
        row.laboratories,
        row.needs,
        theme.evidence,
        theme.source,
    )


routes = [
    Route("/temi", index, name="themes"),
    Route("/temi.csv", sheet, name="themes_sheet"),
    Route("/temi/{slug}", show, name="theme"),
]
