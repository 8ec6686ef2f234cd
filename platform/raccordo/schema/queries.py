"""What GraphQL can read: everything that the pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import laboratories, municipalities, needs, people, published
from raccordo.catalogue import Catalogue as Picture
from raccordo.laboratories import LaboratoryOrder
from raccordo.municipalities import MunicipalityOrder
from raccordo.need_search import NeedOrder
from raccordo.schema import listings, node
from raccordo.schema.assignments import AssignmentQuery
from raccordo.schema.associations import AssociationQuery
from raccordo.schema.citations import CitationQuery
from raccordo.schema.computations import ComputationQuery
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.cost_sharing import CostSharingQuery
from raccordo.schema.fields import described
from raccordo.schema.function_evidence import EvidenceQuery
from raccordo.schema.group_queries import GroupQuery
from raccordo.schema.laboratory_hints import LaboratoryHintQuery
from raccordo.schema.laboratory_profiles import LaboratoryProfileQuery
from raccordo.schema.lexicon import LexiconQuery
from raccordo.schema.links import (
    ACampus,
    ADepartment,
    AFunction,
    ALaboratory,
    AMountainCommunity,
    AMunicipality,
    ANeed,
    AProvince,
    ASchool,
    ASector,
    ATheme,
    AUnion,
)
from raccordo.schema.listings import (
    SEARCHING,
    LaboratoriesAsked,
    LaboratoriesOrdered,
    MunicipalitiesAsked,
    MunicipalitiesOrdered,
    NeedsAsked,
    NeedsOrdered,
    shelf,
)
from raccordo.schema.memberships import MembershipQuery
from raccordo.schema.node import Node
from raccordo.schema.offers import OfferQuery
from raccordo.schema.partnership_queries import PartnershipQuery
from raccordo.schema.people import Actor
from raccordo.schema.plain_words import PlainWordsQuery
from raccordo.schema.previews import PreviewQuery
from raccordo.schema.proposed_needs import ProposedNeedQuery
from raccordo.schema.register import RegisterQuery
from raccordo.schema.scenarios import ScenarioQuery
from raccordo.schema.state import Catalogue
from raccordo.schema.territory import Registration
from raccordo.schema.threads import ThreadQuery
from raccordo.schema.vocabulary import themes

Identifier: TypeAlias = Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
IstatCode: TypeAlias = Annotated[str, strawberry.argument(description="An ISTAT code: six digits.")]
ProvinceCode: TypeAlias = Annotated[str, strawberry.argument(description="An ISTAT code: three digits.")]
Slug: TypeAlias = Annotated[str, strawberry.argument(description="The slug.")]
Code: TypeAlias = Annotated[str, strawberry.argument(description="The code.")]
Acronym: TypeAlias = Annotated[str, strawberry.argument(description="The acronym.")]
Letter: TypeAlias = Annotated[str, strawberry.argument(description="The legal letter, `a` to `l-bis`.")]
Number: TypeAlias = Annotated[int, strawberry.argument(description="The number of the need.")]
At: TypeAlias = Annotated[date, strawberry.argument(description="The day to ask the registry at.")]
MaybeAt: TypeAlias = Annotated[
    date | None, strawberry.argument(description="Refuse a code that was not in use on this day.")
]


def _node(info: Info, id: Identifier) -> Any:  # noqa: A002  # the argument's name in Relay
    return node.find(info.context.catalogue, id)


def _municipality(info: Info, istat_code: IstatCode, on: MaybeAt = UNSET) -> published.Municipality:
    if not on:
        return municipalities.find(info.context.catalogue, istat_code)
    return municipalities.registration(info.context.catalogue, istat_code, on).today


def _registration(info: Info, istat_code: IstatCode, on: At) -> municipalities.Registration:
    return municipalities.registration(info.context.catalogue, istat_code, on)


def _municipalities(
    info: Info,
    filter: MunicipalitiesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: MunicipalitiesOrdered = MunicipalityOrder.NAME,
) -> Listing[published.Municipality]:
    return listings.listed_municipalities(info.context.catalogue, filter, order_by)


def _province(info: Info, istat_code: ProvinceCode) -> published.Province:
    return laboratories.province(info.context.catalogue, istat_code)


def _mountain_community(info: Info, slug: Slug) -> published.MountainCommunity:
    return laboratories.mountain_community(info.context.catalogue, slug)


def _union(info: Info, code: Code) -> published.UnionOfMunicipalities:
    return laboratories.union(info.context.catalogue, code)


async def _need(info: Info, number: Number) -> published.Need:
    found = info.context.catalogue.needs.get(number)
    if found is None:
        raise await needs.missing(number)
    return found


def _needs(
    info: Info,
    filter: NeedsAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: NeedsOrdered = NeedOrder.NEWEST,
) -> Listing[published.Need]:
    return listings.listed_needs(info.context.catalogue, filter, order_by)


def _laboratory(info: Info, slug: Slug) -> published.Laboratory:
    return laboratories.laboratory(info.context.catalogue, slug)


def _laboratories(
    info: Info,
    filter: LaboratoriesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: LaboratoriesOrdered = LaboratoryOrder.NAME,
) -> Listing[published.Laboratory]:
    return listings.listed_laboratories(info.context.catalogue, filter, order_by)


def _department(info: Info, acronym: Acronym) -> published.Department:
    return laboratories.department(info.context.catalogue, acronym)


def _school(info: Info, acronym: Acronym) -> published.School:
    return laboratories.school(info.context.catalogue, acronym)


def _campus(info: Info, code: Code) -> Any:
    return node.campus(info.context.catalogue, code)


def _theme(info: Info, slug: Slug) -> published.Theme:
    return laboratories.theme(info.context.catalogue, slug)


def _themes(info: Info) -> Listing[published.Theme]:
    return themes(list(info.context.catalogue.themes.values()))


def _function(info: Info, letter: Letter) -> published.FundamentalFunction:
    return laboratories.function(info.context.catalogue, letter)


def _functions(info: Info) -> Listing[published.FundamentalFunction]:
    rows = info.context.catalogue.functions
    place = {letter: position for position, letter in enumerate(rows)}
    return Listing("functions", list(rows.values()), lambda row: (place[row.letter], row.letter))


def _sector(info: Info, slug: Slug) -> published.StrategicSector:
    return laboratories.sector(info.context.catalogue, slug)


def _shelf(name: str, words: Callable[[Any], str], key: Callable[[Any], str]) -> Callable[..., Listing[Any]]:
    """A resolver for all of a small shelf of the catalogue."""

    def resolver(info: Info) -> Listing[Any]:
        return shelf(name, getattr(info.context.catalogue, name).values(), words, key)

    return resolver


def _me(info: Info) -> people.Actor:
    return info.context.actor


def _catalogue(info: Info) -> Picture:
    return info.context.catalogue


@strawberry.type(description="What can be read, without an account.")
class Query(
    PreviewQuery,
    OfferQuery,
    LaboratoryProfileQuery,
    LaboratoryHintQuery,
    PartnershipQuery,
    ProposedNeedQuery,
    AssociationQuery,
    ThreadQuery,
    MembershipQuery,
    RegisterQuery,
    ComputationQuery,
    ScenarioQuery,
    CitationQuery,
    LexiconQuery,
    EvidenceQuery,
    PlainWordsQuery,
    AssignmentQuery,
    GroupQuery,
    CostSharingQuery,
):
    node: Node | None = described("Anything that has a global id.", _node)
    municipality: AMunicipality | None = described(
        "A municipality; the code of one that merged away answers with its successor.", _municipality
    )
    registration: Registration | None = described("What an ISTAT code meant at a date.", _registration)
    municipalities: Connection[AMunicipality] = listed(
        "The municipalities of Lombardy.", _municipalities, cost=SEARCHING
    )
    province: AProvince | None = described("A province or the metropolitan city.", _province)
    provinces: Connection[AProvince] = listed(
        "The provinces and the metropolitan city, by name.",
        _shelf("provinces", lambda row: row.name, lambda row: row.istat_code),
    )
    mountain_community: AMountainCommunity | None = described("A mountain community.", _mountain_community)
    mountain_communities: Connection[AMountainCommunity] = listed(
        "The mountain communities, by name.",
        _shelf("mountain_communities", lambda row: row.name, lambda row: row.slug),
    )
    union: AUnion | None = described("A union of municipalities, where it was imported.", _union)
    unions: Connection[AUnion] = listed(
        "The unions of municipalities that were imported, by name.",
        _shelf("unions", lambda row: row.name, lambda row: row.code),
    )
    need: ANeed | None = described("A published need; a withdrawn one is an error that says so.", _need)
    needs: Connection[ANeed] = listed("The published needs.", _needs)
    laboratory: ALaboratory | None = described("A laboratory.", _laboratory)
    laboratories: Connection[ALaboratory] = listed("The laboratories.", _laboratories)
    department: ADepartment | None = described("A department of the Politecnico.", _department)
    departments: Connection[ADepartment] = listed(
        "The departments, by Italian name.",
        _shelf("departments", lambda row: row.name_it, lambda row: row.acronym),
    )
    school: ASchool | None = described("A school of the Politecnico.", _school)
    schools: Connection[ASchool] = listed(
        "The schools, by Italian name.",
        _shelf("schools", lambda row: row.name_it, lambda row: row.acronym),
    )
    campus: ACampus | None = described("A campus of the Politecnico.", _campus)
    campuses: Connection[ACampus] = listed(
        "The campuses, by name.", _shelf("campuses", lambda row: row.name, lambda row: row.code)
    )
    theme: ATheme | None = described("A theme of the vocabulary.", _theme)
    themes: Connection[ATheme] = listed("The themes, by Italian label.", _themes)
    function: AFunction | None = described("A fundamental function of municipalities.", _function)
    functions: Connection[AFunction] = listed(
        "The fundamental functions, in the order of the law.", _functions
    )
    sector: ASector | None = described("A strategic sector of the agreement.", _sector)
    sectors: Connection[ASector] = listed(
        "The strategic sectors, by Italian label.",
        _shelf("sectors", lambda row: row.label_it, lambda row: row.slug),
    )
    me: Actor = described("Who acts in this request.", _me)
    catalogue: Catalogue = described(
        "Which picture of what is published this answer is made from.", _catalogue
    )
