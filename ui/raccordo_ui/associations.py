"""Proposals of joint management: the lists, the form, one page that all its municipalities see, every step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import association_progress, association_records, associations, catalogue, suggestions
from raccordo.association_input import DOCUMENT, LINK, NOTE, SAID_NO, StepInput
from raccordo.association_path import next_step
from raccordo.association_records import PATH_OF, allowed_verbs, waiting_among
from raccordo.association_rows import AssociationRecord
from raccordo.days import today
from raccordo.models import AssociationState, CooperationStep
from raccordo.people import Actor
from raccordo.published import Municipality
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo_ui.association_cards import (
    STATES,
    form_choices,
    lines,
    member_rows,
    open_steps,
    stops,
)
from raccordo_ui.association_group import group_view
from raccordo_ui.choices import answered, chosen, function_choices
from raccordo_ui.cost_sharing import CostView, view_of
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import paged, tidied
from raccordo_ui.render import render
from raccordo_ui.session import actor_of
from raccordo_ui.threads import association_thread

LIST_QUERY = """{
  associationProposals(first: 20) {
    totalCount
    edges { node { number state function { letter shortIt } members { municipality { name } adherence } nextStep } }
  }
}"""
SHOW_QUERY = """{
  associationProposal(number: %d) {
    version state form nextStep owedBy { name }
    members { municipality { istatCode name } adherence }
    steps { step status doneOn document link fromFacts }
    group {
      score headlineIt population needed missing connected law { sentenceIt } evidence { textIt source }
      needs { number title } laboratories { onlyTogether laboratory { slug name } }
    }
  }
}"""

Act = Callable[[Actor, int, int, Form], Awaitable[AssociationRecord]]

# The form of each step: its address, the verb of the right that it needs, what it does.
ACTS: dict[str, tuple[str, Act]] = {
    "aderisci": (
        "adhere",
        lambda actor, number, version, _form: associations.adhere(actor, number, version),
    ),
    "declina": (
        "decline",
        lambda actor, number, version, form: associations.decline(
            actor, number, version, form.text("reason")
        ),
    ),
    "recedi": (
        "withdraw",
        lambda actor, number, version, form: associations.withdraw(
            actor, number, version, form.text("reason")
        ),
    ),
    "forma": (
        "choose_form",
        lambda actor, number, version, form: association_progress.choose_form(
            actor, number, version, form.text("form"), form.text("lead"), form.text("note")
        ),
    ),
    "passo": (
        "record_step",
        lambda actor, number, version, form: association_progress.record_step(
            actor, number, version, step_input(form)
        ),
    ),
    "salta": (
        "skip_step",
        lambda actor, number, version, form: association_progress.skip_step(
            actor, number, version, form.text("step"), form.text("reason")
        ),
    ),
    "ritira": (
        "take_back",
        lambda actor, number, version, _form: associations.take_back(actor, number, version),
    ),
}


def step_input(form: Form) -> StepInput:
    return StepInput(
        step=form.text("step"),
        done_on=form.text("done_on"),
        document=form.text("document"),
        link=form.text("link"),
        note=form.text("note"),
    )


async def index(request: Request) -> Response:
    """What may be read, narrowed by function, state and municipality; what waits for the reader first."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    actor, language = actor_of(request), language_of(request)
    wanted, problems = answered(request, _narrowed)
    found = () if problems else await association_records.readable_by(actor, **dict(wanted))
    waiting = {one.number for one in waiting_among(actor, found)}
    page = paged(request, sorted(found, key=lambda one: one.number not in waiting))
    view = {
        "page": page,
        "mine": lines([one for one in page.items if one.number in waiting], language),
        "others": lines([one for one in page.items if one.number not in waiting], language),
        "states": [(one.value.lower(), said.say(language)) for one, said in STATES.items()],
        "functions": function_choices(catalogue.current(), language),
        "chosen": request.query_params,
        "proposes": associations.may_propose(actor),
        "problems": problems,
        "query": LIST_QUERY,
    }
    return render(request, "associations/index.html", view, status=422 if problems else 200)


def _narrowed(request: Request) -> tuple[tuple[str, Any], ...]:
    """What the address narrows the list to; raises Refused for a state or a function that there is not."""
    letters: dict[str, str | None] = {letter: letter for letter in catalogue.current().functions}
    states: dict[str, AssociationState | None] = {one.value.lower(): one for one in STATES}
    return (
        ("state", chosen(request, "stato", states | {"": None})),
        ("function", chosen(request, "funzione", letters | {"": None})),
    )


async def show(request: Request) -> Response:
    return await _page(request, await _mine(request))


def step(name: str) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one step; refused, the page says so beside the field with everything as typed."""
    verb, take = ACTS[name]

    @needs_right(verb, "association")
    async def act(request: Request) -> Response:
        actor, form = actor_of(request), await read_form(request)
        record = await _mine(request)
        try:
            record = await take(actor, record.number, form.number("version"), form)
        except (Refused, NotAllowed) as refusal:
            return await _page(request, await _mine(request), form, refusal, name)
        return RedirectResponse(to(request, f"{PATH_OF}{record.number}"), status_code=303)

    return act


@needs_right("choose", "suggestion")
async def opt_out(request: Request) -> Response:
    """Whether this municipality is left out of the suggestions, from its own page."""
    istat, form = request.path_params["istat"], await read_form(request)
    choice = await suggestions.choose(actor_of(request), istat, form.text("opted_out") == "si")
    return RedirectResponse(to(request, f"/comuni/{choice.municipality}"), status_code=303)


async def of_town(request: Request, town: Municipality) -> dict[str, object]:
    """What the page of a municipality says of proposals, as far as the reader may know of them."""
    actor, language = actor_of(request), language_of(request)
    found = await association_records.readable_by(actor, municipality=town.istat_code)
    waiting = waiting_among(actor, found) if actor.body_code == town.istat_code else ()
    return {
        "lines": lines([one for one in found if one.state is not AssociationState.TAKEN_BACK], language),
        "waiting": waiting,
        "own": suggestions.may_choose(actor, town),
        "opted_out": town.istat_code in catalogue.current().opted_out,
        "may_propose": associations.may_propose(actor),
    }


async def _mine(request: Request) -> AssociationRecord:
    return await association_records.find(actor_of(request), request.path_params["association"])


async def _page(
    request: Request,
    record: AssociationRecord,
    form: Form | None = None,
    refusal: Refused | NotAllowed | None = None,
    tried: str = "",
) -> Response:
    actor, language = actor_of(request), language_of(request)
    verbs, due = allowed_verbs(actor, record), next_step(record)
    [line] = lines([record], language)
    towns = catalogue.current().municipalities
    codes = dict.fromkeys(one.istat_code for one in record.remaining)
    costs = view_of(request, [towns[code] for code in codes if code in towns])
    view = {
        "line": line,
        "members": member_rows(record, language),
        "stops": stops(record, language),
        "owes": (actor.body_kind, actor.body_code) in due.owed_by,
        "due": due.step.value if due.step and due.step is not CooperationStep.FORM else "",
        "verbs": verbs,
        "steps": open_steps(record, language, skipping=False),
        "skippable": open_steps(record, language, skipping=True),
        "forms": form_choices(language),
        "leads": [(one.istat_code, one.name) for one in record.remaining if not one.merged_as],
        "limits": {"reason": SAID_NO, "note": NOTE, "document": DOCUMENT, "link": LINK},
        "typed": form or Form(),
        "tried": tried,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stale": isinstance(refusal, Stale),
        "today": today(),
        "costs": costs,
        "group": group_view(record, language),
        "thread": await association_thread(request, record) if record.whole else None,
        "query": SHOW_QUERY % record.number,
    }
    return render(request, "associations/show.html", view, status=_status(refusal, costs))


def _status(refusal: Refused | NotAllowed | None, costs: CostView) -> int:
    return status_of(refusal) if refusal else 422 if costs.problems else 200


ONE = PATH_OF + "{association:int}"
routes = [
    Route("/gestioni-associate/proposte", index, name="associations"),
    Route(ONE, show, name="association"),
    *(
        Route(f"{ONE}/{name}", step(name), methods=["POST"], name=f"association_{verb}")
        for name, (verb, _) in ACTS.items()
    ),
    Route("/comuni/{istat}/suggerimenti", opt_out, methods=["POST"], name="choose_suggestion"),
]
