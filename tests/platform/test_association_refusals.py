"""What stands against a step of a joint management, one refusal each: unanswered, unled, in two unions, too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from associating import THREE, adhered, done, proposed, ready
from cast import BALLABIO, BALLABIO_OFFICER, LECCO, LECCO_OFFICER, PASTURO, PASTURO_OFFICER
from raccordo import association_progress, associations, catalogue
from raccordo.association_rows import AssociationRecord
from raccordo.catalogue import Catalogue
from raccordo.models import AssociationProposal, AssociationState, BodyKind, CooperationStep, TerritorialBody
from raccordo.published import UnionOfMunicipalities
from raccordo.refusals import Refused


async def chosen(record: AssociationRecord, form: str, lead: str) -> AssociationRecord:
    return await association_progress.choose_form(PASTURO_OFFICER, record.number, record.version, form, lead)


async def test_the_members_are_not_settled_while_somebody_has_not_answered(current: Catalogue) -> None:
    record = await adhered(await proposed(), (PASTURO_OFFICER, BALLABIO_OFFICER))
    with pytest.raises(Refused) as refusal:
        await done(record, CooperationStep.PARTNERS)
    assert [(one.field, one.code) for one in refusal.value.fields] == [("step", "waiting")]
    assert "Lecco" in refusal.value.fields[0].sentence.say()
    record = await adhered(record, (LECCO_OFFICER,))
    assert (await done(record, CooperationStep.PARTNERS)).settled(CooperationStep.PARTNERS)


async def test_it_does_not_begin_under_a_lead_that_said_no(current: Catalogue) -> None:
    record = await ready(await adhered(await proposed()))
    record = await associations.withdraw(LECCO_OFFICER, record.number, record.version, "Ci ripensiamo.")
    record = await associations.decline(LECCO_OFFICER, record.number, record.version, "No, grazie.")
    assert (record.waiting, len(record.remaining), record.lead) == ((), 2, LECCO)
    with pytest.raises(Refused, match="not_ready") as refusal:
        await done(record, CooperationStep.START)
    assert "Lecco era capofila e non ha aderito" in refusal.value.sentence.say()
    record = await adhered(await chosen(record, "CONVENTION", "Pasturo"), (BALLABIO_OFFICER,))
    assert (await done(record, CooperationStep.START)).state is AssociationState.STARTED


async def test_whoever_said_no_does_not_lead(current: Catalogue) -> None:
    record = await proposed()
    record = await associations.decline(BALLABIO_OFFICER, record.number, record.version, "No, grazie.")
    with pytest.raises(Refused) as refusal:
        await chosen(record, "CONVENTION", BALLABIO)
    assert [(one.field, one.code) for one in refusal.value.fields] == [("lead", "no_member")]


async def test_who_is_in_a_union_makes_no_second_one(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = await proposed()
    town = replace(current.municipalities[PASTURO], unions=("u1",))
    union = UnionOfMunicipalities(
        code="u1",
        name="Unione della valle",
        municipalities=(PASTURO,),
        population=1,
        place=town.place,
        source="",
    )
    picture = replace(current, unions={"u1": union}, municipalities={**current.municipalities, PASTURO: town})
    monkeypatch.setattr(catalogue, "_current", picture)
    with pytest.raises(Refused) as refusal:
        await chosen(record, "UNION", "Lecco")
    assert [(one.field, one.code) for one in refusal.value.fields] == [("form", "not_possible")]
    assert "Pasturo fa già parte di «Unione della valle»" in refusal.value.fields[0].sentence.say()
    assert (await chosen(record, "CONVENTION", "Lecco")).form == "CONVENTION"


async def test_a_body_has_twenty_proposals_on_the_way_and_no_more(current: Catalogue) -> None:
    own = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=PASTURO)
    now = datetime.now(UTC)
    columns = {
        "lead": own,
        "proposer": own,
        "state": AssociationState.OPEN,
        "proposed_at": now,
        "changed_at": now,
    }
    rows = [AssociationProposal(function_id="a", **columns) for _ in range(19)]
    await AssociationProposal.bulk_create(rows)
    await proposed()
    with pytest.raises(Refused, match="too_many"):
        await proposed(wanted=replace(THREE, function="a"))
    await proposed(LECCO_OFFICER, replace(THREE, function="a"))
