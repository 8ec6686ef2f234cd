"""The words that municipalities and laboratories share: themes, fundamental functions, strategic sectors."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from raccordo import published
from raccordo.laboratories import LaboratoryOrder
from raccordo.need_search import NeedOrder
from raccordo.published import Axis
from raccordo.published_offers import Offer
from raccordo.schema import listings
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.links import ADepartment, AFunction, ALaboratory, ANeed, AnOffer, ASector, ATheme
from raccordo.schema.listings import (
    LaboratoriesAsked,
    LaboratoriesOrdered,
    NeedsAsked,
    NeedsOrdered,
    picked,
    shelf,
)
from raccordo.schema.node import Node
from raccordo.schema.offers import OffersAsked, listed_offers

EVIDENCE = "How far the row can be trusted: `recalled` was not read anywhere."
SOURCE = "Where the row was read."


def themes(rows: list[published.Theme]) -> Listing[published.Theme]:
    """Themes by Italian label."""
    return shelf("themes", rows, lambda row: row.label_it, lambda row: row.slug)


def _functions(root: strawberry.Parent[published.Theme], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


def _departments(root: strawberry.Parent[published.Theme], info: Info) -> list[published.Department]:
    return picked(info.context.catalogue.departments, root.departments)


def _sectors(root: strawberry.Parent[published.Theme], info: Info) -> list[published.StrategicSector]:
    return picked(info.context.catalogue.sectors, root.sectors)


def _laboratories(
    root: strawberry.Parent[published.Theme],
    info: Info,
    filter: LaboratoriesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: LaboratoriesOrdered = LaboratoryOrder.NAME,
) -> Listing[published.Laboratory]:
    return listings.listed_laboratories(info.context.catalogue, filter, order_by, theme=root.slug)


def _needs(
    root: strawberry.Parent[published.Theme],
    info: Info,
    filter: NeedsAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: NeedsOrdered = NeedOrder.NEWEST,
) -> Listing[published.Need]:
    return listings.listed_needs(info.context.catalogue, filter, order_by, theme=root.slug)


def _offers(
    root: strawberry.Parent[published.Theme],
    info: Info,
    filter: OffersAsked = UNSET,  # noqa: A002  # the argument's name in the schema
) -> Listing[Offer]:
    return listed_offers(info.context.catalogue, filter, theme=root.slug)


@shows(published.Theme, "A theme: a concept of the controlled vocabulary that needs and laboratories share.")
class Theme(Node):
    slug: str = described("Its stable natural key.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    description_it: str = described("What it covers, in Italian.")
    description_en: str = described("What it covers, in English.")
    functions: list[AFunction] = described("The fundamental functions it serves.", _functions)
    departments: list[ADepartment] = described("The departments that work on it.", _departments)
    sectors: list[ASector] = described("The strategic sectors it belongs to.", _sectors)
    sdgs: list[str] = described("Numbers of the Sustainable Development Goals it serves.")
    erc_panels: list[str] = described("Panels of the European Research Council that it falls under.")
    pnrr_components: list[str] = described("Components of the PNRR that paid for it.")
    dcat_ap_it_theme: str = described("Its theme in the Italian catalogue of open data, DCAT-AP_IT.")
    axes: list[Axis] = described("The axes of sustainability it touches.")
    keywords_it: list[str] = described("Everyday Italian words that point to it.")
    keywords_en: list[str] = described("Everyday English words that point to it.")
    laboratories: Connection[ALaboratory] = listed("The laboratories that work on it.", _laboratories)
    needs: Connection[ANeed] = listed("The published needs of this theme.", _needs)
    offers: Connection[AnOffer] = listed("The offers of this theme, the last published first.", _offers)
    evidence: str = described(EVIDENCE)
    source: str = described(SOURCE)


def _function_themes(
    root: strawberry.Parent[published.FundamentalFunction], info: Info
) -> Listing[published.Theme]:
    return themes([row for row in info.context.catalogue.themes.values() if root.letter in row.functions])


def _function_needs(
    root: strawberry.Parent[published.FundamentalFunction],
    info: Info,
    filter: NeedsAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: NeedsOrdered = NeedOrder.NEWEST,
) -> Listing[published.Need]:
    return listings.listed_needs(info.context.catalogue, filter, order_by, function=root.letter)


@shows(published.FundamentalFunction, "A fundamental function of municipalities, D.L. 78/2010 art. 14 c. 27.")
class FundamentalFunction(Node):
    letter: str = described("Its legal letter, from `a` to `l-bis`: the natural key.")
    text_it: str = described("The text of the law, in Italian.")
    text_en: str = described("The text of the law, translated into English.")
    short_it: str = described("A few words for it, in Italian.")
    short_en: str = described("A few words for it, in English.")
    services_it: list[str] = described("The services it comprises, in Italian.")
    services_en: list[str] = described("The services it comprises, in English.")
    themes: Connection[ATheme] = listed("The themes that serve it.", _function_themes)
    needs: Connection[ANeed] = listed("The published needs about it.", _function_needs)
    source: str = described(SOURCE)


def _sector_themes(
    root: strawberry.Parent[published.StrategicSector], info: Info
) -> Listing[published.Theme]:
    return themes([row for row in info.context.catalogue.themes.values() if root.slug in row.sectors])


def _sector_laboratories(
    root: strawberry.Parent[published.StrategicSector],
    info: Info,
    filter: LaboratoriesAsked = UNSET,  # noqa: A002  # the argument's name in the schema
    order_by: LaboratoriesOrdered = LaboratoryOrder.NAME,
) -> Listing[published.Laboratory]:
    return listings.listed_laboratories(info.context.catalogue, filter, order_by, sector=root.slug)


@shows(published.StrategicSector, "One of the nine strategic sectors that the framework agreement names.")
class StrategicSector(Node):
    slug: str = described("Its natural key.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    themes: Connection[ATheme] = listed("The themes that belong to it.", _sector_themes)
    laboratories: Connection[ALaboratory] = listed(
        "The laboratories that belong to it.", _sector_laboratories
    )
    source: str = described(SOURCE)
