"""What the site says about itself: which data it keeps about people, and how accessible it is."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo.personal_data_table import HEADINGS, groups
from raccordo.settings import Settings
from raccordo_ui.language import language_of
from raccordo_ui.render import render
from raccordo_ui.session import LASTS, cookie_name

DAY = 24 * 3600  # seconds


async def privacy(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    language = language_of(request)
    view = {
        "cookie": cookie_name(request),
        "days": LASTS // DAY,
        "script_host": urlsplit(settings.htmx_url).hostname or "",
        "script_checked": bool(settings.htmx_integrity),
        "headings": {name: heading.say(language) for name, heading in HEADINGS.items()},
        "inventory": groups(language),
    }
    return render(request, "statements/privacy.html", view)


async def accessibility(request: Request) -> Response:
    return render(request, "statements/accessibility.html")


routes = [
    Route("/privacy", privacy, name="privacy"),
    Route("/accessibilita", accessibility, name="accessibility"),
]
