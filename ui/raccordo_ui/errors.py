"""The one place where a refusal or an error becomes an answer, in the reader's language."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from raccordo.language import Sentence
from raccordo.refusals import FieldRefusal, NotAllowed, NotFound, NotRecognised, Refusal, Stale
from raccordo.schema import accepted_language
from raccordo_ui.headers import STAY, security_headers
from raccordo_ui.language import bare_path, language_of
from raccordo_ui.render import VARY, environment, htmx_target, render

SENTENCES = {
    400: Sentence("La richiesta non è scritta come dovrebbe."),
    404: Sentence("A questo indirizzo non c’è nessuna pagina."),
    405: Sentence("Questo indirizzo non accetta richieste di questo tipo."),
    413: Sentence("Il testo inviato è troppo lungo: al massimo 64 KiB, circa trenta pagine."),
    414: Sentence("L’indirizzo è troppo lungo: bastano poche parole per cercare."),
    415: Sentence("Il modulo è arrivato in un formato sconosciuto."),
}
CRASH = Sentence("Qualcosa si è rotto da questa parte, non da chi scrive.")
# A part of a page keeps its element, so that the next answer finds its place again.
IN_PLACE = {"HX-Reswap": "innerHTML", "Vary": VARY, "Cache-Control": "no-store"}
TITLES = {
    400: Sentence("Richiesta non valida"),
    401: Sentence("Token non valido"),
    403: Sentence("Non consentito"),
    404: Sentence("Pagina non trovata"),
    405: Sentence("Richiesta non accettata"),
    409: Sentence("Modificato nel frattempo"),
    410: Sentence("Ritirato"),
    413: Sentence("Testo troppo lungo"),
    414: Sentence("Indirizzo troppo lungo"),
    415: Sentence("Formato sconosciuto"),
    422: Sentence("Qualcosa da correggere"),
    429: Sentence("Troppi tentativi"),
}
# RFC 6750: what a program with a token that is not accepted is told.
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Raccordo", error="invalid_token"'}


def status_of(refusal: Refusal) -> int:
    """The HTTP status that says the same as a refusal."""
    if isinstance(refusal, NotAllowed):
        return 403
    if isinstance(refusal, NotFound):
        return 410 if refusal.code == "withdrawn" else 404
    if isinstance(refusal, NotRecognised):
        return 401
    if refusal.code == "too_many":
        return 429
    return 409 if isinstance(refusal, Stale) else 422


async def refusal_page(request: Request, refusal: Exception) -> Response:
    """The page of a refusal that no form handler turned into something closer to what was typed."""
    assert isinstance(refusal, Refusal)  # noqa: S101  # what the table of handlers promises
    response = _page(request, status_of(refusal), refusal.sentence, refusal.fields, refusal.code)
    if response.status_code == 401:
        response.headers.update(CHALLENGE)
    return response


async def http_error_page(request: Request, error: Exception) -> Response:
    """The page of an HTTP error; a route that does not know the method still says which it knows."""
    assert isinstance(error, HTTPException)  # noqa: S101  # what the table of handlers promises
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    sentence = SENTENCES.get(error.status_code, SENTENCES[400])
    response = _page(request, error.status_code, sentence)
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


async def crash_page(request: Request, _: Exception) -> Response:
    """Our own fault. It stands alone and asks nothing of what may be broken."""
    headers = security_headers(request.app.state.settings) | (STAY if request.url.scheme == "https" else {})
    if _speaks_json(request):
        return JSONResponse({"errors": [{"message": "Internal error"}]}, 500, headers)
    name = "errors/_in_place.html" if htmx_target(request) else "errors/crash.html"
    text = (
        environment(language_of(request)).get_template(name).render(sentence=CRASH.say(language_of(request)))
    )
    return HTMLResponse(text, 500, headers | IN_PLACE)


def _page(
    request: Request,
    status: int,
    sentence: Sentence,
    fields: tuple[FieldRefusal, ...] = (),
    code: str = "http",
) -> Response:
    language = language_of(request)
    if _speaks_json(request):
        said = {"message": sentence.say(accepted_language(request)), "extensions": {"code": code}}
        return JSONResponse({"errors": [said]}, status, {"Cache-Control": "no-store"})
    if htmx_target(request):
        text = (
            environment(language)
            .get_template("errors/_in_place.html")
            .render(sentence=sentence.say(language))
        )
        return HTMLResponse(text, status, IN_PLACE)
    title = TITLES.get(status, Sentence(HTTPStatus(status).phrase)).say(language)
    problems = [refusal.sentence.say(language) for refusal in fields]
    view = {
        "title": title,
        "sentence": sentence.say(language),
        "problems": [problem for problem in problems if problem != sentence.say(language)],
        "status": status,
    }
    return render(request, "errors/show.html", view, status=status)


def _methods(request: Request) -> set[str]:
    """Every method of the address asked for: one address may have a route for each."""
    path = bare_path(request)
    return {
        method
        for route in request.app.routes
        if isinstance(route, Route) and route.path_regex.match(path)
        for method in route.methods or ()
    }


def _speaks_json(request: Request) -> bool:
    return bool(request.scope["path"] == "/graphql")


async def nobody_there(_: Request, __: Exception) -> Response:
    """Whoever asked went away before saying everything."""
    return Response(status_code=400)


handlers = {
    ClientDisconnect: nobody_there,
    Refusal: refusal_page,
    HTTPException: http_error_page,
    Exception: crash_page,
}
