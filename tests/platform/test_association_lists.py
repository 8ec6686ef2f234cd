"""Proposals of joint management as lists: who is told, who reads which, what is in the register."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from associating import THREE, adhered, done, proposed, ready
from cast import (
    BALLABIO,
    BALLABIO_OFFICER,
    COORDINATOR,
    LECCO_OFFICER,
    PASTURO,
    PASTURO_OFFICER,
    officer_of,
)
from raccordo import associated_managements, association_records, associations, days
from raccordo.association_input import AssociationInput
from raccordo.association_records import find, readable_by
from raccordo.association_rows import AssociationRecord
from raccordo.catalogue import Catalogue
from raccordo.models import (
    AssociatedManagement,
    AssociationMember,
    AssociationProposal,
    AssociationState,
    BodyKind,
    CooperationStep,
    Notification,
    TerritorialBody,
)
from raccordo.notifications import sentence_of
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotFound, Refused

STRANGER = officer_of("015146")


async def test_two_that_look_for_newcomers_at_once_tell_each_of_them_once(current: Catalogue) -> None:
    record = await proposed()
    await proposed(BALLABIO_OFFICER, replace(THREE, function="g"))  # since then somebody works for Ballabio
    await asyncio.gather(associations.tell_newcomers(), associations.tell_newcomers())
    assert len(await _asked(record)) == 1
    await associations.tell_newcomers()
    assert len(await _asked(record)) == 1


async def test_nobody_is_asked_what_was_taken_back_meanwhile(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = await proposed()
    await proposed(BALLABIO_OFFICER, replace(THREE, function="g"))

    async def meanwhile(_kind: BodyKind, codes: set[str]) -> set[str]:
        await associations.take_back(PASTURO_OFFICER, record.number, record.version)
        return codes

    monkeypatch.setattr(associations, "with_officers", meanwhile)
    await associations.tell_newcomers()
    assert await _asked(record) == []


async def _asked(record: AssociationRecord) -> list[Notification]:
    path = f"/gestioni-associate/proposte/{record.number}"
    return await Notification.filter(kind="association_proposed", path=path)


async def test_whoever_proposed_and_then_said_no_is_not_said_to_propose(current: Catalogue) -> None:
    record = await proposed()
    record = await associations.decline(PASTURO_OFFICER, record.number, record.version, "Non più.")
    await proposed(BALLABIO_OFFICER, replace(THREE, function="g"))
    await associations.tell_newcomers()
    [mail] = await _asked(record)
    said = sentence_of(mail).say()
    assert said.startswith("Pasturo ha proposto di gestire insieme «Polizia locale» e poi ha detto di no;")
    assert "restano Ballabio, Lecco" in said
    await adhered(record, (BALLABIO_OFFICER, LECCO_OFFICER))
    for reader in (VISITOR, PASTURO_OFFICER, LECCO_OFFICER):
        shown = await find(reader, record.number)
        assert shown.proposer_declined
        assert shown.proposed_by.say() == "Pasturo, che non vi prende parte"


async def test_the_list_is_narrowed_without_naming_who_said_no(current: Catalogue) -> None:
    record = await proposed()
    record = await associations.decline(BALLABIO_OFFICER, record.number, record.version, "No.")
    record = await adhered(record, (PASTURO_OFFICER, LECCO_OFFICER))
    taken = await proposed(LECCO_OFFICER, replace(THREE, function="g"))
    await associations.take_back(LECCO_OFFICER, taken.number, taken.version)

    async def found(actor: Actor, **wanted: Any) -> list[int]:
        return [one.number for one in await readable_by(actor, **wanted)]

    assert await found(VISITOR) == [record.number]
    assert await found(VISITOR, municipality=PASTURO) == [record.number]
    assert await found(VISITOR, municipality=BALLABIO) == []
    assert await found(BALLABIO_OFFICER, municipality=BALLABIO) == [taken.number, record.number]
    assert await found(COORDINATOR, state=AssociationState.TAKEN_BACK) == [taken.number]
    assert await found(COORDINATOR, function="i") == [record.number]
    assert await found(STRANGER, function="g") == []


async def test_what_a_stranger_may_not_read_is_not_even_loaded(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    await proposed()
    loaded: list[int] = []

    def counted(rows: list[AssociationProposal]) -> tuple[AssociationRecord, ...]:
        loaded.extend(row.number for row in rows)
        return ()

    monkeypatch.setattr(association_records, "records", counted)
    await readable_by(STRANGER)
    await readable_by(VISITOR, municipality=PASTURO)
    await readable_by(LECCO_OFFICER, municipality="015146")
    assert loaded == []
    await readable_by(LECCO_OFFICER)
    assert loaded == [1]


async def test_a_municipality_reads_what_was_proposed_to_one_that_it_continues(current: Catalogue) -> None:
    wanted = AssociationInput(function="i", members=("018094", "018110"), lead="018094", reason="Insieme.")
    record = await proposed(COORDINATOR, wanted)
    before, _ = await TerritorialBody.get_or_create(
        kind=BodyKind.MUNICIPALITY, code="018082", defaults={"name": "Lirio"}
    )
    body = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code="018094")
    await AssociationMember.filter(proposal_id=record.number, body=body).update(body_id=before.id)
    officer = officer_of("018094")
    assert [one.number for one in await readable_by(officer)] == [record.number]
    assert [one.number for one in await readable_by(officer, municipality="018094")] == [record.number]


async def test_what_ended_may_be_proposed_again_and_what_goes_on_may_not(current: Catalogue) -> None:
    record = await ready(await adhered(await proposed()))
    record = await done(record, CooperationStep.START)
    rows = AssociatedManagement.filter(code=record.management)
    for last in (None, days.today()):
        await rows.update(valid_to=last)
        with pytest.raises(Refused, match="already_proposed"):
            await proposed()
    await rows.update(valid_to=days.today() - timedelta(days=1))
    assert (await proposed()).number == record.number + 1


async def test_the_register_is_read_by_code_and_by_municipality(current: Catalogue) -> None:
    record = await ready(await adhered(await proposed()))
    record = await done(record, CooperationStep.START)
    every = await associated_managements.every()
    assert len(every) > 1
    assert [await associated_managements.find(one.code) for one in every] == list(every)
    of_town = await associated_managements.of_municipality(PASTURO)
    assert of_town == associated_managements.select(every, municipality=PASTURO)
    assert record.management in {one.code for one in of_town}
    with pytest.raises(NotFound):
        await associated_managements.find("proposta-999")


async def test_who_answered_has_an_account_also_when_it_is_asked_again(current: Catalogue) -> None:
    record = await proposed()
    assert not next(one for one in record.members if one.istat_code == BALLABIO).told
    record = await associations.adhere(BALLABIO_OFFICER, record.number, record.version)
    assert next(one for one in record.members if one.istat_code == BALLABIO).told
