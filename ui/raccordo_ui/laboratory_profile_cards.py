"""A laboratory's profile made ready for a page: concepts, needs that would move, places, all in words."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import semesters
from raccordo.catalogue import Catalogue
from raccordo.initiatives import Kind
from raccordo.laboratory_profiles import ProfileConcept, ProfileTheme
from raccordo.language import Sentence
from raccordo.models import Emphasis
from raccordo.profile_preview import Move
from raccordo.profile_statements import ANSWERS as CHOICES
from raccordo.semester_places import SemesterPlaces
from raccordo_ui.formats import local, number
from raccordo_ui.match_cards import BANDS

EMPHASES = {
    Emphasis.TRADE: Sentence("è il suo mestiere"),
    Emphasis.DONE: Sentence("lo fa"),
    Emphasis.EDGE: Sentence("solo di sponda"),
    Emphasis.NOT_OURS: Sentence("non è suo"),
}
ANSWERS = {
    "YES": Sentence("se ne occupa"),
    "NO": Sentence("non se ne occupa"),
}  # of a theme
TONGUES = {
    "it": Sentence("italiano"),
    "en": Sentence("inglese"),
    "de": Sentence("tedesco"),
    "es": Sentence("spagnolo"),
    "fr": Sentence("francese"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptLine:
    """A concept as the profile and the public page show it: `origin` says who says so."""

    key: str
    label: str
    emphasis: str
    stated: str
    inferred: str
    written: str
    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """A theme as the profile shows it: `stated` is the answer of the form, `origin` who says so."""

    slug: str
    label: str
    treated: str
    stated: str
    origin: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """A need that would change place, before and after, in words."""

    number: int
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would change if the laboratory said that: the form is sent to `part` with these fields."""

    part: str
    fields: tuple[tuple[str, str], ...]
    label: str
    said: str
    moves: tuple[MoveLine, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesLine:
    kind: str
    semester: str
    declared: str
    taken: str
    free: str


def emphasis_words(emphasis: Emphasis | None, language: str) -> str:
    return EMPHASES[emphasis].say(language) if emphasis else Sentence("come risulta").say(language)


def answer_words(answer: str, language: str) -> str:
    return (ANSWERS[answer] if answer else Sentence("come dice la scheda")).say(language)


def concept_line(one: ProfileConcept, language: str) -> ConceptLine:
    return ConceptLine(
        key=one.key,
        label=local(one, "label", language),
        emphasis=emphasis_words(one.emphasis, language),
        stated=one.stated.value if one.stated else "",
        inferred=emphasis_words(one.inferred, language) if one.inferred else "",
        written=one.written,
        removed=one.emphasis is Emphasis.NOT_OURS,
    )


def theme_line(one: ProfileTheme, language: str) -> ThemeLine:
    mark = {
        None: None,
        True: Sentence("confermato dal laboratorio"),
        False: Sentence("tolto dal laboratorio"),
    }[one.stated]
    origin = Sentence("È nella scheda.") if one.on_card else Sentence("Lo dice solo il laboratorio.")
    return ThemeLine(
        slug=one.slug,
        label=local(one, "label", language),
        treated=ANSWERS["YES" if one.treated else "NO"].say(language),
        stated=next(key for key, value in CHOICES.items() if value is one.stated),
        origin=origin.say(language),
        mark=mark.say(language) if mark else "",
    )


def places_line(one: SemesterPlaces, language: str) -> PlacesLine:
    unknown = Sentence("da chiedere").say(language)
    return PlacesLine(
        kind=Kind(one.kind).say(language),
        semester=semesters.name_of(one.semester).say(language),
        declared=unknown if one.declared is None else number(one.declared, language),
        taken=number(one.taken, language),
        free=unknown if one.free is None else number(one.free, language),
    )


def move_line(picture: Catalogue, move: Move, language: str) -> MoveLine:
    def said(position: int, band: Sentence) -> str:
        values = {"position": number(position, language), "band": band}
        return Sentence("{position}º, {band}", values).say(language)

    return MoveLine(
        number=move.need,
        title=picture.needs[move.need].title,
        before=said(move.before.position, BANDS[move.before.band]),
        after=said(move.after.position, BANDS[move.after.band]),
    )
