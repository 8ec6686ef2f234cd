"""Municipalities together, a province, a mountain community or a union, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from raccordo.catalogue import Catalogue
from raccordo.published import Municipality
from raccordo_ui.choropleth import need_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A municipality of the group and how many needs it has published."""

    municipality: Municipality
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The sums over a group of municipalities; `share_over_65` is between 0 and 1."""

    members: tuple[Member, ...]
    population: int
    share_over_65: float
    area_km2: float
    needs: int


def area_of(catalogue: Catalogue, codes: Iterable[str]) -> Area:
    """The group, its members by name, and its sums; `needs` are those of the municipalities."""
    counts = need_counts(catalogue)
    towns = sorted((catalogue.municipalities[code] for code in codes), key=lambda town: town.name)
    population = sum(town.population for town in towns)
    older = sum(town.population_over_65 for town in towns)
    return Area(
        members=tuple(Member(municipality=town, needs=counts[town.istat_code]) for town in towns),
        population=population,
        share_over_65=older / population if population else 0.0,
        area_km2=sum(town.area_km2 for town in towns),
        needs=sum(counts[town.istat_code] for town in towns),
    )
