"""The day it is where the product works."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def today() -> date:
    """The day it is in Italy."""
    return day_of(datetime.now(ROME))


def day_of(moment: datetime) -> date:
    """The day it was in Italy at a moment."""
    return moment.astimezone(ROME).date()
