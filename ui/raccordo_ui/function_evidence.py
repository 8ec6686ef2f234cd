"""The evidence for managing each function together: everybody reads it, coordinators put another weight in its place."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

from babel.numbers import format_decimal
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, function_evidence_edits
from raccordo.association_tables import Finding
from raccordo.catalogue import Catalogue
from raccordo.function_evidence import FunctionEvidence
from raccordo.function_evidence_edits import EvidenceInput
from raccordo.language import Sentence
from raccordo.refusals import Refused, Stale
from raccordo_ui.choices import function_choices
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import tidied
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

PATH = "/gestioni-associate/prove"
QUERY = "{ functionEvidence { function prior shippedPrior edited source finding textIt } }"
FINDINGS = {
    Finding.BENEFIT: Sentence("beneficio trovato"),
    Finding.NONE: Sentence("nessun beneficio trovato"),
    Finding.UNKNOWN: Sentence("nulla di noto"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """What is in force for a function, in words."""

    evidence: FunctionEvidence
    name: str
    finding: str
    prior: str
    shipped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form: as typed, else what is in force; the version that is seen."""

    function: str
    prior: str
    source: str
    version: int


async def show(request: Request) -> Response:
    """The table; a function in the address (`funzione`) opens its form for whoever may edit."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    return _page(request)


@needs_right("save", "function_evidence")
async def save(request: Request) -> Response:
    form = await read_form(request)
    wanted = EvidenceInput(
        function=form.text("function"), prior=_decimal(form.text("prior")), source=form.text("source")
    )
    try:
        await function_evidence_edits.save(actor_of(request), wanted, form.number("version"))
    except Refused as refusal:
        return _page(request, form, refusal)
    return RedirectResponse(to(request, PATH), status_code=303)


@needs_right("restore", "function_evidence")
async def restore(request: Request) -> Response:
    form = await read_form(request)
    try:
        await function_evidence_edits.restore(
            actor_of(request), form.text("function"), form.number("version")
        )
    except Refused as refusal:
        return _page(request, form, refusal)
    return RedirectResponse(to(request, PATH), status_code=303)


def _decimal(text: str) -> float:
    """A number with a comma or a point; NaN for anything else, which the rules refuse."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return nan


def _page(request: Request, form: Form | None = None, refusal: Refused | None = None) -> Response:
    picture, language = catalogue.current(), language_of(request)
    may_edit = function_evidence_edits.may_edit(actor_of(request))
    view = {
        "rows": (rows := _rows(picture, language)),
        "typed": _typed(picture, request.query_params.get("funzione", ""), form, refusal, language)
        if may_edit
        else None,
        "now": next((row for row in rows if form and row.evidence.function == form.text("function")), None)
        if isinstance(refusal, Stale)
        else None,
        "may_edit": may_edit,
        "functions": function_choices(picture, language),
        "most": function_evidence_edits.LONGEST,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": QUERY,
    }
    return render(request, "evidence/show.html", view, status=status_of(refusal) if refusal else 200)


def _rows(picture: Catalogue, language: str) -> list[EvidenceRow]:
    return [
        EvidenceRow(
            evidence=picture.evidence[letter],
            name=name,
            finding=FINDINGS[picture.evidence[letter].finding].say(language),
            prior=_said(picture.evidence[letter].prior, language),
            shipped=_said(picture.evidence[letter].shipped_prior, language),
        )
        for letter, name in function_choices(picture, language)
    ]


def _said(prior: float, language: str) -> str:
    return format_decimal(prior, format="0.00##", locale=language)  # as many decimals as were saved


def _typed(
    picture: Catalogue, letter: str, form: Form | None, refusal: Refused | None, language: str
) -> Typed:
    if form is not None and any(name == "prior" for name, _ in form.fields):
        stale = refusal.current if isinstance(refusal, Stale) else None
        return Typed(
            function=form.text("function"),
            prior=form.text("prior"),
            source=form.text("source"),
            version=stale.version if isinstance(stale, FunctionEvidence) else form.number("version"),
        )
    known = picture.evidence.get(form.text("function") if form else letter)
    if known is None:
        return Typed(function="", prior="", source="", version=0)
    source = known.source if known.edited else ""
    prior = _said(known.prior, language)
    return Typed(function=known.function, prior=prior, source=source, version=known.version)


routes = [
    Route(PATH, show, name="function_evidence"),
    Route(PATH, save, methods=["POST"], name="save_function_evidence"),
    Route(f"{PATH}/ripristina", restore, methods=["POST"], name="restore_function_evidence"),
]
