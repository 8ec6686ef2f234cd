"""Conversations about a need, a match and a joint management: the same readers and writers as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import threads
from raccordo.refusals import NotFound
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.refusals import Refusal
from raccordo.threads import MessageRecord

READING = 10  # what reading a conversation costs in the limiter's count


def _who(root: strawberry.Parent[MessageRecord], info: Info) -> str:
    return root.who.say(info.context.language)


def _number(root: strawberry.Parent[MessageRecord]) -> int:
    return root.id


@shows(
    MessageRecord,
    "A message of a conversation: plain text, by a body, a laboratory or the coordination.",
    right=("read", "message"),
)
class Message:
    number: int = described("The number of the message.", _number)
    who: str = described("For whom its writer wrote; never a person's name.", _who)
    mine: bool = described("Whether it was written for whom the reader acts for.")
    text: str = described("What it says, as plain text.")
    public: bool = described("Whether everybody may read it.")
    at: datetime = described("When it was written.")


PostMessageResult: TypeAlias = Annotated[
    Message | Refusal,
    strawberry.union("PostMessageResult", description="The message as its writer reads it, or why not."),
]
NeedNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
MatchNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the match.")]
AssociationNumber: TypeAlias = Annotated[
    int, strawberry.argument(description="The number of the proposal of joint management.")
]
Text: TypeAlias = Annotated[str, strawberry.argument(description="What to say, as plain text.")]
Public: TypeAlias = Annotated[
    bool, strawberry.argument(description="Whether all may read it; the owner's answers always are.")
]


async def _about_need(info: Info, number: NeedNumber) -> Listing[MessageRecord]:
    return _listing(f"need_messages:{number}", await threads.of_need(info.context.actor, number))


async def _about_match(info: Info, number: MatchNumber) -> Listing[MessageRecord]:
    try:
        found = await threads.of_match(info.context.actor, number)
    except NotFound:
        found = ()
    return _listing(f"match_messages:{number}", found)


async def _about_association(info: Info, number: AssociationNumber) -> Listing[MessageRecord]:
    try:
        found = await threads.of_association(info.context.actor, number)
    except NotFound:
        found = ()
    return _listing(f"association_messages:{number}", found)


def _listing(name: str, found: tuple[MessageRecord, ...]) -> Listing[MessageRecord]:
    return Listing(name, found, lambda message: (message.id,))


async def _post_on_need(info: Info, number: NeedNumber, text: Text, public: Public = True) -> Any:
    return await answer(info, lambda: threads.post_on_need(info.context.actor, number, text, public=public))


async def _post_on_match(info: Info, number: MatchNumber, text: Text) -> Any:
    return await answer(info, lambda: threads.post_on_match(info.context.actor, number, text))


async def _post_on_association(info: Info, number: AssociationNumber, text: Text) -> Any:
    return await answer(info, lambda: threads.post_on_association(info.context.actor, number, text))


@strawberry.type
class ThreadQuery:
    need_messages: Connection[Message] = listed(
        "What was written about a published need, as far as whoever asks may read it, oldest first.",
        _about_need,
        cost=READING,
    )
    match_messages: Connection[Message] = listed(
        "What the sides of a match wrote, oldest first; empty for whoever takes no part in it.",
        _about_match,
        cost=READING,
    )
    association_messages: Connection[Message] = listed(
        "What the municipalities of a proposal wrote, oldest first; empty for whoever takes no part in it.",
        _about_association,
        cost=READING,
    )


@strawberry.type
class ThreadMutation:
    post_on_need: PostMessageResult = described(
        "Ask about a need, or answer as its owner.", _post_on_need, cost=WRITING, right=("write", "question")
    )
    post_on_match: PostMessageResult = described(
        "Write to the other side of a match.", _post_on_match, cost=WRITING, right=("write", "message")
    )
    post_on_association: PostMessageResult = described(
        "Write to the municipalities of a proposal of joint management.",
        _post_on_association,
        cost=WRITING,
        right=("write", "association"),
    )
