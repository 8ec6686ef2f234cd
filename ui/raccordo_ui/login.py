"""Logging in and out, and the links of a forgotten password."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import accounts, logins, single_use
from raccordo.language import Sentence
from raccordo.models import Purpose
from raccordo.refusals import Refusal, Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, other_page, to
from raccordo_ui.secret_pages import local, logged_in, network_address, previous_key, render_secret
from raccordo_ui.session import cookie_name

# What is said on the login page after something that ended there.
NOTICES = {
    "confermata": Sentence("L’utenza è confermata: ora si può accedere."),
    "cambiata": Sentence("La parola d’ordine è cambiata: ora si può accedere con quella nuova."),
    "indirizzo": Sentence("L’indirizzo di posta è cambiato: ora si accede con quello nuovo."),
    "cancellata": Sentence("L’utenza è cancellata. All’indirizzo che aveva parte un ultimo messaggio."),
}
SENT = Sentence("Se a questo indirizzo c’è un’utenza, è partito un messaggio con il collegamento.")


async def show(request: Request) -> Response:
    return page(request, "", local(request.query_params.get("poi", "")))


@needs_right("enter", "account")
async def enter(request: Request) -> Response:
    form = await read_form(request)
    email, where = form.text("email"), local(form.text("next"))
    try:
        entered = await logins.enter(
            email, form.text("password"), network_address(request), previous_key(request)
        )
    except Refused as refusal:
        return page(request, email, where, refusal)
    return go_on(request, entered, where)


@needs_right("enter", "account")
async def enter_code(request: Request) -> Response:
    form = await read_form(request)
    secret, where = form.text("secret"), local(form.text("next"))
    try:
        entered = await logins.enter_code(
            secret, form.text("code"), network_address(request), previous_key(request)
        )
    except Refused as refusal:
        return _code_page(request, secret, where, refusal)
    return logged_in(request, entered.key, where or to(request, "/profilo"))


@needs_right("enter", "account")
async def leave(request: Request) -> Response:
    await logins.leave(previous_key(request))
    response = RedirectResponse(to(request, "/"), status_code=303)
    response.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True)
    return response


async def forgotten(request: Request) -> Response:
    return render_secret(request, "login/forgotten.html", {"email": "", "problems": Problems(), "sent": ""})


@needs_right("enter", "account")
async def forget(request: Request) -> Response:
    email, language = (await read_form(request)).text("email"), language_of(request)
    view = {"email": email, "problems": Problems(), "sent": SENT.say(language)}
    try:
        await accounts.forget(email, network_address(request))
    except Refused as refusal:
        view |= {"problems": problems_of(refusal, language), "sent": ""}
        return render_secret(request, "login/forgotten.html", view, status=status_of(refusal))
    return render_secret(request, "login/forgotten.html", view)


async def new_password(request: Request) -> Response:
    await single_use.look(request.path_params["secret"], Purpose.RESET_PASSWORD)
    return render_secret(request, "login/new_password.html", {"problems": Problems()})


@needs_right("enter", "account")
async def reset_password(request: Request) -> Response:
    form = await read_form(request)
    try:
        await accounts.reset_password(request.path_params["secret"], form.text("password"))
    except Refused as refusal:
        view = {"problems": problems_of(refusal, language_of(request))}
        return render_secret(request, "login/new_password.html", view, status=status_of(refusal))
    return RedirectResponse(to(request, "/accedi", fatto="cambiata"), status_code=303)


def go_on(request: Request, entered: logins.Entered, where: str) -> Response:
    """Into the site with a new session, or to the code of the second factor first."""
    if entered.secret:
        return _code_page(request, entered.secret, where)
    return logged_in(request, entered.key, where or to(request, "/profilo"))


def page(request: Request, email: str, where: str, refusal: Refusal | None = None) -> Response:
    """The login page, with what was wrong."""
    language, notice = language_of(request), NOTICES.get(request.query_params.get("fatto", ""))
    view = {
        "email": email,
        "next": where,
        "notice": notice.say(language) if notice else "",
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "providers": request.app.state.settings.identity_providers,
        "other_address": other_page(request, "/accedi", poi=where),
    }
    return render_secret(request, "login/show.html", view, status=_status(refusal))


def _code_page(request: Request, secret: str, where: str, refusal: Refusal | None = None) -> Response:
    problems = problems_of(refusal, language_of(request)) if refusal else Problems()
    view = {
        "secret": secret,
        "next": where,
        "problems": problems,
        "other_address": other_page(request, "/accedi"),
    }
    return render_secret(request, "login/code.html", view, status=_status(refusal))


def _status(refusal: Refusal | None) -> int:
    return status_of(refusal) if refusal else 200


routes = [
    Route("/accedi", show, name="login"),
    Route("/accedi", enter, methods=["POST"], name="enter"),
    Route("/accedi/codice", enter_code, methods=["POST"], name="enter_code"),
    Route("/esci", leave, methods=["POST"], name="leave"),
    Route("/password-dimenticata", forgotten, name="forgotten_password"),
    Route("/password-dimenticata", forget, methods=["POST"], name="forget_password"),
    Route("/nuova-password/{secret}", new_password, name="new_password"),
    Route("/nuova-password/{secret}", reset_password, methods=["POST"], name="reset_password"),
]
