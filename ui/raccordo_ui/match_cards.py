"""Matches made ready for a page: who, why, the stations of the joint, where, when free, and then the bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from raccordo import semesters
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence, translate_plural
from raccordo.published import Laboratory
from raccordo_graph import Band, Factor, Match, Reasons
from raccordo_ui.formats import kilometres, local, number, quoted
from raccordo_ui.language import address

STATIONS = 3
THEMES = 2  # stations that may be themes when there are words to show as well

BANDS = {
    Band.STRONG: Sentence("abbinamento forte"),
    Band.PLAUSIBLE: Sentence("abbinamento plausibile"),
    Band.WEAK: Sentence("abbinamento debole"),
    Band.NONE: Sentence("nessun motivo in comune"),
}
FACTORS = {
    "words": Sentence("parole in comune"),
    "concepts": Sentence("concetti del lessico"),
    "themes": Sentence("temi, anche vicini"),
    "distance": Sentence("distanza dalla sede"),
    "capacity": Sentence("posti liberi"),
    "feedback": Sentence("risposte a bisogni simili"),
}


class Scored(Protocol):
    """Any match: of a laboratory, a need or an offer."""

    @property
    def score(self) -> float: ...

    @property
    def band(self) -> Band: ...


@dataclass(frozen=True, slots=True)
class Station:
    """A reason along the joint: a shared theme, with its page, or a shared word. `kind` is theme or word."""

    kind: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How much a match says. `score`, `low` and `high` in hundredths, for the bar; `shown` for people.

    Between `low` and `high` lie all matches of the same band in the same list: in there the order is not safe.
    """

    score: float
    low: float
    high: float
    shown: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorLine:
    """One row of "where the score comes from"; the last cell says when a value is simply not known."""

    name: str
    value: str
    weight: str
    contribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCard:
    """A laboratory beside a need. `tied` when another one of the list cannot be told from it: they share a place."""

    laboratory: Laboratory
    position: int
    tied: bool
    department: str
    why: str
    way: str
    stations: tuple[Station, ...]
    where: str
    free: str
    strength: Strength
    factors: tuple[FactorLine, ...]


def match_cards(picture: Catalogue, matches: Sequence[Match], language: str) -> tuple[MatchCard, ...]:
    """Cards of the laboratories that have something in common with the need, best first."""
    telling = [match for match in matches if match.band is not Band.NONE]
    ranges = band_ranges(telling)
    levels = [match.level for match in telling]
    return tuple(
        _card(picture, match, ranges[match.band], levels.count(match.level) > 1, language)
        for match in telling
    )


def band_ranges(matches: Iterable[Scored]) -> dict[Band, tuple[float, float]]:
    """The lowest and the highest score of each band in one list."""
    ranges: dict[Band, tuple[float, float]] = {}
    for match in matches:
        low, high = ranges.get(match.band, (match.score, match.score))
        ranges[match.band] = (min(low, match.score), max(high, match.score))
    return ranges


def strength(match: Scored, range_of_band: tuple[float, float], language: str) -> Strength:
    low, high = range_of_band
    return Strength(
        score=round(match.score * 100, 1),
        low=round(low * 100, 1),
        high=round(high * 100, 1),
        shown=number(match.score, language, 2),
        band=BANDS[match.band].say(language),
    )


def stations(picture: Catalogue, reasons: Reasons, language: str) -> tuple[Station, ...]:
    """Up to three reasons in the reader's words: themes first, then words; else the theme that leads there."""
    slugs = reasons.shared_themes or tuple(name for kind, name in reasons.path if kind == "theme")
    return along(picture, slugs, [word.need for word in reasons.shared_words], language)


def along(
    picture: Catalogue, themes: Iterable[str], words: Iterable[str], language: str
) -> tuple[Station, ...]:
    """The first of these themes, then of these words: at most as many as a joint has room for."""
    written = [Station("word", quoted(word, language)) for word in words]
    shared = [
        Station("theme", local(picture.themes[slug], "label", language), address(language, f"/temi/{slug}"))
        for slug in themes
    ]
    room = max(THEMES, STATIONS - len(written))
    return tuple([*shared[:room], *written][:STATIONS])


def factor_lines(
    factors: Iterable[Factor], language: str, names: Mapping[str, Sentence] = FACTORS, digits: int = 2
) -> tuple[FactorLine, ...]:
    """The rows of a score, with the names of its factors; `digits` of weights and contributions."""
    unknown = Sentence("non si sa").say(language)
    return tuple(
        FactorLine(
            name=names[factor.name].say(language),
            value=number(factor.value, language, 2) if factor.known else unknown,
            weight=number(factor.weight, language, digits),
            contribution=number(factor.contribution, language, digits),
        )
        for factor in factors
    )


def where(picture: Catalogue, reasons: Reasons, language: str) -> str:
    """The campus and how far it is as the crow flies, as far as either is known."""
    if reasons.campus is None:
        return Sentence("sede da chiedere").say(language)
    name = picture.campuses[reasons.campus].name
    if reasons.distance_km is None:
        return name
    far = kilometres(reasons.distance_km, language)
    return Sentence("{campus}, a {far} in linea d’aria", {"campus": name, "far": far}).say(language)


def free_places(laboratory: Laboratory, language: str) -> str:
    """How many more requests the laboratory takes, when anybody said so."""
    return _places(laboratory.free_places, language)


def _places(free: int | None, language: str) -> str:
    if free is None:
        return Sentence("da chiedere").say(language)
    text = translate_plural("{count} posto", "{count} posti", free, language)
    return text.format(count=number(free, language))


def _counted(reasons: Reasons, language: str) -> str:
    """The places that the score counts: those of the semester that the need names, where the laboratory stated them."""
    free = _places(reasons.free_places, language)
    if reasons.places_for is None:
        return free
    when = semesters.name_of(reasons.places_for.semester)
    return Sentence("{places} nel {semester}", {"places": free, "semester": when}).say(language)


def _card(
    picture: Catalogue, match: Match, range_of_band: tuple[float, float], tied: bool, language: str
) -> MatchCard:
    laboratory = picture.laboratories[match.laboratory]
    said = match.reasons.sentence_en if language == "en" else match.reasons.sentence_it
    return MatchCard(
        laboratory=laboratory,
        position=match.level,
        tied=tied,
        department=local(picture.departments[laboratory.department], "name", language),
        why=said,
        way=match.reasons.way_en if language == "en" else match.reasons.way_it,
        stations=stations(picture, match.reasons, language),
        where=where(picture, match.reasons, language),
        free=_counted(match.reasons, language),
        strength=strength(match, range_of_band, language),
        factors=factor_lines(match.factors, language),
    )
