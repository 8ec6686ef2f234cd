"""The page of those who decide: requests that wait, the people one decides about, invitations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import holder_search, institutions, invitations, membership_decisions, memberships
from raccordo.holders import PARTS, Held
from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import CoordinatingBody, MembershipStatus, Role
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY, Actor
from raccordo.refusals import Refused
from raccordo.rights import allows
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import PER_PAGE, paged, tidied
from raccordo_ui.role_words import ROLES, role_choices, words
from raccordo_ui.secret_pages import render_secret
from raccordo_ui.session import actor_of

PAGE = "/ruoli"
DONE = {
    "invitato": Sentence("L’invito è partito."),
    "accolto": Sentence("La richiesta è accolta, e chi ha chiesto lo sa."),
    "rifiutato": Sentence("La richiesta non è accolta, e chi ha chiesto lo sa."),
    "chiuso": Sentence("Il ruolo è finito."),
    "azzerato": Sentence("Il secondo fattore è azzerato: quella persona è uscita da tutti i browser."),
}
SIDES = {
    CoordinatingBody.ANCI_LOMBARDIA: Sentence("ANCI Lombardia"),
    CoordinatingBody.POLITECNICO: Sentence("Politecnico di Milano"),
}
QUERY = """{
  memberships(first: 20) {
    totalCount
    edges { node { number role heldName status personName } }
  }
}"""


async def show(request: Request) -> Response:
    if not actor_of(request).known:
        return RedirectResponse(to(request, "/accedi", poi=to(request, PAGE)), status_code=303)
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    return await _page(request)


@needs_right("invite", "account")
async def invite(request: Request) -> Response:
    form = await read_form(request)
    role, side = form.text("role"), form.text("side")
    try:
        await invitations.invite_by_name(
            actor_of(request),
            email=form.text("email"),
            role=Role(role) if role in Role.__members__ else Role.VISITOR,
            holder=form.text("key") or form.text("holder"),
            side=CoordinatingBody(side) if side in CoordinatingBody.__members__ else None,
            language=form.text("language", language_of(request)),
        )
    except Refused as refusal:
        return await _page(request, form, refusal)
    return _done(request, "invitato")


@needs_right("accept", "membership")
async def accept(request: Request) -> Response:
    return await _decide(
        request, "accolto", lambda actor, number, _: membership_decisions.accept(actor, number)
    )


@needs_right("refuse", "membership")
async def refuse(request: Request) -> Response:
    return await _decide(request, "rifiutato", membership_decisions.refuse)


@needs_right("end", "membership")
async def end(request: Request) -> Response:
    return await _decide(request, "chiuso", membership_decisions.end)


@needs_right("reset_second_factor", "account")
async def reset_second_factor(request: Request) -> Response:
    return await _decide(
        request, "azzerato", lambda actor, number, _: membership_decisions.reset_second_factor(actor, number)
    )


async def _decide(
    request: Request, done: str, act: Callable[[Actor, int, str], Awaitable[MembershipRecord]]
) -> Response:
    actor, form = actor_of(request), await read_form(request)
    try:
        record = await act(actor, request.path_params["membership"], form.text("reason"))
    except Refused as refusal:
        return await _page(request, form, refusal)
    if record.person == actor.person:
        return RedirectResponse(to(request, "/profilo/ruoli", fatto="finito"), status_code=303)
    return _done(request, done)


def _done(request: Request, what: str) -> Response:
    return RedirectResponse(to(request, PAGE, fatto=what), status_code=303)


async def _page(request: Request, form: Form | None = None, refusal: Refused | None = None) -> Response:
    actor, language, typed = actor_of(request), language_of(request), form or Form()
    memberships.demand_deciding(actor)
    searched = request.query_params.get("testo", "")
    waiting = await memberships.readable_by(actor, status=MembershipStatus.REQUESTED, text=searched)
    everybody = await memberships.readable_by(actor, status=MembershipStatus.ACTIVE, text=searched)
    page = paged(request, everybody)
    done = DONE.get(request.query_params.get("fatto", ""))
    view = {
        "waiting": [(one, words(one, language)) for one in waiting[:PER_PAGE]],
        "more_waiting": max(0, len(waiting) - PER_PAGE),
        "page": page,
        "people": [(one, words(one, language)) for one in page.items],
        "searched": searched,
        "coordinates": actor.role is Role.COORDINATOR,
        "own_key": _own_key(actor),
        "roles": role_choices(_invited_by(actor), language),
        "sides": [(side.value, name.say(language)) for side, name in SIDES.items()],
        "choices": await _choices(typed, language),
        "may_add": institutions.may_add(actor),
        "may_reset": allows(actor, "reset_second_factor", "account"),
        "me": actor.person,
        "about": request.path_params.get("membership", 0),
        "typed": typed,
        "notice": done.say(language) if done else "",
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": QUERY,
    }
    return render_secret(request, "people/index.html", view, status=status_of(refusal) if refusal else 200)


def _invited_by(actor: Actor) -> list[Role]:
    """The roles that one can give, in their order."""
    if actor.role is Role.COORDINATOR:
        return list(ROLES)
    return [role for role in ROLES if role in (FOR_A_BODY if actor.body_code else FOR_A_LABORATORY)]


def _own_key(actor: Actor) -> str:
    """For whom an administrator or a manager invites: no choice, hence no field."""
    if actor.role is Role.COORDINATOR:
        return ""
    body = (actor.body_kind, actor.body_code) if actor.body_kind and actor.body_code else None
    return Held(body=body, laboratory=actor.laboratory or "").key


async def _choices(typed: Form, language: str) -> list[tuple[str, str, str]]:
    role = typed.text("role")
    if role not in Role.__members__ or Role(role) not in PARTS:
        return []
    found = await holder_search.candidates(Role(role), typed.text("holder"))
    return [(one.key, one.name, one.detail.say(language)) for one in found]


routes = [
    Route(PAGE, show, name="people"),
    Route(f"{PAGE}/invita", invite, methods=["POST"], name="invite_person"),
    Route(f"{PAGE}/{{membership:int}}/accetta", accept, methods=["POST"], name="accept_membership"),
    Route(f"{PAGE}/{{membership:int}}/rifiuta", refuse, methods=["POST"], name="refuse_membership"),
    Route(f"{PAGE}/{{membership:int}}/chiudi", end, methods=["POST"], name="end_membership"),
    Route(
        f"{PAGE}/{{membership:int}}/secondo-fattore",
        reset_second_factor,
        methods=["POST"],
        name="reset_second_factor",
    ),
]
