"""Conversations on the page of a need and on that of a match: reading, writing, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import association_records, threads
from raccordo.association_rows import AssociationRecord
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord
from raccordo.published import Need
from raccordo.refusals import Refused
from raccordo.threads import MessageRecord
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.linked_text import paragraphs
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

QUESTIONS = Sentence(
    "Chi scrive per un ente o un laboratorio può chiedere qui prima di farsi avanti. Le risposte di chi ha "
    "pubblicato il bisogno le leggono tutti."
)
PARTIES_ONLY = Sentence("Lo legge chi prende parte, nessun altro.")
MUNICIPALITIES_ONLY = Sentence("Lo leggono i comuni della proposta e il coordinamento, nessun altro.")
READERS = {
    True: Sentence("la leggono tutti"),
    False: Sentence("la leggono solo chi scrive e chi ha pubblicato"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message as a page shows it."""

    id: int
    who: str
    at: datetime
    body: Markup
    readers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A thread as a page shows it: `action` is where its form goes, empty for whoever may only read."""

    title: str
    explained: str
    messages: tuple[MessageView, ...]
    action: str
    may_choose: bool
    most: int = threads.TEXT


async def need_thread(request: Request, need: Need) -> Conversation:
    """The questions and answers about a need, as far as whoever reads may see them."""
    actor, language = actor_of(request), language_of(request)
    messages = await threads.of_need(actor, need.number)
    return Conversation(
        title=Sentence("Domande e risposte").say(language),
        explained=QUESTIONS.say(language),
        messages=_views(messages, language, said=True),
        action=to(request, f"/bisogni/{need.number}/messaggi") if threads.may_ask(actor, need) else "",
        may_choose=not actor.acts_for(need.owner_kind, need.owner_code),
    )


async def match_thread(request: Request, record: MatchRecord) -> Conversation:
    """What the two sides of a match wrote to each other."""
    actor, language = actor_of(request), language_of(request)
    action = to(request, f"/collaborazioni/{record.id}/messaggi")
    return Conversation(
        title=Sentence("Messaggi").say(language),
        explained=PARTIES_ONLY.say(language),
        messages=_views(await threads.of_match(actor, record.id), language, said=False),
        action=action if threads.may_write(actor, record) else "",
        may_choose=False,
    )


async def association_thread(request: Request, record: AssociationRecord) -> Conversation:
    """What the municipalities of a proposal and the coordination wrote to each other."""
    actor, language = actor_of(request), language_of(request)
    action = to(request, f"{association_records.PATH_OF}{record.number}/messaggi")
    return Conversation(
        title=Sentence("Messaggi").say(language),
        explained=MUNICIPALITIES_ONLY.say(language),
        messages=_views(await threads.of_association(actor, record.number), language, said=False),
        action=action if threads.may_write_to_association(actor, record) else "",
        may_choose=False,
    )


@needs_right("write", "question")
async def ask(request: Request) -> Response:
    """A question about a need, or its owner's answer."""
    number, form = request.path_params["number"], await read_form(request)
    text, public = form.text("text"), bool(form.text("public"))
    try:
        message = await threads.post_on_need(actor_of(request), number, text, public=public)
    except Refused as refusal:
        return _again(request, f"/bisogni/{number}", refusal, text, public=public, may_choose=True)
    return RedirectResponse(to(request, f"/bisogni/{number}") + f"#message-{message.id}", status_code=303)


@needs_right("write", "message")
async def write(request: Request) -> Response:
    """A message to the other side of a match."""
    number, form = request.path_params["match"], await read_form(request)
    text = form.text("text")
    try:
        message = await threads.post_on_match(actor_of(request), number, text)
    except Refused as refusal:
        return _again(request, f"/collaborazioni/{number}", refusal, text)
    address = to(request, f"/collaborazioni/{number}")
    return RedirectResponse(f"{address}#message-{message.id}", status_code=303)


@needs_right("write", "association")
async def write_to_association(request: Request) -> Response:
    """A message to the municipalities of a proposal."""
    number, form = request.path_params["association"], await read_form(request)
    text, path = form.text("text"), f"{association_records.PATH_OF}{number}"
    try:
        message = await threads.post_on_association(actor_of(request), number, text)
    except Refused as refusal:
        return _again(request, path, refusal, text)
    return RedirectResponse(f"{to(request, path)}#message-{message.id}", status_code=303)


def _again(
    request: Request,
    path: str,
    refusal: Refused,
    text: str,
    *,
    public: bool = False,
    may_choose: bool = False,
) -> Response:
    """What was typed, with what is wrong about it: nothing is lost."""
    view = {
        "back": to(request, path),
        "action": to(request, f"{path}/messaggi"),
        "text": text,
        "public": public,
        "may_choose": may_choose,
        "most": threads.TEXT,
        "problems": problems_of(refusal, language_of(request)),
    }
    return render(request, "threads/write.html", view, status=status_of(refusal))


def _views(messages: Sequence[MessageRecord], language: str, *, said: bool) -> tuple[MessageView, ...]:
    return tuple(
        MessageView(
            id=one.id,
            who=one.who.say(language),
            at=one.at,
            body=paragraphs(one.text),
            readers=READERS[one.public].say(language) if said else "",
        )
        for one in messages
    )


routes = [
    Route("/bisogni/{number:int}/messaggi", ask, methods=["POST"], name="need_message"),
    Route("/collaborazioni/{match:int}/messaggi", write, methods=["POST"], name="match_message"),
    Route(
        f"{association_records.PATH_OF}{{association:int}}/messaggi",
        write_to_association,
        methods=["POST"],
        name="association_message",
    ),
]
