"""The page on which a need is shared: the owner invites neighbours, each of them answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, delegation, needs, parties
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import BodyKind, PartyStatus
from raccordo.parties import Party
from raccordo.people import Actor
from raccordo.published import Municipality, Need
from raccordo.refusals import Refused
from raccordo.rights import allows
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.joint_requests import asked_for
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

QUERY = """{
  need(number: %d) { title owner { name } }
  parties(number: %d) { name status changedAt }
}"""
STATUSES = {
    PartyStatus.INVITED: Sentence("invitato, non ha ancora risposto"),
    PartyStatus.JOINED: Sentence("partecipa"),
    PartyStatus.DECLINED: Sentence("non partecipa"),
}


async def show(request: Request) -> Response:
    return await _page(request, await _need(request))


@needs_right("invite", "party")
async def invite(request: Request) -> Response:
    """Invite the neighbour that was chosen, or whoever has the code that was typed."""
    need, form = await _need(request), await read_form(request)
    code = form.text("code").strip() or form.text("neighbour")
    return await _answered(
        request,
        need,
        form,
        lambda actor: parties.invite(actor, need.number, form.text("kind", BodyKind.MUNICIPALITY), code),
    )


@needs_right("join", "party")
async def join(request: Request) -> Response:
    need = await _need(request)
    return await _answered(request, need, Form(), lambda actor: parties.join(actor, need.number))


@needs_right("decline", "party")
async def decline(request: Request) -> Response:
    need = await _need(request)
    return await _answered(request, need, Form(), lambda actor: parties.decline(actor, need.number))


async def _answered(
    request: Request, need: Need, form: Form, act: Callable[[Actor], Awaitable[Party]]
) -> Response:
    try:
        await act(actor_of(request))
    except Refused as refusal:
        return await _page(request, need, form, refusal)
    more = {"comuni": codes} if (codes := request.query_params.get("comuni")) else {}
    return RedirectResponse(to(request, f"/bisogni/{need.number}/insieme", **more), status_code=303)


async def _need(request: Request) -> Need:
    number = request.path_params["number"]
    need = catalogue.current().needs.get(number)
    if need is None:
        raise await needs.missing(number)
    return need


async def _page(
    request: Request, need: Need, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    actor, language, picture = actor_of(request), language_of(request), catalogue.current()
    known = await parties.of_need(actor, need)
    mine = next((party for party in known if actor.acts_for(*party.body)), None)
    view = {
        "need": need,
        "owner": picture.owner(need).name,
        "parties": [(party, STATUSES[party.status].say(language)) for party in known],
        "may_invite": allows(actor, "invite", "party", needs.subject_of(need)),
        "may_join": mine is not None and mine.status is PartyStatus.INVITED,
        "may_leave": mine is not None and mine.status is not PartyStatus.DECLINED,
        "expected": _expected(request, need, known),
        "codes": request.query_params.get("comuni", ""),
        "neighbours": _near(picture, need, known),
        "typed": form or Form(),
        "query": QUERY % (need.number, need.number),
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render(request, "parties/show.html", view, status=status_of(refusal) if refusal else 200)


def _expected(request: Request, need: Need, known: tuple[Party, ...]) -> list[Municipality]:
    """Whom the address says to invite and nobody has asked yet: the members of a group with one request."""
    asked = {party.body[1] for party in known if party.status is not PartyStatus.DECLINED} | {need.owner_code}
    return [town for town in asked_for(request) if town.istat_code not in asked]


def _near(picture: Catalogue, need: Need, known: tuple[Party, ...]) -> list[tuple[str, str]]:
    """Who was not invited yet: the towns across the border, longest border first, or the members of the owner."""
    asked = {party.body[1] for party in known if party.status is not PartyStatus.DECLINED}
    around = picture.borders.get(need.owner_code, ()) if need.owner_kind is BodyKind.MUNICIPALITY else ()
    towns = [picture.municipalities[border.neighbour] for border in around]
    towns += delegation.members(picture, need.owner_kind, need.owner_code)
    return [(town.istat_code, town.name) for town in towns if town.istat_code not in asked]


routes = [
    Route("/bisogni/{number:int}/insieme", show, name="parties"),
    Route("/bisogni/{number:int}/insieme/invita", invite, methods=["POST"], name="invite_party"),
    Route("/bisogni/{number:int}/insieme/partecipa", join, methods=["POST"], name="join_party"),
    Route("/bisogni/{number:int}/insieme/declina", decline, methods=["POST"], name="decline_party"),
]
