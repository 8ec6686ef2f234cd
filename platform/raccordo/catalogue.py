"""The picture of what is published: immutable, in memory, replaced in one assignment when something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from raccordo import database, function_evidence, lexicon_overlay
from raccordo.catalogue_answers import with_answers
from raccordo.catalogue_facts import index_of, territory_of
from raccordo.catalogue_managements import ManagementRecord, read_managements
from raccordo.catalogue_needs import read_needs
from raccordo.catalogue_offers import read_offers
from raccordo.catalogue_opted_out import read_opted_out
from raccordo.catalogue_places import with_free_places
from raccordo.catalogue_profiles import with_profiles
from raccordo.catalogue_reading import read_reference
from raccordo.function_evidence import FunctionEvidence
from raccordo.lexicon import Lexicon
from raccordo.models import BodyKind
from raccordo.published import (
    Border,
    Campus,
    Department,
    FundamentalFunction,
    Laboratory,
    MountainCommunity,
    Municipality,
    Need,
    Province,
    School,
    StrategicSector,
    Succession,
    TerritorialBody,
    Theme,
    UnionOfMunicipalities,
)
from raccordo.published_offers import Offer
from raccordo_graph import Index
from raccordo_graph.territory import Territory

TRIES = 5  # readings before a picture is taken although somebody keeps writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything published, by natural key and in the order in which lists show it.

    `borders` go from an ISTAT code to its neighbours, longest border first; `successions` from a code or a
    former name's code to what continues it; `index` is what rankings are computed from, `territory` the graph of
    municipalities and borders for associated management: both are built again only when reference data change.
    `managements` is the register of joint forms without the bodies that are one, `evidence` what studies or coordinators
    say of every function.
    """

    database_id: str
    version: int
    reference_version: int
    provinces: Mapping[str, Province]
    mountain_communities: Mapping[str, MountainCommunity]
    unions: Mapping[str, UnionOfMunicipalities]
    municipalities: Mapping[str, Municipality]
    successions: Mapping[str, Succession]
    borders: Mapping[str, tuple[Border, ...]]
    functions: Mapping[str, FundamentalFunction]
    sectors: Mapping[str, StrategicSector]
    themes: Mapping[str, Theme]
    departments: Mapping[str, Department]
    schools: Mapping[str, School]
    campuses: Mapping[str, Campus]
    laboratories: Mapping[str, Laboratory]
    needs: Mapping[int, Need]
    offers: Mapping[int, Offer]
    lexicon: Lexicon
    index: Index
    territory: Territory
    opted_out: frozenset[str]
    managements: tuple[ManagementRecord, ...]
    evidence: Mapping[str, FunctionEvidence]

    def body(self, kind: BodyKind, code: str) -> TerritorialBody | None:
        """The territorial body of that kind and key, if there is one today.

        A municipality that merged away answers with the one that continues it.
        """
        if kind is BodyKind.MUNICIPALITY and code not in self.municipalities and code in self.successions:
            return self.body(kind, self.successions[code].successor)
        shelves: dict[BodyKind, Mapping[str, TerritorialBody]] = {
            BodyKind.MUNICIPALITY: self.municipalities,
            BodyKind.PROVINCE: self.provinces,
            BodyKind.MOUNTAIN_COMMUNITY: self.mountain_communities,
            BodyKind.UNION_OF_MUNICIPALITIES: self.unions,
        }
        return shelves[kind].get(code)

    def owner(self, need: Need) -> TerritorialBody:
        """The body that owns a need; a published need always has one."""
        body = self.body(need.owner_kind, need.owner_code)
        if body is None:
            raise LookupError(
                f"need {need.number} belongs to {need.owner_kind} {need.owner_code}, unknown today"
            )
        return body

    @property
    def population(self) -> int:
        return sum(municipality.population for municipality in self.municipalities.values())


_current: Catalogue | None = None
_turn = asyncio.Lock()


def current() -> Catalogue:
    """The picture to read from; take it once per request so that a page agrees with itself."""
    if _current is None:
        raise RuntimeError("the catalogue is not open: await catalogue.open_catalogue() at start-up")
    return _current


async def open_catalogue() -> Catalogue:
    """Read everything; called once at start-up, with the database open."""
    global _current  # the one picture of this process
    _current = None
    return await catch_up()


async def catch_up() -> Catalogue:
    """Compare the version row and read what changed; own writes are in the picture that this returns."""
    global _current  # the one picture of this process
    async with _turn:
        for _ in range(TRIES):
            state = await database.state()
            if _current and (_current.database_id, _current.version) == (state.database_id, state.version):
                break
            following = await _next(_current, state.database_id, state.version, state.reference_version)
            _current = await with_answers(await with_free_places(await with_profiles(following)))
        return current()


async def _next(old: Catalogue | None, database_id: str, version: int, reference: int) -> Catalogue:
    if old is None or (old.database_id, old.reference_version) != (database_id, reference):
        shelves = await read_reference()
        shelves["lexicon"] = await lexicon_overlay.read(shelves)
        bare = Catalogue(
            database_id=database_id,
            version=version,
            reference_version=reference,
            needs={},
            offers={},
            index=await asyncio.to_thread(index_of, shelves),
            territory=territory_of(shelves),
            opted_out=frozenset(),
            managements=(),
            evidence={},
            **shelves,
        )
        return await _with_published(bare, changed_after=-1)
    return await _with_published(replace(old, version=version), changed_after=old.version)


async def _with_published(picture: Catalogue, *, changed_after: int) -> Catalogue:
    """The picture with the needs and offers read again that changed after that version, and the small tables."""
    return replace(
        picture,
        opted_out=await read_opted_out(),
        managements=await read_managements(picture),
        evidence=await function_evidence.read(picture.functions),
        needs=await read_needs(picture, changed_after=changed_after),
        offers=await read_offers(picture, changed_after=changed_after),
    )
