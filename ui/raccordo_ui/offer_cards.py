"""Offers made ready for a page: rows of a list, the facts of a kind, and an offer beside a need or a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from raccordo import offer_matches
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import OfferStatus
from raccordo.offer_fields import Field, Shape
from raccordo.offer_kinds import KINDS
from raccordo.published_offers import Offer
from raccordo_graph import Band
from raccordo_graph.offers import OfferMatch, OfferReasons
from raccordo_ui.formats import day, kilometres, local, number
from raccordo_ui.language import address
from raccordo_ui.match_cards import FactorLine, Station, Strength, along, band_ranges, factor_lines, strength
from raccordo_ui.need_cards import example_words, owner_address, theme_stations

FACTORS = {
    "words": Sentence("parole in comune"),
    "concepts": Sentence("concetti del lessico"),
    "themes": Sentence("temi in comune"),
    "more_needs": Sentence("altri bisogni dello stesso ente"),
    "distance": Sentence("distanza dalla sede"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCard:
    """An offer as a list shows it; `speaks` is the language of its title and text as shown."""

    offer: Offer
    href: str
    kind: str
    title: str
    text: str
    speaks: str
    laboratory: str
    laboratory_href: str
    themes: tuple[Station, ...]
    open: bool
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailLine:
    """A field of the kind as a page shows it: whether its author wrote the value, and whether it is a whole text."""

    label: str
    value: str
    written: bool
    long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMatchCard:
    """An offer beside a need or a body: why it may be for it, in which need of the body."""

    card: OfferCard
    why: str
    stations: tuple[Station, ...]
    need_title: str
    need_href: str
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMatchCard:
    """A body beside an offer: the need that makes it one, and the parts of its score."""

    name: str
    href: str
    position: int
    tied: bool
    why: str
    stations: tuple[Station, ...]
    need_title: str
    need_href: str
    example: str
    strength: Strength
    factors: tuple[FactorLine, ...]


def offer_card(picture: Catalogue, offer: Offer, language: str, on: date) -> OfferCard:
    laboratory = picture.laboratories[offer.laboratory]
    english = language == "en" and bool(offer.title_en and offer.text_en)
    return OfferCard(
        offer=offer,
        href=address(language, f"/offerte/{offer.number}"),
        kind=KINDS[offer.kind].label.say(language),
        title=offer.title_en if english else offer.title,
        text=offer.text_en if english else offer.text,
        speaks="en" if english else "it",
        laboratory=laboratory.name,
        laboratory_href=address(language, f"/laboratori/{laboratory.slug}"),
        themes=theme_stations(picture, offer.themes, language),
        open=offer.open_on(on),
        when=when_words(offer, on, language),
    )


def when_words(offer: Offer, on: date, language: str) -> str:
    """Until when somebody can answer it, as it reads on that day."""
    if offer.status is OfferStatus.CLOSED:
        return Sentence("chiusa").say(language)
    if offer.closes_on is not None and offer.closes_on < on:
        return Sentence("scaduta il {day}", {"day": day(offer.closes_on, language)}).say(language)
    if offer.opens_on > on:
        return Sentence("apre il {day}", {"day": day(offer.opens_on, language)}).say(language)
    if offer.closes_on is None:
        return Sentence("aperta, senza scadenza").say(language)
    return Sentence("aperta fino al {day}", {"day": day(offer.closes_on, language)}).say(language)


def radius_words(offer: Offer, language: str) -> str:
    """How far the laboratory goes."""
    if offer.radius_km is None:
        return Sentence("ovunque").say(language)
    far = kilometres(offer.radius_km, language)
    if offer.place is None:
        return Sentence("entro {far} dalla sede, che non è nota", {"far": far}).say(language)
    return Sentence("entro {far} in linea d’aria dalla sede", {"far": far}).say(language)


def detail_lines(picture: Catalogue, offer: Offer, language: str) -> tuple[DetailLine, ...]:
    """The fields of its kind that were filled in, in the order of its form."""
    return tuple(
        DetailLine(
            label=one.label.say(language),
            value=_value(picture, one, offer.details[one.name], language),
            written=one.shape in (Shape.LINE, Shape.TEXT),
            long=one.shape is Shape.TEXT,
        )
        for one in KINDS[offer.kind].fields
        if one.name in offer.details
    )


def offer_match_cards(
    picture: Catalogue, fits: Sequence[OfferMatch], language: str, on: date, most: int
) -> tuple[OfferMatchCard, ...]:
    """The plausible ones among the offers for a need or a body, best first."""
    ranges = band_ranges(fits)
    return tuple(
        OfferMatchCard(
            card=offer_card(picture, picture.offers[fit.offer], language, on),
            why=_why(fit.reasons, language),
            stations=_stations(picture, fit.reasons, language),
            **_need_of(picture, fit.reasons, language),
            strength=strength(fit, ranges[fit.band], language),
        )
        for fit in offer_matches.fitting(fits)[:most]
    )


def body_match_cards(
    picture: Catalogue, fits: Sequence[OfferMatch], language: str
) -> tuple[BodyMatchCard, ...]:
    """The bodies for which an offer may be something, best first, the weak ones left out."""
    shown, ranges = offer_matches.fitting(fits), band_ranges(fits)
    positions = [fit.position for fit in shown]
    return tuple(_body(picture, fit, positions, ranges, language) for fit in shown)


def _body(
    picture: Catalogue,
    fit: OfferMatch,
    positions: Sequence[int],
    ranges: dict[Band, tuple[float, float]],
    language: str,
) -> BodyMatchCard:
    owner = picture.body(*offer_matches.body_of(fit))
    assert owner is not None  # noqa: S101  # the ranking was made from this very picture
    need = picture.needs[fit.reasons.need or 0]
    return BodyMatchCard(
        name=owner.name,
        href=owner_address(owner, language),
        position=fit.position,
        tied=positions.count(fit.position) > 1,
        why=_why(fit.reasons, language),
        stations=_stations(picture, fit.reasons, language),
        **_need_of(picture, fit.reasons, language),
        example=example_words(need, language),
        strength=strength(fit, ranges[fit.band], language),
        factors=factor_lines(fit.factors, language, FACTORS),
    )


def _value(picture: Catalogue, one: Field, value: str | int, language: str) -> str:
    if one.shape is Shape.CHOICE:
        return one.choices[str(value)].say(language)
    if one.shape is Shape.SCHOOL and value in picture.schools:
        return local(picture.schools[str(value)], "name", language)
    if one.shape is Shape.DAY:
        return day(date.fromisoformat(str(value)), language)
    return number(int(value), language) if one.shape is Shape.WHOLE else str(value)


def _why(reasons: OfferReasons, language: str) -> str:
    return reasons.sentence_en if language == "en" else reasons.sentence_it


def _need_of(picture: Catalogue, reasons: OfferReasons, language: str) -> dict[str, str]:
    need = picture.needs[reasons.need or 0]
    return {"need_title": need.title, "need_href": address(language, f"/bisogni/{need.number}")}


def _stations(picture: Catalogue, reasons: OfferReasons, language: str) -> tuple[Station, ...]:
    return along(picture, reasons.shared_themes, [need for need, _ in reasons.shared_words], language)
