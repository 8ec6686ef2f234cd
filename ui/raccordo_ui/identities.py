"""Identities given by others: the first login with one, and those tied to one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import accounts, identities
from raccordo.identity_settings import Provider
from raccordo.language import Sentence
from raccordo.models import WaitingIdentity
from raccordo.refusals import NotAllowed, NotFound, Refused
from raccordo_ui import login
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.identity_cookies import WAITING, forget, kept
from raccordo_ui.language import language_of, other_page, to
from raccordo_ui.secret_pages import network_address, render_secret
from raccordo_ui.session import actor_of, session_of

DONE = {
    "collegata": Sentence("L’identità è collegata: da ora si accede anche con quella."),
    "tolta": Sentence("L’identità non è più collegata."),
}
OVER = Sentence("È passato troppo tempo: si ricomincia dall’accesso.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An identity as its owner sees it: what its provider is called, or the issuer where it is no longer set up."""

    id: int
    name: str


def providers_of(request: Request) -> tuple[Provider, ...]:
    providers: tuple[Provider, ...] = request.app.state.settings.identity_providers
    return providers


def provider_named(request: Request, slug: str) -> Provider:
    """The provider of the settings; raises NotFound for any other."""
    found = next((one for one in providers_of(request) if one.slug == slug), None)
    if found is None:
        raise NotFound("unknown_provider", Sentence("Con questo fornitore di identità qui non si accede."))
    return found


async def unknown(request: Request) -> Response:
    found = await identities.waiting(kept(request, WAITING))
    if found is None:
        return RedirectResponse(to(request, "/accedi"), status_code=303)
    return await _first_time(request, found, Form((("name", found.name), ("email", found.email))))


@needs_right("register", "account")
async def ask_account(request: Request) -> Response:
    key, form = kept(request, WAITING), await read_form(request)
    found = await identities.waiting(key)
    if found is None:
        return login.page(request, "", "", Refused("waited_too_long", OVER))
    provider = provider_named(request, found.provider)
    name, email, language = form.text("name"), form.text("email"), language_of(request)
    try:
        entered = await identities.ask_account(provider, key, name, email, language, network_address(request))
    except Refused as refusal:
        return await _first_time(request, found, form, refusal)
    response = (
        login.go_on(request, entered, "") if entered.key else render_secret(request, "accounts/sent.html")
    )
    forget(request, response, WAITING)
    return response


async def show(request: Request) -> Response:
    if session_of(request) is None:
        here = to(request, "/profilo/identita")
        return RedirectResponse(to(request, "/accedi", poi=here), status_code=303)
    return await page_of_identities(request)


@needs_right("change", "account")
async def tie(request: Request) -> Response:
    session, key = session_of(request), kept(request, WAITING)
    if session is None:
        raise NotAllowed("change_account", accounts.NOT_YOU)
    found = await identities.waiting(key)
    try:
        if found is None:
            raise Refused("waited_too_long", OVER)
        await identities.tie_waiting(actor_of(request), session, provider_named(request, found.provider), key)
    except Refused as refusal:
        return await page_of_identities(request, refusal)
    response = RedirectResponse(to(request, "/profilo/identita", fatto="collegata"), status_code=303)
    forget(request, response, WAITING)
    return response


@needs_right("change", "account")
async def remove(request: Request) -> Response:
    form = await read_form(request)
    try:
        await identities.remove(
            actor_of(request), form.number("identity"), form.text("old"), network_address(request)
        )
    except Refused as refusal:
        return await page_of_identities(request, refusal)
    return RedirectResponse(to(request, "/profilo/identita", fatto="tolta"), status_code=303)


async def page_of_identities(request: Request, refusal: Refused | NotAllowed | None = None) -> Response:
    """The identities of whoever is logged in, with what was wrong."""
    actor, language, providers = actor_of(request), language_of(request), providers_of(request)
    found = await identities.waiting(kept(request, WAITING))
    slugs = {one.slug: one.name.say(language) for one in providers}
    done = DONE.get(request.query_params.get("fatto", ""))
    view = {
        "identities": [
            Identity(id=one.id, name=_named(providers, one.issuer, language))
            for one in await identities.of_person(actor)
        ],
        "providers": providers,
        "waiting": slugs.get(found.provider, "") if found else "",
        "with_password": bool((await accounts.row_of(actor)).password),
        "other_address": other_page(request, "/profilo/identita"),
        "notice": done.say(language) if done and refusal is None else "",
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "identities/show.html", view, status=status_of(refusal) if refusal else 200)


def _named(providers: tuple[Provider, ...], issuer: str, language: str) -> str:
    """One issuer may stand behind several buttons, as a proxy does for SPID and CIE."""
    return " / ".join(one.name.say(language) for one in providers if one.issuer == issuer) or issuer


async def _first_time(
    request: Request, found: WaitingIdentity, form: Form, refusal: Refused | None = None
) -> Response:
    provider, language = provider_named(request, found.provider), language_of(request)
    view = {
        "provider": provider.name.say(language),
        "known": await identities.has_account(provider, found),
        "name": form.text("name"),
        "email": form.text("email"),
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(
        request, "identities/unknown.html", view, status=status_of(refusal) if refusal else 200
    )


routes = [
    Route("/identita", unknown, name="unknown_identity"),
    Route("/identita", ask_account, methods=["POST"], name="ask_account"),
    Route("/profilo/identita", show, name="identities"),
    Route("/profilo/identita", tie, methods=["POST"], name="tie_identity"),
    Route("/profilo/identita/togli", remove, methods=["POST"], name="remove_identity"),
]
