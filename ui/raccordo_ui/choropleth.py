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
    """What the map shows."""

    NEEDS = "NEEDS"
    POPULATION = "POPULATION"
    OVER_65 = "OVER_65"


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


Groups = tuple[tuple[int, tuple[Shape, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A province on the map: its outline, and its municipalities by class number."""

    province: Province
    outline: str
    groups: Groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Choropleth:
    """The whole region, province by province."""

    box: Box
    areas: tuple[Area, ...]
    legend: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMap:
    """Some municipalities: those of a province with its outline, or the members of a community."""

    box: Box
    groups: Groups
    outline: str
    legend: tuple[Step, ...]


def need_counts(catalogue: Catalogue) -> Counter[str]:
    """How many needs each municipality has published, by ISTAT code."""
    return Counter(
        need.owner_code for need in catalogue.needs.values() if need.owner_kind is BodyKind.MUNICIPALITY
    )


def choropleth(catalogue: Catalogue, measure: Measure, language: str) -> Choropleth:
    """The map of the region for one figure."""
    values, drawn = values_of(catalogue, measure), coarse_outlines()
    return Choropleth(
        box=drawn.box.wider(0.01),
        areas=tuple(
            Area(
                province=province,
                outline=drawn.provinces[province.istat_code],
                groups=_groups(catalogue, province.municipalities, measure, values, drawn, language),
            )
            for province in catalogue.provinces.values()
        ),
        legend=_legend(catalogue.municipalities, measure, values, language),
    )


def province_map(catalogue: Catalogue, province: Province, measure: Measure, language: str) -> GroupMap:
    """The municipalities of one province for one figure."""
    outline = outlines().provinces[province.istat_code]
    return group_map(catalogue, province.municipalities, measure, language, outline)


def group_map(
    catalogue: Catalogue, codes: Sequence[str], measure: Measure, language: str, outline: str = ""
) -> GroupMap:
    """Some municipalities for one figure, with the outline of what they form together, if there is one."""
    values, drawn = values_of(catalogue, measure), outlines()
    around = [outline] if outline else [drawn.municipalities[code] for code in codes]
    return GroupMap(
        box=box_of(around).wider(0.02),
        groups=_groups(catalogue, codes, measure, values, drawn, language),
        outline=outline,
        legend=_legend(codes, measure, values, language),
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


def _groups(
    catalogue: Catalogue,
    codes: Iterable[str],
    measure: Measure,
    values: Mapping[str, float],
    drawn: Outlines,
    language: str,
) -> Groups:
    scale = SCALES[measure]
    groups: dict[int, list[Shape]] = defaultdict(list)
    for code in codes:
        shape = Shape(
            code=code,
            title=f"{catalogue.municipalities[code].name}: {scale.said(values[code], language)}",
            path=drawn.municipalities[code],
        )
        groups[class_of(values[code], scale.classes)].append(shape)
    return tuple((place, tuple(shapes)) for place, shapes in sorted(groups.items()))


def _legend(
    codes: Iterable[str], measure: Measure, values: Mapping[str, float], language: str
) -> tuple[Step, ...]:
    classes = SCALES[measure].classes
    held = Counter(class_of(values[code], classes) for code in codes)
    return tuple(
        Step(number=place, label=one.label.say(language), count=held[place])
        for place, one in enumerate(classes)
    )
