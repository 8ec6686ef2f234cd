"""The page that answers "con chi": a municipality and a function in, partners and groups with their reasons out."""

from __future__ import annotations

import asyncio
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, group_law, groups, municipalities, partners
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.partners import Suggestions
from raccordo.published import Municipality
from raccordo.refusals import NotFound, Refusal, Refused, refused
from raccordo.typed_towns import town_of
from raccordo_ui.choices import function_choices
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.groups import day_asked
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
    typed, letter, on = asked.get("comune", ""), asked.get("funzione", ""), today()
    town, choices, problems = _town(picture, typed, language)
    try:
        on = day_asked(asked.get("data", ""))
    except Refused as refusal:
        problems = problems or problems_of(refusal, language)
    found = None
    if town and not problems and letter:
        found, problems = await asyncio.to_thread(_suggested, picture, town, letter, on, language)
    became = groups.what_became(picture, typed, town, on) if town else None
    view = {
        "problems": problems,
        "town": town,
        "typed": town.name if town else typed,
        "became": became.say(language) if became else "",
        "choices": [(one, _here(language, one, letter, asked.get("data", ""))) for one in choices],
        "functions": function_choices(picture, language),
        "letter": letter,
        "day": asked.get("data", "") or on.isoformat(),
        "found": found,
        **(_result(picture, found, on, language) if found else {}),
    }
    return render(request, "partners/show.html", view, status=422 if problems else 200)


def _here(language: str, town: Municipality, letter: str, day: str) -> str:
    more = {"data": day} if day else {}
    return address(language, "/gestioni-associate/con-chi", comune=town.istat_code, funzione=letter, **more)


def _town(
    picture: Catalogue, typed: str, language: str
) -> tuple[Municipality | None, tuple[Municipality, ...], Problems]:
    """The municipality that a code or a name means; else those it may mean, or why none."""
    if not typed.strip():
        return None, (), Problems()
    try:
        return town_of(picture, typed.strip()), (), Problems()
    except NotFound as missing:
        if typed.strip()[0].isdigit():
            return None, (), problems_of(refused("comune", missing.code, missing.sentence), language)
    named = municipalities.search(picture, typed, limit=HOMONYMS)
    if len(named) == 1:
        return named[0], (), Problems()
    if named:
        return None, named, Problems()
    sentence = Sentence("Nessun comune lombardo si chiama così: bastano le prime lettere, o il codice ISTAT.")
    return None, (), problems_of(refused("comune", "unknown", sentence), language)


def _suggested(
    picture: Catalogue, town: Municipality, letter: str, on: date, language: str
) -> tuple[Suggestions | None, Problems]:
    try:
        return partners.suggestions(picture, town.istat_code, letter, on), Problems()
    except Refusal as refusal:
        problems = problems_of(refusal, language)
        return None, Problems(problems.sentence, {"funzione": problems.of("function")})


def _result(picture: Catalogue, found: Suggestions, on: date, language: str) -> dict[str, object]:
    town, letter = found.municipality, found.function.letter
    rows = partner_rows(found.partners, town, letter, on, language)
    codes = [row.municipality.istat_code for row in rows]
    return {
        "rows": rows,
        "groups": group_cards(picture, found.groups, letter, on, language),
        "map": numbered_map([town.istat_code], codes, [row.municipality.place for row in rows]),
        "centre": outlines().municipalities[town.istat_code],
        "alone": found.alone.say(language) if found.alone else "",
        "factors": factor_names(language),
        "headline": group_law.headline([town], found.function, on).say(language),
        "on": on,
        "evidence": picture.evidence[letter],
        "already": [one.say(language) for one in found.already],
        "query": QUERY % (town.istat_code, letter),
    }


routes = [Route("/gestioni-associate/con-chi", show, name="partners")]
