"""No request brings more than 64 KiB, whatever it says about its own length, and no endless address."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from raccordo_ui.errors import http_error_page

MOST = 64 * 1024  # bytes
DRAINED = 16 * MOST  # read and thrown away, so that a browser still sees the answer
LONGEST_QUERY = 2000  # bytes: every link of a list repeats its address
LONG_QUERIES = ("/graphql", "/interroga", "/en/interroga")  # whole questions stand in their addresses
RETURN, LONGEST_RETURN = "/ritorno", 8000  # some identity providers write long codes into the address
COUNTED_THERE = ("/graphql",)  # it has the same limit and says so in its own form


class BodyLimit:
    """Answers 413 to a body that is too long, announced or not, 414 to such an address, 400 to a length that is none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        if _is_too_long(scope["path"], len(scope["query_string"])):
            response = await http_error_page(request, HTTPException(414))
            return await response(scope, receive, send)
        if scope["path"] in COUNTED_THERE:
            return await self.app(scope, receive, send)
        announced = request.headers.get("content-length", "0")
        if not (announced.isascii() and announced.isdigit()):
            response = await http_error_page(request, HTTPException(400))
        elif int(announced) > MOST:
            await _drain(receive)
            response = await http_error_page(request, HTTPException(413))
        else:
            return await self.app(scope, _counted(receive), send)
        return await response(scope, receive, send)


def _counted(receive: Receive) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MOST:
            raise HTTPException(413)
        return message

    return counted


def _is_too_long(path: str, length: int) -> bool:
    longest = LONGEST_RETURN if path.endswith(RETURN) else LONGEST_QUERY
    return len(path) > LONGEST_QUERY or (length > longest and path not in LONG_QUERIES)


async def _drain(receive: Receive) -> None:
    total = 0
    while total < DRAINED:
        message = await receive()
        total += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
