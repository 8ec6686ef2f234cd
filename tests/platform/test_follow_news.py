"""A published need is told once to everybody who follows what it concerns, and to nobody else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cast import BALLABIO, BALLABIO_OFFICER, LECCO, NEED, PASTURO, PASTURO_OFFICER
from raccordo import follow_news, follows, inbox, needs, notifications, outbox, parties
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.models import BodyKind, Follow, Notification, OutboxEvent, Person, PersonStatus
from raccordo.need_input import NeedInput
from raccordo.outbox import Event, GivenUp
from raccordo.people import Actor
from readers import officer, professor

THEME = "strade-ponti"
ABOUT = replace(NEED, themes=(THEME,))
OTHER = NeedInput(title="Bollette", description="Le bollette della scuola sono alte.", themes=("bonifiche",))


@pytest.fixture
async def bruno(current: Catalogue) -> Actor:
    """Somebody who follows, and publishes nothing."""
    return await professor()


async def delivered() -> None:
    while (await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)).taken:
        pass


async def told(actor: Actor) -> list[str]:
    await delivered()
    return [str(notice.sentence) for notice in await inbox.newest(actor)]


TOLD = ["Bisogno di Pasturo: «Un ponte vecchio sul torrente»."]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("THEME", THEME),
        ("MUNICIPALITY", PASTURO),
        ("SEARCH", "provincia=097&tema=strade-ponti"),
        ("SEARCH", "testo=torrente+ponte"),
        ("SEARCH", ""),
    ],
)
async def test_who_follows_it_is_told(bruno: Actor, kind: str, value: str) -> None:
    await follows.follow(bruno, kind, value)
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    assert await told(bruno) == TOLD
    [notice] = await inbox.newest(bruno)
    assert (notice.path, notice.urgent, notice.read) == (f"/bisogni/{need.number}", False, False)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("THEME", "bonifiche"),
        ("MUNICIPALITY", LECCO),
        ("SEARCH", "provincia=098"),
        ("SEARCH", "testo=bolletta"),
    ],
)
async def test_who_follows_something_else_is_not(bruno: Actor, kind: str, value: str) -> None:
    await follows.follow(bruno, kind, value)
    await needs.publish(PASTURO_OFFICER, ABOUT)
    assert await told(bruno) == []


async def test_an_inferred_theme_counts_as_its_page_shows_it(bruno: Actor, current: Catalogue) -> None:
    await follows.follow(bruno, "THEME", THEME)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    assert (THEME in need.themes, need.inferred >= {"themes"}) == (True, True)
    assert await told(bruno) == TOLD


async def test_many_follows_that_match_make_one_notice(bruno: Actor) -> None:
    for kind, value in (
        ("THEME", THEME),
        ("MUNICIPALITY", PASTURO),
        ("SEARCH", "testo=ponte"),
        ("SEARCH", ""),
    ):
        await follows.follow(bruno, kind, value)
    await needs.publish(PASTURO_OFFICER, ABOUT)
    assert await told(bruno) == TOLD


async def test_its_author_is_not_told(current: Catalogue) -> None:
    anna = await officer()
    await follows.follow(anna, "MUNICIPALITY", PASTURO)
    await needs.publish(anna, ABOUT)
    assert await told(anna) == []


async def test_delivered_twice_or_by_two_it_is_told_once(bruno: Actor) -> None:
    await follows.follow(bruno, "THEME", THEME)
    await needs.publish(PASTURO_OFFICER, ABOUT)
    [event] = await outbox.take(datetime.now(UTC), kind=follow_news.EVENT)
    assert sum(await asyncio.gather(*(follow_news.deliver(event) for _ in range(4)))) == 1
    assert await told(bruno) == TOLD


async def test_a_worker_that_dies_half_way_begins_again(
    bruno: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await officer()
    monkeypatch.setattr(follow_news, "BATCH", 1)
    for one in (bruno, anna):
        await follows.follow(one, "THEME", THEME)
    await needs.publish(BALLABIO_OFFICER, ABOUT)
    notify, calls = notifications.notify, []

    async def dying(*given: object, **more: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError
        await notify(*given, **more)  # type: ignore[arg-type]  # passed on as they came

    with monkeypatch.context() as first_try:
        first_try.setattr(notifications, "notify", dying)
        await delivered()
    assert await Notification.all().count() == 1
    await OutboxEvent.filter(done_at=None).update(due_at=datetime.now(UTC))
    assert len(await told(bruno)) == len(await told(anna)) == 1


async def test_a_need_that_was_withdrawn_meanwhile_is_no_news(bruno: Actor) -> None:
    await follows.follow(bruno, "THEME", THEME)
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    assert await told(bruno) == []


async def test_withdrawing_takes_back_what_nobody_read_and_publishing_again_tells_it(bruno: Actor) -> None:
    await follows.follow(bruno, "THEME", THEME)
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    assert await told(bruno) == TOLD
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    assert await told(bruno) == []
    await needs.publish_again(PASTURO_OFFICER, need.number, 2)
    assert await told(bruno) == TOLD


async def test_who_read_it_is_not_told_again(bruno: Actor) -> None:
    await follows.follow(bruno, "THEME", THEME)
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    await delivered()
    await inbox.mark_read(bruno)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    await needs.publish_again(PASTURO_OFFICER, need.number, 2)
    assert await told(bruno) == TOLD


async def test_a_revision_is_news_for_whoever_it_newly_concerns(bruno: Actor) -> None:
    await follows.follow(bruno, "SEARCH", "testo=bollette")
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    assert await told(bruno) == []
    await needs.revise(PASTURO_OFFICER, need.number, 1, OTHER)
    assert await told(bruno) == ["Bisogno di Pasturo: «Bollette»."]


@pytest.mark.parametrize(
    ("kind", "value"), [("THEME", THEME), ("MUNICIPALITY", PASTURO), ("SEARCH", "testo=ponte")]
)
async def test_a_revision_is_no_news_where_the_need_was_already_found(
    bruno: Actor, kind: str, value: str
) -> None:
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    await delivered()
    await follows.follow(bruno, kind, value)
    await needs.revise(PASTURO_OFFICER, need.number, 1, replace(ABOUT, funding="Un bando"))
    assert await told(bruno) == []


async def test_a_town_that_comes_to_share_a_need_tells_its_followers(bruno: Actor) -> None:
    need = await needs.publish(PASTURO_OFFICER, ABOUT)
    await delivered()
    anna = await officer(body=LECCO)
    await follows.follow(anna, "THEME", THEME)
    await follows.follow(bruno, "MUNICIPALITY", BALLABIO)
    await parties.invite(PASTURO_OFFICER, need.number, BodyKind.MUNICIPALITY, BALLABIO)
    assert await told(bruno) == []
    await parties.join(BALLABIO_OFFICER, need.number)
    assert (await told(bruno), await told(anna)) == (TOLD, [])


async def test_followers_of_a_town_that_merged_hear_of_its_successor(bruno: Actor) -> None:
    from cast import officer_of

    await follows.follow(bruno, "MUNICIPALITY", "013256")
    await Follow.all().update(value="013199")  # as if Ronago had merged since
    await needs.publish(officer_of("013256"), ABOUT)
    assert len(await told(bruno)) == 1


async def test_examples_make_no_news(bruno: Actor, current: Catalogue) -> None:
    await follows.follow(bruno, "SEARCH", "")
    example = next(number for number, need in current.needs.items() if need.example)

    async def announce(writing: Writing) -> None:
        await follow_news.announce(writing, example, None)

    await write(announce)
    assert await told(bruno) == []


async def test_who_is_no_longer_here_is_not_told(bruno: Actor) -> None:
    await follows.follow(bruno, "THEME", THEME)
    await Person.filter(id=bruno.person).update(status=PersonStatus.ERASED)
    await needs.publish(PASTURO_OFFICER, ABOUT)
    await delivered()
    assert await Notification.all().count() == 0


async def test_a_stored_search_that_no_longer_reads_stops_nobody_else_s_news(bruno: Actor) -> None:
    anna = await officer()
    await follows.follow(anna, "SEARCH", "")
    await Follow.all().update(value="filtro_di_una_volta=1")
    await follows.follow(bruno, "THEME", THEME)
    await needs.publish(BALLABIO_OFFICER, ABOUT)
    assert (len(await told(bruno)), await told(anna)) == (1, [])


async def test_news_of_no_need_are_given_up(current: Catalogue) -> None:
    with pytest.raises(GivenUp):
        await follow_news.deliver(Event(id=1, kind=follow_news.EVENT, payload={"need": "1"}, attempt=1))
