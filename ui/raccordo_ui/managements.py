"""The register of joint forms that exist, as a page and as a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import associated_managements, catalogue
from raccordo.catalogue_managements import ManagementRecord
from raccordo.language import Sentence
from raccordo.models import AssociationForm, BodyKind
from raccordo.published import Municipality
from raccordo_ui.association_cards import FORMS, form_choices, starts_in_words
from raccordo_ui.choices import answered, chosen, function_choices
from raccordo_ui.formats import local
from raccordo_ui.language import address, language_of
from raccordo_ui.paging import paged, tidied, with_query
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

QUERY = """{
  associatedManagements(first: 25) {
    totalCount
    edges { node { code name form functions { letter } lead { name } validFrom members(first: 5) { totalCount edges { node { name } } } } }
  }
}"""
COLUMNS = (
    Sentence("codice"),
    Sentence("nome"),
    Sentence("forma"),
    Sentence("funzioni"),
    Sentence("comuni"),
    Sentence("capofila"),
    Sentence("dal"),
    Sentence("al"),
    Sentence("fonte"),
    Sentence("attendibilità"),
)
PAGES_OF = {BodyKind.MOUNTAIN_COMMUNITY: "/comunita-montane/", BodyKind.UNION_OF_MUNICIPALITIES: "/unioni/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementLine:
    """A joint form in a list; `href` only where it has a page of its own, `starts` where it is not in force yet."""

    record: ManagementRecord
    href: str
    form: str
    functions: str
    members: tuple[Municipality, ...]
    lead: str
    population: int
    starts: str


async def index(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    language = language_of(request)
    every = await associated_managements.every()
    found, problems = answered(request, lambda asked: _selected(asked, every))
    page = paged(request, found)
    view = {
        "page": page,
        "lines": lines(page.items, language),
        "forms": [(key.lower(), said) for key, said in form_choices(language)],
        "functions": function_choices(catalogue.current(), language),
        "chosen": request.query_params,
        "problems": problems,
        "sheet": with_query(request, "/gestioni-associate/esistenti.csv", pagina=""),
        "query": QUERY,
    }
    return render(request, "managements/index.html", view, status=422 if problems else 200)


async def sheet(request: Request) -> Response:
    language = language_of(request)
    rows = (
        (
            one.code,
            one.name,
            FORMS[one.form].say(language),
            "|".join(one.functions),
            "|".join(one.members),
            one.lead,
            one.valid_from,
            one.valid_to,
            one.source,
            one.evidence,
        )
        for one in _selected(request, await associated_managements.every())
    )
    columns = [column.say(language) for column in COLUMNS]
    return csv_file(request, "gestioni-associate", columns, rows)


async def of_town(request: Request, town: Municipality) -> list[ManagementLine]:
    """The joint forms that a municipality belongs to."""
    return lines(await associated_managements.of_municipality(town.istat_code), language_of(request))


def lines(found: tuple[ManagementRecord, ...], language: str) -> list[ManagementLine]:
    picture = catalogue.current()
    made = []
    for one in found:
        members = tuple(picture.municipalities[code] for code in one.members)
        functions = (local(picture.functions[letter], "short", language) for letter in one.functions)
        made.append(
            ManagementLine(
                record=one,
                href=address(language, PAGES_OF[one.body[0]] + one.body[1]) if one.body else "",
                form=FORMS[one.form].say(language),
                functions=", ".join(functions),
                members=members,
                lead=picture.municipalities[one.lead].name if one.lead else "",
                population=sum(town.population for town in members),
                starts=starts_in_words(one.valid_from, language),
            )
        )
    return made


def _selected(request: Request, every: tuple[ManagementRecord, ...]) -> tuple[ManagementRecord, ...]:
    letters: dict[str, str | None] = {letter: letter for letter in catalogue.current().functions}
    towns: dict[str, str | None] = {code: code for code in catalogue.current().municipalities}
    return associated_managements.select(
        every,
        form=chosen(request, "forma", {"": None} | {one.value.lower(): one for one in AssociationForm}),
        function=chosen(request, "funzione", letters | {"": None}),
        municipality=chosen(request, "comune", towns | {"": None}),
    )


routes = [
    Route("/gestioni-associate/esistenti", index, name="managements"),
    Route("/gestioni-associate/esistenti.csv", sheet, name="managements_csv"),
]
