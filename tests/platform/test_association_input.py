"""What people type about a joint management: what is wrong is said by field, what is old leads to today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo

import pytest

from associating import THREE, proposed
from cast import LECCO_OFFICER, PASTURO_OFFICER, officer_of
from raccordo import association_progress, days
from raccordo.association_input import AssociationInput, StepInput
from raccordo.catalogue import Catalogue
from raccordo.refusals import Refused


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"function": "z"}, "function"),
        ({"members": ("Pasturo",), "lead": "Pasturo"}, "members"),
        ({"members": ("Pasturo", "097065"), "lead": "Pasturo"}, "members"),
        ({"members": ("Pasturo", "Gotham")}, "members"),
        ({"members": ("Pasturo", "999999")}, "members"),
        ({"members": tuple(f"0970{n:02}" for n in range(61))}, "members"),
        ({"lead": "Milano"}, "lead"),
        ({"form": "CLUB"}, "form"),
        ({"reason": " "}, "reason"),
        ({"reason": "a\x07b"}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
    ],
)
async def test_what_is_wrong_with_a_proposal_is_said_by_field(
    current: Catalogue, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        await proposed(PASTURO_OFFICER, replace(THREE, **change))  # type: ignore[arg-type]  # one field of it
    assert field in {one.field for one in refusal.value.fields}


async def test_a_municipality_that_merged_before_is_its_successor(current: Catalogue) -> None:
    wanted = AssociationInput(
        function="i", members=("018082", "018094", "018110"), lead="018094", reason="Insieme."
    )
    record = await proposed(officer_of("018094"), wanted)  # 018082 is Lirio, which went into 018094
    assert [one.istat_code for one in record.members] == ["018094", "018110"]


async def test_the_same_is_not_proposed_twice(current: Catalogue) -> None:
    await proposed()
    with pytest.raises(Refused, match="already_proposed"):
        await proposed(LECCO_OFFICER)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"step": "LUNCH"}, "step"),
        ({"document": ""}, "document"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://a b"}, "link"),
        ({"done_on": "domani"}, "done_on"),
        ({"done_on": "01/01/2199"}, "done_on"),
        ({"done_on": "30/02/2026"}, "done_on"),
        ({"document": "x" * 201}, "document"),
    ],
)
async def test_what_is_wrong_with_a_step_is_said_by_field(
    current: Catalogue, change: dict[str, str], field: str
) -> None:
    record = await proposed()
    wanted = replace(StepInput(step="NEED", document="Verbale"), **change)
    with pytest.raises(Refused) as refusal:
        await association_progress.record_step(PASTURO_OFFICER, record.number, record.version, wanted)
    assert {one.field for one in refusal.value.fields} == {field}


class JustAfterMidnight(datetime):
    """Half past midnight in Italy, still the day before in UTC."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # any moment will do
        return datetime(2031, 3, 1, 23, 30, tzinfo=UTC).astimezone(tz)


async def test_after_midnight_a_step_is_done_today(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = await proposed()
    monkeypatch.setattr(days, "datetime", JustAfterMidnight)
    wanted = StepInput(step="NEED", document="Verbale", done_on="02/03/2031")
    record = await association_progress.record_step(PASTURO_OFFICER, record.number, record.version, wanted)
    assert [one.done_on.isoformat() for one in record.steps] == ["2031-03-02"]
