"""What a laboratory says of itself, as one reads it: concepts, languages, radius, places by semester, publications."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import raccordo_graph
from raccordo import catalogue, semester_places
from raccordo.catalogue import Catalogue
from raccordo.catalogue_reading import parts
from raccordo.emphasis import nearest
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.lexicon_overlay import is_taught
from raccordo.models import Emphasis, LaboratoryProfile, LaboratoryPublication
from raccordo.people import Actor
from raccordo.published import Laboratory
from raccordo.refusals import NotAllowed
from raccordo.rights import Subject, allows
from raccordo.semester_places import SemesterPlaces

MOST_READ = 500  # titles from which concepts are proposed
NOT_YOURS = Sentence("Il profilo lo cura chi lavora nel laboratorio.")


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
class ProfileTheme:
    """A theme of a laboratory: whether its card states it, and what the laboratory says itself, if it does."""

    slug: str
    label_it: str
    label_en: str
    on_card: bool
    stated: bool | None

    @property
    def treated(self) -> bool:
        """What counts in rankings."""
        return self.on_card if self.stated is None else self.stated


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
    themes: tuple[ProfileTheme, ...]
    languages: tuple[str, ...]
    radius_km: int | None
    places: tuple[SemesterPlaces, ...]
    publications: tuple[Publication, ...]
    proposals: tuple[raccordo_graph.ProposedConcept, ...]


def may_read(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "read", "profile", Subject(laboratory=laboratory))


def may_revise(actor: Actor, laboratory: str) -> bool:
    return allows(actor, "revise", "profile", Subject(laboratory=laboratory))


async def read(actor: Actor, laboratory: str) -> Profile:
    """The profile of a laboratory; raises NotFound, or NotAllowed for whoever does not work there."""
    found = find_laboratory(catalogue.current(), laboratory)
    if not may_read(actor, found.slug):
        raise NotAllowed("read_profile", NOT_YOURS)
    return await profile_of(found.slug)


async def profile_of(slug: str) -> Profile:
    """The profile of a laboratory, whoever asks: callers check who reads."""
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
        themes=themes_of(current, current.laboratories[slug]),
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


def themes_of(current: Catalogue, laboratory: Laboratory) -> tuple[ProfileTheme, ...]:
    """The themes of a laboratory's card and those of which it says something: worked on first, then by label."""
    stated = dict(laboratory.stated_themes)
    found = [
        ProfileTheme(
            slug=slug,
            label_it=current.themes[slug].label_it,
            label_en=current.themes[slug].label_en,
            on_card=slug in laboratory.card_themes,
            stated=stated.get(slug),
        )
        for slug in {*laboratory.card_themes, *stated}
    ]
    return tuple(sorted(found, key=lambda one: (not one.treated, one.label_it, one.slug)))


def lexicon_concepts(current: Catalogue) -> dict[str, ChoosableConcept]:
    """The concepts that a laboratory can state, by key: services are studied by nobody."""
    nodes = current.index.graph.nodes
    return {
        key: ChoosableConcept(key=key, label_it=node["label_it"], label_en=node["label_en"])
        for key in current.index.concepts.keys
        if not (node := nodes["concept", key])["service"] and not is_taught(key)
    }
