"""The headers that every answer carries: what a browser may load and whom it may tell."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from raccordo.settings import Settings

STAY = {"Strict-Transport-Security": "max-age=31536000"}  # for whoever came over https


def security_headers(settings: Settings) -> dict[str, str]:
    """Nothing inline, no eval, no frame; the only script of somebody else is the pinned htmx."""
    htmx = settings.htmx_url if settings.htmx_url.startswith("https://") else ""
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {htmx}".strip(),
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class SecurityHeaders:
    """Adds `security_headers` to every answer, and asks for https to stay once a page came over it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if scope["scheme"] == "https":
                    headers.update(STAY)
            await send(message)

        return await self.app(scope, receive, send_with_headers)
