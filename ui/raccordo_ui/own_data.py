"""One's own data: a copy of everything, and the erasure of the account."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from raccordo import accounts, erasing, personal_copy
from raccordo.models import Session
from raccordo.presence import RECENT
from raccordo.refusals import NotAllowed, Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.secret_pages import network_address, render_secret
from raccordo_ui.session import actor_of, cookie_name, session_of

HEADERS = {
    "Content-Disposition": 'attachment; filename="raccordo.json"',
    "Cache-Control": "no-store",
}


async def show(request: Request) -> Response:
    if session_of(request) is None:
        return RedirectResponse(to(request, "/accedi", poi=to(request, "/profilo/dati")), status_code=303)
    return await _page(request)


@needs_right("export", "account")
async def export(request: Request) -> Response:
    session, form = _session(request), await read_form(request)
    try:
        pieces = await personal_copy.of_oneself(
            actor_of(request), session, form.text("old"), network_address(request), language_of(request)
        )
    except Refused as refusal:
        return await _page(request, "copy", refusal)
    return StreamingResponse(pieces, media_type="application/json", headers=HEADERS)


@needs_right("erase", "account")
async def erase(request: Request) -> Response:
    session, form = _session(request), await read_form(request)
    password, confirmation = form.text("old"), form.text("confirmation")
    try:
        await erasing.erase_oneself(
            actor_of(request), session, password, confirmation, network_address(request)
        )
    except Refused as refusal:
        return await _page(request, "erasure", refusal, confirmation)
    response = RedirectResponse(to(request, "/accedi", fatto="cancellata"), status_code=303)
    response.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True)
    return response


def _session(request: Request) -> Session:
    session = session_of(request)
    if session is None:
        raise NotAllowed("change_account", accounts.NOT_YOU)
    return session


async def _page(
    request: Request, tried: str = "", refusal: Refused | None = None, confirmation: str = ""
) -> Response:
    person = await accounts.row_of(actor_of(request))
    view = {
        "with_password": bool(person.password),
        "minutes": int(RECENT.total_seconds()) // 60,
        "typed_by": erasing.typed_by(person),
        "confirmation": confirmation,
        "tried": tried,
        "problems": problems_of(refusal, language_of(request)) if refusal else Problems(),
        "nothing": Problems(),
    }
    return render_secret(request, "profile/data.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/profilo/dati", show, name="own_data"),
    Route("/profilo/dati/copia", export, methods=["POST"], name="export_own_data"),
    Route("/profilo/dati/cancella", erase, methods=["POST"], name="erase_account"),
]
