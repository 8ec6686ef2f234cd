"""Reading offers: the list with its filters, and one offer with the bodies for which it may be something."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, offer_matches, offer_questions, offer_search, offers
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.match_writing import NOTE
from raccordo.offer_kinds import BY_SLUG
from raccordo.offer_search import OfferFilter
from raccordo.published_offers import Offer
from raccordo.refusals import NotAllowed, Refused
from raccordo_ui.choices import answered, chosen
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.follow_button import where_to_enter
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.offer_cards import body_match_cards, detail_lines, offer_card, radius_words
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.partnership_cards import line
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

CARDS = 5  # bodies with their whole card; the others follow as lines
LINES = 15
OPEN = {"": True, "no": False, "tutte": None}

LIST_QUERY = """{
  offers(first: 25, filter: {open: true}) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { number kind title closesOn laboratory { slug name } } }
  }
}"""
SHOW_QUERY = """{
  offer(number: %d) {
    kind title text open closesOn laboratory { name }
    matches(first: 5) { edges { node { position score body { name } need { number title } reasons { sentenceIt } } } }
  }
}"""


async def index(request: Request) -> Response:
    """The list; an unknown value in the address is said beside its filter, above an empty list."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language, on = catalogue.current(), language_of(request), today()
    found, problems = answered(request, lambda asked: offer_search.select(picture, filter_of(asked), on))
    page = paged(request, found)
    view = {
        "page": page,
        "cards": [offer_card(picture, offer, language, on) for offer in page.items],
        "problems": problems,
        "chosen": request.query_params,
        "choices": _choices(picture, language),
        "kinds": [(kind.label.say(language), kind.asks.say(language)) for kind in BY_SLUG.values()],
        "any": bool(picture.offers),
        "may_publish": offers.may_publish(actor_of(request)),
        "enter": where_to_enter(request),
        "feed": with_query(request, "/offerte.atom", pagina=""),
        "query": LIST_QUERY,
    }
    return render(request, "offers/index.html", view, status=422 if problems else 200)


def filter_of(request: Request) -> OfferFilter:
    """The filter that an address asks for; raises Refused for a value that is no choice."""
    asked = request.query_params
    kind = chosen(request, "tipo", {"": None, **BY_SLUG})
    return OfferFilter(
        text=asked.get("testo", ""),
        kind=kind.kind if kind else None,
        theme=asked.get("tema") or None,
        province=asked.get("provincia") or None,
        laboratory=asked.get("laboratorio") or None,
        open=chosen(request, "aperte", OPEN),
    )


async def show(request: Request) -> Response:
    return await _page(request, await _offer(request))


@needs_right("ask", "match")
async def ask(request: Request) -> Response:
    """An officer answers with one of its needs: the laboratory is asked, and the page of the match follows."""
    offer, form = await _offer(request), await read_form(request)
    try:
        record = await offer_questions.ask(
            actor_of(request), offer.number, form.number("need"), form.text("note")
        )
    except (Refused, NotAllowed) as refusal:
        return await _page(request, offer, form, refusal)
    return RedirectResponse(to(request, f"/collaborazioni/{record.id}"), status_code=303)


async def _offer(request: Request) -> Offer:
    number = request.path_params["number"]
    offer = catalogue.current().offers.get(number)
    if offer is None:
        raise await offers.missing(number)
    return offer


async def _page(
    request: Request,
    offer: Offer,
    form: Form | None = None,
    refusal: Refused | NotAllowed | None = None,
) -> Response:
    picture, language, on = catalogue.current(), language_of(request), today()
    actor = actor_of(request)
    bodies = body_match_cards(picture, offer_matches.bodies_for(picture, offer), language)
    view = {
        "card": offer_card(picture, offer, language, on),
        "details": detail_lines(picture, offer, language),
        "radius": radius_words(offer, language),
        "functions": [
            (local(picture.functions[letter], "short", language), to(request, f"/funzioni/{letter}"))
            for letter in offer.functions
        ],
        "bodies": bodies[:CARDS],
        "lines": bodies[CARDS : CARDS + LINES],
        "others": len(bodies[CARDS + LINES :]),
        **await _answering(request, picture, offer),
        "typed": form or Form((("need", request.query_params.get("bisogno", "")),)),
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "may": {
            verb: offers.may(actor, verb, offer.laboratory)
            for verb in ("revise", "close", "withdraw", "publish_again")
        },
        "limit": NOTE,
        "query": SHOW_QUERY % offer.number,
    }
    return render(request, "offers/show.html", view, status=status_of(refusal) if refusal else 200)


async def _answering(request: Request, picture: Catalogue, offer: Offer) -> dict[str, object]:
    """With which needs whoever reads can answer, and where it did already; nothing for whoever is no officer."""
    actor, language = actor_of(request), language_of(request)
    mine = offer_questions.own_needs(picture, actor)
    asked = await offer_questions.asked_about(offer.laboratory, mine)
    return {
        "officer": offer_questions.may_ask(actor),
        "needs": [(str(need.number), need.title) for need in mine if need.number not in asked],
        "asked": [line(record, language) for record in asked.values()],
        "enter": where_to_enter(request),
    }


def _choices(picture: Catalogue, language: str) -> dict[str, list[tuple[str, str]]]:
    return {
        "tipo": [(slug, kind.label.say(language)) for slug, kind in BY_SLUG.items()],
        "tema": [(row.slug, local(row, "label", language)) for row in picture.themes.values()],
        "provincia": [(row.istat_code, row.name) for row in picture.provinces.values()],
        "aperte": [
            ("no", Sentence("non aperte oggi").say(language)),
            ("tutte", Sentence("aperte e chiuse").say(language)),
        ],
    }


routes = [
    Route("/offerte", index, name="offers"),
    Route("/offerte/{number:int}", show, name="offer"),
    Route("/offerte/{number:int}/interessa", ask, methods=["POST"], name="ask_about_offer"),
]
