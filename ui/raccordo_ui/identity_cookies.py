"""Short cookies that tie a journey to an identity provider to the browser that began it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

JOURNEY = "raccordo_journey"  # language and key of a journey that has begun
WAITING = "raccordo_identity"  # key of an identity that waits for its account
LASTS = 600  # seconds


def kept(request: Request, name: str) -> str:
    return request.cookies.get(_name(request, name), "")


def keep(request: Request, response: Response, name: str, value: str) -> None:
    """Sent along when the provider sends the browser back, therefore lax; read by no script."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=LASTS,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _name(request, name), secure=request.url.scheme == "https", httponly=True, samesite="lax"
    )


def _name(request: Request, name: str) -> str:
    return f"__Host-{name}" if request.url.scheme == "https" else name
