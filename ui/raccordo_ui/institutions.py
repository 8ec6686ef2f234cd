"""The other bodies that take part: who they are, and where a coordinator adds one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import institutions
from raccordo.refusals import Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

QUERY = "{ institutions(first: 100) { edges { node { code name website } } } }"


async def index(request: Request) -> Response:
    return await _page(request)


@needs_right("add", "institution")
async def add(request: Request) -> Response:
    form = await read_form(request)
    try:
        await institutions.add(actor_of(request), form.text("name"), form.text("website"))
    except Refused as refusal:
        return await _page(request, form, refusal)
    return RedirectResponse(to(request, "/enti"), status_code=303)


async def _page(request: Request, form: Form | None = None, refusal: Refused | None = None) -> Response:
    view = {
        "institutions": await institutions.listed(),
        "may_add": institutions.may_add(actor_of(request)),
        "typed": form or Form(),
        "problems": problems_of(refusal, language_of(request)) if refusal else Problems(),
        "query": QUERY,
    }
    return render(request, "institutions/index.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/enti", index, name="institutions"),
    Route("/enti", add, methods=["POST"], name="add_institution"),
]
