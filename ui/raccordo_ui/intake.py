"""A pasted mail or plan: the needs in it, each of which opens the form of a new need already filled in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, intake
from raccordo.refusals import Refused
from raccordo_graph.intake import Intake
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of
from raccordo_ui.render import render

NOTHING = Intake(needs=(), leftovers=())


async def ask(request: Request) -> Response:
    return _page(request, "", None)


@needs_right("preview", "need")
async def read(request: Request) -> Response:
    """The proposals; nothing is stored, and each is a form that only opens another one."""
    text = (await read_form(request)).text("text")
    try:
        return _page(request, text, await intake.read(catalogue.current(), text))
    except Refused as refusal:
        return _page(request, text, None, refusal)


def _page(request: Request, text: str, found: Intake | None, refusal: Refused | None = None) -> Response:
    view = {
        "text": text,
        "found": found,
        "most": intake.MOST,
        "problems": problems_of(refusal, language_of(request)) if refusal else Problems(),
    }
    return render(request, "needs/from_text.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/bisogni/da-testo", ask, name="need_from_text"),
    Route("/bisogni/da-testo", read, methods=["POST"], name="read_text"),
]
