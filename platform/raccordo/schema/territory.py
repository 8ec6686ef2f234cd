"""Municipalities, provinces, mountain communities, unions: whoever governs a territory and can own a need."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry import UNSET

from raccordo import municipalities, published
from raccordo.models import ProvinceKind
from raccordo.municipalities import MunicipalityOrder
from raccordo.need_search import NeedOrder
from raccordo.schema import listings
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, interface, shows
from raccordo.schema.group_queries import PARTNERS, partners_of
from raccordo.schema.links import (
    AMountainCommunity,
    AMunicipality,
    ANeed,
    ANeighbour,
    AnOfferMatch,
    APartner,
    AProvince,
    AUnion,
)
from raccordo.schema.listings import (
    SEARCHING,
    MunicipalitiesAsked,
    MunicipalitiesOrdered,
    NeedsAsked,
    NeedsOrdered,
    picked,
)
from raccordo.schema.node import Node
from raccordo.schema.offers import BESIDE, offers_of_body
from raccordo_graph import Place as GraphPlace
from raccordo_graph.offers import OfferMatch

enumeration(
    ProvinceKind,
    "The kinds of provinces.",
    PROVINCE="A province.",
    METROPOLITAN_CITY="The metropolitan city of Milan.",
)
SOURCE = "Where the row was read."
MEMBERS = "The municipalities that belong to it."


@shows(GraphPlace, "A point of the map, WGS84.")
class Place:
    latitude: float = described("Degrees north.")
    longitude: float = described("Degrees east.")


def _needs(
    root: strawberry.Parent[published.TerritorialBody],
    info: Info,
    filter: NeedsAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: NeedsOrdered = NeedOrder.NEWEST,
) -> Listing[published.Need]:
    return listings.needs_of(info.context.catalogue, root, filter, order_by)


def _offers(root: strawberry.Parent[published.TerritorialBody], info: Info) -> Listing[OfferMatch]:
    return offers_of_body(info.context.catalogue, root)


@interface("Whoever governs a territory and can own a need.")
class TerritorialBody(Node):
    name: str = described("Its name.")
    population: int = described("Inhabitants; of all its municipalities together, where it has them.")
    place: Place = described("A representative point, or that of its seat.")
    needs: Connection[ANeed] = listed("The needs that this body itself published.", _needs)
    offers: Connection[AnOfferMatch] = listed(
        "The offers open today that have to do with one of its needs, best first.", _offers, cost=BESIDE
    )


def _province(
    root: strawberry.Parent[published.Municipality | published.MountainCommunity], info: Info
) -> published.Province:
    return info.context.catalogue.provinces[root.province]


def _mountain_community(
    root: strawberry.Parent[published.Municipality], info: Info
) -> published.MountainCommunity | None:
    return info.context.catalogue.mountain_communities.get(root.mountain_community or "")


def _unions(
    root: strawberry.Parent[published.Municipality], info: Info
) -> list[published.UnionOfMunicipalities]:
    return picked(info.context.catalogue.unions, root.unions)


def _neighbours(
    root: strawberry.Parent[published.Municipality], info: Info
) -> Listing[municipalities.Neighbour]:
    return Listing(
        "neighbours",
        municipalities.neighbours(info.context.catalogue, root),
        lambda row: (-row.metres, row.municipality.istat_code),
    )


def _predecessors(
    root: strawberry.Parent[published.Municipality], info: Info
) -> tuple[published.Succession, ...]:
    return municipalities.predecessors(info.context.catalogue, root)


@shows(published.Municipality, "A municipality (comune) of today.")
class Municipality(TerritorialBody):
    istat_code: str = described("ISTAT's code: a text of six digits.")
    cadastral_code: str = described("The cadastral code (codice catastale): a letter and three digits.")
    ipa_code: str | None = described("The code in the index of public administrations; null when unknown.")
    province: AProvince = described("The province in which it lies.", _province)
    mountain_community: AMountainCommunity | None = described(
        "The mountain community it belongs to; null when it belongs to none.", _mountain_community
    )
    unions: list[AUnion] = described("The unions of municipalities it belongs to, where known.", _unions)
    population_over_65: int = described("Inhabitants of 65 years and more.")
    share_over_65: float = described("The share of inhabitants of 65 years and more, 0 to 1.")
    density: float = described("Inhabitants per square kilometre.")
    area_km2: float = described(
        "Square kilometres, measured on generalised boundaries: not ISTAT's own area."
    )
    anci_member: bool | None = described("Whether it is a member of ANCI Lombardia; null when unknown.")
    neighbours: Connection[ANeighbour] = listed(
        "The municipalities with a common border, longest border first.", _neighbours
    )
    partners: Connection[APartner] = listed(
        "With whom it could manage a function, best first: suggestions, never a duty.",
        partners_of,
        cost=PARTNERS,
    )
    predecessors: list[Succession] = described(
        "The codes and names that it continues, oldest first.", _predecessors
    )
    source: str = described(SOURCE)


@shows(municipalities.Neighbour, "A municipality with a common border.")
class Neighbour:
    municipality: AMunicipality = described("The neighbour.")
    metres: int = described(
        "Length of the common border on generalised boundaries: contiguity, not a road; borders cross lakes."
    )


@shows(published.Succession, "A code or a name that ended, and what continues it.")
class Succession:
    predecessor_istat: str = described("The ISTAT code that ended; that of today when only the name changed.")
    predecessor: str = described("The name that ended.")
    predecessor_cadastral_code: str = described("The cadastral code that ended.")
    successor: str = described("The ISTAT code of the municipality that continues it.")
    on: date = described("The first day on which it was no longer valid.")
    source: str = described(SOURCE)


@shows(municipalities.Registration, "What an ISTAT code meant at a date.")
class Registration:
    istat_code: str = described("The code that was asked.")
    name: str = described("The municipality's name at that date.")
    today: Municipality = described("The municipality that continues it today.")
    ended: Succession | None = described("How the code or the name ended; null while it has not.")


def _members(
    root: strawberry.Parent[
        published.Province | published.MountainCommunity | published.UnionOfMunicipalities
    ],
    info: Info,
    filter: MunicipalitiesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: MunicipalitiesOrdered = MunicipalityOrder.NAME,
) -> Listing[published.Municipality]:
    whole = listings.listed_municipalities(info.context.catalogue, filter, order_by)
    members = frozenset(root.municipalities)
    return Listing(whole.name, [row for row in whole.rows if row.istat_code in members], whole.key)


def _capital(root: strawberry.Parent[published.Province], info: Info) -> published.Municipality:
    return info.context.catalogue.municipalities[root.capital_istat]


def _seat(root: strawberry.Parent[published.MountainCommunity], info: Info) -> published.Municipality:
    return info.context.catalogue.municipalities[root.seat_istat]


@shows(published.Province, "A province, or the metropolitan city of Milan.")
class Province(TerritorialBody):
    istat_code: str = described("ISTAT's code: a text of three digits.")
    plate: str = described("The two letters of its number plates.")
    kind: ProvinceKind = described("A province or the metropolitan city.")
    nuts3: str = described("Its code in the European NUTS classification.")
    capital: Municipality = described("The municipality that is its capital.", _capital)
    municipalities: Connection[AMunicipality] = listed(MEMBERS, _members, cost=SEARCHING)
    source: str = described(SOURCE)


@shows(published.MountainCommunity, "A mountain community (comunità montana).")
class MountainCommunity(TerritorialBody):
    slug: str = described("Its natural key.")
    province: AProvince = described("The province in which it lies.", _province)
    seat: Municipality = described("The municipality where it has its seat.", _seat)
    municipalities: Connection[AMunicipality] = listed(MEMBERS, _members, cost=SEARCHING)
    evidence: str = described(
        "How far its membership can be trusted: `recalled_validated` was checked by totals."
    )
    source: str = described(SOURCE)


@shows(
    published.UnionOfMunicipalities, "A union of municipalities, known only where an operator imported it."
)
class UnionOfMunicipalities(TerritorialBody):
    code: str = described("Its natural key.")
    municipalities: Connection[AMunicipality] = listed(MEMBERS, _members, cost=SEARCHING)
    source: str = described(SOURCE)
