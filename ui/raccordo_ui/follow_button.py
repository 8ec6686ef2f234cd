"""The button that follows a theme, a municipality or a search, and what a visitor can do instead."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from raccordo import follows, saved_searches
from raccordo.catalogue import Catalogue
from raccordo.models import FollowKind
from raccordo.refusals import Refused
from raccordo_ui.language import to
from raccordo_ui.paging import with_query
from raccordo_ui.session import actor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowButton:
    """`known` is false for visitors, who are offered the feed and where to enter; `then` is where to return."""

    kind: str
    value: str
    known: bool
    followed: bool
    feed: str
    enter: str
    then: str


async def follow_button(request: Request, kind: FollowKind, value: str, feed: str) -> FollowButton:
    """The button for something that can be followed; `value` is canonical."""
    actor = actor_of(request)
    return FollowButton(
        kind=kind.value,
        value=value,
        known=actor.known,
        followed=await follows.follows(actor, kind, value),
        feed=feed,
        enter=where_to_enter(request),
        then=with_query(request),
    )


async def search_button(request: Request, picture: Catalogue, feed: str) -> FollowButton | None:
    """The button for the list with its filters as they are; None where that search cannot be followed."""
    try:
        value = saved_searches.canonical(picture, request.url.query)
    except Refused:
        return None
    return await follow_button(request, FollowKind.SEARCH, value, feed)


def where_to_enter(request: Request) -> str:
    """The page on which one is recognised, in the demonstration the one on which one chooses who acts."""
    page = "/dimostrazione" if request.app.state.settings.demo else "/accedi"
    return to(request, page, poi=with_query(request))
