"""Keyset cursors: the place after an item, named by its sort key, so that inserts move nothing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from raccordo.language import Sentence
from raccordo.refusals import Refused, refused

Key: TypeAlias = tuple[str | int | float | bool, ...]

LONGEST = 2_000  # characters of a cursor; a title of 200 letters makes one of about 1,200


def plain(key: Sequence[object]) -> Key:
    """A sort key in values that JSON keeps exactly; dates become texts of the same order."""
    return tuple(part.isoformat() if isinstance(part, date) else part for part in key)  # type: ignore[misc]  # the rest are plain already


def encode(listing: str, key: Key) -> str:
    """The cursor of the item with that key; `listing` names the list and its order."""
    written = json.dumps([listing, *key], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def decode(argument: str, cursor: str, listing: str, like: Key) -> Key:
    """The key inside a cursor of the same list, shaped `like` the list's keys; raises Refused otherwise."""
    try:
        padding = "=" * (-len(cursor) % 4)
        found = json.loads(urlsafe_b64decode(cursor[:LONGEST] + padding))
        written, *key = found
    except (ValueError, TypeError, RecursionError):
        raise _unreadable(argument) from None
    if written != listing:
        raise refused(
            argument,
            "foreign_cursor",
            Sentence("Il cursore viene da un altro elenco o da un altro ordine: si ricomincia dall’inizio."),
        )
    if [type(part) for part in key] != [type(part) for part in like]:
        raise _unreadable(argument)
    return tuple(key)


def _unreadable(argument: str) -> Refused:
    return refused(
        argument,
        "unreadable_cursor",
        Sentence("Il cursore non è leggibile: va ripreso com’era da `pageInfo.endCursor` o da `cursor`."),
    )
