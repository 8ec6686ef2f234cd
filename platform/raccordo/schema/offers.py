"""Offers of laboratories: what is published, what their laboratories edit, whom they fit and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import offer_matches, offer_search, offers, published
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.models import OfferKind, OfferStatus
from raccordo.offer_rows import OfferState as StoredOffer
from raccordo.offer_search import OfferFilter
from raccordo.published_offers import Offer as PublishedOffer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, optional, said, shows
from raccordo.schema.links import ABody, AFunction, ALaboratory, ANeed, AnOffer, AnOfferMatch, ATheme
from raccordo.schema.listings import picked
from raccordo.schema.matches import Factor
from raccordo.schema.node import Node
from raccordo.schema.offer_details import showing_details
from raccordo_graph import Band
from raccordo_graph.offers import OfferMatch as FoundMatch
from raccordo_graph.offers import OfferReasons as GraphReasons

MATCHING = 50  # what ranking every body for an offer costs in the limiter's count
BESIDE = 10  # what ranking the offers for a need or a body costs

enumeration(
    OfferKind,
    "The kinds of offers.",
    THESIS="A subject for a thesis that looks for a real case.",
    INTERNSHIP="Students who work in a municipality for some weeks.",
    COURSE_SLOT="A course whose students work on cases of municipalities.",
    PILOT_SITE="A site is wanted to try an instrument or a method.",
    EQUIPMENT="An instrument to lend or to measure with.",
    DATA="Data that the laboratory gives, or looks for.",
)
enumeration(
    OfferStatus,
    "Where an offer stands in its life; whether it can be answered today, `open` says.",
    PUBLISHED="On the board.",
    CLOSED="Done with: it can be read and no longer answered.",
    WITHDRAWN="Taken off the board; it can be published again.",
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of both sides, as each writes it."""

    need: str
    offer: str


def bodies_of(catalogue: Catalogue, offer: PublishedOffer) -> Listing[FoundMatch]:
    return _listing(f"offer:{offer.number}", offer_matches.bodies_for(catalogue, offer))


def offers_of_need(catalogue: Catalogue, need: published.Need) -> Listing[FoundMatch]:
    """The offers open today that fit a need, best first."""
    found = offer_matches.offers_for_need(catalogue, need, today())
    return _listing(f"offers:need:{need.number}", found)


def offers_of_body(catalogue: Catalogue, body: published.TerritorialBody) -> Listing[FoundMatch]:
    """The offers open today that fit a need of a body, best first."""
    found = offer_matches.offers_for_body(catalogue, body, today())
    return _listing(f"offers:{body.body_kind}:{body.code}", found)


def _listing(name: str, fits: Sequence[FoundMatch]) -> Listing[FoundMatch]:
    return Listing(name, fits, lambda fit: (-fit.score, fit.body, fit.offer))


def listed_offers(catalogue: Catalogue, asked: AskedOffers | None, **fixed: Any) -> Listing[PublishedOffer]:
    wanted = OfferFilter(**{**said(asked), **fixed})
    return Listing(
        "offers", offer_search.select(catalogue, wanted, today()), lambda row: offer_search.sort_key(row)
    )


def _laboratory(root: strawberry.Parent[PublishedOffer], info: Info) -> published.Laboratory:
    return info.context.catalogue.laboratories[root.laboratory]


def _themes(root: strawberry.Parent[PublishedOffer], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.themes)


def _functions(root: strawberry.Parent[PublishedOffer], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


def _inferred(root: strawberry.Parent[PublishedOffer]) -> list[str]:
    return sorted(root.inferred)


def _open(root: strawberry.Parent[PublishedOffer]) -> bool:
    return root.open_on(today())


def _matches(root: strawberry.Parent[PublishedOffer], info: Info) -> Listing[FoundMatch]:
    return bodies_of(info.context.catalogue, root)


@shows(PublishedOffer, "What a laboratory looks for or can give.")
@showing_details(lambda offer: offer.details)
class Offer(Node):
    number: int = described("Its natural key.")
    kind: OfferKind = described("Its kind, which decides what other fields it has.")
    laboratory: ALaboratory = described("The laboratory that offers.", _laboratory)
    title: str = described("One line, in Italian.")
    text: str = described("What is looked for or given, and for whom, in Italian.")
    title_en: str = described("The title in English; empty when nobody wrote it.")
    text_en: str = described("The text in English; empty when nobody wrote it.")
    themes: list[ATheme] = described("The themes it is about, at most five.", _themes)
    functions: list[AFunction] = described("The fundamental functions it is about, at most five.", _functions)
    inferred: list[str] = described(
        "Which of `functions` and `themes` nobody chose: they were inferred from the text.", _inferred
    )
    radius_km: int | None = described(
        "How many kilometres from its campus the laboratory can go; null anywhere."
    )
    opens_on: date = described("The first day on which it can be answered.")
    closes_on: date | None = described("The last such day; null without an end.")
    open: bool = described("Whether it can be answered today.", _open)
    status: OfferStatus = described("Where it stands in its life; a withdrawn one is not published.")
    ended_because: str = described("Why it was closed; empty when nothing was said.")
    published_at: datetime = described("When it was first published.")
    changed_at: datetime = described("When it last changed.")
    version: int = described("Raised by every change: pass it back when revising.")
    matches: Connection[AnOfferMatch] = listed(
        "The bodies with a published need that it fits, best first, computed on read.",
        _matches,
        cost=MATCHING,
    )


def _written(name: str):  # type: ignore[no-untyped-def]  # a resolver for each field of the same input
    def resolver(root: strawberry.Parent[StoredOffer]) -> object:
        return getattr(root.written, name)

    return resolver


@shows(
    StoredOffer,
    "An offer as it is stored and as its laboratory edits it: only what a person chose, nothing inferred.",
    right=("revise", "offer"),
)
@showing_details(lambda state: state.written.details)
class OfferState:
    number: int = described("Its natural key.")
    version: int = described("The version to pass back with the next change.")
    status: OfferStatus = described("Where it stands in its life.")
    laboratory: str = described("The slug of its laboratory.")
    kind: OfferKind = described("Its kind.", _written("kind"))
    title: str = described("The title as it is now.", _written("title"))
    text: str = described("The text as it is now.", _written("text"))
    title_en: str = described("The English title as it is now.", _written("title_en"))
    text_en: str = described("The English text as it is now.", _written("text_en"))
    themes: list[str] = described("The slugs of the themes that were chosen.", _written("themes"))
    functions: list[str] = described("The letters of the functions that were chosen.", _written("functions"))
    radius_km: str = described("The radius as it is now; empty anywhere.", _written("radius_km"))
    opens_on: str = described("The first day as YYYY-MM-DD.", _written("opens_on"))
    closes_on: str = described("The last day as YYYY-MM-DD; empty without an end.", _written("closes_on"))
    ended_because: str = described("Why it was closed or withdrawn; empty when nothing was said.")


@shows(Word, "A word that a need and an offer share, as each of them writes it.")
class OfferWord:
    need: str = described("As the need writes it.")
    offer: str = described("As the offer writes it.")


def _words(root: strawberry.Parent[GraphReasons]) -> list[Word]:
    return [Word(need, offer) for need, offer in root.shared_words]


def _shared_themes(root: strawberry.Parent[GraphReasons], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.shared_themes)


@shows(GraphReasons, "Why an offer fits: facts, then one sentence in each language.")
class OfferReasons:
    shared_words: list[OfferWord] = described("The words of both sides, heaviest first.", _words)
    shared_concepts: list[str] = described("The concepts of the lexicon that both say, heaviest first.")
    shared_themes: list[ATheme] = described("The themes of both sides, heaviest first.", _shared_themes)
    distance_km: float | None = described("Kilometres as the crow flies; null when either place is unknown.")
    sentence_it: str = described("The reasons in one Italian sentence.")
    sentence_en: str = described("The reasons in one English sentence.")


def _offer_of(root: strawberry.Parent[FoundMatch], info: Info) -> PublishedOffer:
    return info.context.catalogue.offers[root.offer]


def _body_of(root: strawberry.Parent[FoundMatch], info: Info) -> published.TerritorialBody:
    body = info.context.catalogue.body(*offer_matches.body_of(root))
    assert body is not None  # noqa: S101  # the ranking was made from this very picture
    return body


def _need_of(root: strawberry.Parent[FoundMatch], info: Info) -> published.Need | None:
    return info.context.catalogue.needs.get(root.reasons.need or 0)


def _more_needs(root: strawberry.Parent[FoundMatch]) -> int:
    return len(root.reasons.more_needs)


@shows(
    FoundMatch,
    "An offer and a body that it may be for: because of a published need. Nobody is ever assigned.",
)
class OfferMatch:
    offer: AnOffer = described("The offer.", _offer_of)
    body: ABody = described("The body.", _body_of)
    need: ANeed | None = described("The need of the body that fits best.", _need_of)
    more_needs: int = described("How many more needs of the body have to do with it.", _more_needs)
    score: float = described("The sum of the factors' contributions, between 0 and 1.")
    band: Band = described("How much the texts have in common; distance never counts.")
    position: int = described("Its place, from 1; equal scores share one.")
    factors: list[Factor] = described("The parts of the score.")
    reasons: OfferReasons = described("Why the offer may be for the body.")


@strawberry.input(name="OfferFilter", description="What a list of offers is narrowed to.")
class AskedOffers:
    text: str | None = optional("Words that the offer, its themes or its laboratory's name contain.")
    kind: OfferKind | None = optional("Only those of this kind.")
    theme: str | None = optional("Only those of this theme: its slug.")
    province: str | None = optional("Only those that reach the capital of this province: three digits.")
    laboratory: str | None = optional("Only those of this laboratory: its slug.")
    open: bool | None = optional("Only those that can be answered today, or only the others.")


OffersAsked: TypeAlias = Annotated[
    AskedOffers | None, strawberry.argument(description="What the list is narrowed to.")
]
OfferNumber: TypeAlias = Annotated[int, strawberry.argument(description="The number of the offer.")]


def _offers(info: Info, filter: OffersAsked = UNSET) -> Listing[PublishedOffer]:  # noqa: A002  # the argument's name in the schema
    return listed_offers(info.context.catalogue, filter)


async def _offer(info: Info, number: OfferNumber) -> PublishedOffer:
    found = info.context.catalogue.offers.get(number)
    if found is None:
        raise await offers.missing(number)
    return found


@strawberry.type
class OfferQuery:
    offer: Offer | None = described("An offer; a withdrawn one is an error that says so.", _offer)
    offers: Connection[AnOffer] = listed(
        "The offers of laboratories, also closed ones, the last published first.", _offers
    )
