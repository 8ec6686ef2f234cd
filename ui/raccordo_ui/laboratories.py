"""The pages of laboratories: a list with filters, and one page for each with the needs that fit it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    catalogue,
    laboratories,
    laboratory_concepts,
    laboratory_profiles,
    matches,
    offer_search,
    offers,
    semester_places,
    trust,
)
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.laboratories import LaboratoryFilter, LaboratoryOrder
from raccordo.language import Sentence
from raccordo.models import Emphasis
from raccordo.offer_search import OfferFilter
from raccordo.published import Laboratory
from raccordo.whole_numbers import whole
from raccordo_graph import Band
from raccordo_graph.bands import SUGGESTED, WITH_A_REASON
from raccordo_ui.choices import answered, chosen
from raccordo_ui.drawings import campus_map
from raccordo_ui.formats import local
from raccordo_ui.laboratory_cards import fitting_needs, laboratory_card
from raccordo_ui.laboratory_desk import may_open
from raccordo_ui.laboratory_profile_cards import TONGUES, concept_line, places_line
from raccordo_ui.language import language_of, to
from raccordo_ui.marking import marked, words_of_laboratory
from raccordo_ui.offer_cards import offer_card
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.render import render
from raccordo_ui.session import actor_of
from raccordo_ui.spreadsheet import csv_file

CARDS = 5  # needs with their whole card; the others follow as bars
BARS = 15

LIST_QUERY = """{
  laboratories(first: 25) {
    totalCount
    edges { node { slug name department { acronym } campus { name } cardIt toBeConfirmed } }
  }
}"""
QUERY = """{
  laboratory(slug: "%s") {
    name cardIt freePlaces toBeConfirmed
    department { nameIt }
    matches(first: 5) { edges { node { position band score need { number title owner { name } } } } }
  }
}"""
ORDERS = {"": LaboratoryOrder.NAME, "dipartimento": LaboratoryOrder.DEPARTMENT}
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("dipartimento"),
    Sentence("sede"),
    Sentence("che cosa chiedergli"),
    Sentence("argomento, in inglese"),
    Sentence("attrezzature"),
    Sentence("infrastrutture"),
    Sentence("temi"),
    Sentence("settori"),
    Sentence("posti liberi"),
    Sentence("attendibilità"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    found, problems = answered(request, _selected)
    page = paged(request, found)
    view = {
        "page": page,
        "problems": problems,
        "cards": [laboratory_card(picture, one, language) for one in page.items],
        "recalled": sum(one.recalled for one in found),
        "chosen": request.query_params,
        "choices": _choices(picture, language),
        "sheet": with_query(request, "/laboratori.csv", pagina=""),
        "query": LIST_QUERY,
    }
    return render(request, "laboratories/index.html", view, status=422 if problems else 200)


async def sheet(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    rows = (_cells(picture, one, language) for one in _selected(request))
    return csv_file(request, "laboratori", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    one = laboratories.laboratory(picture, request.path_params["slug"])
    view = {
        "laboratory": one,
        "card": laboratory_card(picture, one, language),
        "treated": laboratory_concepts.named(picture.index, one),
        "campus": picture.campuses.get(one.campus or ""),
        "map": campus_map(picture, one.campus),
        "sectors": [picture.sectors[slug] for slug in one.sectors],
        "trust": (await trust.figures()).of_laboratory(one.slug),
        "offers": [
            offer_card(picture, offer, language, today())
            for offer in offer_search.select(picture, OfferFilter(laboratory=one.slug, open=True), today())
        ],
        "may_offer": offers.may(actor_of(request), "publish", one.slug),
        "concepts": [
            concept_line(row, language)
            for row in laboratory_profiles.concepts_of(picture, one)
            if row.stated and row.stated is not Emphasis.NOT_OURS
        ],
        "tongues": [TONGUES[code].say(language) for code in one.languages],
        "places": [
            places_line(row, language)
            for row in await semester_places.of_laboratory(one.slug)
            if row.declared is not None
        ],
        "may_open_profile": laboratory_profiles.may_read(actor_of(request), one.slug),
        "may_open_desk": may_open(actor_of(request), one.slug),
        "snapshot_id": matches.snapshot_id(picture),
        "query": QUERY % one.slug,
        **_seen_from(request, picture, one),
        **_needs(request, picture, one),
    }
    return render(request, "laboratories/show.html", view)


def _seen_from(request: Request, picture: Catalogue, one: Laboratory) -> dict[str, object]:
    """The need from whose ranking the reader comes, why this laboratory stands there, and its words marked."""
    asked = request.query_params.get("bisogno", "")
    need = picture.needs.get(whole(asked) or 0)
    if need is None:
        return {"seen_from": None, "gone": asked[:40], "marked": lambda text: marked(text, ())}
    ranked = matches.for_need(picture, need).matches
    reasons = next(match.reasons for match in ranked if match.laboratory == one.slug)
    english, words = language_of(request) == "en", words_of_laboratory(reasons)
    return {
        "seen_from": need,
        "why": reasons.sentence_en if english else reasons.sentence_it,
        "way": reasons.way_en if english else reasons.way_it,
        "marked": lambda text: marked(text, words),
    }


def _needs(request: Request, picture: Catalogue, one: Laboratory) -> dict[str, object]:
    """The needs that fit: the plausible ones, or page by page all that have something in common with it."""
    language = language_of(request)
    every = chosen(request, "tutti", {"": False, "si": True})
    ranked = matches.for_laboratory(picture, one)
    fitting = fitting_needs(picture, ranked, language, WITH_A_REASON if every else SUGGESTED)
    page = paged(request, fitting)
    cards, bars = ((), page.items) if every else (fitting[:CARDS], fitting[CARDS : CARDS + BARS])
    with_a_reason = sum(match.band is not Band.NONE for match in ranked)
    return {
        "fitting": cards,
        "bars": bars,
        "page": page if every else None,
        "hidden": with_a_reason - len(cards) - len(bars),
        "with_a_reason": with_a_reason,
        "all_address": to(request, f"/laboratori/{one.slug}", tutti="si"),
        "best_address": to(request, f"/laboratori/{one.slug}"),
    }


def _selected(request: Request) -> tuple[Laboratory, ...]:
    asked = request.query_params
    wanted = LaboratoryFilter(
        text=asked.get("testo", ""),
        department=asked.get("dipartimento") or None,
        campus=asked.get("sede") or None,
        theme=asked.get("tema") or None,
        sector=asked.get("settore") or None,
        order=chosen(request, "ordine", ORDERS),
    )
    return laboratories.select(catalogue.current(), wanted)


def _choices(picture: Catalogue, language: str) -> dict[str, list[tuple[str, str]]]:
    return {
        "dipartimento": [
            (key, f"{key} · {local(one, 'name', language)}") for key, one in picture.departments.items()
        ],
        "sede": [(code, one.name) for code, one in picture.campuses.items()],
        "tema": [(slug, local(one, "label", language)) for slug, one in picture.themes.items()],
        "settore": [(slug, local(one, "label", language)) for slug, one in picture.sectors.items()],
        "ordine": [("dipartimento", Sentence("per dipartimento").say(language))],
    }


def _cells(picture: Catalogue, one: Laboratory, language: str) -> tuple[object, ...]:
    return (
        one.slug,
        one.name,
        one.department,
        picture.campuses[one.campus].name if one.campus else "",
        local(one, "card", language),
        one.topic_en,
        local(one, "equipment", language),
        local(one, "infrastructure", language),
        " ".join(one.themes),
        " ".join(one.sectors),
        one.free_places,
        one.evidence,
        one.source,
    )


routes = [
    Route("/laboratori", index, name="laboratories"),
    Route("/laboratori.csv", sheet, name="laboratories_sheet"),
    Route("/laboratori/{slug}", show, name="laboratory"),
]
