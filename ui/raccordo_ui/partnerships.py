"""The pages of what municipalities and laboratories agree: a list for each, and one page that both sides see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, match_records, offer_questions, partnerships, semesters
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.initiatives import Kind
from raccordo.match_records import MatchRecord, allowed_verbs, next_step, side_in_general, side_of
from raccordo.match_steps import Side
from raccordo.match_timeline import timeline
from raccordo.match_writing import NOTE, SCOPE
from raccordo.models import InitiativeKind, MatchState, Role
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo_ui.choices import chosen
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.offer_cards import OfferCard, offer_card
from raccordo_ui.paging import paged, tidied
from raccordo_ui.partnership_cards import OUTCOMES, REASONS, STATES, groups, line, shared, stops
from raccordo_ui.render import render
from raccordo_ui.session import actor_of
from raccordo_ui.threads import match_thread

LIST_QUERY = """{
  myMatches(first: 20) {
    totalCount
    edges { node { number state needNumber laboratory { slug name } nextStep owes } }
  }
}"""
SHOW_QUERY = """{
  myMatch(number: %d) {
    state version nextStep owes scope
    timeline { at verb state sentence note }
    partnership { number version startedAt endedAt outcome }
  }
}"""
FILTERS = {"": None} | {state.value.lower(): state for state in MatchState}

Act = Callable[[Actor, MatchRecord, Form], Awaitable[MatchRecord]]

ACTS: dict[str, Act] = {
    "rimetti": lambda actor, record, _form: partnerships.shortlist(
        actor, record.need_number, record.laboratory
    ),
    "chiedi": lambda actor, record, form: partnerships.ask(
        actor, record.id, form.number("version"), form.text("note")
    ),
    "interessa": lambda actor, record, form: partnerships.show_interest(
        actor, record.id, form.number("version"), form.text("note")
    ),
    "declina": lambda actor, record, form: partnerships.decline(
        actor, record.id, form.number("version"), form.text("reason"), form.text("note")
    ),
    "passa": lambda actor, record, form: partnerships.pass_on(
        actor, record.id, form.number("version"), form.text("laboratory"), form.text("note")
    ),
    "intesa": lambda actor, record, form: partnerships.agree_scope(
        actor,
        record.id,
        form.number("version"),
        form.text("scope"),
        form.text("initiative"),
        form.text("semester"),
    ),
    "accetta": lambda actor, record, form: partnerships.accept(actor, record.id, form.number("version")),
    "rinuncia": lambda actor, record, form: partnerships.drop(
        actor, record.id, form.number("version"), form.text("note")
    ),
    "concludi": lambda actor, record, form: partnerships.finish(
        actor,
        record.partnership.id if record.partnership else 0,
        form.number("version"),
        form.text("outcome"),
        form.text("note"),
    ),
}
# The form of a step, by the verb that it does.
FORM_OF = {
    "shortlist": "rimetti",
    "ask": "chiedi",
    "show_interest": "interessa",
    "decline": "declina",
    "pass_on": "passa",
    "agree_scope": "intesa",
    "accept": "accetta",
    "drop": "rinuncia",
    "finish": "concludi",
}

VERB_OF = {name: verb for verb, name in FORM_OF.items()}


async def index(request: Request) -> Response:
    """Mine: what waits for me first. A coordinator sees everybody's, by state."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    actor, language = actor_of(request), language_of(request)
    wanted = chosen(request, "stato", FILTERS)
    found = [one for one in await match_records.readable_by(actor) if wanted in (None, one.state)]
    page = paged(request, found)
    view = {
        "known": actor.role is not Role.VISITOR,
        "page": page,
        "groups": groups(page.items, side_in_general(actor), language),
        "states": [(state.value.lower(), said.say(language)) for state, said in STATES.items()],
        "chosen": request.query_params,
        "query": LIST_QUERY,
    }
    return render(request, "partnerships/index.html", view)


async def show(request: Request) -> Response:
    record = await match_records.find(actor_of(request), request.path_params["match"])
    return await _page(request, record)


def step(name: str) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one step; refused, the page says so beside the field with everything as typed."""

    @needs_right(VERB_OF[name], "match")
    async def act(request: Request) -> Response:
        actor, form = actor_of(request), await read_form(request)
        record = await match_records.find(actor, request.path_params["match"])
        try:
            record = await ACTS[name](actor, record, form)
        except Stale as stale:
            current = stale.current
            assert isinstance(current, MatchRecord)  # noqa: S101  # what every verb of partnerships promises
            return await _page(request, current, form, stale, name)
        except (Refused, NotAllowed) as refusal:
            return await _page(request, record, form, refusal, name)
        return RedirectResponse(to(request, f"/collaborazioni/{record.id}"), status_code=303)

    return act


@needs_right("shortlist", "match")
async def shortlist(request: Request) -> Response:
    """From the page of a need: onto the shortlist, and on to asking where that was the button."""
    number, form = request.path_params["number"], await read_form(request)
    record = await partnerships.shortlist(actor_of(request), number, form.text("laboratory"))
    asking = form.text("then") == "ask"
    address = f"/collaborazioni/{record.id}" if asking else f"/bisogni/{number}"
    return RedirectResponse(to(request, address), status_code=303)


async def _page(
    request: Request,
    record: MatchRecord,
    form: Form | None = None,
    refusal: Refused | NotAllowed | None = None,
    verb: str = "",
) -> Response:
    actor, language, picture = actor_of(request), language_of(request), catalogue.current()
    sentence, owes = next_step(record)
    view = {
        "line": line(record, language),
        "offers": await _offers(picture, record, language),
        "stations": shared(picture, record, language),
        "stops": stops(await timeline(record), language),
        "next": sentence.say(language),
        "mine": owes is not None and owes in (side_of(actor, record), Side.BOTH),
        "forms": [FORM_OF[one] for one in allowed_verbs(actor, record)],
        "reasons": [(one.value, said.say(language)) for one, said in REASONS.items()],
        "outcomes": [(one.value, said.say(language)) for one, said in OUTCOMES.items()],
        "reason": REASONS[record.decline_reason].say(language) if record.decline_reason else "",
        "outcome": _outcome(record, language),
        "kinds": [(kind.value, Kind(kind).say(language)) for kind in InitiativeKind],
        "semesters": [(one, semesters.name_of(one).say(language)) for one in _semesters(record)],
        "initiative": _initiative(record, language),
        "laboratories": [
            (slug, one.name) for slug, one in picture.laboratories.items() if slug != record.laboratory
        ],
        "names": {slug: one.name for slug, one in picture.laboratories.items()},
        "limits": {"note": NOTE, "scope": SCOPE},
        "typed": form or Form(),
        "tried": verb,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stale": isinstance(refusal, Stale),
        "thread": await match_thread(request, record),
        "query": SHOW_QUERY % record.id,
    }
    return render(request, "partnerships/show.html", view, status=status_of(refusal) if refusal else 200)


async def _offers(picture: Catalogue, record: MatchRecord, language: str) -> list[OfferCard]:
    """The offers through which the laboratory was asked, as far as they are still there."""
    asked = await offer_questions.offers_of_match(record.id)
    return [
        offer_card(picture, picture.offers[number], language, today())
        for number in asked
        if number in picture.offers
    ]


def _initiative(record: MatchRecord, language: str) -> str:
    kind = [Kind(record.kind)] if record.kind else []
    semester = [semesters.name_of(record.semester)] if record.semester else []
    return ", ".join(said.say(language) for said in (*kind, *semester))


def _semesters(record: MatchRecord) -> list[str]:
    """Those to choose from; the one that stands in the scope stays a choice when it has passed."""
    return sorted({*semesters.coming(today()), *([record.semester] if record.semester else [])})


def _outcome(record: MatchRecord, language: str) -> str:
    ended = record.partnership
    return OUTCOMES[ended.outcome].say(language) if ended and ended.outcome else ""


routes = [
    Route("/collaborazioni", index, name="partnerships"),
    Route("/collaborazioni/{match:int}", show, name="partnership"),
    *(
        Route(f"/collaborazioni/{{match:int}}/{name}", step(name), methods=["POST"], name=f"match_{verb}")
        for verb, name in FORM_OF.items()
    ),
    Route("/bisogni/{number:int}/rosa", shortlist, methods=["POST"], name="shortlist"),
]
