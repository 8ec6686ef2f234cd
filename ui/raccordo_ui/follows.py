"""What one follows: all of it on one page, and the two forms behind every button that follows."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, follows
from raccordo.catalogue import Catalogue
from raccordo.follows import Followed
from raccordo.language import Sentence
from raccordo.models import FollowKind
from raccordo_ui.doors import needs_right
from raccordo_ui.follow_button import where_to_enter
from raccordo_ui.forms import read_form
from raccordo_ui.language import address, language_of, local_address, to
from raccordo_ui.render import render
from raccordo_ui.session import actor_of

KINDS = {
    FollowKind.THEME: Sentence("Temi"),
    FollowKind.MUNICIPALITY: Sentence("Comuni"),
    FollowKind.SEARCH: Sentence("Ricerche fra i bisogni"),
}
QUERY = "{ me { follows { kind value name since gone } } }"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowRow:
    """Something followed as its page shows it; `gone` and `was` are sentences, or empty."""

    one: Followed
    name: str
    href: str
    feed: str
    gone: str
    was: str


async def index(request: Request) -> Response:
    actor, language, picture = actor_of(request), language_of(request), catalogue.current()
    if not actor.known:
        return RedirectResponse(where_to_enter(request), status_code=303)
    rows = [_row(picture, one, language) for one in await follows.of(actor)]
    view = {
        "groups": [
            (title.say(language), mine)
            for kind, title in KINDS.items()
            if (mine := [row for row in rows if row.one.kind is kind])
        ],
        "count": len(rows),
        "most": follows.MOST,
        "query": QUERY,
    }
    return render(request, "follows/index.html", view)


@needs_right("add", "follow")
async def follow(request: Request) -> Response:
    form = await read_form(request)
    await follows.follow(actor_of(request), form.text("kind"), form.text("value"))
    return _back(request, form.text("then"))


@needs_right("remove", "follow")
async def unfollow(request: Request) -> Response:
    form = await read_form(request)
    await follows.unfollow(actor_of(request), form.text("kind"), form.text("value"))
    return _back(request, form.text("then"))


def _back(request: Request, then: str) -> Response:
    return RedirectResponse(local_address(then) or to(request, "/profilo/segui"), status_code=303)


def _row(picture: Catalogue, one: Followed, language: str) -> FollowRow:
    return FollowRow(
        one=one,
        name=follows.name_of(picture, one, language),
        href=address(language, one.path),
        feed=address(language, one.feed),
        gone=one.gone.say(language) if one.gone else "",
        was=_was(picture, one, language),
    )


def _was(picture: Catalogue, one: Followed, language: str) -> str:
    """What a town was called when it was followed, before it merged."""
    if one.kind is not FollowKind.MUNICIPALITY or not one.was or one.was not in picture.successions:
        return ""
    name = picture.successions[one.was].predecessor
    return Sentence("Si seguiva {name}, confluito qui.", {"name": name}).say(language)


routes = [
    Route("/profilo/segui", index, name="follows"),
    Route("/segui", follow, methods=["POST"], name="follow"),
    Route("/segui/togli", unfollow, methods=["POST"], name="unfollow"),
]
