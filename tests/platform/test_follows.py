"""What a person follows: once, its own, at most a hundred; a town that merged is its successor."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from cast import LECCO, PASTURO
from raccordo import audit, catalogue, follows
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, Follow, FollowKind
from raccordo.people import SYSTEM, VISITOR, Actor
from raccordo.refusals import NotAllowed, Refused
from readers import officer, professor

FORMER, SUCCESSOR = "013199", "013256"  # Ronago, and Uggiate con Ronago


@pytest.fixture
async def anna(current: Catalogue) -> Actor:
    return await officer()


async def names(actor: Actor) -> list[str]:
    return [follows.name_of(catalogue.current(), one, "it") for one in await follows.of(actor)]


async def test_what_is_followed_is_listed_the_last_first(anna: Actor) -> None:
    await follows.follow(anna, "THEME", "strade-ponti")
    await follows.follow(anna, "MUNICIPALITY", LECCO)
    await follows.follow(anna, "SEARCH", "testo=frana")
    assert await names(anna) == ["Bisogni con le parole «frana»", "Lecco", "Strade, ponti e infrastrutture"]
    assert [one.feed for one in await follows.of(anna)] == [
        "/bisogni.atom?testo=frana",
        "/comuni/097042.atom",
        "/temi/strade-ponti.atom",
    ]


async def test_the_same_thing_is_followed_once_also_by_ten_at_once(anna: Actor) -> None:
    ways = ["testo=frana&tema=bonifiche", "tema=bonifiche&testo=FRANA"] * 5
    await asyncio.gather(*(follows.follow(anna, "SEARCH", way) for way in ways))
    assert await Follow.all().count() == 1
    assert await AuditEntry.filter(verb="add_follow").count() == 1


async def test_nobody_follows_more_than_a_hundred(anna: Actor, current: Catalogue) -> None:
    towns = list(current.municipalities)[: follows.MOST + 1]
    for code in towns[:-1]:
        await follows.follow(anna, "MUNICIPALITY", code)
    with pytest.raises(Refused) as refusal:
        await follows.follow(anna, "MUNICIPALITY", towns[-1])
    assert refusal.value.code == "too_many"
    assert (await follows.follow(anna, "MUNICIPALITY", towns[0])).value == towns[0]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("THEME", "niente"),
        ("THEME", "x" * 100_000),
        ("THEME", "\x00"),
        ("MUNICIPALITY", "999999"),
        ("MUNICIPALITY", ""),
        ("SEARCH", "altro=1"),
        ("LABORATORY", "infralab"),
        ("", ""),
    ],
)
async def test_what_does_not_exist_is_refused(anna: Actor, kind: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        await follows.follow(anna, kind, value)
    assert refusal.value.fields[0].field in {"kind", "value"}
    assert await Follow.all().count() == 0


async def test_following_no_longer_takes_only_one_s_own(anna: Actor) -> None:
    bruno = await professor()
    await follows.follow(bruno, "THEME", "strade-ponti")
    assert await follows.unfollow(anna, "THEME", "strade-ponti") == 0
    assert len(await follows.of(bruno)) == 1
    assert await follows.unfollow(bruno, "THEME", "strade-ponti") == 1
    assert await follows.of(bruno) == ()


@pytest.mark.parametrize("value", ["", "niente", "\x00", "x" * 100_000, "\ud800"])
async def test_what_was_not_followed_can_be_followed_no_longer(anna: Actor, value: str) -> None:
    for kind in FollowKind:
        assert await follows.unfollow(anna, kind.value, value) == 0


@pytest.mark.parametrize("nobody", [VISITOR, SYSTEM], ids=["visitor", "command line"])
async def test_who_is_nobody_follows_nothing(current: Catalogue, nobody: Actor) -> None:
    for act in (follows.follow, follows.unfollow):
        with pytest.raises(NotAllowed):
            await act(nobody, "THEME", "strade-ponti")
    assert await follows.of(nobody) == ()


async def test_a_token_needs_its_scope(anna: Actor) -> None:
    reading = replace(anna, scopes=frozenset({"follows:read"}))
    with pytest.raises(NotAllowed):
        await follows.follow(reading, "THEME", "strade-ponti")
    await follows.follow(replace(anna, scopes=frozenset({"follows:write"})), "THEME", "strade-ponti")
    assert len(await follows.of(reading)) == 1
    assert await follows.of(replace(anna, scopes=frozenset({"read"}))) == ()


async def test_a_former_code_follows_the_town_that_continues_it(anna: Actor) -> None:
    assert (await follows.follow(anna, "MUNICIPALITY", FORMER)).value == SUCCESSOR


async def test_followers_of_a_town_that_merged_follow_its_successor(anna: Actor) -> None:
    await follows.follow(anna, "MUNICIPALITY", SUCCESSOR)
    await Follow.all().update(value=FORMER)  # as if it had merged since
    await follows.follow(anna, "MUNICIPALITY", SUCCESSOR)
    [one] = await follows.of(anna)
    assert (one.value, one.was, one.gone) == (SUCCESSOR, FORMER, None)
    assert await follows.follows(anna, FollowKind.MUNICIPALITY, SUCCESSOR)
    assert await follows.unfollow(anna, "MUNICIPALITY", SUCCESSOR) == 1


async def test_two_towns_that_became_one_are_listed_once(anna: Actor) -> None:
    await follows.follow(anna, "MUNICIPALITY", SUCCESSOR)
    first = await Follow.get()
    await Follow.create(person_id=anna.person, kind=first.kind, value=FORMER, created_at=first.created_at)
    assert await names(anna) == ["Uggiate con Ronago"]
    await follows.unfollow(anna, "MUNICIPALITY", SUCCESSOR)
    assert await Follow.all().count() == 0


async def test_a_search_whose_theme_is_gone_says_so_and_can_be_left(
    anna: Actor, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    await follows.follow(anna, "SEARCH", "tema=bonifiche")
    themes = {slug: theme for slug, theme in current.themes.items() if slug != "bonifiche"}
    monkeypatch.setattr(catalogue, "_current", replace(current, themes=themes))
    [one] = await follows.of(anna)
    assert str(one.gone) == "Questo tema non esiste."
    assert await follows.unfollow(anna, "SEARCH", one.value) == 1


async def test_the_log_says_who_followed_and_not_what(anna: Actor) -> None:
    await follows.follow(anna, "SEARCH", "testo=cognome")
    await follows.unfollow(anna, "SEARCH", "testo=cognome")
    assert not any("cognome" in entry.details for entry in await AuditEntry.all())
    assert (await audit.verify()).breaks == ()


async def test_what_a_demonstration_s_actor_follows_is_kept(current: Catalogue) -> None:
    from cast import PASTURO_OFFICER

    assert await follows.of(PASTURO_OFFICER) == ()
    await follows.follow(PASTURO_OFFICER, "MUNICIPALITY", PASTURO)
    assert await names(PASTURO_OFFICER) == ["Pasturo"]
