"""A ranking that an act cites: the button that keeps it, and the page where anybody checks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, citations
from raccordo.catalogue import Catalogue
from raccordo.citations import Citation, CitedMatch, Move
from raccordo.language import Sentence
from raccordo_graph import Band
from raccordo_ui.doors import needs_right
from raccordo_ui.formats import local, number, quoted
from raccordo_ui.forms import read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.match_cards import BANDS, FACTORS, FactorLine, factor_lines
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

WHOLE = (
    10  # laboratories with every factor on the page; all of them are in the answer to programs and commands
)
MOVES = 10
HEARD = 8  # of a family; all of them are in the answer to programs
FAMILIES = {
    "concept": Sentence("Concetti del lessico"),
    "theme": Sentence("Temi"),
    "function": Sentence("Funzioni"),
    "word": Sentence("Radici delle parole"),
}

QUERY = """{
  citation(name: "%s") {
    citedAt snapshotId weights { factor weight }
    understood(first: 10) { edges { node { family key weight } } }
    matches(first: 10) { edges { node { position tied recalled name score factors { name value weight contribution } } } }
    today { differs causes }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedCard:
    """A laboratory as it was ranked, made ready for the page."""

    match: CitedMatch
    why: str
    band: str
    score: str
    factors: tuple[FactorLine, ...]


@needs_right("cite", "ranking")
async def cite(request: Request) -> Response:
    await read_form(request)
    kept = await citations.cite(actor_of(request), request.path_params["number"])
    return RedirectResponse(to(request, f"/citazioni/{kept.name}"), status_code=303)


async def show(request: Request) -> Response:
    language, picture = language_of(request), catalogue.current()
    kept = await citations.find(request.path_params["name"])
    today = await citations.compare(picture, kept)
    telling = [one for one in kept.matches if one.band is not Band.NONE]
    view = {
        "kept": kept,
        "weights": [(FACTORS[name].say(language), weight) for name, weight in kept.weights.items()],
        "understood": _understood(picture, kept, language),
        "cards": [_card(one, language) for one in telling[:WHOLE]],
        "others": len(kept.matches) - len(telling[:WHOLE]),
        "today": today,
        "causes": [one.say(language) for one in today.causes],
        "moves": [_move(move, language) for move in today.moves[:MOVES]],
        "more_moves": max(0, len(today.moves) - MOVES),
        "query": QUERY % kept.name,
    }
    return render(request, "citations/show.html", view)


def _understood(picture: Catalogue, kept: Citation, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the text was understood as, by family: each in today's words, or by its key where it is gone."""
    shelves: dict[str, Mapping[str, Any]] = {
        "concept": {concept.slug: concept for concept in picture.lexicon.concepts},
        "theme": picture.themes,
        "function": picture.functions,
    }
    attributes = {"function": "short"}
    found = []
    for family, name in FAMILIES.items():
        heard = [one for one in kept.heard if one.family == family][:HEARD]
        known = shelves.get(family, {})
        told = [
            local(known[one.key], attributes.get(family, "label"), language)
            if one.key in known
            else quoted(f"{one.key}…", language)
            for one in heard
        ]
        if heard:
            weights = [number(one.weight, language, 2) for one in heard]
            found.append((name.say(language), list(zip(told, weights, strict=True))))
    return found


def _card(one: CitedMatch, language: str) -> CitedCard:
    return CitedCard(
        match=one,
        why=one.sentence_en if language == "en" else one.sentence_it,
        band=BANDS[one.band].say(language),
        score=number(one.score, language, 3),
        factors=factor_lines(one.factors, language, digits=3),
    )


def _move(move: Move, language: str) -> tuple[str, str, str, str, str]:
    """Name, the two places, the two scores; a dash where it was not ranked."""
    then, now = ("—" if place is None else number(place, language) for place in (move.then, move.now))
    return (
        move.name,
        then,
        now,
        number(move.score_then, language, 3),
        number(move.score_now, language, 3),
    )


routes = [
    Route("/bisogni/{number:int}/cita", cite, methods=["POST"], name="cite_ranking"),
    Route("/citazioni/{name}", show, name="citation"),
]
