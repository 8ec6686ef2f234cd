"""The evidence of a function: coordinators put another weight in force, the ranking follows, what ships comes back."""

from __future__ import annotations

from datetime import date
from math import nan

import pytest

from cast import COORDINATOR, PASTURO, PASTURO_OFFICER
from raccordo import catalogue, function_evidence_edits, partners
from raccordo.catalogue import Catalogue
from raccordo.function_evidence_edits import EvidenceInput, restore, save
from raccordo.models import AuditEntry
from raccordo.refusals import NotAllowed, Refused, Stale

TODAY = date(2026, 11, 24)
STUDY = EvidenceInput(function="g", prior=0.9, source=" Uno  studio, 2024 ")


def contributed(letter: str) -> float:
    """What the evidence brings to the best partner of Pasturo."""
    first = partners.suggestions(catalogue.current(), PASTURO, letter, TODAY).partners[0].partner
    return next(one.value for one in first.factors if one.name == "evidence")


async def test_a_coordinators_weight_is_in_force_at_once_with_its_source(current: Catalogue) -> None:
    assert contributed("g") == 0.5
    saved = await save(COORDINATOR, STUDY, 0)
    assert (saved.prior, saved.source, saved.edited, saved.version) == (0.9, "Uno studio, 2024", True, 1)
    assert catalogue.current().evidence["g"] == saved
    assert (contributed("g"), contributed("a")) == (0.9, 1.0)
    assert await AuditEntry.filter(verb="save_evidence").count() == 1


async def test_what_ships_comes_back_and_can_be_changed_again(current: Catalogue) -> None:
    shipped = current.evidence["a"]
    await save(COORDINATOR, EvidenceInput(function="a", prior=0.2, source="Un altro studio"), 0)
    back = await restore(COORDINATOR, "a", 1)
    assert (back.prior, back.source, back.edited) == (shipped.prior, shipped.source, False)
    assert contributed("a") == 1.0
    with pytest.raises(Refused) as refusal:
        await restore(COORDINATOR, "a", 2)
    assert refusal.value.code == "as_shipped"
    assert (await save(COORDINATOR, EvidenceInput(function="a", prior=0, source="Uno"), 2)).version == 3
    assert await AuditEntry.filter(verb="restore_evidence").count() == 1


async def test_only_coordinators_change_it_and_only_from_what_they_saw(current: Catalogue) -> None:
    for verb in (save(PASTURO_OFFICER, STUDY, 0), restore(PASTURO_OFFICER, "g", 0)):
        with pytest.raises(NotAllowed):
            await verb
    await save(COORDINATOR, STUDY, 0)
    with pytest.raises(Stale) as stale:
        await save(COORDINATOR, EvidenceInput(function="g", prior=0.1, source="Un terzo"), 0)
    assert stale.value.current == catalogue.current().evidence["g"]
    with pytest.raises(Stale):
        await restore(COORDINATOR, "g", 0)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (EvidenceInput(function="z", prior=0.5, source="x"), {"function"}),
        (EvidenceInput(function="g", prior=1.1, source="x"), {"prior"}),
        (EvidenceInput(function="g", prior=-0.1, source="x"), {"prior"}),
        (EvidenceInput(function="g", prior=nan, source="x"), {"prior"}),
        (EvidenceInput(function="g", prior=float("inf"), source=" "), {"prior", "source"}),
        (EvidenceInput(function="g", prior=0.5, source="x" * 501), {"source"}),
        (EvidenceInput(function="g", prior=0.5, source="a\x07b"), {"source"}),
    ],
)
async def test_what_cannot_be_a_weight_is_refused_beside_its_field(
    current: Catalogue, wrong: EvidenceInput, fields: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        await save(COORDINATOR, wrong, 0)
    assert {one.field for one in refusal.value.fields} == fields
    assert function_evidence_edits.check(STUDY).source == "Uno studio, 2024"
