"""When a person is written to, and that much news makes little mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from raccordo import digests, mail_preferences
from raccordo.catalogue import Catalogue
from raccordo.models import MailFrequency, Notification, OutboxEvent, Person
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound, Refused
from readers import officer, tell

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def anna(current: Catalogue) -> Actor:
    return await officer()


async def told(actor: Actor, *, urgent: bool = False, at: datetime = NOW) -> None:
    assert actor.person
    before = {row.id for row in await Notification.all()}
    await tell(actor.person, urgent=urgent)
    await Notification.exclude(id__in=list(before) or [0]).update(created_at=at)


async def mails() -> list[str]:
    rows = await OutboxEvent.filter(kind="mail").order_by("id").values_list("payload", flat=True)
    return [str(row) for row in rows]


async def test_by_default_news_waits_for_a_week_and_comes_in_one_mail(anna: Actor) -> None:
    for hours in range(50):
        await told(anna, at=NOW + hours * HOUR)
    assert await digests.gather(NOW + timedelta(days=6)) == 0
    assert await digests.gather(NOW + timedelta(days=7)) == 1
    assert await digests.gather(NOW + timedelta(days=15)) == 0
    assert await Notification.filter(mailed_at=None).count() == 0


@pytest.mark.parametrize(
    ("frequency", "wait"),
    [
        (MailFrequency.AT_ONCE, timedelta(0)),
        (MailFrequency.DAILY, timedelta(days=1)),
        (MailFrequency.WEEKLY, timedelta(days=7)),
    ],
)
async def test_a_chosen_frequency_is_kept(anna: Actor, frequency: MailFrequency, wait: timedelta) -> None:
    await mail_preferences.choose(anna, frequency)
    await told(anna)
    assert await digests.gather(NOW + wait - timedelta(seconds=1)) == 0
    assert await digests.gather(NOW + wait) == 1


async def test_never_means_no_digest(anna: Actor) -> None:
    await mail_preferences.choose(anna, MailFrequency.NEVER)
    await told(anna)
    assert await digests.gather(NOW + timedelta(days=400)) == 0


@pytest.mark.parametrize("frequency", list(MailFrequency))
async def test_what_waits_for_an_answer_comes_at_once(anna: Actor, frequency: MailFrequency) -> None:
    await mail_preferences.choose(anna, frequency)
    await told(anna, urgent=True)
    assert await digests.gather(NOW) == 1


async def test_what_was_read_is_not_mailed(anna: Actor) -> None:
    await told(anna, urgent=True)
    await Notification.all().update(read_at=NOW)
    assert await digests.gather(NOW) == 0


async def test_nobody_gets_more_than_the_cap_a_day_and_the_last_one_says_so(anna: Actor) -> None:
    for minute in range(20):
        await told(anna, urgent=True)
        await digests.gather(NOW + timedelta(minutes=minute))
    sent = await mails()
    assert len(sent) == digests.MOST_A_DAY
    said = [f'"last_today": {digests.MOST_A_DAY}' in mail for mail in sent]
    assert said == [False] * (digests.MOST_A_DAY - 1) + [True]
    assert await digests.gather(NOW + timedelta(days=1, minutes=1)) == 1
    assert await Notification.filter(mailed_at=None).count() == 0


async def test_two_workers_do_not_tell_the_same_news_twice(anna: Actor) -> None:
    import asyncio

    await told(anna, urgent=True)
    assert sum(await asyncio.gather(*(digests.gather(NOW) for _ in range(4)))) == 1


async def test_a_link_in_the_mail_changes_the_preference_again_and_again(anna: Actor) -> None:
    await told(anna, urgent=True)
    await digests.gather(NOW)
    secret = (await mails())[0].partition('"preferences": "')[2].partition('"')[0]
    assert await mail_preferences.chosen_by_link(secret) is MailFrequency.WEEKLY
    await mail_preferences.choose_by_link(secret, "NEVER")
    await mail_preferences.choose_by_link(secret, "DAILY")
    assert await mail_preferences.chosen(anna) is MailFrequency.DAILY


async def test_a_made_up_link_opens_nothing(anna: Actor) -> None:
    with pytest.raises(NotFound):
        await mail_preferences.choose_by_link("inventato", "NEVER")


async def test_visitors_have_no_preference(anna: Actor) -> None:
    with pytest.raises(NotAllowed):
        await mail_preferences.choose(VISITOR, "NEVER")


async def test_an_unknown_frequency_is_refused(anna: Actor) -> None:
    with pytest.raises(Refused):
        await mail_preferences.choose(anna, "HOURLY")


async def test_mail_is_in_the_reader_s_language(anna: Actor) -> None:
    await Person.filter(id=anna.person).update(language="en")
    await told(anna, urgent=True)
    await digests.gather(NOW)
    assert '"language": "en"' in (await mails())[0]
