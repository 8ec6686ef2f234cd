"""Writing an offer: its kind first, then its fields; changed, closed, withdrawn, and published again."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, offers
from raccordo.language import Sentence
from raccordo.models import OfferKind, OfferStatus
from raccordo.offer_fields import Kind, Shape
from raccordo.offer_input import LIMITS, OfferInput
from raccordo.offer_kinds import BY_SLUG, FIELDS, KINDS
from raccordo.offer_rows import OfferState, stored
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo_ui.choices import chosen
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import refusal_page, status_of
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.need_writing import choices_of
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

ENDINGS = {"close": "chiudi", "withdraw": "ritira"}


async def new(request: Request) -> Response:
    """Without a kind in the address, the kinds to choose from; then the form of that kind."""
    kind = chosen(request, "tipo", {"": None, **BY_SLUG})
    if kind is None:
        language = language_of(request)
        kinds = [(one.slug, one.label.say(language), one.asks.say(language)) for one in BY_SLUG.values()]
        view = {"kinds": kinds, "may_publish": offers.may_publish(actor_of(request))}
        return render(request, "offers/kinds.html", view)
    return _writing_page(request, OfferInput(kind=kind.kind.value))


@needs_right("publish", "offer")
async def publish(request: Request) -> Response:
    written = offer_input(await read_form(request))
    try:
        offer = await offers.publish(actor_of(request), written)
    except (Refused, NotAllowed) as refusal:
        return _writing_page(request, written, refusal)
    return RedirectResponse(to(request, f"/offerte/{offer.number}"), status_code=303)


async def edit(request: Request) -> Response:
    """The form with what the offer says now."""
    state = await offers.state_for(actor_of(request), request.path_params["number"])
    return _writing_page(request, state.written, editing=(state.number, state.version))


@needs_right("revise", "offer")
async def revise(request: Request) -> Response:
    """Of two who change it at once the second reads what the first wrote above its own text."""
    number, form = request.path_params["number"], await read_form(request)
    written, version = offer_input(form), form.number("version")
    try:
        await offers.revise(actor_of(request), number, version, written)
    except Stale as stale:
        current = stale.current
        assert isinstance(current, OfferState)  # noqa: S101  # what `offers.revise` promises
        return _writing_page(request, written, stale, (number, current.version), current)
    except Refused as refusal:
        kept = replace(written, kind=(await stored(number)).written.kind)
        return _writing_page(request, kept, refusal, (number, version))
    return RedirectResponse(to(request, f"/offerte/{number}"), status_code=303)


async def ask_closing(request: Request) -> Response:
    return await _ending_page(request, "close")


async def ask_withdrawal(request: Request) -> Response:
    return await _ending_page(request, "withdraw")


@needs_right("close", "offer")
async def close(request: Request) -> Response:
    return await _end(request, "close")


@needs_right("withdraw", "offer")
async def withdraw(request: Request) -> Response:
    return await _end(request, "withdraw")


@needs_right("publish_again", "offer")
async def publish_again(request: Request) -> Response:
    """Undoes a closing or a withdrawal."""
    number, form = request.path_params["number"], await read_form(request)
    await offers.publish_again(actor_of(request), number, form.number("version"))
    return RedirectResponse(to(request, f"/offerte/{number}"), status_code=303)


def offer_input(form: Form) -> OfferInput:
    """The fields of the form as the rules take them."""
    return OfferInput(
        kind=form.text("kind"),
        title=form.text("title"),
        text=form.text("text"),
        title_en=form.text("title_en"),
        text_en=form.text("text_en"),
        themes=form.texts("themes"),
        functions=form.texts("functions"),
        radius_km=form.text("radius_km"),
        opens_on=form.text("opens_on"),
        closes_on=form.text("closes_on"),
        details={name: form.text(name) for name in FIELDS if form.text(name)},
    )


async def _end(request: Request, verb: str) -> Response:
    number, form = request.path_params["number"], await read_form(request)
    act = offers.close if verb == "close" else offers.withdraw
    try:
        await act(actor_of(request), number, form.number("version"), form.text("reason"))
    except Stale as stale:
        return await refusal_page(request, stale)
    except Refused as refusal:
        return await _ending_page(request, verb, form.text("reason"), refusal)
    path = f"/offerte/{number}" if verb == "close" else f"/offerte/{number}/ritira"
    return RedirectResponse(to(request, path), status_code=303)


async def _ending_page(
    request: Request, verb: str, reason: str = "", refusal: Refused | None = None
) -> Response:
    """Asks before an offer ends; of one that ended already, offers to undo it."""
    state = await offers.ending(actor_of(request), verb, request.path_params["number"])
    language = language_of(request)
    view = {
        "state": state,
        "closing": verb == "close",
        "address": to(request, f"/offerte/{state.number}/{ENDINGS[verb]}"),
        "over": state.status is not OfferStatus.PUBLISHED,
        "reason": reason,
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render(request, "offers/end.html", view, status=status_of(refusal) if refusal else 200)


def _writing_page(
    request: Request,
    written: OfferInput,
    refusal: Refused | NotAllowed | None = None,
    editing: tuple[int, int] | None = None,
    current: OfferState | None = None,
) -> Response:
    """The form as typed; `current` is what somebody else wrote meanwhile."""
    language, picture, actor = language_of(request), catalogue.current(), actor_of(request)
    kind = KINDS[OfferKind[written.kind if written.kind in OfferKind.__members__ else OfferKind.THESIS.value]]
    laboratory = picture.laboratories.get(actor.laboratory or "")
    choices = choices_of(picture, language)
    view = {
        "written": written,
        "kind": kind,
        "kind_label": kind.label.say(language),
        "asks": kind.asks.say(language),
        "fields": _fields(request, kind, written),
        "themes": choices["themes"],
        "functions": choices["functions"],
        "limits": LIMITS,
        "laboratory": laboratory.name if laboratory and offers.may_publish(actor) else "",
        "editing": editing,
        "current": current.written if current else None,
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render(request, "offers/write.html", view, status=status_of(refusal) if refusal else 200)


def _fields(request: Request, kind: Kind, written: OfferInput) -> list[dict[str, object]]:
    """The fields of the kind as the form asks for them: shape, words, choices and what was typed."""
    language, picture = language_of(request), catalogue.current()
    schools = [(one.acronym, local(one, "name", language)) for one in picture.schools.values()]
    return [
        {
            "name": one.name,
            "shape": one.shape.name,
            "label": one.label.say(language),
            "hint": one.hint.say(language) if one.hint else "",
            "required": one.missing is not None,
            "most": {Shape.WHOLE: 9, Shape.DAY: 20}.get(one.shape, one.most),
            "value": written.details.get(one.name, ""),
            "choices": schools
            if one.shape is Shape.SCHOOL
            else [(key, said.say(language)) for key, said in one.choices.items()],
            "empty": Sentence("si sceglie").say(language),
        }
        for one in kind.fields
    ]


routes = [
    Route("/offerte/nuova", new, name="new_offer"),
    Route("/offerte", publish, methods=["POST"], name="publish_offer"),
    Route("/offerte/{number:int}/modifica", edit, name="edit_offer"),
    Route("/offerte/{number:int}", revise, methods=["POST"], name="revise_offer"),
    Route("/offerte/{number:int}/chiudi", ask_closing, name="ask_closing"),
    Route("/offerte/{number:int}/chiudi", close, methods=["POST"], name="close_offer"),
    Route("/offerte/{number:int}/ritira", ask_withdrawal, name="ask_offer_withdrawal"),
    Route("/offerte/{number:int}/ritira", withdraw, methods=["POST"], name="withdraw_offer"),
    Route("/offerte/{number:int}/ripubblica", publish_again, methods=["POST"], name="publish_offer_again"),
]
