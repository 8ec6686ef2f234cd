"""An offer as everybody may read it: open, not yet open, over or closed; a withdrawn one is not among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from raccordo.models import OfferKind, OfferStatus
from raccordo_graph import Place, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a laboratory looks for or can give. `details` holds the fields of its kind that were filled in.

    `themes` and `functions` are what its author chose, else what the text lets one infer: `inferred` names
    which. `place` is the laboratory's campus, None where it is not known; `closes_on` the last open day.
    """

    number: int
    kind: OfferKind
    laboratory: str
    title: str
    text: str
    title_en: str
    text_en: str
    details: Mapping[str, str | int]
    themes: tuple[str, ...]
    functions: tuple[str, ...]
    inferred: frozenset[str]
    radius_km: int | None
    opens_on: date
    closes_on: date | None
    status: OfferStatus
    published_at: datetime
    changed_at: datetime
    ended_because: str
    version: int
    understanding: Understanding
    place: Place | None

    def open_on(self, day: date) -> bool:
        """Whether somebody can answer it on that day: dates decide, no clock has to run for it."""
        return self.opens_on <= day and self.still_to_answer(day)

    def still_to_answer(self, day: date) -> bool:
        """Whether it is open on that day or will be."""
        over = self.closes_on is not None and self.closes_on < day
        return self.status is OfferStatus.PUBLISHED and not over
