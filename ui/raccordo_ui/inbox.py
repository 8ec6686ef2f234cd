"""One's notices: what waits for an answer on top, then everything that was told, the newest first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    assignment_suggestions,
    association_records,
    catalogue,
    inbox,
    match_records,
    parties,
    proposed_need_records,
)
from raccordo.whole_numbers import whole
from raccordo_ui import association_cards, proposed_needs
from raccordo_ui.doors import needs_right
from raccordo_ui.follow_button import where_to_enter
from raccordo_ui.formats import local
from raccordo_ui.forms import read_form
from raccordo_ui.language import language_of, local_address, to
from raccordo_ui.paging import with_query
from raccordo_ui.partnership_cards import line
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

PER_PAGE = 25
QUERY = """{
  me {
    unread
    notifications(first: 25) { totalCount edges { node { number sentence path urgent read at } } }
  }
}"""


async def show(request: Request) -> Response:
    actor, language = actor_of(request), language_of(request)
    if not actor.known:
        return RedirectResponse(where_to_enter(request), status_code=303)
    before = _before(request)
    found = await inbox.newest(actor, PER_PAGE + 1, before)
    shown = found[:PER_PAGE]
    view = {
        "notices": [(one, one.sentence.say(language)) for one in shown],
        "waiting": [line(one, language) for one in await match_records.waiting_for(actor)],
        "proposed": proposed_needs.lines(await proposed_need_records.waiting_for(actor), language),
        "associations": association_cards.lines(await association_records.waiting_for(actor), language),
        "suggestions": [
            (one, local(one.match.reasons, "sentence", language))
            for one in await assignment_suggestions.waiting_for(actor)
        ],
        "invitations": [
            (need, catalogue.current().owner(need).name) for need in await parties.invitations(actor)
        ],
        "older": with_query(request, prima=shown[-1].id) if len(found) > PER_PAGE else "",
        "newest": to(request, "/avvisi") if before else "",
        "then": with_query(request),
        "query": QUERY,
    }
    return render(request, "inbox/show.html", view)


@needs_right("mark", "notification")
async def mark(request: Request) -> Response:
    """Read: the one that the form names, or all of them."""
    form = await read_form(request)
    await inbox.mark_read(actor_of(request), form.number("number") if form.text("number") else None)
    return RedirectResponse(local_address(form.text("then")) or to(request, "/avvisi"), status_code=303)


def _before(request: Request) -> int | None:
    """The notice after which the page begins; what is no number means from the newest."""
    return whole(request.query_params.get("prima", ""), most=inbox.HIGHEST)


routes = [
    Route("/avvisi", show, name="inbox"),
    Route("/avvisi", mark, methods=["POST"], name="inbox_mark"),
]
