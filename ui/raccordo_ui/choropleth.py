"""Municipalities coloured by one figure, in at most five classes: what the map page draws and its legend says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.published import Municipality, Province
from raccordo_ui.classes import AGES, NEED_COUNTS, SIZES, Class, class_of
from raccordo_ui.drawings import Shape
from raccordo_ui.formats import number, percentage
from raccordo_ui.outlines import Box, Outlines, box_of, coarse_outlines, outlines


class Measure(StrEnum):
    """What the map shows; the value stands in its address."""

    NEEDS = "bisogni"
    POPULATION = "popolazione"
    OVER_65 = "anziani"


@dataclass(frozen=True, slots=True)
class Scale:
    """How one figure of a municipality is read, classed and said."""

    name: Sentence
    classes: Sequence[Class]
    said: Callable[[float, str], str]


SCALES: Mapping[Measure, Scale] = {
    Measure.NEEDS: Scale(Sentence("Bisogni"), NEED_COUNTS, number),
    Measure.POPULATION: Scale(Sentence("Abitanti"), SIZES, number),
    Measure.OVER_65: Scale(
        Sentence("Oltre 65 anni"), AGES, lambda share, language: percentage(share, language, 1)
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the legend: the class's number from 0, its name, how many municipalities it holds."""

    number: int
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A province on the map: its outline, and its municipalities by class number."""

    province: Province
    outline: str
    groups: tuple[tuple[int, tuple[Shape, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choropleth:
    box: Box
    areas: tuple[Area, ...]
    legend: tuple[Step, ...]


def need_counts(catalogue: Catalogue) -> Counter[str]:
    """How many needs each municipality has published, by ISTAT code."""
    return Counter(
        need.owner_code for need in catalogue.needs.values() if need.owner_kind is BodyKind.MUNICIPALITY
    )


def choropleth(
    catalogue: Catalogue, measure: Measure, language: str, only: Province | None = None
) -> Choropleth:
    """The map of the region, or of one province, for one figure."""
    scale, values = SCALES[measure], values_of(catalogue, measure)
    provinces = [only] if only else list(catalogue.provinces.values())
    drawn = outlines() if only else coarse_outlines()
    areas = tuple(_area(catalogue, province, drawn, scale, values, language) for province in provinces)
    held = Counter(class_of(values[code], scale.classes) for one in provinces for code in one.municipalities)
    return Choropleth(
        box=box_of([drawn.provinces[only.istat_code]]).wider(0.02) if only else drawn.box.wider(0.01),
        areas=areas,
        legend=tuple(
            Step(number=place, label=one.label.say(language), count=held[place])
            for place, one in enumerate(scale.classes)
        ),
    )


def values_of(catalogue: Catalogue, measure: Measure) -> Mapping[str, float]:
    """The figure of every municipality, by ISTAT code."""
    counts = need_counts(catalogue)
    read: dict[Measure, Callable[[Municipality], float]] = {
        Measure.NEEDS: lambda town: counts[town.istat_code],
        Measure.POPULATION: lambda town: town.population,
        Measure.OVER_65: lambda town: town.share_over_65,
    }
    return {code: read[measure](town) for code, town in catalogue.municipalities.items()}


def _area(
    catalogue: Catalogue,
    province: Province,
    drawn: Outlines,
    scale: Scale,
    values: Mapping[str, float],
    language: str,
) -> Area:
    groups: dict[int, list[Shape]] = defaultdict(list)
    for town in _towns(catalogue, province.municipalities):
        value = values[town.istat_code]
        shape = Shape(
            code=town.istat_code,
            title=f"{town.name}: {scale.said(value, language)}",
            path=drawn.municipalities[town.istat_code],
        )
        groups[class_of(value, scale.classes)].append(shape)
    return Area(
        province=province,
        outline=drawn.provinces[province.istat_code],
        groups=tuple((place, tuple(shapes)) for place, shapes in sorted(groups.items())),
    )


def _towns(catalogue: Catalogue, codes: Iterable[str]) -> Iterable[Municipality]:
    return (catalogue.municipalities[code] for code in codes)
