"""Needs made ready for a page: rows of a list, needs that resemble one another, deadlines in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.need_search import AlikeNeed
from raccordo.published import Axis, Need, TerritorialBody
from raccordo_ui.formats import day, local, number, quoted
from raccordo_ui.language import address
from raccordo_ui.match_cards import Station

AXES = {
    Axis.ENVIRONMENTAL: Sentence("ambientale"),
    Axis.SOCIAL: Sentence("sociale"),
    Axis.ECONOMIC: Sentence("economico"),
}
BODY_PATHS = {
    BodyKind.MUNICIPALITY: "/comuni/",
    BodyKind.PROVINCE: "/province/",
    BodyKind.MOUNTAIN_COMMUNITY: "/comunita-montane/",
    BodyKind.UNION_OF_MUNICIPALITIES: "/unioni/",
}
STATIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCard:
    """A need as a list shows it, with its owner and what may be said about its deadline."""

    need: Need
    owner: str
    owner_href: str
    owner_population: int
    themes: tuple[Station, ...]
    deadline: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeCard:
    """A need that resembles another, why, and the border between the two owners in words, else empty."""

    need: Need
    owner: str
    stations: tuple[Station, ...]
    border: str
    example: str


def need_card(picture: Catalogue, need: Need, language: str) -> NeedCard:
    owner = picture.owner(need)
    return NeedCard(
        need=need,
        owner=owner.name,
        owner_href=owner_address(owner, language),
        owner_population=owner.population,
        themes=theme_stations(picture, need.themes, language),
        deadline=deadline_words(need.deadline, today(), language),
        example=example_words(need, language),
    )


def alike_cards(picture: Catalogue, alike: Iterable[AlikeNeed], language: str) -> tuple[AlikeCard, ...]:
    return tuple(
        AlikeCard(
            need=one.need,
            owner=picture.owner(one.need).name,
            stations=_shared(picture, one, language),
            border=_border(one.border_metres, language),
            example=example_words(one.need, language),
        )
        for one in alike
    )


def owner_address(owner: TerritorialBody, language: str) -> str:
    return address(language, BODY_PATHS[owner.body_kind] + owner.code)


def theme_stations(picture: Catalogue, slugs: Iterable[str], language: str) -> tuple[Station, ...]:
    return tuple(
        Station("theme", local(picture.themes[slug], "label", language), address(language, f"/temi/{slug}"))
        for slug in slugs
    )


def deadline_words(deadline: date | None, on: date, language: str) -> str:
    """A deadline as it reads on that day; a past one never invites to begin something."""
    if deadline is None:
        return ""
    if deadline < on:
        return Sentence("scaduto: chiusura e rendicontazione").say(language)
    return Sentence("entro il {day}", {"day": day(deadline, language)}).say(language)


def example_words(need: Need, language: str) -> str:
    """What an example says of itself; empty for the need of a real body."""
    if not need.example:
        return ""
    if need.owner_kind is BodyKind.MUNICIPALITY:
        return Sentence("esempio, non una richiesta del Comune").say(language)
    return Sentence("esempio, non una richiesta dell’ente").say(language)


def _shared(picture: Catalogue, one: AlikeNeed, language: str) -> tuple[Station, ...]:
    themes = theme_stations(picture, one.shared_themes, language)
    words = (Station("word", quoted(word, language)) for word in one.shared_words)
    return (*themes[:1], *words)[:STATIONS]


def _border(metres: int | None, language: str) -> str:
    if metres is None:
        return ""
    if metres < 1000:
        return Sentence("confine di {metres} m", {"metres": number(metres, language)}).say(language)
    return Sentence("confine di {km} km", {"km": number(metres / 1000, language, 1)}).say(language)
