"""One's own roles: which of them acts in this browser, asking for another one, proving it with a code."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import holder_search, memberships, role_requests
from raccordo.accounts import NOT_YOU
from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import MembershipStatus, Role, Session
from raccordo.refusals import NotAllowed, Refused
from raccordo.role_requests import ASKED
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import bare_path, language_of, to
from raccordo_ui.role_words import role_choices, words
from raccordo_ui.secret_pages import network_address, render_secret
from raccordo_ui.session import actor_of, session_of

PAGE = "/profilo/ruoli"
DONE = {
    "chiesto": Sentence("La richiesta è partita: la risposta arriva qui e per posta."),
    "scelto": Sentence("Fatto: in questo browser ora si agisce così."),
    "codice": Sentence("Il codice è giusto: il ruolo è attivo."),
    "finito": Sentence("Il ruolo è finito."),
}
ENDED = Sentence("Il ruolo con cui si agiva è finito: in questo browser ora non si agisce per nessuno.")
ACCOUNT_NEEDED = Sentence(
    "I ruoli sono di chi ha un’utenza: nella dimostrazione chi agisce si sceglie senza. Per provarli serve l’accesso."
)


async def show(request: Request) -> Response:
    return _stranger(request) or await _page(request)


@needs_right("act_as", "account")
async def act_as(request: Request) -> Response:
    session, form = _session(request), await read_form(request)
    try:
        await memberships.act_as(actor_of(request), session, form.number("membership"))
    except Refused as refusal:
        return await _page(request, refusal)
    return RedirectResponse(to(request, PAGE, fatto="scelto"), status_code=303)


async def new(request: Request) -> Response:
    asked = (
        ("role", request.query_params.get("role", "")),
        ("holder", request.query_params.get("holder", "")),
    )
    return _stranger(request) or await _ask_page(request, Form(asked))


@needs_right("ask_role", "account")
async def ask(request: Request) -> Response:
    form = await read_form(request)
    try:
        record = await role_requests.ask(
            actor_of(request),
            form.text("role"),
            form.text("key") or form.text("holder"),
            network_address(request),
        )
    except Refused as refusal:
        return await _ask_page(request, form, refusal)
    if await role_requests.mailbox_of(record.role, record.held):
        return RedirectResponse(to(request, f"{PAGE}/{record.number}/codice"), status_code=303)
    return RedirectResponse(to(request, PAGE, fatto="chiesto"), status_code=303)


async def code(request: Request) -> Response:
    return _stranger(request) or await _code_page(request)


@needs_right("enter_code", "account")
async def enter_code(request: Request) -> Response:
    form, number = await read_form(request), request.path_params["membership"]
    try:
        await role_requests.enter_code(actor_of(request), number, form.text("code"), network_address(request))
    except Refused as refusal:
        return await _code_page(request, refusal)
    return RedirectResponse(to(request, PAGE, fatto="codice"), status_code=303)


def _stranger(request: Request) -> Response | None:
    """Where somebody without an account is sent; None for everybody else."""
    if session_of(request) is not None:
        return None
    if actor_of(request).demo:
        raise NotAllowed("change_account", ACCOUNT_NEEDED)
    return RedirectResponse(to(request, "/accedi", poi=to(request, bare_path(request))), status_code=303)


def _session(request: Request) -> Session:
    session = session_of(request)
    if session is None:
        raise NotAllowed("act_as_account", NOT_YOU)
    return session


async def _page(request: Request, refusal: Refused | None = None) -> Response:
    actor, session, language = actor_of(request), _session(request), language_of(request)
    mine = await memberships.mine(actor)
    done = DONE.get(request.query_params.get("fatto", ""))
    chosen = session.membership
    view = {
        "active": _lines(mine, language, MembershipStatus.ACTIVE),
        "waiting": _lines(mine, language, MembershipStatus.REQUESTED),
        "over": _lines(mine, language, MembershipStatus.REFUSED, MembershipStatus.ENDED),
        "codes": {
            one.number
            for one in mine
            if one.status is MembershipStatus.REQUESTED and await role_requests.mailbox_of(one.role, one.held)
        },
        "acting_number": actor.membership,
        "decides": memberships.may_decide(actor),
        "unproven": actor.role is Role.COORDINATOR and not actor.second_factor,
        "notice": done.say(language) if done else "",
        "ended": ENDED.say(language) if chosen and actor.membership is None else "",
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "roles/mine.html", view, status=status_of(refusal) if refusal else 200)


def _lines(
    records: tuple[MembershipRecord, ...], language: str, *statuses: MembershipStatus
) -> list[tuple[MembershipRecord, dict[str, str]]]:
    return [(one, words(one, language)) for one in records if one.status in statuses]


async def _ask_page(request: Request, form: Form, refusal: Refused | None = None) -> Response:
    language, role, said = language_of(request), form.text("role"), form.text("holder")
    found = await holder_search.candidates(Role(role), said) if role in ASKED else ()
    view = {
        "roles": role_choices(ASKED, language),
        "role": role,
        "holder": said,
        "chosen": form.text("key"),
        "choices": [(one.key, one.name, one.detail.say(language)) for one in found],
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "roles/ask.html", view, status=status_of(refusal) if refusal else 200)


async def _code_page(request: Request, refusal: Refused | None = None) -> Response:
    language = language_of(request)
    record = await role_requests.awaiting_code(actor_of(request), request.path_params["membership"])
    view = {
        "record": record,
        "mailbox": await role_requests.mailbox_of(record.role, record.held),
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "roles/code.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route(PAGE, show, name="roles"),
    Route(PAGE, act_as, methods=["POST"], name="act_as"),
    Route(f"{PAGE}/chiedi", new, name="role_request"),
    Route(f"{PAGE}/chiedi", ask, methods=["POST"], name="ask_role"),
    Route(f"{PAGE}/{{membership:int}}/codice", code, name="role_code"),
    Route(f"{PAGE}/{{membership:int}}/codice", enter_code, methods=["POST"], name="enter_role_code"),
]
