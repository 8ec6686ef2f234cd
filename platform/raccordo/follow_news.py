"""A need that concerns what people follow is told to each of them once, in batches, after it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q

from raccordo import catalogue, outbox, saved_searches
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.follows import former_codes
from raccordo.language import Sentence
from raccordo.models import (
    BodyKind,
    Follow,
    FollowKind,
    Need,
    NeedParty,
    NeedStatus,
    PartyStatus,
    PersonStatus,
)
from raccordo.need_search import Facets, facets_of, satisfies
from raccordo.outbox import Event, GivenUp
from raccordo.published import Need as PublishedNeed
from raccordo.refusals import Refused
from raccordo.telling import take_back, tell_once

EVENT = "follows"  # the kind of the outbox's events
KIND = "followed_need"  # of the notifications
BATCH = 500  # follows looked at together, and people told in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Whom a need is news for: who follows one of the themes or towns, or a search that it newly satisfies.

    `before` is the need as it was when it was revised, None when it was not on the board; `searches` False
    where only the towns are new.
    """

    themes: frozenset[str]
    towns: frozenset[str]
    now: Facets
    before: Facets | None = None
    searches: bool = True

    def concerns(self, kind: FollowKind, value: str) -> bool:
        """Whether whoever follows this is told."""
        if kind is FollowKind.THEME:
            return value in self.themes
        if kind is FollowKind.MUNICIPALITY:
            return value in self.towns
        return self.searches and self._newly_found(value)

    def _newly_found(self, query: str) -> bool:
        try:
            wanted, words = saved_searches.kept(query)
        except Refused:  # a filter that the list no longer has: the page of what one follows says so
            return False
        found = satisfies(self.now, wanted, words)
        return found and not (self.before and satisfies(self.before, wanted, words))


async def announce(
    writing: Writing, number: int, by: int | None, *, before: Facets | None = None, joined: str = ""
) -> None:
    """Write down that a need changed, in the transaction of the change: a worker tells who follows it.

    `by` is not told. `before` says that the need was on the board already, `joined` that a municipality
    came to share it and nothing else changed.
    """
    payload: dict[str, object] = {"need": number, "by": by, "joined": joined}
    if before:
        payload["before"] = {**before._asdict(), "owner": list(before.owner)}
    await outbox.put(writing, EVENT, payload)


async def deliver(event: Event) -> int:
    """Tell everybody whom the need concerns now and who was not told yet; returns how many.

    Delivered twice, it tells nobody twice. Of a need that left the board meanwhile, what nobody read or was
    mailed is taken back.
    """
    number = event.payload.get("need")
    if not isinstance(number, int):
        raise GivenUp("news of no need")
    current = await catalogue.catch_up()
    need = current.needs.get(number)
    if need is None or need.example:
        await take_back(KIND, _path(number))
        return 0
    author = await Need.filter(number=number).values_list("author_id", flat=True)
    news, spared = await news_of(current, need, event.payload), {event.payload.get("by"), *author}
    sentence = Sentence(
        "Bisogno di {owner}: «{need}».", {"owner": current.owner(need).name, "need": need.title}
    )
    published = Need.filter(number=number, status=NeedStatus.PUBLISHED).exists
    told, last = 0, 0
    while rows := await _followers(news, last):
        last = rows[-1][0]
        concerned = {person for _, person, kind, value in rows if news.concerns(FollowKind(kind), value)}
        told += await tell_once(KIND, _path(number), sentence, concerned - spared, published)
    return told


async def news_of(current: Catalogue, need: PublishedNeed, payload: Mapping[str, Any]) -> News:
    """What is new about a need, by the event that says so."""
    now = facets_of(current, need)
    if town := payload.get("joined"):
        return News(themes=frozenset(), towns=_codes(current, [town]), now=now, searches=False)
    before = Facets(**payload["before"]) if payload.get("before") else None
    if before:
        return News(
            themes=frozenset(now.themes) - set(before.themes), towns=frozenset(), now=now, before=before
        )
    sharing = await NeedParty.filter(
        need_id=need.number, status=PartyStatus.JOINED, body__kind=BodyKind.MUNICIPALITY
    ).values_list("body__code", flat=True)
    owner = [need.owner_code] if need.owner_kind is BodyKind.MUNICIPALITY else []
    return News(themes=frozenset(now.themes), towns=_codes(current, [*owner, *map(str, sharing)]), now=now)


def _codes(current: Catalogue, codes: Sequence[str]) -> frozenset[str]:
    """The towns with every code that merged into them: their followers follow what continues them."""
    towns = {town.code for code in codes if (town := current.body(BodyKind.MUNICIPALITY, code))}
    return frozenset({*towns, *(former for town in towns for former in former_codes(current, town))})


async def _followers(news: News, after: int) -> Sequence[tuple[int, int, str, str]]:
    """The next follows that the need may concern: its themes and towns, and every search."""
    asked = Q(kind=FollowKind.THEME, value__in=news.themes or [""])
    asked |= Q(kind=FollowKind.MUNICIPALITY, value__in=news.towns or [""])
    if news.searches:
        asked |= Q(kind=FollowKind.SEARCH)
    rows = Follow.filter(asked, id__gt=after, person__status=PersonStatus.ACTIVE).order_by("id").limit(BATCH)
    return await rows.values_list("id", "person_id", "kind", "value")


def _path(number: int) -> str:
    return f"/bisogni/{number}"
