"""The Politecnico: departments, schools, campuses and the laboratories that needs find."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from raccordo import published
from raccordo.laboratories import LaboratoryOrder
from raccordo.published_offers import Offer
from raccordo.schema import listings
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.laboratory_profiles import concepts_of, places_of
from raccordo.schema.links import (
    ADepartment,
    ALaboratory,
    AMatch,
    AMunicipality,
    AnOffer,
    AProfileConcept,
    ASector,
    ASemesterPlaces,
    ATheme,
)
from raccordo.schema.listings import LaboratoriesAsked, LaboratoriesOrdered, picked
from raccordo.schema.matches import RANKING_NEEDS, LaboratoryNeedsAsked, fits_of_laboratory
from raccordo.schema.node import Node
from raccordo.schema.offers import OffersAsked, listed_offers
from raccordo.schema.territory import Place
from raccordo.schema.vocabulary import EVIDENCE, SOURCE, themes
from raccordo_graph import NeedMatch


def _department_laboratories(
    root: strawberry.Parent[published.Department],
    info: Info,
    filter: LaboratoriesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: LaboratoriesOrdered = LaboratoryOrder.NAME,
) -> Listing[published.Laboratory]:
    return listings.listed_laboratories(info.context.catalogue, filter, order_by, department=root.acronym)


def _department_themes(root: strawberry.Parent[published.Department], info: Info) -> Listing[published.Theme]:
    return themes([row for row in info.context.catalogue.themes.values() if root.acronym in row.departments])


@shows(published.Department, "A department of the Politecnico: research goes through departments.")
class Department(Node):
    acronym: str = described("Its natural key, such as `DICA`.")
    name_it: str = described("Its name in Italian.")
    name_en: str = described("Its name in English.")
    seat: str = described("Where it has its seat.")
    website: str = described("The address of its site; empty when unknown.")
    laboratories: Connection[ALaboratory] = listed("Its laboratories.", _department_laboratories)
    themes: Connection[ATheme] = listed("The themes it works on.", _department_themes)
    source: str = described(SOURCE)


@shows(published.School, "A school of the Politecnico: teaching goes through schools.")
class School(Node):
    acronym: str = described("Its natural key.")
    name_it: str = described("Its name in Italian.")
    name_en: str = described("Its name in English.")
    note_it: str = described("What it teaches, in Italian.")
    note_en: str = described("What it teaches, in English.")
    evidence: str = described(EVIDENCE)
    source: str = described(SOURCE)


def _campus_laboratories(
    root: strawberry.Parent[published.Campus],
    info: Info,
    filter: LaboratoriesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: LaboratoriesOrdered = LaboratoryOrder.NAME,
) -> Listing[published.Laboratory]:
    return listings.listed_laboratories(info.context.catalogue, filter, order_by, campus=root.code)


def _municipality(root: strawberry.Parent[published.Campus], info: Info) -> published.Municipality | None:
    return info.context.catalogue.municipalities.get(root.city_istat or "")


@shows(published.Campus, "A campus of the Politecnico; coordinates within 300 metres.")
class Campus(Node):
    code: str = described("Its natural key.")
    name: str = described("Its name.")
    city: str = described("The city where it stands.")
    municipality: AMunicipality | None = described("The same, where it lies in Lombardy.", _municipality)
    address: str = described("Its street address; empty when unknown.")
    place: Place = described("Where it stands on the map.")
    reachable: bool = described("False where its distance from a municipality means nothing (Shanghai).")
    note: str = described("What is particular about it, in Italian.")
    laboratories: Connection[ALaboratory] = listed("The laboratories that are there.", _campus_laboratories)
    evidence: str = described(EVIDENCE)
    source: str = described(SOURCE)


def _department(root: strawberry.Parent[published.Laboratory], info: Info) -> published.Department:
    return info.context.catalogue.departments[root.department]


def _campus(root: strawberry.Parent[published.Laboratory], info: Info) -> published.Campus | None:
    return info.context.catalogue.campuses.get(root.campus or "")


def _themes(root: strawberry.Parent[published.Laboratory], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.themes)


def _sectors(root: strawberry.Parent[published.Laboratory], info: Info) -> list[published.StrategicSector]:
    return picked(info.context.catalogue.sectors, root.sectors)


def _matches(
    root: strawberry.Parent[published.Laboratory],
    info: Info,
    filter: LaboratoryNeedsAsked = UNSET,  # noqa: A002  # the argument's name in the schema
) -> Listing[NeedMatch]:
    return fits_of_laboratory(info.context.catalogue, root, filter)


def _offers(
    root: strawberry.Parent[published.Laboratory],
    info: Info,
    filter: OffersAsked = UNSET,  # noqa: A002  # the argument's name in the schema
) -> Listing[Offer]:
    return listed_offers(info.context.catalogue, filter, laboratory=root.slug)


@shows(published.Laboratory, "A laboratory or research group of the Politecnico.")
class Laboratory(Node):
    slug: str = described("Its stable natural key.")
    name: str = described("Its name.")
    department: ADepartment = described("The department it belongs to.", _department)
    campus: Campus | None = described("Where it is; null when unknown.", _campus)
    topic_en: str = described("Its topic as its source words it, in English.")
    card_it: str = described("What a municipality could ask it: two sentences in Italian.")
    card_en: str = described("What a municipality could ask it: two sentences in English.")
    themes: list[ATheme] = described("The themes it works on.", _themes)
    sectors: list[ASector] = described("The strategic sectors it belongs to.", _sectors)
    keywords_it: list[str] = described("Italian words for what it does.")
    keywords_en: list[str] = described("English words for what it does.")
    equipment_it: str = described("Its equipment, in Italian; empty when unknown.")
    equipment_en: str = described("Its equipment, in English; empty when unknown.")
    infrastructure_it: str = described("Its large infrastructures, in Italian; empty when unknown.")
    infrastructure_en: str = described("Its large infrastructures, in English; empty when unknown.")
    free_places: int | None = described(
        "How many projects it can still take; null when nobody knows (“da chiedere”), which is not zero."
    )
    recalled: bool = described(
        "True when the row was recalled and not read anywhere (“da confermare”).", name="toBeConfirmed"
    )
    concepts: list[AProfileConcept] = described(
        "The concepts of the lexicon it is linked to, and which of them it confirmed.", concepts_of
    )
    languages: list[str] = described("The languages it says it works in; empty when unknown.")
    radius_km: int | None = described("How far it says it travels; null when unknown.")
    semester_places: list[ASemesterPlaces] = described(
        "Places it declared by kind of initiative and semester.", places_of, cost=20
    )
    matches: Connection[AMatch] = listed(
        "The published needs that fit it, best first: the same scores as from the need.",
        _matches,
        cost=RANKING_NEEDS,
    )
    offers: Connection[AnOffer] = listed("What it looks for or can give, the last published first.", _offers)
    evidence: str = described(EVIDENCE)
    source: str = described(SOURCE)
