"""How long it takes to find who follows a new need, and how long telling them holds the write lock.

    python benchmarks/follows.py

Beside it, in the same run, the naive way: the list of every followed search, asked for the new need. Then what the
count in the header costs a page, with and without the index that the migration makes.
"""

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice, product
from pathlib import Path
from time import perf_counter

from raccordo import (
    catalogue,
    database,
    follow_news,
    inbox,
    migrating,
    need_search,
    needs,
    outbox,
    saved_searches,
)
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.loading import load
from raccordo.models import BodyKind, Follow, FollowKind, Notification, Person, Role
from raccordo.need_input import NeedInput
from raccordo.need_search import facets_of
from raccordo.people import Actor
from raccordo.settings import Settings

FOLLOWERS = 10_000
NAIVE = 200  # lists that are really asked; the rest is in proportion
WORDS = ("ponte", "frana", "acqua", "scuola", "strada comunale", "energia", "rifiuti", "turismo", "argine")
OFFICER = Actor(role=Role.OFFICER, body_kind=BodyKind.MUNICIPALITY, body_code="097065", demo=True)
NEED = NeedInput(
    title="Un ponte vecchio sul torrente",
    description="Passano i camion della legna, le spalle sono scavate e non abbiamo un ingegnere.",
)


def searches(picture: Catalogue) -> list[str]:
    """Return ten thousand searches, of which a few thousand differ."""
    themes, provinces = ["", *picture.themes], ["", *picture.provinces]
    every = (
        saved_searches.canonical(picture, f"testo={words}&tema={theme}&provincia={province}")
        for words, theme, province in product(("", *WORDS), themes, provinces)
    )
    return list(islice(cycle(list(every)), FOLLOWERS))


async def fill(picture: Catalogue) -> None:
    """One person for each search; every third also follows the theme of the need."""
    now = datetime.now(UTC)

    async def work(_: Writing) -> None:
        await Person.bulk_create(
            (Person(name=f"P{number}", created_at=now) for number in range(FOLLOWERS)), batch_size=1000
        )
        people = [int(str(one)) for one in await Person.all().order_by("id").values_list("id", flat=True)]
        rows = [
            Follow(person_id=person, kind=FollowKind.SEARCH, value=value, created_at=now)
            for person, value in zip(people, searches(picture), strict=True)
        ]
        rows += [
            Follow(person_id=person, kind=FollowKind.THEME, value="strade-ponti", created_at=now)
            for person in people[::3]
        ]
        await Follow.bulk_create(rows, batch_size=1000)

    await write(work)


async def matching(number: int) -> None:
    """Print how long the matching alone takes, beside asking every list."""
    picture = catalogue.current()
    need, wanted = picture.needs[number], searches(picture)
    news = follow_news.News(themes=frozenset(), towns=frozenset(), now=facets_of(picture, need))
    for way in ("first time", "again"):
        start = perf_counter()
        found = sum(news.concerns(FollowKind.SEARCH, value) for value in wanted)
        spent = perf_counter() - start
        print(f"  {FOLLOWERS} searches against one need, {way}: {spent * 1000:7.1f} ms, {found} find it")
    start = perf_counter()
    for value in wanted[:NAIVE]:
        asked, _ = saved_searches.read(value)
        need in need_search.select(picture, replace(asked))  # noqa: B015  # what the naive way would do
    naive = (perf_counter() - start) * FOLLOWERS / NAIVE
    print(f"  every list asked for it ({len(picture.needs)} needs): {naive * 1000:7.0f} ms")
    print(f"  lists / matching: {naive / spent:.0f} times as long")


async def telling() -> None:
    """Print how long all are told in, and the longest that another write waited meanwhile."""
    longest, done = 0.0, asyncio.Event()

    async def others() -> None:
        nonlocal longest
        while not done.is_set():
            start = perf_counter()
            await write(_nothing)
            longest = max(longest, perf_counter() - start)
            await asyncio.sleep(0.005)

    waiting = asyncio.create_task(others())
    start = perf_counter()
    while (await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)).taken:
        pass
    spent = perf_counter() - start
    done.set()
    await waiting
    told = await Notification.all().count()
    print(f"  {told} people told in {spent:.2f} s; another write waited {longest * 1000:.0f} ms at most")


async def _nothing(_: Writing) -> None:
    """A write that only wants the lock."""


async def header() -> None:
    """Print what the count in the header costs, with a hundred thousand notices of others."""
    now = datetime.now(UTC)
    people = [int(str(one)) for one in await Person.all().order_by("id").values_list("id", flat=True)]

    async def work(_: Writing) -> None:
        rows = (
            Notification(person_id=person, kind="news", text="x", path="/", created_at=now)
            for person in people * 10
        )
        await Notification.bulk_create(rows, batch_size=1000)

    await write(work)
    reader = Actor(person=people[5])
    spent = await _counting(reader)
    await database.connection().execute_script("DROP INDEX " + await _index())
    print(
        f"  the count in the header: {spent * 1000:.2f} ms; without its index {await _counting(reader) * 1000:.2f} ms"
    )


async def _counting(reader: Actor) -> float:
    start = perf_counter()
    for _ in range(100):
        await inbox.unread(reader)
    return (perf_counter() - start) / 100


async def _index() -> str:
    rows = await database.connection().execute_query_dict(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'notification' AND sql LIKE '%read_at%'"
    )
    return str(rows[0]["name"])


async def measured(settings: Settings) -> None:
    """Print the table."""
    async with database.opened(settings):
        await migrating.migrate(settings, lambda _: None)
        await load(lambda _: None)
        picture = await catalogue.open_catalogue()
        await fill(picture)
        start = perf_counter()
        need = await needs.publish(OFFICER, NEED)
        print(f"  publishing a need with {FOLLOWERS} followers: {(perf_counter() - start) * 1000:.0f} ms")
        await matching(need.number)
        await telling()
        await header()


def main() -> None:
    """Measure on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(Settings(data=Path(folder))))


if __name__ == "__main__":
    main()
