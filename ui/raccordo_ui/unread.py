"""How many notices wait for whoever reads, known before any page is asked; a thing's own page reads its notices."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from raccordo import inbox
from raccordo_ui.language import bare_path
from raccordo_ui.session import actor_of

NO_PAGES = ("/static/", "/graphql", "/favicon.ico")


class Unread:
    """Counts once per request, for those who have an inbox; a part of a page shows no count."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(NO_PAGES):
            connection = HTTPConnection(scope)
            if actor_of(connection).known and "hx-request" not in connection.headers:
                scope["state"]["unread"] = await _count(connection)
        await self.app(scope, receive, send)


async def _count(connection: HTTPConnection) -> int:
    actor = actor_of(connection)
    count = await inbox.unread(actor)
    if count and connection.scope["method"] == "GET" and not _only_fetched(connection):
        count -= await inbox.opened(actor, bare_path(connection))
    return count


def _only_fetched(connection: HTTPConnection) -> bool:
    """A browser that fetches in advance has not been looked at."""
    asked = (connection.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return any("prefetch" in value or "preview" in value for value in asked)
