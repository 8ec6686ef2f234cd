"""The published needs in the order in which they fit a laboratory, narrowed by what they ask, where and by when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from raccordo import matches, need_search
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import InitiativeKind
from raccordo.need_search import NeedFilter
from raccordo.published import Laboratory, Need
from raccordo.refusals import refused
from raccordo_graph import Band, NeedMatch

FARTHEST = 1000  # km


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryNeedFilter:
    """What the needs of a laboratory are narrowed to; None means no condition.

    `within_km` is as the crow flies and leaves out what lies nobody knows where. `due_from` and `due_until` are days,
    both included, and leave out needs without a deadline. `instruments` are kinds of initiative of which a need asks
    for one, by its owner's choice or its text; needs that name none are left out.
    """

    theme: str | None = None
    province: str | None = None
    instruments: Collection[InitiativeKind] | None = None
    within_km: int | None = None
    due_from: date | None = None
    due_until: date | None = None


def select(
    catalogue: Catalogue, laboratory: Laboratory, wanted: LaboratoryNeedFilter
) -> tuple[NeedMatch, ...]:
    """The needs with something in common with the laboratory, best first, with their positions among all needs.

    Raises Refused for unknown values.
    """
    need_search.check(catalogue, NeedFilter(theme=wanted.theme, province=wanted.province))
    if wanted.within_km is not None and not 0 < wanted.within_km <= FARTHEST:
        raise refused(
            "within_km",
            "out_of_range",
            Sentence("La distanza è un numero di km da 1 a {most}.", {"most": FARTHEST}),
        )
    return tuple(
        match
        for match in matches.for_laboratory(catalogue, laboratory)
        if match.band is not Band.NONE
        and _fits(catalogue, catalogue.needs[match.need], wanted)
        and _is_near(match, wanted.within_km)
    )


def _fits(catalogue: Catalogue, need: Need, wanted: LaboratoryNeedFilter) -> bool:
    return (
        (wanted.theme is None or wanted.theme in need.themes)
        and (wanted.province is None or need_search.province_of(catalogue, need) == wanted.province)
        and (wanted.instruments is None or not {*wanted.instruments}.isdisjoint(need.instruments))
        and (wanted.due_from is None or (need.deadline is not None and need.deadline >= wanted.due_from))
        and (wanted.due_until is None or (need.deadline is not None and need.deadline <= wanted.due_until))
    )


def _is_near(match: NeedMatch, within_km: int | None) -> bool:
    far = match.reasons.distance_km
    return within_km is None or (far is not None and far <= within_km)
