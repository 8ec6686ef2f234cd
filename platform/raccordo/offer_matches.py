"""Offers find bodies by their published needs, and needs and bodies find offers: computed on read, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.models import BodyKind
from raccordo.published import Need, TerritorialBody
from raccordo.published_offers import Offer
from raccordo.rights import Body
from raccordo_graph import Band, Understanding
from raccordo_graph.bands import SUGGESTED
from raccordo_graph.offers import Asker, OfferMatch, OfferText, rank_bodies, rank_offers


def bodies_for(catalogue: Catalogue, offer: Offer) -> tuple[OfferMatch, ...]:
    """The bodies for which an offer may be something, best first: because of a published need that fits."""
    found = rank_bodies(catalogue.index, offer.number, _text(offer), _askers(catalogue))
    return tuple(fit for fit in found if fit.band is not Band.NONE)


def offers_for_need(catalogue: Catalogue, need: Need, on: date) -> tuple[OfferMatch, ...]:
    """The offers open on that day that fit one need, best first."""
    asker = Asker(place=need.place, needs={need.number: need.understanding})
    return _offers(catalogue, (need.owner_kind, need.owner_code), asker, on)


def offers_for_body(catalogue: Catalogue, body: TerritorialBody, on: date) -> tuple[OfferMatch, ...]:
    """The offers open on that day that fit one of the body's published needs, best first."""
    key = (body.body_kind, body.code)
    needs = {
        need.number: need.understanding
        for need in catalogue.needs.values()
        if (need.owner_kind, need.owner_code) == key
    }
    return _offers(catalogue, key, Asker(place=body.place, needs=needs), on) if needs else ()


def body_of(fit: OfferMatch) -> Body:
    """The body that a fit is about."""
    kind, _, code = fit.body.partition(":")
    return BodyKind(kind), code


def _offers(catalogue: Catalogue, body: Body, asker: Asker, on: date) -> tuple[OfferMatch, ...]:
    offers = {number: _text(offer) for number, offer in catalogue.offers.items() if offer.open_on(on)}
    found = rank_offers(catalogue.index, _key(body), asker, offers)
    return tuple(fit for fit in found if fit.band is not Band.NONE)


def _askers(catalogue: Catalogue) -> Mapping[str, Asker]:
    """Every body that has published something, with its needs."""
    needs: dict[Body, dict[int, Understanding]] = defaultdict(dict)
    for need in catalogue.needs.values():
        needs[need.owner_kind, need.owner_code][need.number] = need.understanding
    return {
        _key(owner): Asker(place=body.place, needs=theirs)
        for owner, theirs in needs.items()
        if (body := catalogue.body(*owner))
    }


def _text(offer: Offer) -> OfferText:
    return OfferText(understanding=offer.understanding, place=offer.place, radius_km=offer.radius_km)


def _key(body: Body) -> str:
    return f"{body[0]}:{body[1]}"


def fitting(fits: Iterable[OfferMatch]) -> tuple[OfferMatch, ...]:
    """Those that one may suggest: the plausible ones."""
    return tuple(fit for fit in fits if fit.band in SUGGESTED)
