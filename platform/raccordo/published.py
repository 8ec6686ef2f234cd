"""What everybody may read, as immutable values: the words of the catalogue, of pages and of GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from raccordo.models import BodyKind, NeedStatus, ProvinceKind
from raccordo_graph import Place, Understanding


class Axis(StrEnum):
    """The three axes of sustainability."""

    ENVIRONMENTAL = "ENVIRONMENTAL"
    SOCIAL = "SOCIAL"
    ECONOMIC = "ECONOMIC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province or the metropolitan city. `municipalities` are ISTAT codes in order."""

    istat_code: str
    name: str
    plate: str
    kind: ProvinceKind
    nuts3: str
    capital_istat: str
    municipalities: tuple[str, ...]
    population: int
    place: Place
    source: str
    body_kind: BodyKind = BodyKind.PROVINCE

    @property
    def code(self) -> str:
        return self.istat_code


@dataclass(frozen=True, slots=True, kw_only=True)
class MountainCommunity:
    """A comunità montana; `evidence` says whether its membership was read or recalled."""

    slug: str
    name: str
    province: str
    seat_istat: str
    municipalities: tuple[str, ...]
    population: int
    place: Place
    evidence: str
    source: str
    body_kind: BodyKind = BodyKind.MOUNTAIN_COMMUNITY

    @property
    def code(self) -> str:
        return self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionOfMunicipalities:
    """A union of municipalities, known only where an operator imported it."""

    code: str
    name: str
    municipalities: tuple[str, ...]
    population: int
    place: Place
    source: str
    body_kind: BodyKind = BodyKind.UNION_OF_MUNICIPALITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality of today. Areas come from generalised boundaries; `anci_member` None is unknown."""

    istat_code: str
    cadastral_code: str
    ipa_code: str | None
    name: str
    province: str
    mountain_community: str | None
    unions: tuple[str, ...]
    population: int
    population_over_65: int
    area_km2: float
    place: Place
    anci_member: bool | None
    source: str
    body_kind: BodyKind = BodyKind.MUNICIPALITY

    @property
    def code(self) -> str:
        return self.istat_code

    @property
    def share_over_65(self) -> float:
        """Between 0 and 1."""
        return self.population_over_65 / self.population if self.population else 0.0

    @property
    def density(self) -> float:
        """Inhabitants per square kilometre."""
        return self.population / self.area_km2 if self.area_km2 else 0.0


TerritorialBody = Municipality | Province | MountainCommunity | UnionOfMunicipalities


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A shared border seen from one side: contiguity on generalised boundaries, not road access."""

    neighbour: str
    metres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """A code or name that ended `on` that day; equal codes mean a change of name."""

    predecessor_istat: str
    predecessor: str
    predecessor_cadastral_code: str
    successor: str
    on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundamentalFunction:
    letter: str
    text_it: str
    text_en: str
    short_it: str
    short_en: str
    services_it: tuple[str, ...]
    services_en: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategicSector:
    slug: str
    label_it: str
    label_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    slug: str
    label_it: str
    label_en: str
    description_it: str
    description_en: str
    functions: tuple[str, ...]
    departments: tuple[str, ...]
    sectors: tuple[str, ...]
    sdgs: tuple[str, ...]
    erc_panels: tuple[str, ...]
    pnrr_components: tuple[str, ...]
    dcat_ap_it_theme: str
    axes: tuple[Axis, ...]
    keywords_it: tuple[str, ...]
    keywords_en: tuple[str, ...]
    evidence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    acronym: str
    name_it: str
    name_en: str
    seat: str
    website: str
    laboratories: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    acronym: str
    name_it: str
    name_en: str
    note_it: str
    note_en: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    code: str
    name: str
    city: str
    city_istat: str | None
    address: str
    place: Place
    reachable: bool
    note: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Laboratory:
    """A laboratory or research group; `free_places` None is unknown and reads "da chiedere".

    `concepts` are those of the lexicon that it is thought to treat, with their weights (1 known for it, 0.6 works on
    it, 0.3 can contribute), the heaviest first; those `unconfirmed` read "da confermare dal laboratorio".
    `stated` is what it says itself of concepts of the lexicon, and goes before: 0 for one that is not its own.
    `themes` are those that it works on: the card's (`card_themes`), less and more what it says itself (`stated_themes`).
    """

    slug: str
    name: str
    department: str
    campus: str | None
    topic_en: str
    card_it: str
    card_en: str
    themes: tuple[str, ...]
    sectors: tuple[str, ...]
    concepts: tuple[tuple[str, float], ...]
    unconfirmed: tuple[str, ...]
    keywords_it: tuple[str, ...]
    keywords_en: tuple[str, ...]
    equipment_it: str
    equipment_en: str
    infrastructure_it: str
    infrastructure_en: str
    free_places: int | None
    evidence: str
    source: str
    card_themes: tuple[str, ...] = ()
    stated: tuple[tuple[str, float], ...] = ()
    stated_themes: tuple[tuple[str, bool], ...] = ()
    languages: tuple[str, ...] = ()
    radius_km: int | None = None

    @property
    def recalled(self) -> bool:
        """True when the row was recalled and not read: shown as "da confermare"."""
        return self.evidence == "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A published need as lists show it; the description stays in the database.

    `functions`, `themes` and `axes` are what a person chose, else what the text lets one infer:
    `inferred` names which of the three were inferred. `intent` (a name of Intent), `amount` (euro), `starts`, `sites`
    (ISTAT codes and slugs of mountain communities) and `summary_en` are what its owner confirmed of the text, `rejected`
    the themes and functions that the text suggests and its owner does not mean ("theme:rifiuti"); `instruments` are the
    kinds of initiative that it asks for: the owner's choice, else what the text says.
    """

    number: int
    external_id: str | None
    owner_kind: BodyKind
    owner_code: str
    title: str
    excerpt: str
    status: NeedStatus
    example: bool
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    axes: tuple[Axis, ...]
    inferred: frozenset[str]
    funding: str
    deadline: date | None
    intent: str
    instruments: tuple[str, ...]
    amount: int | None
    starts: date | None
    sites: tuple[str, ...]
    rejected: tuple[str, ...]
    summary_en: str
    deadline_note: str
    municipal_profile: str
    associable: bool | None
    evidence: str
    source: str
    published_at: datetime
    changed_at: datetime
    version: int
    understanding: Understanding
    place: Place
