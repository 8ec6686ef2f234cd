"""One's own notices and what one follows, as the schema shows them; never anybody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import follows, inbox, people
from raccordo.follows import Followed
from raccordo.inbox import Notice
from raccordo.models import FollowKind
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.refusals import Refusal

READING = 10  # what reading an inbox costs in the limiter's count

enumeration(
    FollowKind,
    "What can be followed.",
    THEME="A theme, by its slug: its needs, chosen or inferred, as its page lists them.",
    MUNICIPALITY="A municipality, by its ISTAT code: its needs and those it shares.",
    SEARCH="A search among the needs, by the query of the address `/bisogni?…`; empty for all of them.",
)


def _sentence(root: strawberry.Parent[Notice], info: Info) -> str:
    return root.sentence.say(info.context.language)


def _number(root: strawberry.Parent[Notice]) -> int:
    return root.id


@shows(Notice, "Something that whoever acts was told.", right=("read", "notification"))
class Notification:
    number: int = described("The number of the notice.", _number)
    kind: str = described("What happened, for programs: `followed_need`, `match_ask`, `party_invite` …")
    sentence: str = described("What happened, in the language of `Accept-Language`.", _sentence)
    path: str = described("The page where one sees it.")
    urgent: bool = described("Whether it asks its reader for an answer; it is mailed at once.")
    at: datetime = described("When it was told.")
    read: bool = described("Whether it was read: by its button, or by opening the page it leads to.")


def _name(root: strawberry.Parent[Followed], info: Info) -> str:
    return follows.name_of(info.context.catalogue, root, info.context.language)


def _gone(root: strawberry.Parent[Followed], info: Info) -> str | None:
    return root.gone.say(info.context.language) if root.gone else None


@shows(Followed, "Something that whoever acts follows.", right=("read", "follow"))
class Follow:
    kind: FollowKind = described("What it is.")
    value: str = described("Its key: a slug, an ISTAT code, or a query written in the one way it is kept.")
    name: str = described("What it is in words; its key where it is gone.", _name)
    since: datetime = described("When whoever acts began to follow it.")
    path: str = described("The page that lists its needs.")
    feed: str = described("The same as an Atom feed, readable without an account.")
    gone: str | None = described("Why it can bring no news any more; null while it can.", _gone)


async def _notifications(root: strawberry.Parent[people.Actor]) -> Listing[Notice]:
    return Listing("notifications", await inbox.newest(root), lambda notice: (-notice.id,))


async def _unread(root: strawberry.Parent[people.Actor]) -> int:
    return await inbox.unread(root)


async def _follows(root: strawberry.Parent[people.Actor]) -> list[Followed]:
    return list(await follows.of(root))


@strawberry.type
class OwnNews:
    notifications: Connection[Notification] = listed(
        "What whoever acts was told, the newest first, up to a thousand; empty for visitors.",
        _notifications,
        cost=READING,
    )
    unread: int = described("How many notices were not read.", _unread)
    follows: list[Follow] = described(
        "What whoever acts follows, the last first; empty for visitors.", _follows, cost=READING
    )


@strawberry.type(description="An inbox after something in it was read.")
class Inbox:
    marked: int = described("How many notices are read that were not before.")
    unread: int = described("How many are still to be read.")


@strawberry.type(description="What is no longer followed.")
class Unfollowed:
    kind: FollowKind = described("What it was.")
    value: str = described("Its key, as it was asked.")
    followed_before: bool = described("Whether it was followed until now.")


FollowResult: TypeAlias = Annotated[
    Follow | Refusal, strawberry.union("FollowResult", description="What is followed now, or why not.")
]
UnfollowResult: TypeAlias = Annotated[
    Unfollowed | Refusal,
    strawberry.union("UnfollowResult", description="What is no longer followed, or why it was refused."),
]
MarkReadResult: TypeAlias = Annotated[
    Inbox | Refusal, strawberry.union("MarkReadResult", description="What is left to read, or why not.")
]
Kind: TypeAlias = Annotated[FollowKind, strawberry.argument(description="What it is.")]
Value: TypeAlias = Annotated[
    str, strawberry.argument(description="A slug, an ISTAT code, or the query of a list of needs.")
]
Number: TypeAlias = Annotated[
    int | None, strawberry.argument(description="The number of one notice; all of them without it.")
]


async def _follow(info: Info, kind: Kind, value: Value) -> Any:
    return await answer(info, lambda: follows.follow(info.context.actor, kind.value, value))


async def _unfollow(info: Info, kind: Kind, value: Value) -> Any:
    async def verb() -> Unfollowed:
        gone = await follows.unfollow(info.context.actor, kind.value, value)
        return Unfollowed(kind=kind, value=value, followed_before=gone > 0)

    return await answer(info, verb)


async def _mark_read(info: Info, number: Number = None) -> Any:
    async def verb() -> Inbox:
        marked = await inbox.mark_read(info.context.actor, number)
        return Inbox(marked=marked, unread=await inbox.unread(info.context.actor))

    return await answer(info, verb)


@strawberry.type
class FollowMutation:
    follow: FollowResult = described(
        "Follow a theme, a municipality or a search: a need that concerns it is told once.",
        _follow,
        cost=WRITING,
        right=("add", "follow"),
    )
    unfollow: UnfollowResult = described(
        "Follow it no longer.", _unfollow, cost=WRITING, right=("remove", "follow")
    )
    mark_read: MarkReadResult = described(
        "Read one of one's own notices, or all of them.",
        _mark_read,
        cost=WRITING,
        right=("mark", "notification"),
    )
