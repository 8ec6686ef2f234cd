"""The page of whoever works in a laboratory: needs for me, my offers, my answers, what is possible now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import (
    capacity,
    catalogue,
    laboratories,
    laboratory_profiles,
    match_records,
    matches,
    offers,
    semester_places,
    semesters,
)
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.match_steps import Side
from raccordo.models import OfferKind, OfferStatus
from raccordo.offer_kinds import KINDS
from raccordo.offer_rows import OfferState
from raccordo.people import FOR_A_LABORATORY, Actor
from raccordo.published import Laboratory
from raccordo.refusals import NotAllowed
from raccordo_ui.laboratory_cards import fitting_needs
from raccordo_ui.laboratory_profile_cards import places_line
from raccordo_ui.language import language_of, to
from raccordo_ui.offer_cards import when_words
from raccordo_ui.partnership_cards import groups
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

NEEDS = 5  # with their whole card; the page of the laboratory has all of them
WITHDRAWN = Sentence("ritirata")
QUERY = """{
  laboratory(slug: "%s") {
    freePlaces
    semesterPlaces { kind semester declared free }
    offers(first: 20) { edges { node { number title open } } }
    matches(first: 5) { edges { node { score need { number title } } } }
  }
  myMatches(first: 20) { edges { node { number state nextStep } } }
}"""


async def show(request: Request) -> Response:
    actor, picture, language = actor_of(request), catalogue.current(), language_of(request)
    one = own_laboratory(picture, actor)
    answers = [record for record in await match_records.readable_by(actor) if record.laboratory == one.slug]
    view = {
        "laboratory": one,
        "places": await capacity.places_of(one.slug),
        "semester": [
            places_line(row, language)
            for row in await semester_places.of_laboratory(one.slug)
            if row.semester == semesters.coming(today())[0]
        ],
        "may_open_profile": laboratory_profiles.may_read(actor, one.slug),
        "groups": groups(answers, Side.LABORATORY, language),
        "offers": [_line(request, picture, *row) for row in await offers.of_laboratory(one.slug)],
        "may_publish": offers.may_publish(actor),
        "fitting": fitting_needs(picture, matches.for_laboratory(picture, one), language)[:NEEDS],
        "query": QUERY % one.slug,
    }
    return render(request, "laboratories/own.html", view)


def own_laboratory(picture: Catalogue, actor: Actor) -> Laboratory:
    """The laboratory in which the actor works; raises NotAllowed for everybody else."""
    if actor.role not in FOR_A_LABORATORY or actor.laboratory is None:
        raise NotAllowed(
            "own_laboratory_only",
            Sentence("Questa pagina è di chi lavora in un laboratorio: prima va scelto per chi si agisce."),
        )
    return laboratories.laboratory(picture, actor.laboratory)


def _line(request: Request, picture: Catalogue, state: OfferState, interests: int) -> dict[str, object]:
    """One of its offers: where it stands today, and how many bodies asked because of it."""
    language, offer = language_of(request), picture.offers.get(state.number)
    gone = state.status is OfferStatus.WITHDRAWN or offer is None
    return {
        "title": state.written.title,
        "href": to(request, f"/offerte/{state.number}{'/ritira' if gone else ''}"),
        "kind": KINDS[OfferKind[state.written.kind]].label.say(language),
        "when": when_words(offer, today(), language) if offer else WITHDRAWN.say(language),
        "interests": interests,
    }


routes = [Route("/laboratorio", show, name="own_laboratory")]
