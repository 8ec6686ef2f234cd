"""One's own notices: counted, paged, read one by one or all, and never somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cast import NEED, PASTURO, PASTURO_OFFICER
from raccordo import digests, follow_news, follows, inbox, needs, outbox
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry
from raccordo.people import SYSTEM, VISITOR, Actor
from raccordo.refusals import NotAllowed, NotFound
from readers import officer, professor, tell


@pytest.fixture
async def anna(current: Catalogue) -> Actor:
    actor = await officer()
    assert actor.person
    for number in range(3):
        await tell(actor.person, f"Notizia {number}.", path=f"/bisogni/{number}")
    return actor


async def said(actor: Actor, **window: int) -> list[str]:
    return [str(notice.sentence) for notice in await inbox.newest(actor, **window)]


async def test_the_newest_comes_first_and_pages_follow_one_another(anna: Actor) -> None:
    assert await said(anna, most=2) == ["Notizia 2.", "Notizia 1."]
    last = (await inbox.newest(anna, 2))[-1].id
    await tell(anna.person or 0, "Arrivata nel frattempo.")
    assert await said(anna, most=2, before=last) == ["Notizia 0."]


async def test_one_is_read_then_all(anna: Actor) -> None:
    first = (await inbox.newest(anna))[0].id
    assert (await inbox.mark_read(anna, first), await inbox.unread(anna)) == (1, 2)
    assert (await inbox.mark_read(anna, first), await inbox.unread(anna)) == (0, 2)
    assert (await inbox.mark_read(anna), await inbox.unread(anna)) == (2, 0)
    assert await AuditEntry.filter(verb="mark_notification").count() == 2


@pytest.mark.parametrize("number", [0, -1, 2**63, 999_999])
async def test_a_number_that_is_not_there_is_not_found(anna: Actor, number: int) -> None:
    with pytest.raises(NotFound):
        await inbox.mark_read(anna, number)


async def test_somebody_else_s_notice_is_not_there(anna: Actor) -> None:
    bruno, hers = await professor(), (await inbox.newest(anna))[0].id
    with pytest.raises(NotFound):
        await inbox.mark_read(bruno, hers)
    assert await inbox.mark_read(bruno) == 0
    assert (await inbox.newest(bruno), await inbox.unread(anna)) == ((), 3)


async def test_opening_the_page_of_the_thing_reads_what_told_of_it(anna: Actor) -> None:
    assert await inbox.opened(anna, "/bisogni/1") == 1
    assert await inbox.opened(anna, "/bisogni/1") == 0
    assert [notice.read for notice in await inbox.newest(anna)] == [False, True, False]


async def test_a_program_that_may_only_read_reads_nothing_away(anna: Actor) -> None:
    program = replace(anna, scopes=frozenset({"read", "follows:read"}))
    assert (await inbox.opened(program, "/bisogni/1"), await inbox.unread(program)) == (0, 3)


@pytest.mark.parametrize("nobody", [VISITOR, SYSTEM], ids=["visitor", "command line"])
async def test_who_is_nobody_has_no_inbox(anna: Actor, nobody: Actor) -> None:
    assert (await inbox.newest(nobody), await inbox.unread(nobody)) == ((), 0)
    with pytest.raises(NotAllowed):
        await inbox.mark_read(nobody)


async def test_a_token_reads_with_its_scope_only(anna: Actor) -> None:
    assert await inbox.unread(replace(anna, scopes=frozenset({"read", "needs:write"}))) == 0
    assert await inbox.unread(replace(anna, scopes=frozenset({"follows:read"}))) == 3


async def test_a_demonstration_s_actor_has_an_inbox_of_its_own(current: Catalogue) -> None:
    assert await inbox.unread(PASTURO_OFFICER) == 0
    await follows.follow(PASTURO_OFFICER, "MUNICIPALITY", PASTURO)
    await needs.publish(await officer(), NEED)
    await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)
    assert await inbox.unread(PASTURO_OFFICER) == 1


async def test_a_mail_groups_what_is_followed_under_its_heading(anna: Actor) -> None:
    import json

    from raccordo.models import OutboxEvent

    await follows.follow(anna, "MUNICIPALITY", PASTURO)
    await needs.publish(PASTURO_OFFICER, NEED)
    await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)
    await tell(anna.person or 0, "Tocca ad Anna.", urgent=True)
    assert await digests.gather(datetime.now(UTC) + timedelta(days=8)) == 1
    values = json.loads((await OutboxEvent.get(kind="mail")).payload)["values"]
    assert [item.get("heading") for item in values["items"]] == [
        "Aspetta una risposta",
        "Altre novità",
        None,
        None,
        "Bisogni e offerte fra ciò che si segue",
    ]
    assert values["follows"] is True
