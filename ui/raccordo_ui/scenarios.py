"""The explorer of associated management: an area divided into proposals, and two scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from json import dumps

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, group_law, scenarios
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import Refused
from raccordo.scenario_input import ScenarioInput
from raccordo.scenarios import Scenario
from raccordo_ui import scenario_asking as asking
from raccordo_ui.choices import function_choices
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.render import render
from raccordo_ui.scenario_maps import scenario_map
from raccordo_ui.scenario_rows import before_and_after, group_rows, lead_first, look, stranded_rows
from raccordo_ui.session import actor_of
from raccordo_ui.spreadsheet import csv_file

PATH = "/gestioni-associate"
QUERY = """{
  %s {
    snapshotId
    figures { groups covered stranded kilometres heterogeneity }
    groups(first: 25) { edges { node { population needed sentence members { istatCode name } } } }
  }
}"""
COLUMNS = (
    Sentence("gruppo"),
    Sentence("codice ISTAT"),
    Sentence("comune"),
    Sentence("abitanti"),
    Sentence("capofila possibile"),
    Sentence("abitanti del gruppo"),
    Sentence("soglia"),
    Sentence("già in gestione"),
    Sentence("scenario"),
)


async def show(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, problems, found, asked = catalogue.current(), Problems(), None, None
    if token := request.query_params.get("calcolo", ""):
        return await _background(request, picture, token)
    if "zona" in request.query_params:
        try:
            asked = asking.read(request.query_params)
            found = await scenarios.answered(picture, asked)
        except Refused as refusal:
            problems = problems_of(refusal, language_of(request))
    view = {
        **_form(request, picture, asking.shown(request.query_params), problems),
        **_result(request, picture, found),
        "ready": bool(asked and asked.is_region and not problems),
    }
    return render(request, "scenarios/show.html", view, status=422 if problems else 200)


async def _background(request: Request, picture: Catalogue, token: str) -> Response:
    """The scenario of the region: how far it is, and then what came out."""
    computation, asked, found = await scenarios.computed(picture, token)
    view = {
        **_form(request, picture, asking.shown(_texts(asked)), Problems()),
        **_result(request, picture, found),
        "computation": computation,
        "address": with_query(request),
        "ready": found is None and not computation.unfinished,
    }
    return render(request, "scenarios/show.html", view)


@needs_right("compute", "scenario")
async def compute(request: Request) -> Response:
    form = await read_form(request)
    values = dict(reversed(form.fields))
    try:
        token = await scenarios.start(catalogue.current(), actor_of(request), asking.read(values))
    except Refused as refusal:
        view = {
            **_form(
                request, catalogue.current(), asking.shown(values), problems_of(refusal, language_of(request))
            ),
            **_result(request, catalogue.current(), None),
            "ready": False,
        }
        return render(request, "scenarios/show.html", view, status=422)
    return RedirectResponse(to(request, PATH, calcolo=token), status_code=303)


async def sheet(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    if token := request.query_params.get("calcolo", ""):
        _, _, found = await scenarios.computed(picture, token)
    else:
        found = await scenarios.answered(picture, asking.read(request.query_params))
    lines = _lines(picture, found) if found else ()
    return csv_file(request, "gestioni-associate", [column.say(language) for column in COLUMNS], lines)


def _lines(picture: Catalogue, found: Scenario) -> Iterator[tuple[object, ...]]:
    for place, group in enumerate(found.partition.groups, 1):
        for town in lead_first(picture, group):
            yield (
                place,
                town.istat_code,
                town.name,
                town.population,
                "x" if town.istat_code == group.lead else "",
                group.population,
                group.needed,
                ", ".join(one.name for one in found.managed.get(town.istat_code, ())),
                found.snapshot_id,
            )


def _texts(asked: ScenarioInput) -> dict[str, str]:
    return {name: str(value) for name, value in asking.parameters(asked).items()}


def _form(
    request: Request, picture: Catalogue, fields: dict[str, str], problems: Problems
) -> dict[str, object]:
    language = language_of(request)
    named = {name: said for name, field in asking.FIELDS.items() if (said := problems.of(field))}
    return {
        "fields": fields,
        "problems": asking.summed_up(problems, named, language),
        "named": named,
        "areas": asking.areas(picture, language),
        "functions": function_choices(picture, language),
        "law": asking.law(fields),
        "weights": asking.weight_fields(language),
        "tuned": any(fields[name] != value for name, value in asking.DEFAULTS.items()),
        "computation": None,
    }


def _result(request: Request, picture: Catalogue, found: Scenario | None) -> dict[str, object]:
    language = language_of(request)
    if found is None:
        return {"found": None}
    numbered = list(enumerate(found.partition.groups, 1))
    page = paged(request, numbered)
    same = asking.parameters(found.asked)
    other = replace(found.asked, seed=found.asked.seed + 1)
    return {
        "found": found,
        "name": asking.area_name(picture, found.asked.area, language),
        "function": picture.functions[found.asked.function],
        "headline": group_law.headline(
            [picture.municipalities[code] for code in found.area],
            picture.functions[found.asked.function],
            found.asked.on,
        ).say(language),
        "evidence": picture.evidence[found.asked.function],
        "page": page,
        "rows": group_rows(picture, found, page.items, language),
        "hrefs": {place: look(found, group.members, group.lead, language) for place, group in numbered},
        "alone": stranded_rows(picture, found, language),
        "lines": before_and_after(picture, found, language),
        "map": scenario_map(picture, found, language),
        "sheet": with_query(request, f"{PATH}.csv", pagina=""),
        "query": QUERY % _question(found.asked, request.query_params.get("calcolo", "")),
        "compare": ""
        if found.asked.is_region
        else to(request, f"{PATH}/confronto", **same, **_second(found.asked)),
        "again": to(request, PATH, **asking.parameters(other)),
    }


def _question(asked: ScenarioInput, token: str) -> str:
    """Where a program asks for the same: the whole region was computed in the background."""
    return (
        f"computedScenario(token: {dumps(token)})"
        if token
        else f"scenario(input: {{{asking.in_graphql(asked)}}})"
    )


def _second(asked: ScenarioInput) -> dict[str, object]:
    """The same question as the second of a comparison, so that its weights can be changed."""
    texts = asking.parameters(asked, asking.SECOND)
    return {name: value for name, value in texts.items() if name not in asking.SHARED}


routes = [
    Route(PATH, show, name="scenarios"),
    Route(f"{PATH}.csv", sheet, name="scenario_sheet"),
    Route(f"{PATH}/calcola", compute, methods=["POST"], name="compute_scenario"),
]
