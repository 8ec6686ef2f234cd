"""To an identity provider and back: the buttons that begin it, and the address where the browser returns."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import identities, identity_journeys
from raccordo.identity_journeys import Arrival, Departure
from raccordo.identity_settings import Provider
from raccordo.models import Person
from raccordo.refusals import NotAllowed, Refused
from raccordo_ui import login
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import read_form
from raccordo_ui.identities import page_of_identities, provider_named
from raccordo_ui.identity_cookies import JOURNEY, WAITING, forget, keep, kept
from raccordo_ui.language import address, bare_path, language_of, to
from raccordo_ui.secret_pages import local, network_address, previous_key, render_secret
from raccordo_ui.session import actor_of, session_of


@needs_right("enter", "account")
async def begin(request: Request) -> Response:
    provider, form = provider_named(request, request.path_params["provider"]), await read_form(request)
    where = local(form.text("next"))
    try:
        return await _depart(request, provider, where=where)
    except Refused as refusal:
        return login.page(request, "", where, refusal)


@needs_right("change", "account")
async def add(request: Request) -> Response:
    form, actor = await read_form(request), actor_of(request)
    try:
        person = await identities.demand_owner(actor, form.text("old"), network_address(request))
        return await _depart(request, provider_named(request, form.text("provider")), person=person)
    except Refused as refusal:
        return await page_of_identities(request, refusal)


async def confirming(request: Request) -> Response:
    provider = provider_named(request, await identities.to_confirm(request.path_params["secret"]))
    return render_secret(
        request, "identities/confirm.html", {"provider": provider.name.say(language_of(request))}
    )


@needs_right("register", "account")
async def confirm(request: Request) -> Response:
    secret = request.path_params["secret"]
    provider = provider_named(request, await identities.to_confirm(secret))
    try:
        return await _depart(request, provider, confirm=secret)
    except Refused as refusal:
        return login.page(request, "", "", refusal)


async def come_back(request: Request) -> Response:
    """The one address that a provider knows is Italian; whoever left in English goes on in English."""
    language, _, key = kept(request, JOURNEY).partition(".")
    if language == "en" and language_of(request) != "en":
        return RedirectResponse(f"{address('en', bare_path(request))}?{request.url.query}", status_code=303)
    provider = provider_named(request, request.path_params["provider"])
    try:
        arrival = await identity_journeys.come_back(
            provider, _callback(request, provider), key, request.query_params
        )
        response = await _arrived(request, arrival)
    except (Refused, NotAllowed) as refusal:
        response = await _refused(request, refusal)
    forget(request, response, JOURNEY)
    return response


async def _depart(
    request: Request, provider: Provider, *, where: str = "", confirm: str = "", person: Person | None = None
) -> Response:
    """A page that leads to the provider by itself: our policy lets no form be sent elsewhere, redirected or not."""
    departure: Departure = await identity_journeys.begin(
        provider,
        _callback(request, provider),
        network_address(request),
        where=where,
        confirm=confirm,
        person=person,
    )
    language = language_of(request)
    view = {"provider": provider.name.say(language), "address": departure.address}
    response = render_secret(request, "identities/onwards.html", view)
    response.headers["Refresh"] = f"0; url={departure.address}"
    keep(request, response, JOURNEY, f"{language}.{departure.key}")
    return response


async def _arrived(request: Request, arrival: Arrival) -> Response:
    previous = previous_key(request)
    if arrival.person is not None:
        await identities.add(actor_of(request), arrival.person, arrival.proven)
        return RedirectResponse(to(request, "/profilo/identita", fatto="collegata"), status_code=303)
    if arrival.confirm:
        entered = await identities.confirm(arrival.confirm, arrival.proven, previous)
        return login.go_on(request, entered, "")
    known = await identities.enter(arrival.proven, previous)
    if known is not None:
        return login.go_on(request, known, local(arrival.where))
    response = RedirectResponse(to(request, "/identita"), status_code=303)
    keep(request, response, WAITING, await identities.wait(arrival.proven))
    return response


async def _refused(request: Request, refusal: Refused | NotAllowed) -> Response:
    if session_of(request) is not None:
        return await page_of_identities(request, refusal)
    return login.page(request, "", "", refusal)


def _callback(request: Request, provider: Provider) -> str:
    """As it is registered at the provider: from the settings, whatever host the request names."""
    return f"{request.app.state.settings.address}/accedi/{provider.slug}/ritorno"


routes = [
    Route("/accedi/{provider}", begin, methods=["POST"], name="begin_journey"),
    Route("/accedi/{provider}/ritorno", come_back, name="come_back"),
    Route("/conferma-identita/{secret}", confirming, name="identity_confirmation"),
    Route("/conferma-identita/{secret}", confirm, methods=["POST"], name="confirm_identity"),
    Route("/profilo/identita/aggiungi", add, methods=["POST"], name="add_identity"),
]
