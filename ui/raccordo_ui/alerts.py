"""How often to be written to: the page of whoever is logged in, and the one behind a mail's link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import digests, mail_preferences
from raccordo.language import Sentence
from raccordo.models import MailFrequency
from raccordo_ui.doors import needs_right
from raccordo_ui.forms import read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.secret_pages import render_secret
from raccordo_ui.session import actor_of

CHOICES = {
    MailFrequency.AT_ONCE: Sentence("Subito, quando succede qualcosa"),
    MailFrequency.DAILY: Sentence("Una volta al giorno, se c’è qualcosa"),
    MailFrequency.WEEKLY: Sentence("Una volta alla settimana, se c’è qualcosa"),
    MailFrequency.NEVER: Sentence("Mai: solo ciò che aspetta una risposta"),
}


async def show(request: Request) -> Response:
    """What whoever is logged in chose."""
    return _page(request, await mail_preferences.chosen(actor_of(request)), "/profilo/avvisi")


@needs_right("change", "mail_preference")
async def choose(request: Request) -> Response:
    form = await read_form(request)
    await mail_preferences.choose(actor_of(request), form.text("frequency"))
    return RedirectResponse(to(request, "/profilo/avvisi", fatto="si"), status_code=303)


async def show_by_link(request: Request) -> Response:
    """What the reader of a mail chose: no log-in, and looking changes nothing."""
    secret = request.path_params["secret"]
    return _page(request, await mail_preferences.chosen_by_link(secret), f"/avvisi/{secret}", secret)


@needs_right("open", "mailed_link")
async def choose_by_link(request: Request) -> Response:
    secret, form = request.path_params["secret"], await read_form(request)
    await mail_preferences.choose_by_link(secret, form.text("frequency"))
    return RedirectResponse(to(request, f"/avvisi/{secret}", fatto="si"), status_code=303)


@needs_right("open", "mailed_link")
async def stop_by_link(request: Request) -> Response:
    """One click: by a reader on the page, or by the reader's mail program (RFC 8058)."""
    secret = request.path_params["secret"]
    await mail_preferences.choose_by_link(secret, MailFrequency.NEVER)
    return RedirectResponse(to(request, f"/avvisi/{secret}", fatto="si"), status_code=303)


def _page(request: Request, chosen: MailFrequency, path: str, secret: str = "") -> Response:
    language = language_of(request)
    view = {
        "choices": [(kind.value, sentence.say(language)) for kind, sentence in CHOICES.items()],
        "chosen": chosen.value,
        "path": path,
        "secret": secret,
        "kept": request.query_params.get("fatto") == "si",
        "most_a_day": digests.MOST_A_DAY,
    }
    return (render_secret if secret else render)(request, "alerts/show.html", view)


routes = [
    Route("/profilo/avvisi", show, name="alerts"),
    Route("/profilo/avvisi", choose, methods=["POST"], name="alerts_choose"),
    Route("/avvisi/{secret}", show_by_link, name="alerts_by_link"),
    Route("/avvisi/{secret}", choose_by_link, methods=["POST"], name="alerts_choose_by_link"),
    Route("/avvisi/{secret}/mai", show_by_link, name="alerts_stop_asked"),
    Route("/avvisi/{secret}/mai", stop_by_link, methods=["POST"], name="alerts_stop"),
]
