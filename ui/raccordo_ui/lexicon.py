"""The lexicon's pages: search and change terms, import a file, what corrections taught, words that it does not know."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, corrections, lexicon_edits, lexicon_files, lexicon_overlay, unknown_words
from raccordo.catalogue import Catalogue
from raccordo.initiatives import words_of
from raccordo.language import Sentence
from raccordo.lexicon_edits import Entry, TermInput
from raccordo.lexicon_files import Imported
from raccordo.lexicon_overlay import ENOUGH, Lessoned
from raccordo.models import TopicKind
from raccordo.refusals import NotFound, Refused, Stale
from raccordo.spoken import Day
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import address, language_of, to
from raccordo_ui.paging import paged, tidied
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

SLOTS = 4  # concepts that the form has room for, and one more than a term has
PATH = "/lessico"
QUERY = '{ lexiconVersion lexiconTerms(text: "ponte", first: 20) { edges { node { term variants concepts { labelIt } } } } }'
LESSONS_QUERY = "{ lessons(first: 50) { edges { node { word kind proposed chosen bodies inForce } } } }"
UNKNOWN_QUERY = "{ unknownWords(first: 50) { edges { node { word bodies last } } } }"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonLine:
    """A lesson in words, and what a coordinator can still decide about it."""

    lesson: Lessoned
    proposed: str
    chosen: str
    state: str


async def index(request: Request) -> Response:
    """Search; a term in the address (`voce`, `lingua`) opens its form for whoever may edit."""
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    return await _page(request)


@needs_right("save", "lexicon_term")
async def save(request: Request) -> Response:
    form = await read_form(request)
    wanted = TermInput(
        term=form.text("term"),
        language=form.text("language"),
        variants=tuple(form.text("variants").replace("|", "\n").split("\n")),
        concepts=tuple(form.texts("concepts")),
    )
    try:
        entry = await lexicon_edits.save(actor_of(request), wanted, form.number("version"))
    except Refused as refusal:
        return await _page(request, form, refusal)
    return RedirectResponse(to(request, PATH, q=entry.term), status_code=303)


@needs_right("remove", "lexicon_term")
async def remove(request: Request) -> Response:
    form = await read_form(request)
    term, language = form.text("term"), form.text("language")
    try:
        await lexicon_edits.remove(actor_of(request), term, language, form.number("version"))
    except Refused as refusal:
        return await _page(request, form, refusal)
    return RedirectResponse(to(request, PATH, q=term), status_code=303)


async def sheet(_request: Request) -> Response:
    """The file that the import takes: always commas, whatever the reader's language."""
    content = await lexicon_files.export(catalogue.current())
    headers = {"Content-Disposition": 'attachment; filename="lessico.csv"', "Cache-Control": "no-cache"}
    return Response(content.encode(), media_type="text/csv", headers=headers)


async def ask_import(request: Request) -> Response:
    return _import_page(request, "")


@needs_right("import", "lexicon_term")
async def import_file(request: Request) -> Response:
    """A rehearsal first; the same form then says what would change, and can be sent for good."""
    form = await read_form(request)
    content, dry_run = form.text("content"), form.text("dry_run", "on") != "no"
    try:
        done = await lexicon_files.bring_in_text(actor_of(request), content, dry_run=dry_run)
    except Refused as refusal:
        return _import_page(request, content, refusal=refusal)
    return _import_page(request, content, done)


async def lessons(request: Request) -> Response:
    return await _lessons_page(request)


@needs_right("decide", "lesson")
async def decide(request: Request) -> Response:
    form = await read_form(request)
    key = (form.text("kind"), form.text("stem"), form.text("chosen"))
    try:
        await corrections.decide(
            actor_of(request), *key, form.number("version"), taught=form.text("taught") == "si"
        )
    except Stale as stale:
        return await _lessons_page(request, stale)
    return RedirectResponse(to(request, f"{PATH}/correzioni"), status_code=303)


async def unknown(request: Request) -> Response:
    """For coordinators: every other reader is told so."""
    words = await unknown_words.listed(actor_of(request))
    view = {"page": paged(request, words), "enough": unknown_words.ENOUGH, "query": UNKNOWN_QUERY}
    return render(request, "lexicon/unknown.html", view)


@needs_right("ignore", "unknown_word")
async def ignore(request: Request) -> Response:
    form = await read_form(request)
    await unknown_words.ignore(actor_of(request), form.text("word"))
    return RedirectResponse(to(request, f"{PATH}/parole-sconosciute"), status_code=303)


async def _page(request: Request, form: Form | None = None, refusal: Refused | None = None) -> Response:
    picture, language, asked = catalogue.current(), language_of(request), request.query_params
    text = asked.get("q", "")[:200]
    edited_only = asked.get("solo", "") == "modificate"
    changed = await lexicon_edits.edits()
    found = lexicon_edits.chosen(picture, changed, text, edited_only=edited_only)
    view = {
        "text": text,
        "edited_only": edited_only,
        "page": paged(request, found),
        "version": picture.lexicon.digest,
        "terms": len(picture.lexicon.terms),
        "edited": len(changed),
        "may_edit": lexicon_edits.may_edit(actor_of(request)),
        "typed": await _typed(picture, asked.get("voce", "")[:200], asked.get("lingua", "it"), form, refusal),
        "concepts": [
            (one.slug, local(one, "label", language)) for one in lexicon_edits.concepts_of(picture).values()
        ],
        "slots": SLOTS,
        "names": _names(picture, language),
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": QUERY,
    }
    return render(request, "lexicon/index.html", view, status=status_of(refusal) if refusal else 200)


async def _typed(
    picture: Catalogue, term: str, language: str, form: Form | None, refusal: Refused | None
) -> dict[str, object]:
    """What stands in the form: as typed, else the term of the address, else nothing; the version that is seen."""
    if form is not None:
        stale = refusal.current if isinstance(refusal, Stale) else None
        return {
            "term": form.text("term"),
            "language": form.text("language", "it"),
            "variants": form.text("variants"),
            "concepts": list(form.texts("concepts")),
            "version": stale.version if isinstance(stale, Entry) else form.number("version"),
        }
    try:
        known = await lexicon_edits.find(picture, term, language)
    except NotFound:
        return {"term": term, "language": "it", "variants": "", "concepts": [], "version": 0}
    return {
        "term": known.term,
        "language": known.language,
        "variants": "\n".join(known.variants),
        "concepts": [one.slug for one in known.concepts if one.slug in lexicon_edits.concepts_of(picture)],
        "version": known.version,
    }


def _names(picture: Catalogue, language: str) -> dict[str, tuple[str, str]]:
    """Name and page of every theme and function, by key."""
    themes = {
        slug: (local(one, "label", language), address(language, f"/temi/{slug}"))
        for slug, one in picture.themes.items()
    }
    functions = {
        key: (local(one, "short", language), address(language, f"/funzioni/{key}"))
        for key, one in picture.functions.items()
    }
    return themes | functions


def _import_page(
    request: Request, content: str, done: Imported | None = None, refusal: Refused | None = None
) -> Response:
    view = {
        "content": content,
        "done": done,
        "may_edit": lexicon_edits.may_edit(actor_of(request)),
        "most": lexicon_files.MOST_PASTED,
        "columns": ", ".join(lexicon_files.COLUMNS),
        "problems": problems_of(refusal, language_of(request)) if refusal else Problems(),
    }
    return render(request, "lexicon/import.html", view, status=status_of(refusal) if refusal else 200)


async def _lessons_page(request: Request, refusal: Stale | None = None) -> Response:
    picture, language = catalogue.current(), language_of(request)
    lines = [_line(picture, one, language) for one in await lexicon_overlay.lessons_of()]
    view = {
        "page": paged(request, lines),
        "intents": [
            (
                words_of(one.proposed).say(language),
                words_of(one.chosen).say(language),
                one.bodies,
            )
            for one in await corrections.of_intents()
        ],
        "may_edit": lexicon_edits.may_edit(actor_of(request)),
        "enough": ENOUGH,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "query": LESSONS_QUERY,
    }
    return render(request, "lexicon/lessons.html", view, status=status_of(refusal) if refusal else 200)


def _line(picture: Catalogue, one: Lessoned, language: str) -> LessonLine:
    def name(key: str) -> str:
        if one.kind is TopicKind.THEME:
            return local(picture.themes[key], "label", language) if key in picture.themes else key
        return local(picture.functions[key], "short", language) if key in picture.functions else key

    return LessonLine(
        lesson=one,
        proposed="; ".join(name(key) for key in one.proposed),
        chosen=name(one.chosen),
        state=_state(one).say(language),
    )


def _state(one: Lessoned) -> Sentence:
    if one.taught is not None:
        assert one.decided_at  # noqa: S101  # whoever decided did so on a day
        day = {"day": Day(one.decided_at)}
        if one.taught:
            return Sentence("confermata da chi coordina, {day}", day)
        return Sentence("annullata da chi coordina, {day}", day)
    if one.in_force:
        return Sentence("imparata da {count} enti", {"count": one.bodies})
    return Sentence("in attesa: {count} enti su {enough}", {"count": one.bodies, "enough": ENOUGH})


routes = [
    Route(PATH, index, name="lexicon"),
    Route(PATH, save, methods=["POST"], name="save_term"),
    Route(f"{PATH}/togli", remove, methods=["POST"], name="remove_term"),
    Route(f"{PATH}.csv", sheet, name="lexicon_sheet"),
    Route(f"{PATH}/importa", ask_import, name="ask_lexicon_import"),
    Route(f"{PATH}/importa", import_file, methods=["POST"], name="import_lexicon"),
    Route(f"{PATH}/correzioni", lessons, name="lessons"),
    Route(f"{PATH}/correzioni", decide, methods=["POST"], name="decide_lesson"),
    Route(f"{PATH}/parole-sconosciute", unknown, name="unknown_words"),
    Route(f"{PATH}/parole-sconosciute", ignore, methods=["POST"], name="ignore_word"),
]
