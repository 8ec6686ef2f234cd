"""The demonstration's mailbox: mails that wait, readable on this machine; it exists in no other mode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import digests, mail_waiting
from raccordo.mail_waiting import Addressee
from raccordo.outbox import GivenUp
from raccordo_ui import mail
from raccordo_ui.linked_text import paragraphs
from raccordo_ui.render import render

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail as its reader would see it."""

    to: str
    subject: str
    body: Markup
    language: str


async def show(request: Request) -> Response:
    """Every mail that waits, the newest first."""
    settings = request.app.state.settings
    if not settings.demo:
        raise HTTPException(404)
    found = [_letter(request, one) for one in await mail_waiting.waiting(SHOWN)]
    view = {"letters": [one for one in found if one], "cap": digests.MOST_A_DAY}
    return render(request, "demo/mailbox.html", view)


def _letter(request: Request, one: Addressee) -> Waiting | None:
    settings = request.app.state.settings
    try:
        letter = mail.write(settings, one.template, one.language, one.values)
    except GivenUp:
        return None
    # Links lead to where this page was opened, whatever port that is.
    here = re.sub(re.escape(settings.address) + r"(?=/)", str(request.base_url).rstrip("/"), letter.text)
    return Waiting(
        to=one.email or one.name, subject=letter.subject, body=paragraphs(here), language=letter.language
    )


routes = [Route("/dimostrazione/posta", show, name="demo_mailbox")]
