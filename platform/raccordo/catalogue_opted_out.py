"""Which municipalities no machine suggests as partners, for the catalogue: every suggestion reads it from there."""

from __future__ import annotations

from raccordo.models import BodyKind, NoSuggestion


async def read_opted_out() -> frozenset[str]:
    """The ISTAT codes of those that chose to be left out."""
    codes = await NoSuggestion.filter(body__kind=BodyKind.MUNICIPALITY).values_list("body__code", flat=True)
    return frozenset(map(str, codes))
