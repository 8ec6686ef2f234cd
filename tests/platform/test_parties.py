"""A need that several bodies share: invited by its owner, joined by each body's own officer."""

from __future__ import annotations

import pytest

from cast import BALLABIO, BALLABIO_OFFICER, COORDINATOR, LABORATORY, LECCO_OFFICER, NEED, PASTURO_OFFICER
from raccordo import conflicts, match_records, needs, parties, partnerships
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind, Notification, PartyStatus
from raccordo.people import VISITOR
from raccordo.published import Need
from raccordo.refusals import NotAllowed, NotFound, Refused

TOWN = BodyKind.MUNICIPALITY


@pytest.fixture
async def need(current: Catalogue) -> Need:
    return await needs.publish(PASTURO_OFFICER, NEED)


async def invited(need: Need) -> None:
    await parties.invite(PASTURO_OFFICER, need.number, TOWN, BALLABIO)


async def test_a_body_that_joins_is_seen_by_everybody(need: Need) -> None:
    await invited(need)
    assert await parties.of_need(VISITOR, need) == ()
    await parties.join(BALLABIO_OFFICER, need.number)
    [party] = await parties.of_need(VISITOR, need)
    assert (party.name, party.status) == ("Ballabio", PartyStatus.JOINED)


async def test_an_invitation_is_known_to_the_two_and_the_coordinators(need: Need) -> None:
    await invited(need)
    seen = [len(await parties.of_need(one, need)) for one in (PASTURO_OFFICER, BALLABIO_OFFICER, COORDINATOR)]
    assert seen == [1, 1, 1]
    assert [await parties.of_need(one, need) for one in (LECCO_OFFICER, LABORATORY)] == [(), ()]


async def test_only_the_owner_invites(need: Need) -> None:
    for stranger in (BALLABIO_OFFICER, LABORATORY, COORDINATOR, VISITOR):
        with pytest.raises(NotAllowed):
            await parties.invite(stranger, need.number, TOWN, "097042")


@pytest.mark.parametrize("code", ["999999", "097065", ""])
async def test_the_owner_and_the_unknown_are_not_invited(need: Need, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        await parties.invite(PASTURO_OFFICER, need.number, TOWN, code)
    assert refusal.value.fields[0].field == "code"


async def test_nobody_joins_uninvited(need: Need) -> None:
    for stranger in (LECCO_OFFICER, LABORATORY, VISITOR):
        with pytest.raises(NotFound):
            await parties.join(stranger, need.number)


async def test_a_body_that_declined_can_be_asked_again(need: Need) -> None:
    await invited(need)
    await parties.decline(BALLABIO_OFFICER, need.number)
    with pytest.raises(Refused):
        await parties.join(BALLABIO_OFFICER, need.number)
    await invited(need)
    assert (await parties.join(BALLABIO_OFFICER, need.number)).status is PartyStatus.JOINED


async def test_a_party_reads_the_match_and_is_told_and_the_owner_leads(need: Need) -> None:
    await invited(need)
    await parties.join(BALLABIO_OFFICER, need.number)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    assert await match_records.find(BALLABIO_OFFICER, record.id) == record
    assert record.parties == ((TOWN, BALLABIO),)
    assert await Notification.filter(kind="match_ask").count() == 1
    with pytest.raises(NotAllowed):
        await partnerships.drop(BALLABIO_OFFICER, record.id, record.version)


async def test_a_partys_conflict_blocks_too(need: Need) -> None:
    await conflicts.declare(LABORATORY, "infralab", TOWN, BALLABIO, "Un fratello")
    await invited(need)
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    record = await partnerships.ask(PASTURO_OFFICER, record.id, record.version)
    with pytest.raises(Refused) as refusal:
        await parties.join(BALLABIO_OFFICER, need.number)
    assert refusal.value.code == "conflict"
