"""Municipalities that merge away: what was theirs goes to their successor."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import NEED, officer_of
from people_of_tests import member
from raccordo import association_progress, associations, catalogue, loading, models, needs
from raccordo.association_input import AssociationInput
from raccordo.association_path import next_step
from raccordo.catalogue import Catalogue
from raccordo.holders import Held
from raccordo.models import BodyKind, Need, Role
from raccordo.people import Actor
from raccordo.proposed_need_records import readable_by
from raccordo.proposed_needs import confirm, propose
from raccordo.refusals import Refused
from raccordo.settings import Settings
from shipped import edit, refusal, rewrite, silent

AGRA, ALBIZZATE = "012001", "012002"


def merge_agra(folder: Path) -> None:
    """Agra goes into Albizzate on 1 January 2027, in every file."""
    rewrite(folder, "municipalities", lambda rows: [row for row in rows if row["istat_code"] != AGRA])
    rewrite(
        folder, "borders", lambda rows: [row for row in rows if AGRA not in (row["first"], row["second"])]
    )
    succession = {
        "predecessor_istat": AGRA, "predecessor": "Agra", "predecessor_cadastral_code": "A085",
        "successor_istat": ALBIZZATE, "successor": "Albizzate", "successor_cadastral_code": "A167",
        "on": "2027-01-01", "source": "test",
    }  # fmt: skip
    rewrite(folder, "successions", lambda rows: [*rows, succession])
    rewrite(
        folder,
        "needs",
        lambda rows: [row | ({"owner_code": ALBIZZATE} if row["owner_code"] == AGRA else {}) for row in rows],
    )


async def test_a_municipality_that_merges_away_leaves_what_it_had_to_its_successor(
    opened_database: Settings, folder: Path
) -> None:
    old = await models.TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=AGRA)
    new = await models.TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=ALBIZZATE)
    await Need.filter(external_id="N01").update(owner_id=old.id, version=2)
    union = await models.UnionOfMunicipalities.create(code="u", body=old, name="U")
    await models.UnionMember.create(union=union, municipality_id=AGRA)
    merge_agra(folder)
    await loading.load(silent, folder)
    assert not await models.Municipality.exists(istat_code=AGRA)
    assert str((await models.TerritorialBody.get(id=old.id)).closed_on) == "2027-01-01"
    assert await Need.filter(external_id="N01", owner_id=new.id).exists()
    assert await models.UnionMember.filter(union=union, municipality_id=ALBIZZATE).exists()


async def test_needs_with_the_same_key_are_told_apart_when_their_owners_merge(
    opened_database: Settings, folder: Path
) -> None:
    for code in (AGRA, ALBIZZATE):
        await needs.publish(officer_of(code), NEED, "X1")
    merge_agra(folder)
    await loading.load(silent, folder)
    rows = await Need.filter(example=False).order_by("number")
    assert [row.external_id for row in rows] == [f"{AGRA}:X1", "X1"]


async def test_whoever_worked_for_it_works_for_its_successor(opened_database: Settings, folder: Path) -> None:
    agra, albizzate = (Held(body=(BodyKind.MUNICIPALITY, code)) for code in (AGRA, ALBIZZATE))
    one = await member("Anna", (Role.OFFICER, agra))
    both = await member("Bruno", (Role.OFFICER, agra), (Role.OFFICER, albizzate))
    merge_agra(folder)
    await loading.load(silent, folder)
    codes = await models.Membership.all().order_by("id").values_list("body__code", flat=True)
    assert (one.numbers, both.numbers) == ((1,), (2, 3))
    assert [str(code) for code in codes] == [ALBIZZATE, AGRA, ALBIZZATE]


async def test_a_municipality_that_changes_province_keeps_its_cadastral_code(
    opened_database: Settings, folder: Path
) -> None:
    merge_agra(folder)
    edit(folder, "municipalities", 2, cadastral_code="A085")
    await loading.load(silent, folder)
    assert (await models.Municipality.get(istat_code=ALBIZZATE)).cadastral_code == "A085"


async def test_a_municipality_cannot_vanish_without_a_successor(
    opened_database: Settings, folder: Path
) -> None:
    merge_agra(folder)
    rewrite(folder, "successions", lambda rows: rows[:-1])
    (problem,) = await refusal(folder)
    assert problem.startswith("municipalities.csv: manca Agra (012001), che il registro ha: aggiungerlo")


async def test_what_waits_for_a_municipality_that_merges_waits_for_its_successor(
    opened_database: Settings, folder: Path, current: Catalogue
) -> None:
    varese = Actor(role=Role.OFFICER, body_kind=BodyKind.PROVINCE, body_code="012", demo=True)
    record = await propose(varese, AGRA, NEED)
    merge_agra(folder)
    await loading.load(silent, folder)
    await catalogue.catch_up()
    successor = Actor(role=Role.OFFICER, body_kind=BodyKind.MUNICIPALITY, body_code=ALBIZZATE, demo=True)
    assert [one.number for one in await readable_by(successor)] == [record.number]
    after = await confirm(successor, record.number, record.version)
    assert catalogue.current().needs[after.need or 0].owner_code == ALBIZZATE


async def test_a_joint_management_with_a_municipality_that_merges_waits_to_be_written_anew(
    opened_database: Settings, folder: Path, current: Catalogue
) -> None:
    wanted = AssociationInput(function="i", members=(AGRA, "012003"), lead=AGRA, reason="Insieme.")
    record = await associations.propose(officer_of(AGRA), wanted)
    merge_agra(folder)
    await loading.load(silent, folder)
    await catalogue.catch_up()
    successor = officer_of(ALBIZZATE)
    with pytest.raises(Refused, match="merged"):
        await associations.adhere(successor, record.number, record.version)
    with pytest.raises(Refused):
        await association_progress.choose_form(
            successor, record.number, record.version, "CONVENTION", ALBIZZATE
        )
    after = await associations.take_back(successor, record.number, record.version)
    assert "Ritirata" in next_step(after).sentence.say()
