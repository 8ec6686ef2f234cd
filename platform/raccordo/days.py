"""The day it is where the product works."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def today() -> date:
    """The day it is in Italy."""
    return datetime.now(ROME).date()
