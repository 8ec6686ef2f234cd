"""Who may write needs for whom: members only, as long as the municipality wants it, and not without end."""

from __future__ import annotations

import pytest

from cast import (
    BALLABIO,
    COORDINATOR,
    LABORATORY,
    LECCO,
    LECCO_OFFICER,
    NEED,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY_OFFICER,
)
from raccordo import catalogue, delegation, models
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry, BodyKind, Role
from raccordo.people import VISITOR, Actor
from raccordo.proposed_need_records import ProposedNeedRecord, find
from raccordo.proposed_needs import MOST_WAITING, propose, take_back
from raccordo.refusals import NotAllowed, Refused
from raccordo.settings import Settings

PROVINCE_OFFICER = Actor(role=Role.OFFICER, body_kind=BodyKind.PROVINCE, body_code="097", demo=True)


@pytest.fixture
async def waiting(current: Catalogue) -> ProposedNeedRecord:
    """What the valley proposed for Pasturo."""
    return await propose(VALLEY_OFFICER, PASTURO, NEED)


@pytest.mark.parametrize("actor", [PROVINCE_OFFICER, VALLEY_OFFICER], ids=lambda one: one.label)
async def test_every_body_that_the_municipality_belongs_to_may_propose(
    current: Catalogue, actor: Actor
) -> None:
    assert (await propose(actor, PASTURO, NEED)).poster[1] == actor.body_code


async def test_a_union_proposes_for_its_members(opened_database: Settings) -> None:
    body = await models.TerritorialBody.create(kind=BodyKind.UNION_OF_MUNICIPALITIES, code="u", name="U")
    union = await models.UnionOfMunicipalities.create(code="u", body=body, name="Unione")
    await models.UnionMember.create(union=union, municipality_id=PASTURO)
    await catalogue.open_catalogue()
    actor = Actor(role=Role.OFFICER, body_kind=BodyKind.UNION_OF_MUNICIPALITIES, body_code="u", demo=True)
    assert (await propose(actor, PASTURO, NEED)).poster_name == "Unione"
    assert [town.istat_code for town in await delegation.proposable(actor)] == [PASTURO]
    with pytest.raises(NotAllowed):
        await propose(actor, BALLABIO, NEED)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (VALLEY_OFFICER, LECCO),  # of the province, not of the valley
        (VALLEY_OFFICER, "015146"),
        (PASTURO_OFFICER, BALLABIO),
        (PASTURO_OFFICER, PASTURO),
        (LABORATORY, PASTURO),
        (COORDINATOR, PASTURO),
        (VISITOR, PASTURO),
    ],
)
async def test_nobody_else_proposes_anything(current: Catalogue, actor: Actor, code: str) -> None:
    with pytest.raises(NotAllowed):
        await propose(actor, code, NEED)


@pytest.mark.parametrize("code", ["", "999999", "x" * 5000])
async def test_an_unknown_municipality_is_said_beside_the_field(current: Catalogue, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        await propose(VALLEY_OFFICER, code, NEED)
    assert refusal.value.fields[0].field == "municipality"


async def test_a_former_code_leads_to_the_successor(current: Catalogue) -> None:
    old, row = next((code, row) for code, row in current.successions.items() if code != row.successor)
    town = current.municipalities[row.successor]
    actor = Actor(role=Role.OFFICER, body_kind=BodyKind.PROVINCE, body_code=town.province, demo=True)
    assert (await propose(actor, old, NEED)).municipality == (BodyKind.MUNICIPALITY, town.istat_code)


async def test_a_municipality_may_write_for_itself_and_change_its_mind(waiting: ProposedNeedRecord) -> None:
    await delegation.choose(PASTURO_OFFICER, PASTURO, accepts=False)
    with pytest.raises(Refused) as refusal:
        await propose(VALLEY_OFFICER, PASTURO, NEED)
    assert refusal.value.fields[0].code == "closed"
    assert PASTURO not in [town.istat_code for town in await delegation.proposable(VALLEY_OFFICER)]
    assert (await find(PASTURO_OFFICER, waiting.number)).waiting, "what waits can still be answered"
    await delegation.choose(PASTURO_OFFICER, PASTURO, accepts=True)
    assert (await propose(VALLEY_OFFICER, PASTURO, NEED)).waiting


async def test_choosing_twice_leaves_one_entry(current: Catalogue) -> None:
    for _ in range(2):
        await delegation.choose(PASTURO_OFFICER, PASTURO, accepts=False)
    assert await AuditEntry.filter(verb="choose_delegation").count() == 1


async def test_only_its_own_officers_choose(current: Catalogue) -> None:
    for stranger in (VALLEY_OFFICER, LECCO_OFFICER, COORDINATOR, VISITOR):
        with pytest.raises(NotAllowed):
            await delegation.choose(stranger, PASTURO, accepts=False)


async def test_only_so_many_wait_for_one_municipality(current: Catalogue) -> None:
    first, *_ = [await propose(VALLEY_OFFICER, PASTURO, NEED) for _ in range(MOST_WAITING)]
    with pytest.raises(Refused) as refusal:
        await propose(VALLEY_OFFICER, PASTURO, NEED)
    assert refusal.value.fields[0].code == "too_many"
    await propose(VALLEY_OFFICER, BALLABIO, NEED)
    await propose(PROVINCE_OFFICER, PASTURO, NEED)
    await take_back(VALLEY_OFFICER, first.number, first.version)
    assert (await propose(VALLEY_OFFICER, PASTURO, NEED)).waiting
