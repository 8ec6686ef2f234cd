"""Whether machines may suggest a municipality as a partner: its own officers decide, and every suggestion asks."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo import audit, catalogue, database
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import BodyKind, NoSuggestion, TerritorialBody
from raccordo.municipalities import find
from raccordo.people import Actor
from raccordo.published import Municipality
from raccordo.rights import Subject, allows, demand

TOWN = BodyKind.MUNICIPALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionChoice:
    """Whether a municipality is suggested to others as a partner, and others to it."""

    municipality: str
    opted_out: bool


def may_choose(actor: Actor, town: Municipality) -> bool:
    """Whether the actor decides this for the municipality: only its own officers."""
    return allows(actor, "choose", "suggestion", _subject(town))


async def choose(actor: Actor, municipality: str, opted_out: bool) -> SuggestionChoice:
    """Leave one's municipality out of the suggestions, or let it be suggested again.

    Raises NotFound or NotAllowed; a former code leads to the successor. What people propose by hand goes on.
    """
    town = find(catalogue.current(), municipality)
    demand(
        actor, "choose", "suggestion", _subject(town), Sentence("Lo decide solo chi lavora per il comune.")
    )

    async def work(writing: Writing) -> None:
        body = await TerritorialBody.get(kind=TOWN, code=town.istat_code)
        if await NoSuggestion.exists(body=body) is opted_out:
            return  # it is so already: nothing to log
        if opted_out:
            await NoSuggestion.create(body=body)
        else:
            await NoSuggestion.filter(body=body).delete()
        writing.publishes = True
        details = {"opted_out": opted_out}
        await audit.record(writing, actor, "choose_suggestion", f"{TOWN}:{town.istat_code}", details)

    await database.write(work)
    await catalogue.catch_up()
    return SuggestionChoice(municipality=town.istat_code, opted_out=opted_out)


def _subject(town: Municipality) -> Subject:
    return Subject(bodies=frozenset({(TOWN, town.istat_code)}))
