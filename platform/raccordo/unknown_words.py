"""Words of published needs that the lexicon does not know, shown to coordinators once several bodies wrote them.

Only what is published is read: a preview leaves no trace. Of a text only single words are kept, in small letters, never
beside a name, and none is shown before `ENOUGH` different bodies wrote it on their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from raccordo import audit, catalogue, database
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import IgnoredWord, TerritorialBody, UnknownWord
from raccordo.people import Actor
from raccordo.refusals import NotFound
from raccordo.rights import NOTHING, Body, demand
from raccordo_graph.text import fold, stem, words
from raccordo_graph.unheard import unheard

ENOUGH = 3  # different bodies
MOST_OF_ONE_NEED = 40
NOT_YOURS = Sentence("Le parole che il lessico non conosce le legge chi coordina, dopo il secondo fattore.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A word, by how many bodies it was written, and when last."""

    word: str
    bodies: int
    last: date


def found(current: Catalogue, text: str) -> tuple[str, ...]:
    """The words of a text that the lexicon does not know and that name no place."""
    names = _names(current)
    return tuple(word for word in unheard(current.index, text) if word not in names)[:MOST_OF_ONE_NEED]


async def remember(owner: Body, kept: Sequence[str]) -> None:
    """Note the unknown words of a need that is being published; call it while writing."""
    if not kept:
        return
    body, on = await TerritorialBody.get(kind=owner[0], code=owner[1]), today()
    known = {row.word for row in await UnknownWord.filter(body=body, word__in=kept)}
    await UnknownWord.bulk_create(
        UnknownWord(word=word, body=body, on=on) for word in kept if word not in known
    )


async def listed(actor: Actor) -> list[Unknown]:
    """What enough bodies wrote and nobody has explained or set aside, the commonest first; raises NotAllowed."""
    demand(actor, "read", "unknown_word", NOTHING, NOT_YOURS)
    ignored = {row.word for row in await IgnoredWord.all()}
    bodies: dict[str, set[int]] = defaultdict(set)
    last: dict[str, date] = {}
    for word, body, on in await UnknownWord.all().values_list("word", "body_id", "on"):
        bodies[word].add(body)
        last[word] = max(last.get(word, on), on)
    terms = catalogue.current().index.concepts.terms
    found = [
        Unknown(word=word, bodies=len(wrote), last=last[word])
        for word, wrote in bodies.items()
        if len(wrote) >= ENOUGH and word not in ignored and stem(word, "it") not in terms
    ]
    return sorted(found, key=lambda one: (-one.bodies, one.word))


async def ignore(actor: Actor, word: str) -> str:
    """Set a word aside for good; raises NotFound for what is not listed."""
    if word not in {one.word for one in await listed(actor)}:
        raise NotFound("unknown_word", Sentence("Questa parola non è fra quelle da decidere."))
    demand(actor, "ignore", "unknown_word", NOTHING, NOT_YOURS)

    async def work(writing: Writing) -> None:
        await IgnoredWord.get_or_create(word=word)
        await UnknownWord.filter(word=word).delete()
        await audit.record(writing, actor, "ignore_word", "lexicon:unknown", {"word": word})

    await database.write(work)
    return word


def _names(current: Catalogue) -> frozenset[str]:
    """The words of all municipalities' names: where something is says nothing about what it is."""
    return _words_of(tuple(town.name for town in current.municipalities.values()))


@lru_cache(maxsize=1)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word.written) for name in names for word in words(name))
