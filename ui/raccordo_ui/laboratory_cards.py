"""Laboratories made ready for a page: a line of a list, and the needs that fit one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import Laboratory
from raccordo_graph import Band, NeedMatch
from raccordo_graph.bands import SUGGESTED
from raccordo_ui.formats import local
from raccordo_ui.match_cards import Station, Strength, band_ranges, free_places, stations, strength, where
from raccordo_ui.need_cards import NeedCard, need_card, theme_stations


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryCard:
    """A laboratory as a list shows it."""

    laboratory: Laboratory
    department: str
    campus: str
    themes: tuple[Station, ...]
    free: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingNeed:
    """A need beside a laboratory: who asks, why it fits, where it is, how strong the match is."""

    card: NeedCard
    position: int
    tied: bool
    why: str
    stations: tuple[Station, ...]
    where: str
    strength: Strength


def laboratory_card(picture: Catalogue, laboratory: Laboratory, language: str) -> LaboratoryCard:
    return LaboratoryCard(
        laboratory=laboratory,
        department=local(picture.departments[laboratory.department], "name", language),
        campus=campus_name(picture, laboratory, language),
        themes=theme_stations(picture, laboratory.themes, language),
        free=free_places(laboratory, language),
    )


def campus_name(picture: Catalogue, laboratory: Laboratory, language: str) -> str:
    if laboratory.campus is None:
        return Sentence("sede da chiedere").say(language)
    return picture.campuses[laboratory.campus].name


def fitting_needs(
    picture: Catalogue, matches: Sequence[NeedMatch], language: str, bands: Iterable[Band] = SUGGESTED
) -> tuple[FittingNeed, ...]:
    """The needs of those bands, best first; the bar of each is drawn against all needs with a reason."""
    ranges = band_ranges(match for match in matches if match.band is not Band.NONE)
    wanted = set(bands)
    shown = [match for match in matches if match.band in wanted]
    levels = [match.level for match in shown]
    return tuple(
        FittingNeed(
            card=need_card(picture, picture.needs[match.need], language),
            position=match.level,
            tied=levels.count(match.level) > 1,
            why=match.reasons.sentence_en if language == "en" else match.reasons.sentence_it,
            stations=stations(picture, match.reasons, language),
            where=where(picture, match.reasons, language),
            strength=strength(match, ranges[match.band], language),
        )
        for match in shown
    )
