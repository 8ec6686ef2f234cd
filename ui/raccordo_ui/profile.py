"""One's own account: name, language, address, password, second factor, browsers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import accounts, logins, second_factor
from raccordo.days import day_of
from raccordo.language import Sentence
from raccordo.models import Role, Session
from raccordo.refusals import NotAllowed, Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.secret_pages import logged_in, network_address, render_secret
from raccordo_ui.session import actor_of, session_of

DONE = {
    "salvato": Sentence("Le modifiche sono salvate."),
    "posta": Sentence("È partito un messaggio al nuovo indirizzo: vale da quando lo si conferma."),
    "password": Sentence("La parola d’ordine è cambiata; gli altri browser sono usciti."),
    "uscito": Sentence("Fatto: quei browser non sono più collegati."),
    "fattore": Sentence("Il secondo fattore è attivo."),
}
Work = Callable[[Request, Session, Form], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A session as its owner sees it."""

    digest: str
    since: object
    seen: object
    this: bool


async def show(request: Request) -> Response:
    if session_of(request) is None:
        return RedirectResponse(to(request, "/accedi", poi=to(request, "/profilo")), status_code=303)
    return await _page(request)


@needs_right("change", "account")
async def describe(request: Request) -> Response:
    async def work(request: Request, _: Session, form: Form) -> Response:
        await accounts.describe(
            actor_of(request), form.number("version"), form.text("name"), form.text("language")
        )
        return _done(request, "salvato")

    return await _act(request, work)


@needs_right("change", "account")
async def change_email(request: Request) -> Response:
    async def work(request: Request, _: Session, form: Form) -> Response:
        await accounts.ask_new_email(
            actor_of(request), form.text("old"), form.text("email"), network_address(request)
        )
        return _done(request, "posta")

    return await _act(request, work)


@needs_right("change", "account")
async def change_password(request: Request) -> Response:
    async def work(request: Request, session: Session, form: Form) -> Response:
        await accounts.change_password(
            actor_of(request), session, form.text("old"), form.text("password"), network_address(request)
        )
        return _done(request, "password")

    return await _act(request, work)


@needs_right("change", "account")
async def propose_second_factor(request: Request) -> Response:
    async def work(request: Request, _: Session, form: Form) -> Response:
        await second_factor.propose(actor_of(request), form.text("old"), network_address(request))
        return RedirectResponse(to(request, "/profilo") + "#second-factor", status_code=303)

    return await _act(request, work)


@needs_right("change", "account")
async def enrol_second_factor(request: Request) -> Response:
    async def work(request: Request, _: Session, form: Form) -> Response:
        key = await second_factor.enrol(actor_of(request), form.text("code"), network_address(request))
        return logged_in(request, key, to(request, "/profilo", fatto="fattore"))

    return await _act(request, work)


@needs_right("change", "account")
async def revoke(request: Request) -> Response:
    async def work(request: Request, session: Session, form: Form) -> Response:
        if form.text("all"):
            await logins.revoke_others(actor_of(request), session)
        else:
            await logins.revoke(actor_of(request), form.text("browser"))
        return _done(request, "uscito")

    return await _act(request, work)


async def _act(request: Request, work: Work) -> Response:
    """Do what a form of this page asks; a refusal comes back beside the form."""
    session, form = session_of(request), await read_form(request)
    if session is None:
        raise NotAllowed("change_account", accounts.NOT_YOU)
    try:
        return await work(request, session, form)
    except Refused as refusal:
        return await _page(request, refusal)


def _done(request: Request, what: str) -> Response:
    return RedirectResponse(to(request, "/profilo", fatto=what), status_code=303)


async def _page(request: Request, refusal: Refused | None = None) -> Response:
    actor, session, language = actor_of(request), session_of(request), language_of(request)
    person = await accounts.row_of(actor)
    enrolled = second_factor.enrolled(person)
    done = DONE.get(request.query_params.get("fatto", ""))
    view = {
        "person": person,
        "enrolled": enrolled,
        "proposed": bool(person.totp_secret) and not enrolled,
        "uri": second_factor.uri(person) if person.totp_secret and not enrolled else "",
        "wanted": actor.role is Role.COORDINATOR and not actor.second_factor,
        "browsers": [
            Browser(
                digest=one.digest,
                since=day_of(one.created_at),
                seen=day_of(one.seen_at),
                this=session is not None and one.digest == session.digest,
            )
            for one in await logins.browsers(actor)
        ],
        "notice": done.say(language) if done else "",
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "profile/show.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/profilo", show, name="profile"),
    Route("/profilo", describe, methods=["POST"], name="describe_profile"),
    Route("/profilo/posta", change_email, methods=["POST"], name="change_email"),
    Route("/profilo/password", change_password, methods=["POST"], name="change_password"),
    Route("/profilo/secondo-fattore", propose_second_factor, methods=["POST"], name="propose_second_factor"),
    Route(
        "/profilo/secondo-fattore/conferma",
        enrol_second_factor,
        methods=["POST"],
        name="enrol_second_factor",
    ),
    Route("/profilo/browser", revoke, methods=["POST"], name="revoke_browser"),
]
