"""Confirming a proposed need from the mail that brought it: a page that asks, one tap, and what happens next."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import answers, catalogue, proposed_need_links
from raccordo.language import Sentence
from raccordo.models import ProposedNeedState
from raccordo.proposed_need_links import AskedToConfirm
from raccordo.proposed_need_records import PATH, ProposedNeedRecord, allowed_verbs, next_step
from raccordo.proposed_needs import REASON
from raccordo.refusals import NotFound, Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.need_writing import choices_of
from raccordo_ui.secret_pages import render_secret
from raccordo_ui.session import actor_of

DONE = {
    ProposedNeedState.CONFIRMED: Sentence("Grazie: il bisogno è del comune ed è pubblicato."),
    ProposedNeedState.DECLINED: Sentence("Grazie: «{poster}» ora sa che non va pubblicato, e perché."),
}


async def show(request: Request) -> Response:
    """The text and one button. Looking, by a person or a scanner, confirms nothing."""
    try:
        asked = await proposed_need_links.find(request.path_params["secret"])
    except NotFound:
        return _over(request)
    return _question(request, asked)


@needs_right("confirm", "proposed_need")
async def act(request: Request) -> Response:
    """The answer, given as the officer whom the link was mailed to."""
    secret, form = request.path_params["secret"], await read_form(request)
    try:
        if form.text("verb") == "decline":
            record = await proposed_need_links.decline(secret, form.number("version"), form.text("reason"))
        else:
            record = await proposed_need_links.confirm(secret, form.number("version"))
    except NotFound:
        return _over(request)
    except Refused as refusal:
        return _question(request, await proposed_need_links.find(secret), form, refusal)
    return _done(request, record)


@needs_right("open", "mailed_link")
async def again(request: Request) -> Response:
    """A new link for an old one, mailed to whom the old one was mailed: this page tells nobody anything."""
    await read_form(request)
    await proposed_need_links.send_again(request.path_params["secret"])
    return RedirectResponse(to(request, f"/proposta/{request.path_params['secret']}", inviato="si"), 303)


def _over(request: Request) -> Response:
    view = {
        "address": to(request, f"/proposta/{request.path_params['secret']}"),
        "sent": request.query_params.get("inviato") == "si",
        "sentence": answers.OVER.say(language_of(request)),
    }
    return render_secret(request, "links/over.html", view, status=404)


def _done(request: Request, record: ProposedNeedRecord) -> Response:
    language = language_of(request)
    done = Sentence(DONE[record.state].text, {"poster": record.poster_name})
    view = {"done": done.say(language), "next": next_step(record)[0].say(language), "record": record}
    return render_secret(request, "proposed_needs/done.html", view)


def _question(
    request: Request, asked: AskedToConfirm, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    language = language_of(request)
    view = {
        **choices_of(catalogue.current(), language),
        "address": to(request, f"/proposta/{request.path_params['secret']}"),
        "correct": _correct(request, asked.record),
        "record": asked.record,
        "open": asked.open,
        "next": next_step(asked.record)[0].say(language),
        "reason": form.text("reason") if form else "",
        "most": REASON,
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    status = status_of(refusal) if refusal else 200
    return render_secret(request, "proposed_needs/asked.html", view, status=status)


def _correct(request: Request, record: ProposedNeedRecord) -> str:
    """Where one corrects the text: at once for whoever acts for the municipality already, else by logging in."""
    address = to(request, f"{PATH}{record.number}/correggi")
    may = "confirm" in allowed_verbs(actor_of(request), record)
    return address if may else to(request, "/accedi", poi=address)


routes = [
    Route("/proposta/{secret}", show, name="asked_to_confirm"),
    Route("/proposta/{secret}", act, methods=["POST"], name="confirm_from_mail"),
    Route("/proposta/{secret}/ancora", again, methods=["POST"], name="confirm_again"),
]
