"""Pages that no cache keeps and whose address nobody else is told; and addresses that stay on this site."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from raccordo import sessions
from raccordo_ui.render import render
from raccordo_ui.session import cookie_name


def render_secret(
    request: Request, name: str, view: Mapping[str, object] | None = None, *, status: int = 200
) -> Response:
    """Answer with the template, without a trace of it in caches.

    Other sites are not told the address either: that is every page's policy. A stricter one would make browsers
    without Fetch Metadata say `Origin: null` with the page's own form, which is then refused.
    """
    response = render(request, name, view, status=status)
    response.headers["Cache-Control"] = "no-store"
    if "etag" in response.headers:
        del response.headers["ETag"]
    return response


def local(address: str) -> str:
    """An address of this site, or nothing: nobody is sent elsewhere."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def network_address(request: Request) -> str:
    """Where the request comes from; a proxy's word counts only as far as the server was told to trust it."""
    return request.client.host if request.client else ""


def logged_in(request: Request, key: str, where: str) -> Response:
    """Go on to `where` with a new session in the cookie."""
    response = RedirectResponse(where, status_code=303)
    response.set_cookie(
        cookie_name(request),
        key,
        max_age=int(sessions.ABSOLUTE.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def previous_key(request: Request) -> str:
    """What the browser came with; it stops working at a login."""
    return request.cookies.get(cookie_name(request), "")
