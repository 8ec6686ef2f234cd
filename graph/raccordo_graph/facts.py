"""What the knowledge graph is built from: plain values, as the reference tables and the operators give them.

Texts are Italian (``_it``) and English (``_en``); codes are keys of their own table; coordinates are WGS84
degrees. Nothing here is a score: prestige, size, politics and money have no field on purpose.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from raccordo_graph.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    """A seat of the university; `reachable` is false where distance means nothing (Shanghai)."""

    code: str
    latitude: float
    longitude: float
    reachable: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department, known by its acronym (``"DICA"``)."""

    acronym: str
    name_it: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A fundamental function of the municipalities, known by its legal letter (D.L. 78/2010 art. 14 c. 27)."""

    letter: str
    text_it: str
    text_en: str
    short_it: str
    short_en: str
    services_it: tuple[str, ...] = ()
    services_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One of the strategic sectors that the framework agreement names."""

    slug: str
    label_it: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A concept of the controlled vocabulary; its everyday keywords are the bridge from a need's own words."""

    slug: str
    label_it: str
    label_en: str
    keywords_it: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    description_it: str = ""
    description_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What everyday words and research words meet in; the first theme and function are the nearest.

    A `service` is done by an office or a supplier (a repair, a form, a refund): no laboratory studies it, and no theme
    of a text is inferred from it.
    """

    slug: str
    label_it: str
    label_en: str
    themes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    service: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A row of the lexicon: a word or phrase of one `language` (``"it"`` or ``"en"``), the other ways of writing
    it, and the concepts that it may mean."""

    term: str
    variants: tuple[str, ...] = ()
    language: Language = "it"
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Laboratory:
    """A laboratory; `free_places` of ``None`` means that nobody knows, and adds nothing to a score.

    `concepts` are those that it is thought to treat, each with a weight above 0 and up to 1: 1 is what it is known for,
    0.6 what it works on, 0.3 what it can contribute to. Its texts speak for themselves beside them. Those that are also
    in `unconfirmed` are drawn from its discipline: they count, and are told as something to confirm.
    `stated` is what the laboratory itself says of a concept, and it goes before all that: a slug and a weight from 0
    (it does not treat it, whatever its card says) to 1; `stated_themes` the same of themes: whether it works on one,
    whatever its card says in `themes`. Beyond `radius_km` it does not travel.
    """

    slug: str
    name: str
    department: str
    campus: str | None = None
    card_it: str = ""
    card_en: str = ""
    topic_en: str = ""
    keywords_it: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    concepts: tuple[tuple[str, float], ...] = ()
    unconfirmed: tuple[str, ...] = ()
    free_places: int | None = None
    stated: tuple[tuple[str, float], ...] = ()
    stated_themes: tuple[tuple[str, bool], ...] = ()
    radius_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality's six-digit ISTAT code and its representative point."""

    istat_code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the knowledge graph knows. Codes must resolve and be unique, else :exc:`ValueError`.

    >>> Facts(laboratories=(Laboratory(slug="lia", name="LIA", department="DICA"),))
    Traceback (most recent call last):
        ...
    ValueError: laboratory 'lia' names department 'DICA', which is not among the departments
    """

    campuses: tuple[Campus, ...] = ()
    departments: tuple[Department, ...] = ()
    functions: tuple[Function, ...] = ()
    sectors: tuple[Sector, ...] = ()
    themes: tuple[Theme, ...] = ()
    concepts: tuple[Concept, ...] = ()
    terms: tuple[Term, ...] = ()
    laboratories: tuple[Laboratory, ...] = ()
    municipalities: tuple[Municipality, ...] = ()

    def __post_init__(self) -> None:
        campuses = _unique("campus", (campus.code for campus in self.campuses))
        departments = _unique("department", (department.acronym for department in self.departments))
        functions = _unique("function", (function.letter for function in self.functions))
        sectors = _unique("sector", (sector.slug for sector in self.sectors))
        themes = _unique("theme", (theme.slug for theme in self.themes))
        concepts = _unique("concept", (concept.slug for concept in self.concepts))
        _unique("term", (f"{term.term} ({term.language})" for term in self.terms))
        _unique("laboratory", (laboratory.slug for laboratory in self.laboratories))
        _unique("municipality", (municipality.istat_code for municipality in self.municipalities))
        for theme in self.themes:
            who = f"theme {theme.slug!r}"
            _known(who, "function", theme.functions, functions)
            _known(who, "sector", theme.sectors, sectors)
            _known(who, "department", theme.departments, departments)
        for concept in self.concepts:
            who = f"concept {concept.slug!r}"
            _known(who, "theme", concept.themes, themes)
            _known(who, "function", concept.functions, functions)
        for term in self.terms:
            _known(f"term {term.term!r}", "concept", term.concepts, concepts)
        for laboratory in self.laboratories:
            who = f"laboratory {laboratory.slug!r}"
            _known(who, "department", (laboratory.department,), departments)
            _known(who, "campus", () if laboratory.campus is None else (laboratory.campus,), campuses)
            _known(who, "theme", laboratory.themes, themes)
            _known(who, "theme", tuple(slug for slug, _ in laboratory.stated_themes), themes)
            _known(who, "sector", laboratory.sectors, sectors)
            _known(who, "concept", tuple(slug for slug, _ in laboratory.concepts), concepts)
            _known(who, "concept", laboratory.unconfirmed, concepts)
            _weighed(who, laboratory.concepts)
            _known(who, "concept", tuple(slug for slug, _ in laboratory.stated), concepts)
            for slug, weight in laboratory.stated:
                if not 0 <= weight <= 1:
                    raise ValueError(f"{who} states concept {slug!r} with {weight}; give 0 to 1")
            if laboratory.free_places is not None and laboratory.free_places < 0:
                raise ValueError(f"{who} has {laboratory.free_places} free places; give 0 or more, or None")


_PLURALS = {
    "campus": "campuses",
    "concept": "concepts",
    "department": "departments",
    "function": "functions",
    "sector": "sectors",
    "theme": "themes",
}


def _unique(kind: str, codes: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ValueError(f"{kind} {code!r} appears twice")
        seen.add(code)
    return frozenset(seen)


def _known(who: str, kind: str, codes: tuple[str, ...], known: frozenset[str]) -> None:
    for code in codes:
        if code not in known:
            raise ValueError(f"{who} names {kind} {code!r}, which is not among the {_PLURALS[kind]}")


def _weighed(who: str, concepts: tuple[tuple[str, float], ...]) -> None:
    _unique(f"{who}: concept", (slug for slug, _ in concepts))
    for slug, weight in concepts:
        if not 0 < weight <= 1:
            raise ValueError(
                f"{who} treats concept {slug!r} with weight {weight}; give more than 0, at most 1"
            )
