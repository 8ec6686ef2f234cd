"""The demonstration: whoever visits chooses who acts. In any other mode these addresses do not exist."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, municipalities
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import BodyKind, Role
from raccordo.people import VISITOR, Actor, actor_from_claims, person_of
from raccordo.published import MountainCommunity, Province, UnionOfMunicipalities
from raccordo.refusals import refused
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import Form, read_form
from raccordo_ui.language import language_of, local_address, to
from raccordo_ui.render import render
from raccordo_ui.session import remember

SHOWN = 12  # municipalities offered for one search


async def choose(request: Request) -> Response:
    """The page on which one chooses who acts, with a search for a municipality."""
    _only_in_demo(request)
    picture = catalogue.current()
    searched = request.query_params.get("comune", "")[:100]
    view = {
        "searched": searched,
        "found": municipalities.search(picture, searched, limit=SHOWN),
        "provinces": picture.provinces,
        "laboratories": picture.laboratories,
        "next": local_address(request.query_params.get("poi", "")),
        "other_bodies": _other_bodies(picture, language_of(request)),
    }
    return render(request, "demo/choose.html", view)


@needs_right("choose", "demonstration")
async def act(request: Request) -> Response:
    """Act as somebody from now on."""
    _only_in_demo(request)
    form = await read_form(request)
    actor = _actor(catalogue.current(), form)
    response = RedirectResponse(local_address(form.text("next")) or to(request, "/"), status_code=303)
    remember(request, response, actor)
    await _enrol(actor)
    return response


async def _enrol(actor: Actor) -> None:
    """Whoever was chosen once exists from then on, and is told what happens to it."""

    async def work(_: Writing) -> None:
        await person_of(actor)

    if actor.demo:
        await write(work)


def _other_bodies(
    picture: Catalogue, language: str
) -> list[tuple[str, tuple[Province | MountainCommunity | UnionOfMunicipalities, ...]]]:
    """Every body that is no municipality, by kind, for one field to choose from."""
    kinds = (
        (Sentence("Province e città metropolitana"), tuple(picture.provinces.values())),
        (Sentence("Comunità montane"), tuple(picture.mountain_communities.values())),
        (Sentence("Unioni di comuni"), tuple(picture.unions.values())),
    )
    return [(label.say(language), bodies) for label, bodies in kinds if bodies]


def _actor(picture: Catalogue, form: Form) -> Actor:
    role = form.text("role")
    body = form.text("body")
    if ":" not in body:  # a municipality is named by its code alone
        body = f"{BodyKind.MUNICIPALITY}:{body}"
    actor = actor_from_claims(picture, {"role": role, "body": body, "laboratory": form.text("laboratory")})
    if actor == VISITOR and role != Role.VISITOR:
        raise refused("role", "unknown", Sentence("Va scelto un ente o un laboratorio che esiste."))
    return actor


def _only_in_demo(request: Request) -> None:
    if not request.app.state.settings.demo:
        raise HTTPException(404)


routes = [
    Route("/dimostrazione", choose, name="demo"),
    Route("/dimostrazione", act, methods=["POST"], name="demo_act"),
]
