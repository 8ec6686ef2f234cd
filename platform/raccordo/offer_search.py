"""Lists of offers: filtered, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import OfferKind
from raccordo.municipalities import folded, searched
from raccordo.published import Province
from raccordo.published_offers import Offer
from raccordo.refusals import refused
from raccordo_graph.geography import kilometres


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilter:
    """What a list of offers is narrowed to; None and the empty text mean no condition.

    `province` takes the offers that reach its capital; `open` True those that can be answered on the day of the
    question, False all others.
    """

    text: str = ""
    kind: OfferKind | None = None
    theme: str | None = None
    province: str | None = None
    laboratory: str | None = None
    open: bool | None = None


def select(catalogue: Catalogue, wanted: OfferFilter, on: date) -> tuple[Offer, ...]:
    """The offers that satisfy the filter on that day, the last published first; raises Refused for unknown values."""
    _check(catalogue, wanted)
    words = searched(wanted.text)
    found = (
        offer
        for offer in catalogue.offers.values()
        if wanted.kind in (None, offer.kind)
        and (wanted.theme is None or wanted.theme in offer.themes)
        and wanted.laboratory in (None, offer.laboratory)
        and wanted.open in (None, offer.open_on(on))
        and (wanted.province is None or reaches(offer, catalogue.provinces[wanted.province]))
        and _says(catalogue, offer, words)
    )
    return tuple(sorted(found, key=sort_key))


def sort_key(offer: Offer) -> tuple[float, int]:
    """The last published first."""
    return (-offer.published_at.timestamp(), -offer.number)


def reaches(offer: Offer, province: Province) -> bool:
    """Whether the offer goes as far as the province's capital; one without a radius goes anywhere."""
    if offer.radius_km is None:
        return True
    return offer.place is not None and kilometres(offer.place, province.place) <= offer.radius_km


def _check(catalogue: Catalogue, wanted: OfferFilter) -> None:
    shelves = (
        ("theme", wanted.theme, catalogue.themes, Sentence("Questo tema non esiste.")),
        ("province", wanted.province, catalogue.provinces, Sentence("Questa provincia non esiste.")),
        ("laboratory", wanted.laboratory, catalogue.laboratories, Sentence("Questo laboratorio non esiste.")),
    )
    for field, value, shelf, sentence in shelves:
        if value is not None and value not in shelf:
            raise refused(field, "unknown", sentence)


def _says(catalogue: Catalogue, offer: Offer, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = _text(catalogue, offer)
    return all(word in text for word in words)


def _text(catalogue: Catalogue, offer: Offer) -> str:
    name = catalogue.laboratories[offer.laboratory].name
    labels = (catalogue.themes[slug].label_it for slug in offer.themes)
    written = (word.written for word in offer.understanding.words)
    return folded(" ".join((offer.title, offer.text, name, *labels, *written)))
