"""What a laboratory says of itself: what its card lets one infer, three steps of weight, and what would move."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import (
    catalogue,
    laboratories,
    laboratory_profiles,
    profile_files,
    profile_preview,
    profile_statements,
    semesters,
)
from raccordo.capacity import MOST_PLACES
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.initiatives import Kind
from raccordo.laboratory_profiles import Profile
from raccordo.models import Emphasis, InitiativeKind
from raccordo.people import Actor
from raccordo.profile_files import Rehearsal
from raccordo.profile_statements import FARTHEST, LANGUAGES
from raccordo.refusals import Refused, Stale
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import status_of
from raccordo_ui.formats import local
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.laboratory_profile_cards import (
    ANSWERS,
    EMPHASES,
    TONGUES,
    Preview,
    answer_words,
    concept_line,
    emphasis_words,
    move_line,
    places_line,
    theme_line,
)
from raccordo_ui.language import language_of, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

LINES = 100  # of a file, that a page shows
SHOWN = 8  # needs that the preview names
PREVIEWED = {"concetti": "concept", "temi": "theme"}  # by part of the page, the field that asks for a preview
QUERY = """{
  laboratoryProfile(laboratory: "%s") {
    version languages radiusKm
    concepts { key labelIt inferred stated written }
    themes { slug labelIt onCard stated }
    places { kind semester declared taken free }
    proposals { key labelIt titles title }
  }
}"""


async def show(request: Request) -> Response:
    """The profile; with a concept or a theme and what to say of it in the address, also what that would change."""
    asked = Form(tuple(request.query_params.multi_items()))
    part = next((part for part, name in PREVIEWED.items() if asked.text(name)), "")
    return await _page(request, await _profile(request), asked, part=part, preview=bool(part))


async def _profile(request: Request) -> Profile:
    return await laboratory_profiles.read(actor_of(request), request.path_params["slug"])


def form_of(
    part: str, change: Callable[[Actor, str, Form], Awaitable[object]]
) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one form of the page; refused, the page says so beside the field with everything as typed."""

    @needs_right("revise", "profile")
    async def handle(request: Request) -> Response:
        slug, form = request.path_params["slug"], await read_form(request)
        try:
            await change(actor_of(request), slug, form)
        except Stale as stale:
            current = stale.current
            assert isinstance(current, Profile)  # noqa: S101  # what the profile's verbs promise
            return await _page(request, current, form, refusal=stale, part=part)
        except Refused as refusal:
            return await _page(request, await _profile(request), form, refusal=refusal, part=part)
        return RedirectResponse(to(request, f"/laboratori/{slug}/profilo") + f"#{part}", status_code=303)

    return handle


def _state(actor: Actor, slug: str, form: Form) -> Awaitable[object]:
    return profile_statements.state_concept(
        actor, slug, form.number("version"), form.text("concept"), form.text("emphasis")
    )


def _theme(actor: Actor, slug: str, form: Form) -> Awaitable[object]:
    return profile_statements.state_theme(
        actor, slug, form.number("version"), form.text("theme"), form.text("treated")
    )


def _terms(actor: Actor, slug: str, form: Form) -> Awaitable[object]:
    return profile_statements.declare_terms(
        actor, slug, form.number("version"), form.texts("languages"), form.text("radius_km")
    )


def _places(actor: Actor, slug: str, form: Form) -> Awaitable[object]:
    return profile_statements.declare_semester_places(
        actor,
        slug,
        form.number("version"),
        form.text("initiative"),
        form.text("semester"),
        form.text("places"),
    )


@needs_right("revise", "profile")
async def rehearse(request: Request) -> Response:
    """What a file would change, line by line, with a button that does it."""
    slug, form = request.path_params["slug"], await read_form(request, files=1)
    content = form.text("file") or form.text("content")
    asked = Form((("content", content),))
    try:
        found = await profile_files.rehearse(actor_of(request), slug, content)
    except Refused as refusal:
        return await _page(request, await _profile(request), asked, refusal=refusal, part="file")
    return await _page(request, await _profile(request), asked, part="file", rehearsal=found)


def _file(actor: Actor, slug: str, form: Form) -> Awaitable[object]:
    return profile_files.bring_in(actor, slug, form.number("version"), form.text("content"))


async def _page(
    request: Request,
    profile: Profile,
    form: Form,
    *,
    preview: bool = False,
    refusal: Refused | None = None,
    part: str = "",
    rehearsal: Rehearsal | None = None,
) -> Response:
    picture, language, actor = catalogue.current(), language_of(request), actor_of(request)
    shown = None
    if preview:
        try:
            shown = await _preview(request, profile, form, part)
        except Refused as unknown:
            refusal = unknown
    one = laboratories.laboratory(picture, profile.laboratory)
    view = {
        "laboratory": one,
        "profile": profile,
        "may_revise": laboratory_profiles.may_revise(actor, one.slug),
        "concepts": [concept_line(row, language) for row in profile.concepts],
        "themes": [theme_line(row, language) for row in profile.themes],
        "places": [places_line(row, language) for row in profile.places],
        "chosen": _chosen(profile, form, part),
        "preview": shown,
        "rehearsal": rehearsal,
        "rehearsed": [
            (one.line, one.subject, one.what.say(language), one.changes)
            for one in (rehearsal.lines if rehearsal else ())
        ][:LINES],
        "typed": form,
        "part": part,
        "problems": problems_of(refusal, language) if refusal else Problems(),
        "stale": isinstance(refusal, Stale),
        "query": QUERY % one.slug,
        **_choices(picture, profile, language),
    }
    return render(request, "laboratories/profile.html", view, status=status_of(refusal) if refusal else 200)


def _chosen(profile: Profile, form: Form, part: str) -> tuple[str, str | None]:
    """The concept and what to say of it that the form begins with: as typed, else as it is of the one to change."""
    if part == "concetti":
        return form.text("concept"), form.text("emphasis")
    one = next((row for row in profile.concepts if row.key == form.text("cambia")), None)
    return (one.key, one.stated.value if one.stated else "") if one else ("", None)


def _choices(picture: Catalogue, profile: Profile, language: str) -> dict[str, object]:
    """What can be chosen in the forms, and the limits of what is typed."""
    known = {one.key for one in profile.concepts}
    themes = {one.slug for one in profile.themes}
    return {
        "proposals": [(row, local(row, "label", language)) for row in profile.proposals],
        "answers": [(key, said.say(language)) for key, said in ANSWERS.items()],
        "addable_themes": [
            (slug, local(one, "label", language))
            for slug, one in picture.themes.items()
            if slug not in themes
        ],
        "emphases": [(one.value, said.say(language)) for one, said in EMPHASES.items()],
        "addable": sorted(
            (
                (key, local(one, "label", language))
                for key, one in laboratory_profiles.lexicon_concepts(picture).items()
                if key not in known
            ),
            key=lambda pair: pair[1].casefold(),
        ),
        "tongues": [(code, TONGUES[code].say(language)) for code in LANGUAGES],
        "kinds": [(kind.value, Kind(kind).say(language)) for kind in InitiativeKind],
        "semesters": [(one, semesters.name_of(one).say(language)) for one in semesters.coming(today())],
        "farthest": FARTHEST,
        "most_places": MOST_PLACES,
    }


async def _preview(request: Request, profile: Profile, form: Form, part: str) -> Preview:
    picture, language, actor = catalogue.current(), language_of(request), actor_of(request)
    names = {"concetti": ("concept", "emphasis"), "temi": ("theme", "treated")}[part]
    key, said = (form.text(name) for name in names)
    if part == "temi":
        moves, _ = await profile_preview.preview_theme(actor, profile.laboratory, key, said)
        label, words = local(picture.themes[key], "label", language), answer_words(said, language)
    else:
        moves, _ = await profile_preview.preview(actor, profile.laboratory, key, said)
        label = local(laboratory_profiles.lexicon_concepts(picture)[key], "label", language)
        words = emphasis_words(Emphasis[said] if said else None, language)
    return Preview(
        part=part,
        fields=tuple(zip(names, (key, said), strict=True)),
        label=label,
        said=words,
        moves=tuple(move_line(picture, move, language) for move in moves[:SHOWN]),
        count=len(moves),
    )


routes = [
    Route("/laboratori/{slug}/profilo", show, name="laboratory_profile"),
    Route(
        "/laboratori/{slug}/profilo/concetti",
        form_of("concetti", _state),
        methods=["POST"],
        name="state_concept",
    ),
    Route("/laboratori/{slug}/profilo/temi", form_of("temi", _theme), methods=["POST"], name="state_theme"),
    Route(
        "/laboratori/{slug}/profilo/condizioni",
        form_of("condizioni", _terms),
        methods=["POST"],
        name="declare_terms",
    ),
    Route(
        "/laboratori/{slug}/profilo/semestri",
        form_of("semestri", _places),
        methods=["POST"],
        name="declare_semester_places",
    ),
    Route("/laboratori/{slug}/profilo/prova", rehearse, methods=["POST"], name="rehearse_profile_file"),
    Route(
        "/laboratori/{slug}/profilo/file",
        form_of("file", _file),
        methods=["POST"],
        name="import_profile_file",
    ),
]
