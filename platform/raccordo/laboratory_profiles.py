"""What a laboratory says of itself, and what it changes in rankings: concepts, languages, radius, places by semester."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import raccordo_graph
from raccordo import audit, catalogue, database, matches, semester_places, semesters
from raccordo.capacity import MOST_PLACES
from raccordo.catalogue import Catalogue
from raccordo.catalogue_reading import parts
from raccordo.database import Writing
from raccordo.emphasis import WEIGHTS, nearest
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.lexicon_overlay import is_taught
from raccordo.models import (
    Emphasis,
    InitiativeKind,
    LaboratoryCapacity,
    LaboratoryConcept,
    LaboratoryProfile,
    LaboratoryPublication,
)
from raccordo.people import Actor, person_of
from raccordo.published import Laboratory
from raccordo.refusals import NotAllowed, Stale, refused
from raccordo.rights import Subject, allows, demand
from raccordo.semester_places import SemesterPlaces
from raccordo.whole_numbers import whole
from raccordo_graph import Band, NeedMatch

LANGUAGES = ("it", "en", "de", "es", "fr")
MOST_READ = 500  # titles from which concepts are proposed
FARTHEST = 500  # km
NOT_YOURS = Sentence("Il profilo lo cura chi lavora nel laboratorio.")
Work = Callable[[Writing], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileConcept:
    """A concept of a laboratory: what its card lets one infer (`written` is the word), and what it states itself.

    `inferred` is None where the card says nothing; `stated` None where the laboratory says nothing.
    """

    key: str
    label_it: str
    label_en: str
    inferred: Emphasis | None
    written: str
    stated: Emphasis | None
    weight: float

    @property
    def emphasis(self) -> Emphasis:
        """What counts in rankings."""
        return self.stated or self.inferred or Emphasis.NOT_OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosableConcept:
    key: str
    label_it: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    title: str
    year: int | None
    doi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that a laboratory says of itself; `proposals` come from its publications and wait for a click."""

    laboratory: str
    version: int
    concepts: tuple[ProfileConcept, ...]
    languages: tuple[str, ...]
    radius_km: int | None
    places: tuple[SemesterPlaces, ...]
    publications: tuple[Publication, ...]
    proposals: tuple[raccordo_graph.ProposedConcept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A published need whose place among those of a laboratory would change; positions count from 1."""

    need: int
    before: NeedMatch
    after: NeedMatch


def may_read(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "read", "profile", Subject(laboratory=laboratory))


def may_revise(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "revise", "profile", Subject(laboratory=laboratory))


async def read(actor: Actor, laboratory: str) -> Profile:
    """The profile of a laboratory; raises NotFound, or NotAllowed for whoever does not work there."""
    found = find_laboratory(catalogue.current(), laboratory)
    if not may_read(actor, found.slug):
        raise NotAllowed("read_profile", NOT_YOURS)
    return await _read(found.slug)


async def _read(slug: str) -> Profile:
    current = catalogue.current()
    row = await LaboratoryProfile.get_or_none(laboratory_id=slug)
    found = await LaboratoryPublication.filter(laboratory_id=slug)
    publications = sorted(found, key=lambda one: (-(one.year or 0), one.title, one.id))
    titles = [one.title for one in publications[:MOST_READ]]
    proposed = await asyncio.to_thread(raccordo_graph.proposed, current.index, slug, titles)
    return Profile(
        laboratory=slug,
        version=row.version if row else 1,
        concepts=concepts_of(current, current.laboratories[slug]),
        languages=parts(row.languages) if row else (),
        radius_km=row.radius_km if row else None,
        places=await semester_places.of_laboratory(slug),
        publications=tuple(Publication(title=one.title, year=one.year, doi=one.doi) for one in publications),
        proposals=tuple(one for one in proposed if not is_taught(one.key)),
    )


def concepts_of(current: Catalogue, laboratory: Laboratory) -> tuple[ProfileConcept, ...]:
    """What is known of a laboratory's concepts, the heaviest first; what it took away comes last."""
    inferred, stated = current.index.inferred_of(laboratory.slug), dict(laboratory.stated)
    found = []
    for key in {*inferred, *stated}:
        node = current.index.graph.nodes.get(("concept", key))
        if node is not None:
            told = inferred.get(key)
            found.append(
                ProfileConcept(
                    key=key,
                    label_it=node["label_it"],
                    label_en=node["label_en"],
                    inferred=nearest(told.weight) if told else None,
                    written=told.written if told else "",
                    stated=nearest(stated[key]) if key in stated else None,
                    weight=stated.get(key, told.weight if told else 0.0),
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.weight, one.label_it, one.key)))


def lexicon_concepts(current: Catalogue) -> dict[str, ChoosableConcept]:
    """The concepts that a laboratory can state, by key: services are studied by nobody."""
    nodes = current.index.graph.nodes
    return {
        key: ChoosableConcept(key=key, label_it=node["label_it"], label_en=node["label_en"])
        for key in current.index.concepts.keys
        if not (node := nodes["concept", key])["service"] and not is_taught(key)
    }


async def preview(
    actor: Actor, laboratory: str, concept: str, emphasis: str
) -> tuple[tuple[Move, ...], Profile]:
    """The published needs that would change place if the laboratory said this; nothing is written."""
    profile = await read(actor, laboratory)
    current = catalogue.current()
    said = _checked(current, concept, emphasis)
    stated = {key: weight for key, weight in _known(current, laboratory).items() if key != concept}
    if said:
        stated[concept] = WEIGHTS[said]
    return await asyncio.to_thread(_moves, current, current.laboratories[laboratory], stated), profile


def _known(current: Catalogue, laboratory: str) -> dict[str, float]:
    return {
        key: weight
        for key, weight in current.laboratories[laboratory].stated
        if ("concept", key) in current.index.graph
    }


def _moves(current: Catalogue, laboratory: Laboratory, stated: dict[str, float]) -> tuple[Move, ...]:
    other = raccordo_graph.restated(current.index, {laboratory.slug: stated})
    needs = {need.number: (need.understanding, need.place) for need in current.needs.values()}
    after = {one.need: one for one in raccordo_graph.rank_needs(other, laboratory.slug, needs)}
    moves = [
        Move(need=before.need, before=before, after=after[before.need])
        for before in matches.for_laboratory(current, laboratory)
        if (before.position, before.band) != (after[before.need].position, after[before.need].band)
        and (before.band, after[before.need].band) != (Band.NONE, Band.NONE)
    ]
    return tuple(sorted(moves, key=lambda one: (-abs(one.after.score - one.before.score), one.need)))


async def state_concept(
    actor: Actor, laboratory: str, version: int, concept: str, emphasis: str = ""
) -> Profile:
    """Say how much the laboratory treats a concept; an empty text takes the statement back, and the card counts."""
    current = catalogue.current()
    slug = revisable(actor, laboratory)
    said = _checked(current, concept, emphasis)

    async def work(_writing: Writing) -> None:
        person = await person_of(actor)
        await LaboratoryConcept.filter(laboratory_id=slug, concept=concept).delete()
        if said:
            await LaboratoryConcept.create(
                laboratory_id=slug, concept=concept, emphasis=said, person=person, stated_at=datetime.now(UTC)
            )

    return await revise(actor, slug, version, work, {"concept": concept, "emphasis": emphasis})


async def declare_terms(
    actor: Actor, laboratory: str, version: int, languages: tuple[str, ...] = (), radius_km: str = ""
) -> Profile:
    """Say in which languages the laboratory works, and how far it travels; empty means that nobody knows."""
    slug = revisable(actor, laboratory)
    kept = tuple(code for code in LANGUAGES if code in languages)
    if set(languages) - set(kept):
        raise refused("languages", "unknown", Sentence("Questa lingua non è nell’elenco."))
    radius = _number("radius_km", radius_km, 1, FARTHEST, "Il raggio è un numero di km da 1 a {most}; vuoto vuol dire «da chiedere».")  # fmt: skip

    async def work(_writing: Writing) -> None:
        await LaboratoryProfile.filter(laboratory_id=slug).update(languages="|".join(kept), radius_km=radius)

    return await revise(actor, slug, version, work, {"languages": list(kept), "radius_km": radius})


async def declare_semester_places(
    actor: Actor, laboratory: str, version: int, initiative: str, semester: str, places: str = ""
) -> Profile:
    """Say how many initiatives of a kind the laboratory can have in a semester; empty means that nobody knows."""
    slug = revisable(actor, laboratory)
    if initiative not in InitiativeKind.__members__:
        raise refused("initiative", "missing", Sentence("Manca il tipo di iniziativa: uno dell’elenco."))
    when = semesters.checked("semester", semester)
    many = _number("places", places, 0, MOST_PLACES, "I posti sono un numero da 0 a {most}; vuoto vuol dire «da chiedere».")  # fmt: skip

    async def work(_writing: Writing) -> None:
        rows = LaboratoryCapacity.filter(laboratory_id=slug, kind=InitiativeKind[initiative], semester=when)
        await rows.delete()
        if many is not None:
            await LaboratoryCapacity.create(
                laboratory_id=slug, kind=InitiativeKind[initiative], semester=when, places=many
            )

    return await revise(actor, slug, version, work, {"kind": initiative, "semester": when, "places": many})


def revisable(actor: Actor, laboratory: str) -> str:
    """The slug of a laboratory whose profile the actor may change; raises NotFound or NotAllowed."""
    found = find_laboratory(catalogue.current(), laboratory)
    demand(actor, "revise", "profile", Subject(laboratory=found.slug), NOT_YOURS)
    return found.slug


async def revise(actor: Actor, slug: str, version: int, work: Work, details: dict[str, Any]) -> Profile:
    """Do the work from that version of the profile, with its entry in the log; raises Stale for an older one."""

    async def all_of_it(writing: Writing) -> None:
        await LaboratoryProfile.get_or_create(laboratory_id=slug)
        rows = LaboratoryProfile.filter(laboratory_id=slug, version=version)
        if not await rows.update(version=version + 1):
            sentence = Sentence("Qualcuno ha cambiato il profilo nel frattempo: ecco com’è adesso.")
            raise Stale(sentence, await _read(slug))
        writing.publishes = True
        await work(writing)
        logged = {**details, "version": version + 1}
        await audit.record(writing, actor, "revise_profile", f"laboratory:{slug}", logged)

    await database.write(all_of_it)
    await catalogue.catch_up()
    return await _read(slug)


def _checked(current: Catalogue, concept: str, emphasis: str) -> Emphasis | None:
    """The emphasis, None for an empty one; raises Refused for what the lexicon or the list does not have."""
    node = current.index.graph.nodes.get(("concept", concept))
    if node is None or node["service"] or is_taught(concept):
        raise refused("concept", "unknown", Sentence("Manca il concetto: uno dell’elenco del lessico."))
    if emphasis and emphasis not in Emphasis.__members__:
        raise refused("emphasis", "unknown", Sentence("Manca quanto se ne occupa: una scelta dell’elenco."))
    return Emphasis[emphasis] if emphasis else None


def _number(field: str, said: str, least: int, most: int, sentence: str) -> int | None:
    if not said.strip():
        return None
    if (found := whole(said, least, most)) is None:
        raise refused(field, "out_of_range", Sentence(sentence, {"most": most}))
    return found
