"""What is looked up on every page, or while everybody else waits to write, is found by an index."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tortoise.queryset import QuerySet

from raccordo import database
from raccordo.models import (
    Adherence,
    AssociationMember,
    AssociationProposal,
    AssociationState,
    ManagementMember,
    Notification,
    Offer,
    OfferInterest,
)
from raccordo.settings import Settings

LOOKUPS: dict[str, Callable[[], QuerySet]] = {  # type: ignore[type-arg]  # of several models
    "who has heard of it": lambda: Notification.filter(kind="no_officer", path="/comuni/097042"),
    "the offers of a laboratory": lambda: Offer.filter(laboratory_id="lia").order_by("-number"),
    "the offers that a match came of": lambda: OfferInterest.filter(match_id=1),
    "whom nobody has told": lambda: AssociationMember.filter(told_at=None, adherence=Adherence.WAITING),
    "what is on its way": lambda: AssociationProposal.filter(state=AssociationState.OPEN),
    "what is proposed to a town": lambda: AssociationMember.filter(body_id=1),
    "the joint forms of a town": lambda: ManagementMember.filter(body_id=1),
}


@pytest.mark.parametrize("lookup", LOOKUPS.values(), ids=LOOKUPS)
async def test_no_table_is_read_whole(
    opened_database: Settings,
    lookup: Callable[[], QuerySet],  # type: ignore[type-arg]  # of several models
) -> None:
    plan = str([tuple(row) for row in await lookup().explain()])
    if database.is_sqlite():  # PostgreSQL reads a table as small as here whole, index or not
        assert "SCAN" not in plan
        assert "USING" in plan
