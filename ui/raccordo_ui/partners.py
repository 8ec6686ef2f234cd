"""The page that answers "con chi": a municipality and a function in, partners and groups with their reasons out."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, municipalities, partners
from raccordo.association_tables import Finding
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.partners import Suggestions
from raccordo.published import Municipality
from raccordo.refusals import NotFound, Refusal, refused
from raccordo_ui.choices import function_choices
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import address, language_of
from raccordo_ui.outlines import outlines
from raccordo_ui.paging import tidied
from raccordo_ui.partner_cards import factor_names, group_cards, numbered_map, partner_rows
from raccordo_ui.render import render

HOMONYMS = 8  # names offered when what was typed is not exactly one
QUERY = """{
  municipality(istatCode: "%s") {
    partners(function: "%s", first: 10) {
      edges { node { score whyIt municipality { name } factors { name value weight contribution } } }
    }
  }
}"""


async def show(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    asked = request.query_params
    town, choices, problems = _town(picture, asked.get("comune", ""), language)
    found = None
    if town and not problems and asked.get("funzione"):
        found, problems = await asyncio.to_thread(_suggested, picture, town, asked["funzione"], language)
    view = {
        "problems": problems,
        "town": town,
        "typed": town.name if town else asked.get("comune", ""),
        "choices": [(one, _here(language, one, asked.get("funzione", ""))) for one in choices],
        "functions": function_choices(picture, language),
        "letter": asked.get("funzione", ""),
        "found": found,
        **(_result(picture, found, language) if found else {}),
    }
    return render(request, "partners/show.html", view, status=422 if problems else 200)


def _here(language: str, town: Municipality, letter: str) -> str:
    return address(language, "/gestioni-associate/con-chi", comune=town.istat_code, funzione=letter)


def _town(
    picture: Catalogue, typed: str, language: str
) -> tuple[Municipality | None, tuple[Municipality, ...], Problems]:
    """The municipality that a code or a name means; else those it may mean, or why none."""
    if not typed.strip():
        return None, (), Problems()
    if typed.strip().isdigit():
        try:
            return municipalities.find(picture, typed), (), Problems()
        except NotFound as missing:
            return None, (), problems_of(refused("comune", missing.code, missing.sentence), language)
    named = municipalities.search(picture, typed, limit=HOMONYMS)
    exact = [town for town in named if municipalities.folded(town.name) == municipalities.folded(typed[:100])]
    if len(exact) == 1 or len(named) == 1:
        return (exact or named)[0], (), Problems()
    if named:
        return None, named, Problems()
    sentence = Sentence("Nessun comune lombardo si chiama così: bastano le prime lettere, o il codice ISTAT.")
    return None, (), problems_of(refused("comune", "unknown", sentence), language)


def _suggested(
    picture: Catalogue, town: Municipality, letter: str, language: str
) -> tuple[Suggestions | None, Problems]:
    try:
        return partners.suggestions(picture, town.istat_code, letter, today()), Problems()
    except Refusal as refusal:
        problems = problems_of(refusal, language)
        return None, Problems(problems.sentence, {"funzione": problems.of("function")})


def _result(picture: Catalogue, found: Suggestions, language: str) -> dict[str, object]:
    town, letter = found.municipality, found.function.letter
    rows = partner_rows(found.partners, town, letter, language)
    evidence = picture.evidence[letter]
    codes = [row.municipality.istat_code for row in rows]
    return {
        "rows": rows,
        "groups": group_cards(picture, found.groups, letter, language),
        "map": numbered_map([town.istat_code], codes, [row.municipality.place for row in rows]),
        "centre": outlines().municipalities[town.istat_code],
        "alone": found.alone.say(language) if found.alone else "",
        "factors": factor_names(language),
        "evidence": evidence,
        "evidence_known": evidence.finding is not Finding.UNKNOWN,
        "already": [one.say(language) for one in found.already],
        "query": QUERY % (town.istat_code, letter),
    }


routes = [Route("/gestioni-associate/con-chi", show, name="partners")]
