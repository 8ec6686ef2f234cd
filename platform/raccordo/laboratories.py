"""Finding laboratories, and departments, schools and the words they share with municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.municipalities import folded, searched
from raccordo.published import (
    Department,
    FundamentalFunction,
    Laboratory,
    MountainCommunity,
    Province,
    School,
    StrategicSector,
    Theme,
    UnionOfMunicipalities,
)
from raccordo.refusals import NotFound, refused

V = TypeVar("V")


class LaboratoryOrder(StrEnum):
    NAME = "NAME"
    DEPARTMENT = "DEPARTMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryFilter:
    """What a list of laboratories is narrowed to; None means no condition."""

    text: str = ""
    department: str | None = None
    campus: str | None = None
    theme: str | None = None
    sector: str | None = None
    order: LaboratoryOrder = LaboratoryOrder.NAME


def _found(shelf: Mapping[str, V], key: str, code: str, sentence: Sentence) -> V:
    if key in shelf:
        return shelf[key]
    raise NotFound(code, sentence)


def laboratory(catalogue: Catalogue, slug: str) -> Laboratory:
    """The laboratory with that slug; raises NotFound."""
    return _found(
        catalogue.laboratories,
        slug,
        "unknown_laboratory",
        Sentence("Nessun laboratorio ha la sigla «{slug}».", {"slug": slug[:64]}),
    )


def department(catalogue: Catalogue, acronym: str) -> Department:
    """The department with that acronym; raises NotFound."""
    return _found(
        catalogue.departments,
        acronym,
        "unknown_department",
        Sentence("Nessun dipartimento ha la sigla «{acronym}».", {"acronym": acronym[:16]}),
    )


def school(catalogue: Catalogue, acronym: str) -> School:
    """The school with that acronym; raises NotFound."""
    return _found(
        catalogue.schools,
        acronym,
        "unknown_school",
        Sentence("Nessuna scuola ha la sigla «{acronym}».", {"acronym": acronym[:16]}),
    )


def theme(catalogue: Catalogue, slug: str) -> Theme:
    """The theme with that slug; raises NotFound."""
    return _found(
        catalogue.themes,
        slug,
        "unknown_theme",
        Sentence("Nessun tema si chiama «{slug}».", {"slug": slug[:64]}),
    )


def function(catalogue: Catalogue, letter: str) -> FundamentalFunction:
    """The fundamental function with that legal letter; raises NotFound."""
    return _found(
        catalogue.functions,
        letter,
        "unknown_function",
        Sentence("Nessuna funzione fondamentale ha la lettera «{letter}».", {"letter": letter[:8]}),
    )


def sector(catalogue: Catalogue, slug: str) -> StrategicSector:
    """The strategic sector with that slug; raises NotFound."""
    return _found(
        catalogue.sectors,
        slug,
        "unknown_sector",
        Sentence("Nessun settore strategico si chiama «{slug}».", {"slug": slug[:64]}),
    )


def province(catalogue: Catalogue, istat_code: str) -> Province:
    """The province or metropolitan city with that code; raises NotFound."""
    return _found(
        catalogue.provinces,
        istat_code,
        "unknown_province",
        Sentence(
            "Nessuna provincia ha il codice «{code}»: sono tre cifre, per esempio 097 per Lecco.",
            {"code": istat_code[:20]},
        ),
    )


def mountain_community(catalogue: Catalogue, slug: str) -> MountainCommunity:
    """The mountain community with that slug; raises NotFound."""
    return _found(
        catalogue.mountain_communities,
        slug,
        "unknown_mountain_community",
        Sentence("Nessuna comunità montana si chiama «{slug}».", {"slug": slug[:80]}),
    )


def union(catalogue: Catalogue, code: str) -> UnionOfMunicipalities:
    """The union of municipalities with that code; raises NotFound."""
    return _found(
        catalogue.unions,
        code,
        "unknown_union",
        Sentence("Nessuna unione di comuni ha il codice «{code}».", {"code": code[:64]}),
    )


def select(catalogue: Catalogue, wanted: LaboratoryFilter) -> tuple[Laboratory, ...]:
    """The laboratories that satisfy the filter, in its order; raises Refused for unknown values."""
    _known(catalogue, wanted)
    words = searched(wanted.text)
    found = [row for row in catalogue.laboratories.values() if _fits(row, wanted, words)]
    if wanted.order is LaboratoryOrder.DEPARTMENT:
        found.sort(key=lambda row: (row.department, folded(row.name), row.slug))
    else:
        found.sort(key=lambda row: (folded(row.name), row.slug))
    return tuple(found)


def _known(catalogue: Catalogue, wanted: LaboratoryFilter) -> None:
    shelves: dict[str, tuple[str | None, Mapping[str, object], Sentence]] = {
        "department": (wanted.department, catalogue.departments, Sentence("Questo dipartimento non esiste.")),
        "campus": (wanted.campus, catalogue.campuses, Sentence("Questa sede non esiste.")),
        "theme": (wanted.theme, catalogue.themes, Sentence("Questo tema non esiste.")),
        "sector": (wanted.sector, catalogue.sectors, Sentence("Questo settore strategico non esiste.")),
    }
    for field, (value, shelf, sentence) in shelves.items():
        if value is not None and value not in shelf:
            raise refused(field, "unknown", sentence)


def _fits(row: Laboratory, wanted: LaboratoryFilter, words: list[str]) -> bool:
    return (
        wanted.department in (None, row.department)
        and wanted.campus in (None, row.campus)
        and (wanted.theme is None or wanted.theme in row.themes)
        and (wanted.sector is None or wanted.sector in row.sectors)
        and all(word in _words(row) for word in words)
    )


def _words(row: Laboratory) -> str:
    texts = (row.name, row.slug, row.card_it, row.card_en, row.topic_en, *row.keywords_it, *row.keywords_en)
    return folded(" ".join(texts))
