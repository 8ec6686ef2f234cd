"""How many projects a laboratory can take: declared by itself, one place less for each partnership under way."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import audit, catalogue, database, semester_places
from raccordo.database import Writing
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.models import InitiativeKind, Laboratory, Partnership
from raccordo.people import Actor
from raccordo.refusals import Refused, Stale, refused
from raccordo.rights import Subject, demand
from raccordo.whole_numbers import whole

MOST_PLACES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a laboratory declared (None: nobody said), and how many places partnerships have taken."""

    laboratory: str
    version: int
    declared: int | None
    taken: int

    @property
    def free(self) -> int | None:
        return None if self.declared is None else max(0, self.declared - self.taken)


async def places_of(laboratory: str) -> Places:
    """The places of a laboratory, as they are stored now."""
    row = await Laboratory.get(slug=laboratory)
    taken = await Partnership.filter(match__laboratory_id=laboratory, ended_at=None).count()
    return Places(laboratory=laboratory, version=row.version, declared=row.free_places, taken=taken)


async def refuse_when_full(laboratory: str, kind: InitiativeKind | None = None, semester: str = "") -> None:
    """Raise Refused when every declared place is taken, of all or of that kind and semester; call it while writing."""
    await semester_places.refuse_when_full(laboratory, kind, semester)
    places = await places_of(laboratory)
    if places.free == 0:
        raise Refused(
            "no_capacity",
            Sentence(
                "{laboratory} non ha posti liberi: si accetta quando una collaborazione finisce, "
                "o quando il laboratorio ne dichiara altri.",
                {"laboratory": (await Laboratory.get(slug=laboratory)).name},
            ),
        )


async def declare(actor: Actor, laboratory: str, version: int, places: str) -> Places:
    """Say how many projects the laboratory can have at once; an empty text means that nobody knows."""
    found = find_laboratory(catalogue.current(), laboratory)
    demand(
        actor,
        "declare_places",
        "laboratory",
        Subject(laboratory=found.slug),
        Sentence("I posti liberi li dichiara chi risponde del laboratorio."),
    )
    declared = _number(places)

    async def work(writing: Writing) -> None:
        if not await Laboratory.filter(slug=found.slug, version=version).update(
            free_places=declared, version=version + 1
        ):
            raise Stale(
                Sentence("Qualcuno ha cambiato i posti nel frattempo: ecco come sono adesso."),
                await places_of(found.slug),
            )
        details = {"places": declared, "version": version + 1}
        await audit.record(writing, actor, "declare_places", f"laboratory:{found.slug}", details)
        writing.publishes = True

    await database.write(work)
    await catalogue.catch_up()
    return await places_of(found.slug)


def _number(places: str) -> int | None:
    if not places.strip():
        return None
    found = whole(places, most=MOST_PLACES)
    if found is None:
        raise refused(
            "places",
            "out_of_range",
            Sentence(
                "I posti sono un numero da 0 a {most}; vuoto vuol dire «da chiedere».", {"most": MOST_PLACES}
            ),
        )
    return found
