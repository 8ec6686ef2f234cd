"""A new proposal of joint management: the form, filled in from the address or by hand, and what comes of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import associations, catalogue, municipalities
from raccordo.association_input import REASON, AssociationInput
from raccordo.association_records import PATH_OF
from raccordo.association_rows import TOWN
from raccordo.refusals import NotAllowed, NotFound, Refused
from raccordo.typed_towns import MOST_MEMBERS, town_of
from raccordo_ui.association_cards import form_choices
from raccordo_ui.choices import function_choices
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of


async def new(request: Request) -> Response:
    """The form: function, municipalities and lead may come from the address of a suggestion."""
    asked = request.query_params
    own = own_town(request)
    wanted = AssociationInput(
        function=asked.get("funzione", ""),
        members=(own, asked.get("comuni", "")),
        lead=asked.get("capofila", "") or own,
        form=asked.get("forma", ""),
        snapshot_id=asked.get("calcolo", ""),
    )
    return _form(request, wanted)


@needs_right("propose", "association")
async def propose(request: Request) -> Response:
    form = await read_form(request)
    wanted = AssociationInput(
        function=form.text("function"),
        members=form.texts("members"),
        lead=form.text("lead"),
        form=form.text("form"),
        reason=form.text("reason"),
        snapshot_id=form.text("snapshot_id"),
    )
    try:
        record = await associations.propose(actor_of(request), wanted)
    except (Refused, NotAllowed) as refusal:
        return _form(request, wanted, refusal)
    return RedirectResponse(to(request, f"{PATH_OF}{record.number}"), status_code=303)


def own_town(request: Request) -> str:
    """The ISTAT code of the municipality that the reader acts for, or nothing."""
    actor = actor_of(request)
    return actor.body_code or "" if actor.body_kind is TOWN else ""


def _form(
    request: Request, wanted: AssociationInput, refusal: Refused | NotAllowed | None = None
) -> Response:
    language, picture = language_of(request), catalogue.current()
    own = picture.municipalities.get(own_town(request))
    around = municipalities.neighbours(picture, own) if own else ()
    there = {_code(typed) for typed in wanted.typed[: MOST_MEMBERS + 1]}
    view = {
        "wanted": wanted,
        "members": ", ".join(
            map(_named, wanted.typed) if len(wanted.typed) <= MOST_MEMBERS else wanted.typed
        ),
        "lead": _named(wanted.lead) if wanted.lead else "",
        "around": [one.municipality for one in around if one.municipality.istat_code not in there],
        "functions": function_choices(picture, language),
        "forms": form_choices(language),
        "limits": {"reason": REASON, "members": MOST_MEMBERS},
        "may": associations.may_propose(actor_of(request)),
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render(request, "associations/write.html", view, status=status_of(refusal) if refusal else 200)


def _code(typed: str) -> str:
    try:
        return town_of(catalogue.current(), typed).istat_code
    except NotFound:
        return typed


def _named(typed: str) -> str:
    """The name of a municipality given by its code, where nobody could mistake it; what is unknown stays as typed."""
    picture = catalogue.current()
    try:
        town = town_of(picture, typed)
        return town.name if town_of(picture, town.name) is town else town.istat_code
    except NotFound:
        return typed


routes = [
    Route("/gestioni-associate/proposte/nuova", new, name="new_association"),
    Route("/gestioni-associate/proposte", propose, methods=["POST"], name="propose_association"),
]
