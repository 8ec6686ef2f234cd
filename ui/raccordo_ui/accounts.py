"""How an account begins: by invitation or by request; and the link that confirms an address."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import accounts, invitations, single_use
from raccordo.models import Purpose
from raccordo.refusals import Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.secret_pages import logged_in, network_address, render_secret


async def new(request: Request) -> Response:
    return _register_page(request, Form())


@needs_right("register", "account")
async def register(request: Request) -> Response:
    form = await read_form(request)
    try:
        await accounts.register(
            form.text("name"),
            form.text("email"),
            form.text("password"),
            language_of(request),
            network_address(request),
        )
    except Refused as refusal:
        return _register_page(request, form, refusal)
    return render_secret(request, "accounts/sent.html")


async def invited(request: Request) -> Response:
    return await _invitation_page(request, Form((("language", language_of(request)),)))


@needs_right("register", "account")
async def accept(request: Request) -> Response:
    form = await read_form(request)
    try:
        key = await invitations.accept(
            request.path_params["secret"], form.text("name"), form.text("language"), form.text("password")
        )
    except Refused as refusal:
        return await _invitation_page(request, form, refusal)
    return logged_in(request, key, to(request, "/profilo"))


async def confirming(request: Request) -> Response:
    return await _confirm_page(request)


@needs_right("register", "account")
async def confirm(request: Request) -> Response:
    secret, form = request.path_params["secret"], await read_form(request)
    row = await single_use.look(secret, Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL)
    if row.purpose is Purpose.CHANGE_EMAIL:
        await accounts.change_email(secret)
        return RedirectResponse(to(request, "/accedi", fatto="indirizzo"), status_code=303)
    try:
        await accounts.confirm(secret, form.text("password"), network_address(request))
    except Refused as refusal:
        return await _confirm_page(request, refusal)
    return RedirectResponse(to(request, "/accedi", fatto="confermata"), status_code=303)


def _register_page(request: Request, form: Form, refusal: Refused | None = None) -> Response:
    problems = problems_of(refusal, language_of(request)) if refusal else Problems()
    view = {"name": form.text("name"), "email": form.text("email"), "problems": problems}
    return render_secret(
        request, "accounts/register.html", view, status=status_of(refusal) if refusal else 200
    )


async def _invitation_page(request: Request, form: Form, refusal: Refused | None = None) -> Response:
    row = await single_use.look(request.path_params["secret"], Purpose.INVITATION)
    view = {
        "email": accounts.owner(row).email,
        "name": form.text("name"),
        "chosen": form.text("language"),
        "problems": problems_of(refusal, language_of(request)) if refusal else Problems(),
    }
    return render_secret(
        request, "accounts/invited.html", view, status=status_of(refusal) if refusal else 200
    )


async def _confirm_page(request: Request, refusal: Refused | None = None) -> Response:
    row = await single_use.look(request.path_params["secret"], Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL)
    problems = problems_of(refusal, language_of(request)) if refusal else Problems()
    view = {"changes": row.purpose is Purpose.CHANGE_EMAIL, "email": row.subject, "problems": problems}
    return render_secret(
        request, "accounts/confirm.html", view, status=status_of(refusal) if refusal else 200
    )


routes = [
    Route("/registrati", new, name="register"),
    Route("/registrati", register, methods=["POST"], name="register_account"),
    Route("/invito/{secret}", invited, name="invitation"),
    Route("/invito/{secret}", accept, methods=["POST"], name="accept_invitation"),
    Route("/conferma/{secret}", confirming, name="confirmation"),
    Route("/conferma/{secret}", confirm, methods=["POST"], name="confirm"),
]
