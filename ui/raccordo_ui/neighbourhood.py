"""A municipality among its neighbours: who shares a border, who shares a need, and the map that shows both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from raccordo import municipalities, need_search
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind
from raccordo.municipalities import Neighbour
from raccordo.need_search import NeedFilter
from raccordo.published import Municipality, Need
from raccordo_ui.drawings import Label
from raccordo_ui.need_cards import AlikeCard, alike_cards
from raccordo_ui.outlines import Box, box_of, outlines, point, shared_edges

LETTERS = 0.036  # height of a number on the map, as a share of the map


@dataclass(frozen=True, slots=True, kw_only=True)
class SameNeed:
    """A need of this municipality and those across its borders that look like the same."""

    need: Need
    across: tuple[AlikeCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourRow:
    """A neighbour: its number on the map, its outline, the border in common, and its needs."""

    number: int
    municipality: Municipality
    kilometres: float
    path: str
    border: str
    needs: tuple[Need, ...]
    shares_need: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """`letters` is the size of the numbers on the map, in units of its grid."""

    box: Box
    centre: str
    rows: tuple[NeighbourRow, ...]
    labels: tuple[Label, ...]
    letters: float
    same: tuple[SameNeed, ...]

    @property
    def other_needs(self) -> tuple[Need, ...]:
        """The needs of the neighbours that resemble none of this municipality's."""
        alike = {card.need.number for one in self.same for card in one.across}
        return tuple(need for row in self.rows for need in row.needs if need.number not in alike)


def neighbourhood(catalogue: Catalogue, town: Municipality, language: str) -> Neighbourhood:
    """The neighbours of a municipality, longest border first, with what they share."""
    same = same_needs(catalogue, town, language)
    sharing = {card.need.owner_code for one in same for card in one.across}
    needs = _needs_by_owner(catalogue)
    shapes = outlines().municipalities
    rows = tuple(
        _row(number, neighbour, town, needs, sharing)
        for number, neighbour in enumerate(municipalities.neighbours(catalogue, town), start=1)
    )
    box = box_of([shapes[town.istat_code], *(row.path for row in rows)]).wider(0.03)
    return Neighbourhood(
        box=box,
        centre=shapes[town.istat_code],
        rows=rows,
        labels=tuple(_label(row) for row in rows),
        letters=round(box.span * LETTERS, 1),
        same=same,
    )


def same_needs(catalogue: Catalogue, town: Municipality, language: str) -> tuple[SameNeed, ...]:
    """The needs of this municipality that somebody across a border has too."""
    mine = need_search.select(catalogue, NeedFilter(owner=(BodyKind.MUNICIPALITY, town.istat_code)))
    pairs = [(need, alike_cards(catalogue, need_search.near(catalogue, need), language)) for need in mine]
    return tuple(SameNeed(need=need, across=across) for need, across in pairs if across)


def _needs_by_owner(catalogue: Catalogue) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = defaultdict(list)
    for need in catalogue.needs.values():
        if need.owner_kind is BodyKind.MUNICIPALITY:
            found[need.owner_code].append(need)
    return found


def _row(
    number: int,
    neighbour: Neighbour,
    town: Municipality,
    needs: dict[str, list[Need]],
    sharing: set[str],
) -> NeighbourRow:
    code = neighbour.municipality.istat_code
    shapes = outlines().municipalities
    return NeighbourRow(
        number=number,
        municipality=neighbour.municipality,
        kilometres=neighbour.metres / 1000,
        path=shapes[code],
        border=shared_edges(shapes[town.istat_code], shapes[code]),
        needs=tuple(needs.get(code, ())),
        shares_need=code in sharing,
    )


def _label(row: NeighbourRow) -> Label:
    x, y = point(row.municipality.place)
    return Label(x=x, y=y, text=str(row.number))
