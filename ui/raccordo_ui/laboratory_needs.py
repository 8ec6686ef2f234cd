"""The needs in order for one laboratory, with filters; and a word to their owner: not for us, but for them."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    catalogue,
    laboratories,
    laboratory_hints,
    laboratory_needs,
    matches,
    needs,
    semester_places,
    semesters,
)
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.initiatives import Kind
from raccordo.laboratory_needs import LaboratoryNeedFilter
from raccordo.language import Sentence
from raccordo.models import InitiativeKind
from raccordo.people import Actor
from raccordo.published import Laboratory, Need
from raccordo.refusals import NotAllowed, Refused
from raccordo.rights import Subject, allows
from raccordo_graph import NeedMatch
from raccordo_graph.bands import WITH_A_REASON
from raccordo_ui.choices import answered, chosen
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.laboratory_cards import fitting_needs
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import paged, tidied
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

PER_PAGE = 15
KM = {"": None, "25": 25, "50": 50, "100": 100}
MONTHS = {"": None, "3": 3, "6": 6, "12": 12}
MONTH = timedelta(days=30.5)
FREE = "liberi"  # the instruments for which the laboratory declared places that are free
Instruments = dict[str, tuple[InitiativeKind, ...] | None]
QUERY = """{
  laboratory(slug: "%s") {
    matches(first: 20, filter: {withinKm: 50}) {
      totalCount
      edges { node { position band score need { number title } reasons { sentenceIt distanceKm } } }
    }
  }
}"""


async def index(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language, actor = catalogue.current(), language_of(request), actor_of(request)
    one = laboratories.laboratory(picture, request.path_params["slug"])
    instruments = await _instruments(one)
    found, problems = answered(request, lambda asked: _selected(picture, one, instruments, asked))
    page = paged(request, fitting_needs(picture, found, language, WITH_A_REASON), PER_PAGE)
    view = {
        "laboratory": one,
        "page": page,
        "problems": problems,
        "chosen": request.query_params,
        "choices": _choices(picture, instruments, language),
        "may_hint": may_hint(actor, one.slug),
        "snapshot_id": matches.snapshot_id(picture),
        "query": QUERY % one.slug,
    }
    return render(request, "laboratories/needs.html", view, status=422 if problems else 200)


def may_hint(actor: Actor, slug: str) -> bool:
    """Whether somebody could name another laboratory for what is in this list."""
    return actor.works_in(slug) and allows(actor, "give", "hint", Subject(open=True))


async def _instruments(one: Laboratory) -> Instruments:
    """Each kind of initiative, and those of which the laboratory has free places if it declared any."""
    places = await semester_places.of_laboratory(one.slug)
    free = tuple(
        sorted({row.kind for row in places if row.free and row.semester >= semesters.coming(today())[0]})
    )
    return {"": None, **({FREE: free} if free else {}), **{kind.value: (kind,) for kind in InitiativeKind}}


def _selected(
    picture: Catalogue, one: Laboratory, instruments: Instruments, request: Request
) -> tuple[NeedMatch, ...]:
    months = chosen(request, "scadenza", MONTHS)
    wanted = LaboratoryNeedFilter(
        theme=request.query_params.get("tema") or None,
        province=request.query_params.get("provincia") or None,
        instruments=chosen(request, "strumento", instruments),
        within_km=chosen(request, "entro", KM),
        due_from=today() if months else None,
        due_until=today() + months * MONTH if months else None,
    )
    return laboratory_needs.select(picture, one, wanted)


def _choices(picture: Catalogue, instruments: Instruments, language: str) -> dict[str, list[tuple[str, str]]]:
    return {
        "tema": [(slug, local(one, "label", language)) for slug, one in picture.themes.items()],
        "provincia": [(code, one.name) for code, one in picture.provinces.items()],
        "strumento": [(key, _of_instrument(key).say(language)) for key in instruments if key],
        "entro": [(key, Sentence("{km} km", {"km": key}).say(language)) for key in KM if key],
        "scadenza": [
            (key, Sentence("nei prossimi {months} mesi", {"months": key}).say(language))
            for key in MONTHS
            if key
        ],
    }


def _of_instrument(key: str) -> Sentence:
    return Sentence("quelli con posti liberi qui") if key == FREE else Kind(InitiativeKind(key))


async def not_for_us(request: Request) -> Response:
    """The form on which a laboratory names another one for a need."""
    need, actor = _need(request), actor_of(request)
    if not allows(actor, "give", "hint", needs.subject_of(need)):
        raise NotAllowed("give_hint", laboratory_hints.NOT_YOURS)
    return await _form(request, need)


@needs_right("give", "hint")
async def give_hint(request: Request) -> Response:
    number, form = request.path_params["number"], await read_form(request)
    actor = actor_of(request)
    try:
        await laboratory_hints.give(actor, number, form.text("laboratory"), form.text("note"))
    except Refused as refusal:
        return await _form(request, _need(request), form, refusal)
    return RedirectResponse(to(request, f"/laboratori/{actor.laboratory}/bisogni"), status_code=303)


def _need(request: Request) -> Need:
    return needs.find(catalogue.current(), request.path_params["number"])


async def _form(
    request: Request, need: Need, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    picture, language, actor = catalogue.current(), language_of(request), actor_of(request)
    ranking = matches.for_need(picture, need)
    known = await laboratory_hints.of_need(actor, need)
    given = next((one for one in known if one.laboratory == actor.laboratory), None)
    view = {
        "need": need,
        "owner": picture.owner(need).name,
        # In the order of the ranking: whoever fits best stands first.
        "laboratories": [
            (match.laboratory, picture.laboratories[match.laboratory].name)
            for match in ranking.matches
            if match.laboratory != actor.laboratory
        ],
        "given": picture.laboratories[given.other].name if given else "",
        "most": laboratory_hints.NOTE,
        "typed": form or Form(),
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render(
        request, "laboratories/not_for_us.html", view, status=status_of(refusal) if refusal else 200
    )


routes = [
    Route("/laboratori/{slug}/bisogni", index, name="laboratory_needs"),
    Route("/bisogni/{number:int}/non-per-noi", not_for_us, name="not_for_us"),
    Route("/bisogni/{number:int}/altro-laboratorio", give_hint, methods=["POST"], name="give_hint"),
]
