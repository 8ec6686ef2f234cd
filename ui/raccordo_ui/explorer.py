"""The explorer: a query and its variables in a form, the answer below; links ask, only the form can change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo.refusals import Refused
from raccordo.schema import Answer, Context, Example, Question, ask, examples, limits, parameters
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.schema_reference import entry, index
from raccordo_ui.session import actor_of

SHOWN = 30_000  # characters of an answer on the page; a program gets all of it
LONGEST_LINK = 6_000  # characters of an address that every browser and mail program keeps whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer for people: its text, how long it is in all, and where a program gets the same."""

    text: str
    length: int
    cut: bool
    failed: bool
    cost: int
    page: str
    program: str


async def explore(request: Request) -> Response:
    """The form, and for an address with a query its answer; an address never changes anything."""
    asked = request.query_params
    query, variables = asked.get("query", ""), asked.get("variables", "")
    if not query:
        first = examples()[0]
        return _page(request, first.query, _variables(first), None, Problems())
    return await _answer(request, query, variables, reads_only=True)


@needs_right("ask", "explorer")
async def run(request: Request) -> Response:
    """What the form asks; a mutation acts for whoever uses the page, by the same rules as any form."""
    form = await read_form(request)
    return await _answer(request, form.text("query"), form.text("variables"), reads_only=False)


async def types(request: Request) -> Response:
    """Every type of the schema with its first sentence."""
    return render(request, "explorer/types.html", {"groups": index()})


async def one_type(request: Request) -> Response:
    """One type of the schema: fields, arguments, values, with their descriptions."""
    found = entry(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return render(request, "explorer/type.html", {"type": found})


async def _answer(request: Request, query: str, variables: str, *, reads_only: bool) -> Response:
    try:
        question = replace(_question(query, variables), reads_only=reads_only)
    except Refused as refusal:
        problems = problems_of(refusal, language_of(request))
        return _page(request, query, variables, None, problems, status=422)
    context = Context(actor=actor_of(request), language=language_of(request))
    answer = await ask(question, context)
    return _page(request, query, variables, _shown(request, query, variables, answer), Problems())


def _question(query: str, variables: str) -> Question:
    """Read as the endpoint reads it, so that the page refuses what programs are refused."""
    given = {"query": query} | ({"variables": variables} if variables.strip() else {})
    return parameters.in_query(urlencode(given).encode("ascii"))


def _shown(request: Request, query: str, variables: str, answer: Answer) -> Shown:
    text = orjson.dumps(answer.body, option=orjson.OPT_INDENT_2).decode()
    page = to(request, "/interroga", query=query, variables=variables)
    return Shown(
        text=text[:SHOWN],
        length=len(text),
        cut=len(text) > SHOWN,
        failed="errors" in answer.body,
        cost=answer.body.get("extensions", {}).get("cost", 0),
        page=page if len(page) <= LONGEST_LINK else "",
        program="/graphql?" + page.partition("?")[2] if len(page) <= LONGEST_LINK else "",
    )


def _page(
    request: Request,
    query: str,
    variables: str,
    shown: Shown | None,
    problems: Problems,
    status: int = 200,
) -> Response:
    view = {
        "query": query,
        "variables": variables,
        "answer": shown,
        "problems": problems,
        "examples": [
            (one, to(request, "/interroga", query=one.query, variables=_variables(one))) for one in examples()
        ],
        "limits": limits,
    }
    return render(request, "explorer/show.html", view, status=status)


def _variables(example: Example) -> str:
    if not example.variables:
        return ""
    return orjson.dumps(example.variables, option=orjson.OPT_INDENT_2).decode()


routes = [
    Route("/interroga", explore, name="explorer"),
    Route("/interroga", run, methods=["POST"], name="explorer_run"),
    Route("/interroga/schema", types, name="schema"),
    Route("/interroga/schema/{name}", one_type, name="schema_type"),
]
