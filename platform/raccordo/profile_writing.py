"""A change of a laboratory's profile: who may make it, from which version, with its entry in the log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from tortoise.expressions import F

from raccordo import audit, catalogue, database
from raccordo.database import Writing
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.laboratory_profiles import NOT_YOURS, Profile, profile_of
from raccordo.language import Sentence
from raccordo.models import LaboratoryProfile
from raccordo.people import Actor
from raccordo.refusals import Stale
from raccordo.rights import Subject, demand

Work = Callable[[Writing], Awaitable[None]]


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
            raise Stale(sentence, await profile_of(slug))
        writing.publishes = True
        await work(writing)
        logged = {**details, "version": version + 1}
        await audit.record(writing, actor, "revise_profile", f"laboratory:{slug}", logged)

    await database.write(all_of_it)
    await catalogue.catch_up()
    return await profile_of(slug)


async def raise_versions(laboratories: Iterable[str]) -> None:
    """Make pages of these profiles that were opened before stale: a file changed them. Call it while writing."""
    for slug in sorted(set(laboratories)):
        await LaboratoryProfile.get_or_create(laboratory_id=slug)
        await LaboratoryProfile.filter(laboratory_id=slug).update(version=F("version") + 1)
