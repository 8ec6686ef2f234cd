"""Reading needs: the list with its filters, the same as a sheet, and one need with its laboratories."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    assignment_suggestions,
    catalogue,
    laboratory_hints,
    match_records,
    matches,
    need_search,
    needs,
    offer_matches,
    parties,
)
from raccordo.catalogue import Catalogue
from raccordo.chips import name_of_place
from raccordo.days import day_of, today
from raccordo.initiatives import words_of
from raccordo.language import Sentence
from raccordo.people import VISITOR
from raccordo.published import Need
from raccordo.refusals import Refused
from raccordo.rights import allows
from raccordo_ui.chip_cards import euros, period
from raccordo_ui.follow_button import search_button
from raccordo_ui.formats import local
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of, to
from raccordo_ui.marking import marked, words_of_need
from raccordo_ui.match_cards import MatchCard, match_cards
from raccordo_ui.need_cards import (
    AXES,
    NeedCard,
    alike_cards,
    example_words,
    need_card,
)
from raccordo_ui.need_filters import filter_choices, filter_of
from raccordo_ui.offer_cards import offer_match_cards
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.partnership_cards import line
from raccordo_ui.render import render
from raccordo_ui.serving_cards import no_laboratory
from raccordo_ui.session import actor_of
from raccordo_ui.spreadsheet import csv_file
from raccordo_ui.threads import need_thread

CARDS = 5  # laboratories with their whole card; the others follow as bars
BARS = 10
OFFERS = 3

MORE_FILTERS = ("funzione", "asse", "comunita", "esempi")  # folded away until one of them is in use

LIST_QUERY = """{
  needs(first: 25) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { number title excerpt example deadline owner { name } } }
  }
}"""

SHOW_QUERY = """{
  need(number: %d) {
    title description example owner { name }
    matches(first: 5) { edges { node { position score laboratory { slug name } reasons { sentenceIt } } } }
  }
}"""

COLUMNS = (
    Sentence("numero"),
    Sentence("titolo"),
    Sentence("ente"),
    Sentence("codice dell’ente"),
    Sentence("funzioni"),
    Sentence("temi"),
    Sentence("assi"),
    Sentence("finanziamento"),
    Sentence("scadenza"),
    Sentence("che cosa si cerca"),
    Sentence("importo in euro"),
    Sentence("inizio"),
    Sentence("luoghi"),
    Sentence("temi e funzioni esclusi"),
    Sentence("sintesi in inglese"),
    Sentence("pubblicato il"),
    Sentence("esempio"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """One need as its page shows it."""

    card: NeedCard
    description: str
    functions: tuple[tuple[str, str], ...]
    axes: tuple[str, ...]
    intent: str
    amount: str
    period: str
    sites: tuple[str, ...]
    may_revise: bool
    may_withdraw: bool


async def index(request: Request) -> Response:
    """The list; an unknown value in the address is said beside its filter, above an empty list."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    found, problems = _selected(picture, request)
    page, feed = paged(request, found), with_query(request, "/bisogni.atom", pagina="", ordine="")
    view = {
        "page": page,
        "cards": [need_card(picture, need, language) for need in page.items],
        "examples": sum(need.example for need in found),
        "chosen": request.query_params,
        "more_chosen": any(request.query_params.get(name) for name in MORE_FILTERS),
        "problems": problems,
        "choices": filter_choices(picture, language),
        "sheet": with_query(request, "/bisogni.csv", pagina=""),
        "feed": feed,
        "following": None if problems else await search_button(request, picture, feed),
        "query": LIST_QUERY,
    }
    return render(request, "needs/index.html", view, status=422 if problems else 200)


async def sheet(request: Request) -> Response:
    """The whole filtered list as a file."""
    picture, language = catalogue.current(), language_of(request)
    found = need_search.select(picture, filter_of(request.query_params))
    columns = [column.say(language) for column in COLUMNS]
    return csv_file(request, "bisogni", columns, (_row(picture, need, language) for need in found))


async def show(request: Request) -> Response:
    """One need, the laboratories that fit and why, and who else has the same need."""
    number, language, picture = request.path_params["number"], language_of(request), catalogue.current()
    need = picture.needs.get(number)
    if need is None:
        raise await needs.missing(number)
    texts = await needs.descriptions([number])
    ranking = matches.for_need(picture, need)
    cards = match_cards(picture, ranking.matches, language)
    words = words_of_need(match.reasons for match in ranking.matches[: len(cards[:CARDS])])
    near = need_search.near(picture, need)
    neighbours = {one.need.number for one in near}
    elsewhere = [one for one in need_search.alike(picture, need) if one.need.number not in neighbours]
    view = {
        "view": _need_view(picture, request, need, texts.get(number, need.excerpt)),
        "no_laboratory": no_laboratory(picture, matches.serving(picture, need), language),
        "cards": cards[:CARDS],
        "marked": lambda text: marked(text, words),
        "bars": cards[CARDS : CARDS + BARS],
        "others": len(ranking.matches) - len(cards[: CARDS + BARS]),
        "near": alike_cards(picture, near, language),
        "alike": alike_cards(picture, elsewhere, language),
        "offers": offer_match_cards(
            picture, offer_matches.offers_for_need(picture, need, today()), language, today(), OFFERS
        ),
        "parties": [one.name for one in await parties.of_need(VISITOR, need)],
        **await _acting(request, need, cards),
        "snapshot_id": ranking.snapshot_id,
        "thread": await need_thread(request, need),
        "query": SHOW_QUERY % number,
    }
    return render(request, "needs/show.html", view)


async def _acting(request: Request, need: Need, cards: tuple[MatchCard, ...]) -> dict[str, object]:
    """What the owner can do beside each laboratory, and where that stands; nothing for everybody else."""
    actor, language = actor_of(request), language_of(request)
    subject = needs.subject_of(need)
    suggested = {one.laboratory.slug for one in await assignment_suggestions.of_need(actor, need)}
    stored = await match_records.of_need(need.number) if allows(actor, "read", "match", subject) else {}
    known = catalogue.current().laboratories
    mine = any(actor.acts_for(*party.body) for party in await parties.of_need(actor, need))
    return {
        "may_cite": allows(actor, "cite", "ranking"),
        "may_shortlist": allows(actor, "shortlist", "match", subject),
        "may_share": mine or allows(actor, "invite", "party", subject),
        "hints": [
            (known[one.laboratory], known[one.other], one.note)
            for one in await laboratory_hints.of_need(actor, need)
            if one.laboratory in known and one.other in known
        ],
        "stored": {slug: line(record, language) for slug, record in stored.items()},
        "suggestions": [card for card in cards if card.laboratory.slug in suggested],
    }


def _selected(picture: Catalogue, request: Request) -> tuple[tuple[Need, ...], Problems]:
    try:
        return need_search.select(picture, filter_of(request.query_params)), Problems()
    except Refused as refusal:
        return (), problems_of(refusal, language_of(request))


def _need_view(picture: Catalogue, request: Request, need: Need, description: str) -> NeedView:
    language, actor = language_of(request), actor_of(request)
    return NeedView(
        card=need_card(picture, need, language),
        description=description,
        intent=words_of(need.intent).say(language) if need.intent else "",
        amount=euros(need.amount, language) if need.amount else "",
        period=period(need.starts, need.deadline, language) if need.starts else "",
        sites=tuple(name_of_place(picture, key) for key in need.sites),
        functions=tuple(
            (local(picture.functions[letter], "short", language), to(request, f"/funzioni/{letter}"))
            for letter in need.functions
        ),
        axes=tuple(AXES[axis].say(language) for axis in need.axes),
        may_revise=needs.may_revise(actor, need),
        may_withdraw=needs.may_withdraw(actor, need),
    )


def _row(picture: Catalogue, need: Need, language: str) -> tuple[object, ...]:
    owner = picture.owner(need)
    return (
        need.number,
        need.title,
        owner.name,
        owner.code,
        " ".join(need.functions),
        " ".join(need.themes),
        " ".join(AXES[axis].say(language) for axis in need.axes),
        need.funding,
        need.deadline,
        need.intent,
        need.amount,
        need.starts,
        " ".join(need.sites),
        " ".join(need.rejected),
        need.summary_en,
        day_of(need.published_at),
        example_words(need, language),
    )


routes = [
    Route("/bisogni", index, name="needs"),
    Route("/bisogni.csv", sheet, name="needs_sheet"),
    Route("/bisogni/{number:int}", show, name="need"),
]
