"""Forgery protection from headers: a page of somebody else cannot make a visitor's browser write here."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from raccordo.language import Sentence
from raccordo.refusals import NotAllowed
from raccordo_ui.errors import refusal_page

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_ours(request: Request) -> bool:
    """Whether a request can only come from our own pages, or from no page at all."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


class OriginCheck:
    """Refuses every unsafe request that another site started. Programs send neither header and pass."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or is_ours(Request(scope)):
            return await self.app(scope, receive, send)
        refusal = NotAllowed(
            "foreign_origin", Sentence("La richiesta arriva da un altro sito e non è stata eseguita.")
        )
        response = await refusal_page(Request(scope, receive), refusal)
        return await response(scope, receive, send)
