"""Who hears what about a proposed need, when it ends by itself, and what the log says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from cast import (
    BALLABIO,
    NEED,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY,
    VALLEY_OFFICER,
)
from raccordo import audit
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, Membership, Notification, ProposedNeedState, Role
from raccordo.need_input import NeedInput
from raccordo.proposed_need_records import ProposedNeedRecord, find, next_step
from raccordo.proposed_needs import confirm, expire, propose, revise
from readers import officer, person

OTHER = NeedInput(title="Un muro che cede", description="Il muro sotto la strada cede a ogni pioggia.")
LATER = datetime.now(UTC) + timedelta(days=61)


@pytest.fixture
async def waiting(current: Catalogue) -> ProposedNeedRecord:
    """What the valley proposed for Pasturo."""
    return await propose(VALLEY_OFFICER, PASTURO, NEED)


async def test_after_sixty_days_it_ends_and_both_are_told(current: Catalogue) -> None:
    await officer()
    await officer("valle@example.invalid", body=BALLABIO)  # another town hears nothing
    record = await propose(VALLEY_OFFICER, PASTURO, NEED)
    assert await expire(record.expires_at - timedelta(seconds=1)) == 0
    assert await expire(record.expires_at) == 1
    assert await expire(LATER) == 0
    assert (await find(VALLEY_OFFICER, record.number)).state is ProposedNeedState.EXPIRED
    assert await Notification.filter(kind="need_expire").count() == 2
    entry = await AuditEntry.get(verb="expire_proposed_need")
    assert (entry.acting_as, entry.person_id) == ("SYSTEM", None)  # type: ignore[attr-defined]  # Tortoise adds it


async def test_a_change_gives_it_sixty_days_more(waiting: ProposedNeedRecord) -> None:
    after = await revise(VALLEY_OFFICER, waiting.number, waiting.version, OTHER)
    assert await expire(after.expires_at - timedelta(microseconds=1)) == 0


async def test_the_municipality_is_told_at_once_and_the_poster_of_the_answer(current: Catalogue) -> None:
    town = await officer()
    record = await propose(VALLEY_OFFICER, PASTURO, NEED)
    told = await Notification.get(person_id=town.person)
    assert (told.kind, told.urgent, told.path) == (
        "need_proposed",
        True,
        f"/bisogni/proposti/{record.number}",
    )
    after = await confirm(town, record.number, record.version)
    answer = await Notification.get(kind="need_confirm")
    assert answer.path == f"/bisogni/{after.need}"
    assert NEED.title in answer.values


async def test_what_is_decided_is_no_longer_mailed_to_the_other_officers(current: Catalogue) -> None:
    town = await officer()
    await officer("seconda@comune.example")
    record = await propose(VALLEY_OFFICER, PASTURO, NEED)
    await confirm(town, record.number, record.version)
    assert await Notification.filter(kind="need_proposed", read_at=None).count() == 0


async def test_where_nobody_has_an_account_the_coordination_is_told_once_and_nothing_is_lost(
    current: Catalogue,
) -> None:
    coordinator = await person("c@anci.invalid", "Carla")
    await Membership.create(person=coordinator, role=Role.COORDINATOR)
    for _ in range(2):
        record = await propose(VALLEY_OFFICER, PASTURO, NEED)
    assert not record.told
    assert "Chiedere un’utenza" in str(next_step(record)[0])
    [told] = await Notification.filter(person=coordinator)
    assert (told.kind, told.path, NEED.title in told.values) == ("no_officer", f"/comuni/{PASTURO}", False)
    town = await officer()
    await expire(datetime.now(UTC))
    await expire(datetime.now(UTC))
    assert await Notification.filter(person_id=town.person, kind="need_proposed").count() == 2
    assert (await find(town, record.number)).told


async def test_the_log_says_who_acted_for_whom_and_on_whose_behalf(current: Catalogue) -> None:
    record = await propose(VALLEY_OFFICER, PASTURO, NEED)
    record = await revise(VALLEY_OFFICER, record.number, record.version, OTHER)
    record = await confirm(PASTURO_OFFICER, record.number, record.version)
    entries = await AuditEntry.all().order_by("number").select_related("person")
    valley, town = f"DEMO OFFICER MOUNTAIN_COMMUNITY:{VALLEY}", f"DEMO OFFICER MUNICIPALITY:{PASTURO}"
    assert [(one.verb, one.acting_as, one.person and one.person.name) for one in entries] == [
        ("propose_proposed_need", valley, valley),
        ("revise_proposed_need", valley, valley),
        ("publish", town, town),
        ("confirm_proposed_need", town, town),
    ]
    for entry in (entries[0], entries[1], entries[3]):
        assert json.loads(entry.details)["on_behalf_of"] == f"MUNICIPALITY:{PASTURO}"
        assert json.loads(entry.details)["proposed_by"] == f"MOUNTAIN_COMMUNITY:{VALLEY}"
    assert json.loads(entries[2].details) == {"version": 1, "proposed_need": record.number}
    assert not any(words in entry.details for entry in entries for words in (NEED.title, OTHER.title))
    assert (await audit.verify()).breaks == ()
