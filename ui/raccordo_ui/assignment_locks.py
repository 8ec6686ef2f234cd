"""What the coordination fixes by hand: the list, and the form that adds to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import assignment_locks
from raccordo.language import Sentence
from raccordo.models import LockKind
from raccordo.refusals import Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

QUERY = "{ assignmentLocks(first: 20) { totalCount edges { node { number kind reason need { number title } laboratory { slug name } } } } }"
KINDS = {LockKind.TOGETHER: Sentence("insieme"), LockKind.APART: Sentence("separati")}


async def index(request: Request) -> Response:
    """The list; the form may arrive with a need and a laboratory from a line of a plan."""
    asked = request.query_params
    prefilled = (("need_number", asked.get("bisogno", "")), ("laboratory", asked.get("laboratorio", "")))
    return await _page(request, Form(prefilled))


@needs_right("fix", "assignment")
async def fix(request: Request) -> Response:
    form = await read_form(request)
    try:
        await assignment_locks.fix(
            actor_of(request),
            form.number("need_number"),
            form.text("laboratory"),
            form.text("lock"),
            form.text("reason"),
        )
    except Refused as refusal:
        return await _page(request, form, refusal)
    return RedirectResponse(to(request, "/assegnazione/vincoli"), status_code=303)


@needs_right("release", "assignment")
async def release(request: Request) -> Response:
    await assignment_locks.release(actor_of(request), request.path_params["lock"])
    return RedirectResponse(to(request, "/assegnazione/vincoli"), status_code=303)


async def _page(request: Request, typed: Form, refusal: Refused | None = None) -> Response:
    language = language_of(request)
    found = await assignment_locks.every(actor_of(request))
    view = {
        "locks": [(one, KINDS[one.kind].say(language)) for one in found],
        "kinds": [(kind.value, name.say(language)) for kind, name in KINDS.items()],
        "typed": typed,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": QUERY,
    }
    return render(request, "assignments/locks.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/assegnazione/vincoli", index, name="assignment_locks"),
    Route("/assegnazione/vincoli", fix, methods=["POST"], name="fix_assignment"),
    Route("/assegnazione/vincoli/{lock:int}/togli", release, methods=["POST"], name="release_assignment"),
]
