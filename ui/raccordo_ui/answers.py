"""Answering a question from the mail that brought it: a page that asks, two taps, and what happens next."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import answers, catalogue, matches, needs
from raccordo.answers import Asked
from raccordo.language import Sentence
from raccordo.match_records import next_step
from raccordo.models import DeclineReason, MatchState
from raccordo.refusals import NotFound, Refused
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.match_cards import MatchCard, match_cards
from raccordo_ui.secret_pages import render_secret

REASONS = {
    DeclineReason.NOT_NOW: Sentence("Non ora"),
    DeclineReason.NO_CAPACITY: Sentence("Non ci sono posti liberi"),
    DeclineReason.NOT_OUR_FIELD: Sentence("Non è il nostro campo"),
    DeclineReason.TOO_FAR: Sentence("È troppo lontano"),
    DeclineReason.CONFLICT_OF_INTEREST: Sentence("C’è un conflitto di interessi"),
    DeclineReason.OTHER: Sentence("Un altro motivo"),
}
DONE = {
    MatchState.INTERESTED: Sentence("Grazie: «{owner}» ora sa che la cosa interessa."),
    MatchState.DECLINED: Sentence("Grazie: «{owner}» ora sa che non si può, e perché."),
    MatchState.PASSED_ON: Sentence("Grazie: la richiesta è arrivata a chi è stato scelto."),
}


async def show(request: Request) -> Response:
    """The question, why it came here, and three answers. Looking, by a person or a scanner, answers nothing."""
    try:
        asked = await answers.find(request.path_params["secret"])
    except NotFound:
        return _over(request)
    return await _question(request, asked)


@needs_right("show_interest", "match")
async def act(request: Request) -> Response:
    """The answer, given as the person whom the link was mailed to."""
    secret, form = request.path_params["secret"], await read_form(request)
    try:
        record = await answers.answer(
            secret,
            form.text("verb"),
            form.number("version"),
            reason=form.text("reason", DeclineReason.NOT_NOW),
            laboratory=form.text("laboratory"),
            note=form.text("note"),
        )
    except NotFound:
        return _over(request)
    except Refused as refusal:
        return await _question(request, await answers.find(secret), refusal)
    language = language_of(request)
    step, _ = next_step(record)
    done = Sentence(DONE[record.state].text, {"owner": record.owner_name})
    view = {"done": done.say(language), "next": step.say(language), "record": record}
    return render_secret(request, "answers/done.html", view)


@needs_right("open", "mailed_link")
async def again(request: Request) -> Response:
    """A new link for an old one, mailed to whom the old one was mailed: this page tells nobody anything."""
    await read_form(request)
    await answers.send_again(request.path_params["secret"])
    return RedirectResponse(to(request, f"/risposta/{request.path_params['secret']}", inviato="si"), 303)


def _over(request: Request) -> Response:
    view = {
        "address": to(request, f"/risposta/{request.path_params['secret']}"),
        "sent": request.query_params.get("inviato") == "si",
        "sentence": answers.OVER.say(language_of(request)),
    }
    return render_secret(request, "links/over.html", view, status=404)


async def _question(request: Request, asked: Asked, refusal: Refused | None = None) -> Response:
    language, record = language_of(request), asked.record
    texts = await needs.descriptions([record.need_number])
    step, _ = next_step(record)
    view = {
        "secret": request.path_params["secret"],
        "record": record,
        "open": asked.open,
        "next": step.say(language),
        "description": texts.get(record.need_number, ""),
        "card": _card(request, asked),
        "laboratories": _others(asked),
        "reasons": [(reason.value, sentence.say(language)) for reason, sentence in REASONS.items()],
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "answers/show.html", view, status=status_of(refusal) if refusal else 200)


def _card(request: Request, asked: Asked) -> MatchCard | None:
    """Why the need was matched with this laboratory, while it is published."""
    picture, record = catalogue.current(), asked.record
    need = picture.needs.get(record.need_number)
    if need is None:
        return None
    ranked = matches.for_need(picture, need).matches
    ours = [match for match in ranked if match.laboratory == record.laboratory]
    return next(iter(match_cards(picture, ours, language_of(request))), None)


def _others(asked: Asked) -> list[tuple[str, str]]:
    """The laboratories that a question can be passed to, the ones that fit best first."""
    picture, record = catalogue.current(), asked.record
    need = picture.needs.get(record.need_number)
    ranked = [match.laboratory for match in matches.for_need(picture, need).matches] if need else []
    return [(slug, picture.laboratories[slug].name) for slug in ranked if slug != record.laboratory]


routes = [
    Route("/risposta/{secret}", show, name="answer"),
    Route("/risposta/{secret}", act, methods=["POST"], name="answer_given"),
    Route("/risposta/{secret}/ancora", again, methods=["POST"], name="answer_again"),
]
