"""What a laboratory keeps for itself: where it was asked, how many places it has, with whom it must not work."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import capacity, catalogue, conflicts, laboratories, match_records
from raccordo.capacity import MOST_PLACES
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.people import Actor
from raccordo.published import Laboratory
from raccordo.refusals import NotAllowed, Refused
from raccordo.rights import Subject, allows
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.partnership_cards import line
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

NOT_YOURS = Sentence("Questa pagina la vede chi lavora nel laboratorio.")
QUERY = """{
  myConflicts(laboratory: "%s") { number body { name } reason declaredAt }
  myMatches(first: 20) { edges { node { number state nextStep } } }
}"""


async def show(request: Request) -> Response:
    return await _page(request, _laboratory(request))


@needs_right("declare_places", "laboratory")
async def declare_places(request: Request) -> Response:
    one, form = _laboratory(request), await read_form(request)
    try:
        await capacity.declare(actor_of(request), one.slug, form.number("version"), form.text("places"))
    except Refused as refusal:
        return await _page(request, one, form, refusal)
    return _back(request, one)


@needs_right("declare", "conflict")
async def declare_conflict(request: Request) -> Response:
    one, form = _laboratory(request), await read_form(request)
    try:
        kind = form.text("kind", BodyKind.MUNICIPALITY)
        await conflicts.declare(actor_of(request), one.slug, kind, form.text("code"), form.text("reason"))
    except Refused as refusal:
        return await _page(request, one, form, refusal)
    return _back(request, one)


@needs_right("remove", "conflict")
async def remove_conflict(request: Request) -> Response:
    gone = await conflicts.remove(actor_of(request), request.path_params["conflict"])
    return _back(request, laboratories.laboratory(catalogue.current(), gone.laboratory))


def may_open(actor: Actor, slug: str) -> bool:
    """Whoever works in the laboratory, and the coordinators."""
    return conflicts.may_read(actor, slug)


def _laboratory(request: Request) -> Laboratory:
    one = laboratories.laboratory(catalogue.current(), request.path_params["slug"])
    if not may_open(actor_of(request), one.slug):
        raise NotAllowed("own_laboratory_only", NOT_YOURS)
    return one


def _back(request: Request, one: Laboratory) -> Response:
    return RedirectResponse(to(request, f"/laboratori/{one.slug}/richieste"), status_code=303)


async def _page(
    request: Request, one: Laboratory, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    actor, language = actor_of(request), language_of(request)
    records = [row for row in await match_records.readable_by(actor) if row.laboratory == one.slug]
    view = {
        "laboratory": one,
        "lines": [line(record, language) for record in records],
        "places": await capacity.places_of(one.slug),
        "most": MOST_PLACES,
        "conflicts": await conflicts.of_laboratory(actor, one.slug),
        "may_declare_places": allows(actor, "declare_places", "laboratory", Subject(laboratory=one.slug)),
        "may_declare_conflicts": conflicts.may_declare(actor, one.slug),
        "typed": form or Form(),
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": QUERY % one.slug,
    }
    return render(request, "laboratories/desk.html", view, status=status_of(refusal) if refusal else 200)


routes = [
    Route("/laboratori/{slug}/richieste", show, name="laboratory_desk"),
    Route("/laboratori/{slug}/posti", declare_places, methods=["POST"], name="declare_places"),
    Route("/laboratori/{slug}/conflitti", declare_conflict, methods=["POST"], name="declare_conflict"),
    Route(
        "/laboratori/{slug}/conflitti/{conflict:int}/togli",
        remove_conflict,
        methods=["POST"],
        name="remove_conflict",
    ),
]
