"""The needs that the members of a group have in one function, and the laboratories that fit them together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from statistics import fmean

from raccordo import matches
from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind
from raccordo.published import Laboratory, Need
from raccordo_graph import Match
from raccordo_graph.bands import SUGGESTED

SHOWN = 5  # laboratories


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledLaboratory:
    """A laboratory for the pool: `score` is the mean of its scores for all the needs, `fits` those it fits.

    `only_together` is True when it has declared fewer free places than the needs that it fits, but at least one: asked
    one by one somebody is left out, one request for all takes one place. Where no places are declared it is False.
    """

    laboratory: Laboratory
    score: float
    fits: tuple[Need, ...]
    only_together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The published needs of the members in the function, by number, and the laboratories that fit most of them."""

    needs: tuple[Need, ...]
    laboratories: tuple[PooledLaboratory, ...]


def of_towns(catalogue: Catalogue, letter: str) -> dict[str, list[Need]]:
    """The published needs of municipalities in a function, by number, under the code of whose they are."""
    found: dict[str, list[Need]] = {}
    for _, need in sorted(catalogue.needs.items()):
        if need.owner_kind is BodyKind.MUNICIPALITY and letter in need.functions:
            found.setdefault(need.owner_code, []).append(need)
    return found


def pool(catalogue: Catalogue, letter: str, members: Collection[str]) -> Pool:
    """What the members ask in that function, with the laboratories by the existing ranking, best first."""
    asked = of_towns(catalogue, letter)
    needs = tuple(
        sorted((one for code in members for one in asked.get(code, ())), key=lambda one: one.number)
    )
    if not needs:
        return Pool(needs=(), laboratories=())
    found: dict[str, list[tuple[Need, Match]]] = {}
    for need in needs:
        for match in matches.for_need(catalogue, need).matches:
            found.setdefault(match.laboratory, []).append((need, match))
    rows = [_row(catalogue.laboratories[slug], scored) for slug, scored in found.items()]
    fitting = [row for row in rows if row.fits]
    fitting.sort(key=lambda row: (-len(row.fits), -row.score, row.laboratory.slug))
    return Pool(needs=needs, laboratories=tuple(fitting[:SHOWN]))


def _row(laboratory: Laboratory, scored: list[tuple[Need, Match]]) -> PooledLaboratory:
    fits = tuple(need for need, match in scored if match.band in SUGGESTED)
    places = laboratory.free_places
    return PooledLaboratory(
        laboratory=laboratory,
        score=fmean(match.score for _, match in scored),
        fits=fits,
        only_together=places is not None and 0 < places < len(fits),
    )
