"""What a laboratory states of itself: concepts, themes, languages, radius, places by semester."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo import catalogue, semesters
from raccordo.capacity import MOST_PLACES
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.laboratory_profiles import Profile
from raccordo.language import Sentence
from raccordo.lexicon_overlay import is_taught
from raccordo.models import (
    Emphasis,
    InitiativeKind,
    LaboratoryCapacity,
    LaboratoryConcept,
    LaboratoryProfile,
    LaboratoryStatedTheme,
)
from raccordo.people import Actor, person_of
from raccordo.profile_writing import revisable, revise
from raccordo.refusals import refused
from raccordo.whole_numbers import whole

LANGUAGES = ("it", "en", "de", "es", "fr")
FARTHEST = 500  # km
ANSWERS = {"": None, "YES": True, "NO": False}


async def state_concept(
    actor: Actor, laboratory: str, version: int, concept: str, emphasis: str = ""
) -> Profile:
    """Say how much the laboratory treats a concept; an empty text takes the statement back, and the card counts."""
    current = catalogue.current()
    slug = revisable(actor, laboratory)
    said = checked_concept(current, concept, emphasis)

    async def work(_writing: Writing) -> None:
        person = await person_of(actor)
        await LaboratoryConcept.filter(laboratory_id=slug, concept=concept).delete()
        if said:
            await LaboratoryConcept.create(
                laboratory_id=slug, concept=concept, emphasis=said, person=person, stated_at=datetime.now(UTC)
            )

    return await revise(actor, slug, version, work, {"concept": concept, "emphasis": emphasis})


async def state_theme(actor: Actor, laboratory: str, version: int, theme: str, treated: str = "") -> Profile:
    """Say whether the laboratory works on a theme, `YES` or `NO`; an empty text takes it back, and the card counts."""
    current = catalogue.current()
    slug = revisable(actor, laboratory)
    said = checked_theme(current, theme, treated)

    async def work(_writing: Writing) -> None:
        person = await person_of(actor)
        await LaboratoryStatedTheme.filter(laboratory_id=slug, theme=theme).delete()
        if said is not None:
            await LaboratoryStatedTheme.create(
                laboratory_id=slug, theme=theme, treated=said, person=person, stated_at=datetime.now(UTC)
            )

    return await revise(actor, slug, version, work, {"theme": theme, "treated": treated})


async def declare_terms(
    actor: Actor, laboratory: str, version: int, languages: tuple[str, ...] = (), radius_km: str = ""
) -> Profile:
    """Say in which languages the laboratory works, and how far it travels; empty means that nobody knows."""
    slug = revisable(actor, laboratory)
    kept = tuple(code for code in LANGUAGES if code in languages)
    if set(languages) - set(kept):
        raise refused("languages", "unknown", Sentence("Questa lingua non è nell’elenco."))
    radius = _number(
        "radius_km",
        radius_km,
        1,
        FARTHEST,
        Sentence("Il raggio è un numero di km da 1 a {most}; vuoto vuol dire «da chiedere»."),
    )

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
    many = _number(
        "places",
        places,
        0,
        MOST_PLACES,
        Sentence("I posti sono un numero da 0 a {most}; vuoto vuol dire «da chiedere»."),
    )

    async def work(_writing: Writing) -> None:
        rows = LaboratoryCapacity.filter(laboratory_id=slug, kind=InitiativeKind[initiative], semester=when)
        await rows.delete()
        if many is not None:
            await LaboratoryCapacity.create(
                laboratory_id=slug, kind=InitiativeKind[initiative], semester=when, places=many
            )

    return await revise(actor, slug, version, work, {"kind": initiative, "semester": when, "places": many})


def checked_concept(current: Catalogue, concept: str, emphasis: str) -> Emphasis | None:
    """The emphasis, None for an empty one; raises Refused for what the lexicon or the list does not have."""
    node = current.index.graph.nodes.get(("concept", concept))
    if node is None or node["service"] or is_taught(concept):
        raise refused("concept", "unknown", Sentence("Manca il concetto: uno dell’elenco del lessico."))
    if emphasis and emphasis not in Emphasis.__members__:
        raise refused("emphasis", "unknown", Sentence("Manca quanto se ne occupa: una scelta dell’elenco."))
    return Emphasis[emphasis] if emphasis else None


def checked_theme(current: Catalogue, theme: str, treated: str) -> bool | None:
    """Whether it is worked on, None for an empty answer; raises Refused for an unknown theme or another answer."""
    if theme not in current.themes:
        raise refused("theme", "unknown", Sentence("Manca il tema: uno dell’elenco."))
    if treated not in ANSWERS:
        raise refused(
            "treated",
            "unknown",
            Sentence("Manca se il laboratorio se ne occupa: sì, no o come dice la scheda."),
        )
    return ANSWERS[treated]


def _number(field: str, said: str, least: int, most: int, sentence: Sentence) -> int | None:
    if not said.strip():
        return None
    if (found := whole(said, least, most)) is None:
        raise refused(field, "out_of_range", Sentence(sentence.text, {"most": most}))
    return found
