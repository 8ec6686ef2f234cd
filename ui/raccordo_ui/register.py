"""The register of who did what, for the coordination: filtered, in pages, as a sheet, verified when asked."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import audit_register
from raccordo.audit_register import RegisterEntry, RegisterFilter
from raccordo.refusals import Refused
from raccordo.whole_numbers import whole
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import PER_PAGE, tidied, with_query
from raccordo_ui.render import render
from raccordo_ui.session import actor_of
from raccordo_ui.spreadsheet import csv_file

QUERY = """{
  auditEntries(first: 20) {
    totalCount
    edges { node { number at who actingAs verb subject } }
  }
}"""
COLUMNS = ("number", "at", "person", "acting_as", "verb", "subject", "details")
MOST_IN_SHEET = 5000  # entries; the whole register is `raccordo audit export`
PAGES = {"need": "/bisogni/", "match": "/collaborazioni/", "laboratory": "/laboratori/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in the reader's words; `href` is the page of its subject, empty where there is none."""

    entry: RegisterEntry
    time: str
    who: str
    href: str


async def index(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    entries: list[RegisterEntry] = []
    problems, status = Problems(), 200
    try:
        entries = await audit_register.entries(
            actor_of(request), _wanted(request), before=_before(request), most=PER_PAGE + 1
        )
    except Refused as refusal:
        problems, status = problems_of(refusal, language_of(request)), status_of(refusal)
    shown = entries[:PER_PAGE]
    view = {
        "lines": [_line(request, entry) for entry in shown],
        "older": with_query(request, prima=shown[-1].number) if len(entries) > PER_PAGE else "",
        "latest": with_query(request, prima="") if "prima" in request.query_params else "",
        "asked": request.query_params,
        "problems": problems,
        "query": QUERY,
        "sheet": with_query(request, "/registro.csv"),
    }
    return render(request, "register/index.html", view, status=status)


async def sheet(request: Request) -> Response:
    entries = await audit_register.entries(
        actor_of(request), _wanted(request), before=_before(request), most=MOST_IN_SHEET
    )
    rows = ([getattr(entry, column) for column in COLUMNS] for entry in entries)
    return csv_file(request, "registro", COLUMNS, rows)


async def verification(request: Request) -> Response:
    found, language = await audit_register.verify(actor_of(request)), language_of(request)
    view = {
        "entries": found.entries,
        "head": found.head,
        "breaks": [one.say(language) for one in found.breaks],
    }
    return render(request, "register/verification.html", view)


def _wanted(request: Request) -> RegisterFilter:
    asked = request.query_params
    return RegisterFilter(subject=asked.get("oggetto", ""), verb=asked.get("atto", ""))


def _before(request: Request) -> int:
    """Before which entry; a number that makes no sense means the latest."""
    found = whole(request.query_params.get("prima", ""), most=audit_register.HIGHEST)
    return audit_register.HIGHEST if found is None else found


def _line(request: Request, entry: RegisterEntry) -> Line:
    kind, _, key = entry.subject.partition(":")
    return Line(
        entry=entry,
        time=f"{entry.at:%H:%M:%S} UTC" if entry.at else "",
        who=entry.who.say(language_of(request)),
        href=to(request, PAGES[kind] + key) if kind in PAGES else "",
    )


routes = [
    Route("/registro", index, name="register"),
    Route("/registro.csv", sheet, name="register_sheet"),
    Route("/registro/verifica", verification, name="register_verification"),
]
