"""The coordination's board: the whole demand against the capacity, and the scenarios that were computed."""

from __future__ import annotations

from dataclasses import fields, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    assignment_board,
    assignment_reading,
    assignment_suggestions,
    assignment_words,
    assignments,
    catalogue,
)
from raccordo.assignment_scenario import BANDS, ScenarioInput
from raccordo.assignments import StoredPlan
from raccordo.language import Sentence
from raccordo.refusals import Refused
from raccordo.whole_numbers import whole
from raccordo_ui.assignment_views import Bar, bars, changed_settings, compared, lines_in_words
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import paged
from raccordo_ui.render import render
from raccordo_ui.session import actor_of
from raccordo_ui.spreadsheet import csv_file

QUERY = "{ assignmentBoard { needs laboratories places unknown } assignmentPlans(first: 20) { totalCount edges { node { number name state snapshotId } } } }"
PLAN_QUERY = "{ assignmentPlan(number: %d) { name state snapshotId figures { total share worst bound } lines(first: 20) { totalCount edges { node { score need { number title } laboratory { slug name } } } } reasons { sentence } repairs { sentences } } }"
LOADS_QUERY = "{ assignmentPlan(number: %d) { name snapshotId loads(first: 50) { totalCount edges { node { needs least most assumed laboratory { slug name } } } } } }"
COMPARISON_QUERY = "{ a: assignmentPlan(number: %d) { ...plan } b: assignmentPlan(number: %d) { ...plan } } fragment plan on AssignmentPlan { name snapshotId figures { given unserved total share worst } lines(first: 30) { totalCount edges { node { score need { number title } laboratory { slug name } } } } }"
COLUMNS = (
    "plan",
    "snapshot_id",
    "need",
    "need_title",
    "owner",
    "laboratory",
    "laboratory_name",
    "score",
    "by_hand",
)
BAND_NAMES = {
    "weak": Sentence("qualunque, con un motivo"),
    "plausible": Sentence("almeno plausibile"),
    "strong": Sentence("solo forte"),
}
FULLEST = 12  # laboratories on the page of a plan; all of them have a page of their own


async def index(request: Request) -> Response:
    actor, picture = actor_of(request), catalogue.current()
    board = await assignment_board.board(actor, picture)
    plans = await assignments.newest(actor)
    view = {
        "board": board,
        "plans": plans,
        "comparable": [one for one in plans if one.feasible],
        "query": QUERY,
    }
    return render(request, "assignments/index.html", view)


async def new(request: Request) -> Response:
    """The form: empty, with the scenario `da` of another plan, or with its repair number `rimedio` done."""
    actor, picture = actor_of(request), catalogue.current()
    board = await assignment_board.board(actor, picture)
    typed, repair = ScenarioInput(examples="si" if board.needs == board.examples else ""), None
    if number := _asked(request, "da"):
        stored = await assignments.find(actor, number)
        typed, repair = stored.scenario.typed(), _repair(request, stored)
        if repair:
            typed = repair.scenario.typed()
    if language_of(request) == "it":
        typed = replace(typed, tolerance=typed.tolerance.replace(".", ","))
    view = {
        "typed": typed,
        "problems": Problems(),
        "board": board,
        "repair": repair,
        "bands": _bands(request),
    }
    return render(request, "assignments/new.html", view)


def _repair(request: Request, stored: StoredPlan) -> assignment_words.Repair | None:
    found = _repairs(request, stored)
    place = _asked(request, "rimedio")
    return found[place - 1] if 0 < place <= len(found) else None


def _repairs(request: Request, stored: StoredPlan) -> list[assignment_words.Repair]:
    if stored.result is None:
        return []
    return assignment_words.repairs(catalogue.current(), stored.scenario, stored.result, language_of(request))


@needs_right("plan", "assignment")
async def plan(request: Request) -> Response:
    actor, typed = actor_of(request), written(await read_form(request))
    try:
        stored = await assignments.plan(actor, typed)
    except Refused as refusal:
        board = await assignment_board.board(actor, catalogue.current())
        problems = problems_of(refusal, language_of(request))
        view = {
            "typed": typed,
            "problems": problems,
            "board": board,
            "repair": None,
            "bands": _bands(request),
        }
        return render(request, "assignments/new.html", view, status=status_of(refusal))
    return RedirectResponse(to(request, f"/assegnazione/{stored.number}"), status_code=303)


def written(form: Form) -> ScenarioInput:
    """The scenario as the form has it; a box that is not ticked is no field."""
    return ScenarioInput(**{one.name: form.text(one.name) for one in fields(ScenarioInput)})


async def show(request: Request) -> Response:
    return await _page(request, await _plan(request))


@needs_right("suggest", "assignment")
async def suggest(request: Request) -> Response:
    """The lines of the plan, or of one need, become suggestions to the owners."""
    form, number = await read_form(request), request.path_params["plan"]
    one = (whole(typed) or 0) if (typed := form.text("need_number")) else None  # no need has the number 0
    try:
        await assignment_suggestions.suggest(actor_of(request), number, one)
    except Refused as refusal:
        return await _page(request, await _plan(request), refusal)
    return RedirectResponse(to(request, f"/assegnazione/{number}"), status_code=303)


async def _page(request: Request, stored: StoredPlan, refusal: Refused | None = None) -> Response:
    picture, language = catalogue.current(), language_of(request)
    lines = assignment_reading.lines_of(picture, stored)
    view = {
        "plan": stored,
        "figures": stored.figures,
        "page": paged(request, lines_in_words(request, lines)),
        "suggested": await assignment_suggestions.pairs(),
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "bars": bars(assignment_reading.loads_of(picture, stored))[:FULLEST],
        "floors": [(one.name.say(language), one) for one in assignment_reading.floors_of(picture, stored)],
        "unserved": assignment_reading.unserved_of(picture, stored),
        "first": assignment_reading.first_choices(picture, stored),
        "reasons": assignment_words.reasons(picture, stored.result, language) if stored.result else [],
        "repairs": _repairs(request, stored),
        "found": stored.calculation,
        "address": to(request, f"/assegnazione/{stored.number}"),
        "query": PLAN_QUERY % stored.number,
    }
    return render(request, "assignments/show.html", view, status=status_of(refusal) if refusal else 200)


async def laboratories(request: Request) -> Response:
    stored = await _plan(request)
    loads: list[Bar] = bars(assignment_reading.loads_of(catalogue.current(), stored))
    view = {"plan": stored, "bars": loads, "query": LOADS_QUERY % stored.number}
    return render(request, "assignments/laboratories.html", view)


async def sheet(request: Request) -> Response:
    stored = await _plan(request)
    rows = (
        [stored.number, stored.snapshot_id, *(getattr(line, column) for column in COLUMNS[2:])]
        for line in assignment_reading.lines_of(catalogue.current(), stored)
    )
    return csv_file(request, f"assegnazione-{stored.number}", COLUMNS, rows)


async def comparison(request: Request) -> Response:
    """Scenario A beside scenario B; without two of them, back to the board."""
    numbers = _asked(request, "a"), _asked(request, "b")
    if 0 in numbers:
        return RedirectResponse(to(request, "/assegnazione"), status_code=303)
    one, other = [await assignments.find(actor_of(request), number) for number in numbers]
    picture, language = catalogue.current(), language_of(request)
    found = assignment_reading.differences(picture, one, other)
    view = {
        "one": one,
        "other": other,
        "rows": compared(one, other, language),
        "settings": changed_settings(one.scenario, other.scenario, language),
        "page": paged(request, found),
        "query": COMPARISON_QUERY % (one.number, other.number),
    }
    return render(request, "assignments/comparison.html", view)


async def _plan(request: Request) -> StoredPlan:
    return await assignments.find(actor_of(request), request.path_params["plan"])


def _asked(request: Request, name: str) -> int:
    """A number in the address; 0 where there is none to read."""
    return whole(request.query_params.get(name, "")) or 0


def _bands(request: Request) -> list[tuple[str, str]]:
    return [(band.value, BAND_NAMES[band.value].say(language_of(request))) for band in BANDS]


routes = [
    Route("/assegnazione", index, name="assignments"),
    Route("/assegnazione", plan, methods=["POST"], name="plan_assignment"),
    Route("/assegnazione/nuovo", new, name="new_assignment"),
    Route("/assegnazione/confronto", comparison, name="compare_assignments"),
    Route("/assegnazione/{plan:int}", show, name="assignment"),
    Route("/assegnazione/{plan:int}/proponi", suggest, methods=["POST"], name="suggest_assignment"),
    Route("/assegnazione/{plan:int}.csv", sheet, name="assignment_sheet"),
    Route("/assegnazione/{plan:int}/laboratori", laboratories, name="assignment_laboratories"),
]
