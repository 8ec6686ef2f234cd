"""Offers made ready for a page: rows of a list, the facts of a kind, and an offer beside a need or a body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from raccordo_graph.offers import OfferFit, OfferReasons
from raccordo_ui.formats import day, kilometres, local, number, quoted
from raccordo_ui.language import address
from raccordo_ui.match_cards import BANDS, STATIONS, FactorLine, Station, Strength
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
class FittingOffer:
    """An offer beside a need or a body: why it may be for it, in which need of the body."""

    card: OfferCard
    why: str
    stations: tuple[Station, ...]
    need_title: str
    need_href: str
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingBody:
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


def fitting_offers(
    picture: Catalogue, fits: Sequence[OfferFit], language: str, on: date, most: int
) -> tuple[FittingOffer, ...]:
    """The plausible ones among the offers for a need or a body, best first."""
    ranges = _ranges(fits)
    return tuple(
        FittingOffer(
            card=offer_card(picture, picture.offers[fit.offer], language, on),
            why=_why(fit.reasons, language),
            stations=_stations(picture, fit.reasons, language),
            **_need_of(picture, fit.reasons, language),
            strength=_strength(fit, ranges[fit.band], language),
        )
        for fit in offer_matches.fitting(fits)[:most]
    )


def fitting_bodies(picture: Catalogue, fits: Sequence[OfferFit], language: str) -> tuple[FittingBody, ...]:
    """The bodies for which an offer may be something, best first, the weak ones left out."""
    shown, ranges = offer_matches.fitting(fits), _ranges(fits)
    positions = [fit.position for fit in shown]
    return tuple(_body(picture, fit, positions, ranges, language) for fit in shown)


def _body(
    picture: Catalogue,
    fit: OfferFit,
    positions: Sequence[int],
    ranges: dict[Band, tuple[float, float]],
    language: str,
) -> FittingBody:
    owner = picture.body(*offer_matches.body_of(fit))
    assert owner is not None  # noqa: S101  # the ranking was made from this very picture
    need = picture.needs[fit.reasons.need or 0]
    unknown = Sentence("non si sa").say(language)
    return FittingBody(
        name=owner.name,
        href=owner_address(owner, language),
        position=fit.position,
        tied=positions.count(fit.position) > 1,
        why=_why(fit.reasons, language),
        stations=_stations(picture, fit.reasons, language),
        **_need_of(picture, fit.reasons, language),
        example=example_words(need, language),
        strength=_strength(fit, ranges[fit.band], language),
        factors=tuple(
            FactorLine(
                name=FACTORS[one.name].say(language),
                value=number(one.value, language, 2) if one.known else unknown,
                weight=number(one.weight, language, 2),
                contribution=number(one.contribution, language, 2),
            )
            for one in fit.factors
        ),
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
    themes = theme_stations(picture, reasons.shared_themes, language)
    words = [Station("word", quoted(need, language)) for need, _ in reasons.shared_words]
    return (*themes[: max(2, STATIONS - len(words))], *words)[:STATIONS]


def _ranges(fits: Iterable[OfferFit]) -> dict[Band, tuple[float, float]]:
    """The lowest and the highest score of each band in one list."""
    ranges: dict[Band, tuple[float, float]] = {}
    for fit in fits:
        low, high = ranges.get(fit.band, (fit.score, fit.score))
        ranges[fit.band] = (min(low, fit.score), max(high, fit.score))
    return ranges


def _strength(fit: OfferFit, range_of_band: tuple[float, float], language: str) -> Strength:
    return Strength(
        score=round(fit.score * 100, 1),
        low=round(range_of_band[0] * 100, 1),
        high=round(range_of_band[1] * 100, 1),
        shown=number(fit.score, language, 2),
        band=BANDS[fit.band].say(language),
    )
