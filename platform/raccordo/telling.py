"""News told to followers: each of them once, in short transactions, and taken back while nobody read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from raccordo import notifications
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Notification

Published = Callable[[], Awaitable[bool]]


async def tell_once(
    kind: str, path: str, sentence: Sentence, persons: Collection[int], published: Published
) -> int:
    """Tell those who were not told of that page yet, while it is still published; returns how many.

    One short transaction: the write lock is never held for all the followers of something.
    """
    if not persons:
        return 0

    async def work(writing: Writing) -> int:
        if not await published():
            return 0
        known = await Notification.filter(person_id__in=list(persons), kind=kind, path=path).values_list(
            "person_id", flat=True
        )
        fresh = set(persons) - {int(str(person)) for person in known}
        await notifications.notify(writing, fresh, kind, sentence, path)
        return len(fresh)

    return await write(work)


async def take_back(kind: str, path: str) -> None:
    """Unsay what nobody read or was mailed about a page that left the board."""

    async def work(_: Writing) -> None:
        await Notification.filter(kind=kind, path=path, read_at=None, mailed_at=None).delete()

    await write(work)
