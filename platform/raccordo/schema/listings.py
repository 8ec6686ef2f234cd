"""The lists of the schema: each is a selection of the platform with its order, ready to be cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeAlias

import strawberry

from raccordo import laboratories, municipalities, need_search
from raccordo.catalogue import Catalogue
from raccordo.laboratories import LaboratoryFilter, LaboratoryOrder
from raccordo.models import BodyKind
from raccordo.municipalities import MunicipalityFilter, MunicipalityOrder, folded
from raccordo.need_search import NeedFilter, NeedOrder
from raccordo.published import Axis, Laboratory, Municipality, Need, TerritorialBody
from raccordo.schema.connections import Listing, V
from raccordo.schema.fields import described, enumeration, optional, said

SEARCHING = 50  # what searching the names of all municipalities costs in the limiter's count

enumeration(
    MunicipalityOrder,
    "The orders of a list of municipalities.",
    NAME="By name, accents aside.",
    POPULATION="The most populous first.",
    OVER_65="The largest share of people over 65 first.",
    AREA="The largest area first.",
    NEEDS="The most published needs first.",
)
enumeration(
    NeedOrder,
    "The orders of a list of needs.",
    NEWEST="The most recently published first.",
    DEADLINE="The nearest deadline first; those without one last.",
    TITLE="By title, accents aside.",
    POPULATION="The least populous owner first.",
)
enumeration(
    LaboratoryOrder,
    "The orders of a list of laboratories.",
    NAME="By name, accents aside.",
    DEPARTMENT="By the acronym of the department, then by name.",
)
enumeration(
    BodyKind,
    "The kinds of territorial bodies.",
    MUNICIPALITY="A municipality (comune).",
    PROVINCE="A province or the metropolitan city.",
    MOUNTAIN_COMMUNITY="A mountain community (comunità montana).",
    UNION_OF_MUNICIPALITIES="A union of municipalities (unione di comuni).",
)
enumeration(
    Axis,
    "The three axes of sustainability.",
    ENVIRONMENTAL="Environmental sustainability.",
    SOCIAL="Social sustainability.",
    ECONOMIC="Economic sustainability.",
)


@strawberry.input(name="MunicipalityFilter", description="What a list of municipalities is narrowed to.")
class AskedMunicipalities:
    text: str | None = optional(
        "A name, forgiving accents and typing mistakes, or an ISTAT or cadastral code."
    )
    province: str | None = optional("Only those of this province: ISTAT's three digits.")
    mountain_community: str | None = optional("Only the members of this mountain community: its slug.")
    population_from: int | None = optional("Only those with at least so many inhabitants.")
    population_to: int | None = optional("Only those with at most so many inhabitants.")


@strawberry.input(description="A territorial body, named by its kind and natural key.")
class BodyInput:
    kind: BodyKind = described("The kind of body.")
    code: str = described("Its natural key: an ISTAT code, a slug or the code of a union.")


@strawberry.input(name="NeedFilter", description="What a list of needs is narrowed to.")
class AskedNeeds:
    text: str | None = optional("Words that the need, its themes or its owner's name contain.")
    function: str | None = optional("Only those of this fundamental function: its legal letter.")
    theme: str | None = optional("Only those of this theme: its slug.")
    axis: Axis | None = optional("Only those that touch this axis of sustainability.")
    province: str | None = optional("Only those of bodies inside this province: ISTAT's three digits.")
    mountain_community: str | None = optional("Only those of this mountain community and its members: slug.")
    owner: BodyInput | None = optional("Only those of this body.")
    external_id: str | None = optional(
        "Only those with this key of their owner's system; name the owner too."
    )
    example: bool | None = optional("Only examples, or only needs that are none.")


@strawberry.input(name="LaboratoryFilter", description="What a list of laboratories is narrowed to.")
class AskedLaboratories:
    text: str | None = optional("Words that the name, the card or the keywords contain.")
    department: str | None = optional("Only those of this department: its acronym.")
    campus: str | None = optional("Only those on this campus: its code.")
    theme: str | None = optional("Only those that work on this theme: its slug.")
    sector: str | None = optional("Only those of this strategic sector: its slug.")


MunicipalitiesAsked: TypeAlias = Annotated[
    AskedMunicipalities | None, strawberry.argument(description="What the list is narrowed to.")
]
NeedsAsked: TypeAlias = Annotated[
    AskedNeeds | None, strawberry.argument(description="What the list is narrowed to.")
]
LaboratoriesAsked: TypeAlias = Annotated[
    AskedLaboratories | None, strawberry.argument(description="What the list is narrowed to.")
]
MunicipalitiesOrdered: TypeAlias = Annotated[
    MunicipalityOrder, strawberry.argument(description="The order of the list.")
]
NeedsOrdered: TypeAlias = Annotated[NeedOrder, strawberry.argument(description="The order of the list.")]
LaboratoriesOrdered: TypeAlias = Annotated[
    LaboratoryOrder, strawberry.argument(description="The order of the list.")
]


def listed_municipalities(
    catalogue: Catalogue, asked: AskedMunicipalities | None, order: MunicipalityOrder, **fixed: Any
) -> Listing[Municipality]:
    wanted = replace(MunicipalityFilter(**said(asked), order=order), **fixed)
    return Listing(
        f"municipalities:{order}",
        municipalities.select(catalogue, wanted),
        municipalities.sort_key(catalogue, order),
    )


def listed_needs(
    catalogue: Catalogue, asked: AskedNeeds | None, order: NeedOrder, **fixed: Any
) -> Listing[Need]:
    given = said(asked)
    if "owner" in given:
        given["owner"] = (given["owner"].kind, given["owner"].code)
    wanted = NeedFilter(**given, order=order)
    return Listing(
        f"needs:{order}",
        need_search.select(catalogue, replace(wanted, **fixed)),
        need_search.sort_key(catalogue, order),
    )


def needs_of(
    catalogue: Catalogue, body: TerritorialBody, asked: AskedNeeds | None, order: NeedOrder
) -> Listing[Need]:
    return listed_needs(catalogue, asked, order, owner=(body.body_kind, body.code))


def listed_laboratories(
    catalogue: Catalogue, asked: AskedLaboratories | None, order: LaboratoryOrder, **fixed: Any
) -> Listing[Laboratory]:
    wanted = replace(LaboratoryFilter(**said(asked), order=order), **fixed)
    return Listing(f"laboratories:{order}", laboratories.select(catalogue, wanted), _laboratory_key(order))


def _laboratory_key(order: LaboratoryOrder) -> Callable[[Laboratory], tuple[str, ...]]:
    if order is LaboratoryOrder.DEPARTMENT:
        return lambda row: (row.department, folded(row.name), row.slug)
    return lambda row: (folded(row.name), row.slug)


def shelf(name: str, rows: Iterable[V], words: Callable[[V], str], key: Callable[[V], str]) -> Listing[V]:
    """A small list, all of it, by its words with accents aside."""

    def place(row: V) -> tuple[str, str]:
        return (folded(words(row)), key(row))

    return Listing(name, sorted(rows, key=place), place)


def picked(shelf: Mapping[str, V], keys: Iterable[str]) -> list[V]:
    """The values behind some keys, in the order of the keys."""
    return [shelf[key] for key in keys]
