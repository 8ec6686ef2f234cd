"""Needs proposed for a municipality: the list of each side, one page that both see, and the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, delegation, proposed_needs
from raccordo.language import Sentence
from raccordo.models import ProposedNeedState
from raccordo.need_input import NeedInput
from raccordo.people import FOR_A_BODY, Actor
from raccordo.proposed_need_records import (
    PATH,
    ProposedNeedRecord,
    allowed_verbs,
    find,
    next_step,
    readable_by,
)
from raccordo.proposed_needs import REASON
from raccordo.published import Municipality
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo_ui import need_writing
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import address, language_of, to
from raccordo_ui.need_writing import choices_of, need_input
from raccordo_ui.paging import paged
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

Act = Callable[[Actor, int, int, Form], Awaitable[ProposedNeedRecord]]
STATES = {
    ProposedNeedState.WAITING: Sentence("in attesa di conferma"),
    ProposedNeedState.CONFIRMED: Sentence("confermato"),
    ProposedNeedState.DECLINED: Sentence("non confermato"),
    ProposedNeedState.TAKEN_BACK: Sentence("ritirato"),
    ProposedNeedState.EXPIRED: Sentence("scaduto"),
}
LIST_QUERY = """{
  proposedNeeds(first: 20) {
    totalCount
    edges { node { number state title poster { name } municipality { name } nextStep owes } }
  }
}"""
SHOW_QUERY = """{
  proposedNeed(number: %d) {
    state version title description nextStep owes expiresAt need { number }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLine:
    """A proposal in a list."""

    record: ProposedNeedRecord
    href: str
    state: str
    next: str


async def index(request: Request) -> Response:
    """Mine: what waits for me first, then what waits for others, then what is decided."""
    actor, language = actor_of(request), language_of(request)
    page = paged(request, sorted(await readable_by(actor), key=lambda one: not one.waiting))
    waiting = [one for one in page.items if one.waiting]
    mine = [one for one in waiting if "confirm" in allowed_verbs(actor, one)]
    groups = (
        (Sentence("Tocca a chi legge"), mine),
        (Sentence("Aspettano il comune"), [one for one in waiting if one not in mine]),
        (Sentence("Decisi"), [one for one in page.items if not one.waiting]),
    )
    view = {
        "known": actor.role in FOR_A_BODY,
        "writes": bool(await delegation.proposable(actor)),
        "page": page,
        "groups": [(title.say(language), lines(found, language)) for title, found in groups if found],
        "query": LIST_QUERY,
    }
    return render(request, "proposed_needs/index.html", view)


async def show(request: Request) -> Response:
    return _page(request, await _mine(request))


@needs_right("propose", "proposed_need")
async def propose(request: Request) -> Response:
    """From the form of a new need: for the member that was chosen, or for one's own body."""
    form = await read_form(request)
    written, town, external_id = need_input(form), form.text("municipality"), form.text("external_id")
    if not town:
        return await need_writing.publish(request)
    try:
        record = await proposed_needs.propose(actor_of(request), town, written, external_id)
    except (Refused, NotAllowed) as refusal:
        return await need_writing.writing_page(
            request, written, refusal, municipality=town, external_id=external_id
        )
    return _done(request, record)


async def edit(request: Request) -> Response:
    """The text as it is, to be changed by its poster, or by the municipality while it confirms."""
    record = await _mine(request)
    verb = "revise" if request.url.path.endswith("/modifica") else "confirm"
    if verb not in allowed_verbs(actor_of(request), record):
        return _page(request, record)
    return _edit_page(request, record, form=None)


@needs_right("revise", "proposed_need")
async def revise(request: Request) -> Response:
    return await _write(request, proposed_needs.revise)


@needs_right("confirm", "proposed_need")
async def correct(request: Request) -> Response:
    """Confirm what the municipality wrote over the proposal."""
    return await _write(request, proposed_needs.confirm)


async def _write(
    request: Request, act: Callable[[Actor, int, int, NeedInput], Awaitable[ProposedNeedRecord]]
) -> Response:
    """One step with a new text; refused, the form stays as typed."""
    number, form = request.path_params["proposed"], await read_form(request)
    try:
        record = await act(actor_of(request), number, form.number("version"), need_input(form))
    except Refused as refusal:
        return _edit_page(request, await _mine(request), form, refusal)
    return _done(request, record)


@needs_right("confirm", "proposed_need")
async def confirm(request: Request) -> Response:
    """One click: the need becomes the municipality's own."""
    return await _answer(
        request, lambda actor, number, version, _: proposed_needs.confirm(actor, number, version)
    )


@needs_right("decline", "proposed_need")
async def decline(request: Request) -> Response:
    return await _answer(
        request,
        lambda actor, number, version, form: proposed_needs.decline(
            actor, number, version, form.text("reason")
        ),
    )


@needs_right("take_back", "proposed_need")
async def take_back(request: Request) -> Response:
    return await _answer(
        request, lambda actor, number, version, _: proposed_needs.take_back(actor, number, version)
    )


async def _answer(request: Request, act: Act) -> Response:
    """One step from the page of the proposal; refused, the page says so with everything as typed."""
    number, form = request.path_params["proposed"], await read_form(request)
    try:
        record = await act(actor_of(request), number, form.number("version"), form)
    except Refused as refusal:
        return _page(request, await _mine(request), form, refusal)
    return _done(request, record)


@needs_right("choose", "delegation")
async def choose(request: Request) -> Response:
    """Whether others may propose needs for this municipality, from its own page."""
    istat, form = request.path_params["istat"], await read_form(request)
    choice = await delegation.choose(actor_of(request), istat, form.text("accepts") == "si")
    return RedirectResponse(to(request, f"/comuni/{choice.municipality}"), status_code=303)


async def of_town(request: Request, town: Municipality) -> dict[str, object]:
    """What the page of a municipality says to its own officers, and to those who may write for it."""
    actor = actor_of(request)
    own = delegation.may_choose(actor, town)
    accepts = await delegation.accepts(town.istat_code)
    return {
        "own": own,
        "accepts": accepts,
        "waiting": [one for one in await readable_by(actor) if one.waiting] if own else [],
        "may_propose": accepts and delegation.may_propose(actor, town),
    }


def lines(records: Iterable[ProposedNeedRecord], language: str) -> list[ProposedLine]:
    return [
        ProposedLine(
            record=record,
            href=address(language, f"{PATH}{record.number}"),
            state=STATES[record.state].say(language),
            next=next_step(record)[0].say(language),
        )
        for record in records
    ]


async def _mine(request: Request) -> ProposedNeedRecord:
    return await find(actor_of(request), request.path_params["proposed"])


def _done(request: Request, record: ProposedNeedRecord) -> Response:
    return RedirectResponse(to(request, f"{PATH}{record.number}"), status_code=303)


def _page(
    request: Request, record: ProposedNeedRecord, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    language, verbs = language_of(request), allowed_verbs(actor_of(request), record)
    [line] = lines([record], language)
    view = {
        **choices_of(catalogue.current(), language),
        "line": line,
        "verbs": verbs,
        "mine": "confirm" in verbs,
        "reason": form.text("reason") if form else "",
        "most": REASON,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stale": isinstance(refusal, Stale),
        "query": SHOW_QUERY % record.number,
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "proposed_needs/show.html", view, status=status)


def _edit_page(
    request: Request, record: ProposedNeedRecord, form: Form | None, refusal: Refused | None = None
) -> Response:
    """The form with what was typed, over what the proposal says now."""
    language = language_of(request)
    view = {
        **choices_of(catalogue.current(), language),
        "record": record,
        "action": "modifica" if request.url.path.endswith("/modifica") else "correggi",
        "written": need_input(form) if form else record.written,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stale": isinstance(refusal, Stale),
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "proposed_needs/write.html", view, status=status)


ONE = PATH + "{proposed:int}"
routes = [
    Route("/bisogni/proposti", index, name="proposed_needs"),
    Route("/bisogni/proposti", propose, methods=["POST"], name="propose_need"),
    Route(ONE, show, name="proposed_need"),
    Route(f"{ONE}/modifica", edit, name="edit_proposed_need"),
    Route(f"{ONE}/modifica", revise, methods=["POST"], name="revise_proposed_need"),
    Route(f"{ONE}/correggi", edit, name="edit_and_confirm"),
    Route(f"{ONE}/correggi", correct, methods=["POST"], name="correct_proposed_need"),
    Route(f"{ONE}/conferma", confirm, methods=["POST"], name="confirm_proposed_need"),
    Route(f"{ONE}/declina", decline, methods=["POST"], name="decline_proposed_need"),
    Route(f"{ONE}/ritira", take_back, methods=["POST"], name="take_back_proposed_need"),
    Route("/comuni/{istat}/delega", choose, methods=["POST"], name="choose_delegation"),
]
