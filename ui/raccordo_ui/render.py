"""From a view to an answer: the whole page, or with htmx only the block whose name is the target's id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from raccordo import memberships
from raccordo.language import translate, translate_plural
from raccordo.rights import allows
from raccordo_ui.assets import static
from raccordo_ui.formats import filters
from raccordo_ui.language import address, bare_path, language_of, other_language
from raccordo_ui.session import acting_of, actor_of, name_of, session_of

VARY = "HX-Request, HX-Target, Authorization, Cookie"


@cache
def environment(language: str) -> Environment:
    """Templates in one language: `_`, filters and `to()` know it, so that macros need no context."""
    made = Environment(
        loader=PackageLoader("raccordo_ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        partial(translate, language=language), partial(translate_plural, language=language), newstyle=True
    )
    made.filters.update(filters(language))
    made.globals.update(to=partial(address, language), static=static, language=language)
    return made


def render(
    request: Request, name: str, view: Mapping[str, object] | None = None, *, status: int = 200
) -> Response:
    """Answer with the template `name`; its variables are those of `view` and of `surroundings`."""
    template = environment(language_of(request)).get_template(name)
    variables = {**surroundings(request), **(view or {})}
    target = htmx_target(request)
    block = target if target in template.blocks else ""
    text = _only(template, block, variables) if block else template.render(variables)
    return _answer(request, text, status)


def surroundings(request: Request) -> dict[str, object]:
    """What the layout shows around every page."""
    settings = request.app.state.settings
    other, there = other_language(request)
    session = session_of(request)
    return {
        "here": bare_path(request),
        "other_language": other,
        "other_address": there,
        "demo": settings.demo,
        "actor": actor_of(request),
        "actor_name": name_of(request),
        "unread": getattr(request.state, "unread", 0),
        "may_read_register": allows(actor_of(request), "read", "audit_entry"),
        "may_plan": allows(actor_of(request), "read", "assignment"),
        "person_name": session.person.name if session else "",
        "person_acting": acting_of(request),
        "decides": memberships.may_decide(actor_of(request)),
        "htmx_url": settings.htmx_url,
        "htmx_integrity": settings.htmx_integrity,
    }


def htmx_target(request: Request) -> str:
    """The id of the element that htmx will replace; empty when a whole page is wanted."""
    if request.headers.get("hx-request") != "true":
        return ""
    return request.headers.get("hx-target", "").partition("#")[2]


def _only(template: Template, block: str, variables: dict[str, object]) -> str:
    context = template.new_context(variables)
    # A block alone would miss the imports at the top of its file: they run before the page's first words.
    next(iter(template.root_render_func(context)), None)
    return "".join(template.blocks[block](context))


def _answer(request: Request, text: str, status: int) -> Response:
    headers = {"Vary": VARY, "Cache-Control": "private, no-cache"}
    if status != 200 or request.method not in ("GET", "HEAD"):
        return HTMLResponse(text, status, headers | {"Cache-Control": "no-store"})
    tag = f'W/"{sha256(text.encode()).hexdigest()[:20]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers | {"ETag": tag})
    return HTMLResponse(text, status, headers | {"ETag": tag})
