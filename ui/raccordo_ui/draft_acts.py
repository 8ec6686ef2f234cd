"""Draft acts of a joint management: a page to print, and a file to go on writing in."""

from __future__ import annotations

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import association_records, catalogue
from raccordo.association_records import PATH_OF
from raccordo.association_rows import TOWN, AssociationRecord
from raccordo.draft_acts import SOURCES_HEADING, ActKind, Draft, draft
from raccordo_ui.open_document import MIME, TODO, text_document
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

ACTS = {"convenzione": ActKind.CONVENTION, "delibera": ActKind.RESOLUTION}


async def show(request: Request) -> Response:
    record = await _record(request)
    act = draft_of(request, record)
    view = {
        "record": record,
        "act": act,
        "sources_heading": SOURCES_HEADING,
        "parts": [(one.heading, [marked(text) for text in one.paragraphs]) for one in act.sections],
        "file": f"{PATH_OF}{record.number}/{_name(request)}.odt",
    }
    return render(request, "associations/draft.html", view)


async def file(request: Request) -> Response:
    record = await _record(request)
    name = f"bozza-{_name(request)}-{record.number}.odt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(text_document(draft_of(request, record)), media_type=MIME, headers=headers)


def draft_of(request: Request, record: AssociationRecord) -> Draft:
    """The act that the address names; a resolution is that of the reader's own municipality, where it takes part."""
    actor = actor_of(request)
    own = record.member(actor.body_code) if actor.body_kind is TOWN else None
    town = catalogue.current().municipalities.get(own.istat_code) if own else None
    return draft(record, ACTS[_name(request)], town)


def marked(text: str) -> Markup:
    """A paragraph in which whatever people must write stands out."""
    parts = (
        Markup("<mark>%s</mark>") % part if TODO.fullmatch(part) else escape(part)
        for part in TODO.split(text)
    )
    return Markup("").join(parts)


def _name(request: Request) -> str:
    return request.url.path.rsplit("/", 1)[1].removesuffix(".odt")


async def _record(request: Request) -> AssociationRecord:
    return await association_records.find(actor_of(request), request.path_params["association"])


ONE = PATH_OF + "{association:int}"
routes = [
    *(Route(f"{ONE}/{name}", show, name=f"draft_{kind.value.lower()}") for name, kind in ACTS.items()),
    *(Route(f"{ONE}/{name}.odt", file, name=f"file_{kind.value.lower()}") for name, kind in ACTS.items()),
]
