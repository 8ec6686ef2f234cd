"""What the coordination passes on from a plan: a laboratory suggested to the owner of a need, who alone decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import assignment_locks, assignments, audit, catalogue, matches, published
from raccordo.assignment_reading import PlanLine, lines_of
from raccordo.assignments import COORDINATION, StoredPlan
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import AssignmentSuggestion, LockKind, Match, Need, NeedStatus, Partnership
from raccordo.needs import subject_of
from raccordo.notifications import notify, officers_of
from raccordo.people import Actor
from raccordo.published import Laboratory
from raccordo.refusals import Refused, refused
from raccordo.rights import NOTHING, allows, demand
from raccordo_graph import Match as Scored

NEWS = Sentence("Il coordinamento propone {laboratory} per «{need}»: i motivi sono nella pagina del bisogno.")
Pair = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A laboratory that the owner of a need may put on its shortlist, with the reasons of today's ranking."""

    need: published.Need
    laboratory: Laboratory
    match: Scored


async def suggest(actor: Actor, plan: int, need_number: int | None = None) -> StoredPlan:
    """Suggest the lines of a plan, or those of one need, to the owners; raises NotAllowed, NotFound or Refused.

    Left out: examples, which are nobody's, what was suggested already, needs that have found somebody since the plan
    was asked for, and pairs that people have acted on, that are in conflict or fixed apart.
    """
    demand(actor, "suggest", "assignment", NOTHING, COORDINATION)
    stored, picture = await assignments.stored(plan), catalogue.current()
    lines = lines_of(picture, stored)
    if not lines:
        raise Refused("no_plan", Sentence("Qui non c’è nessun piano da proporre."))
    chosen = [line for line in lines if need_number in (None, line.need)]
    if not chosen:
        raise refused("need_number", "unknown", Sentence("Questo bisogno non è nel piano."))

    async def work(writing: Writing) -> None:
        fresh = await _fresh(picture, chosen, stored.created_at)
        if not fresh:
            sentence = Sentence(
                "Non c’è niente di nuovo da proporre: gli esempi non sono di nessuno, e il resto è già proposto o avviato."
            )
            raise Refused("nothing_new", sentence)
        now = datetime.now(UTC)
        for line in fresh:
            await AssignmentSuggestion.create(
                need_id=line.need, laboratory_id=line.laboratory, plan_id=stored.number, suggested_at=now
            )
            await _tell(writing, picture.needs[line.need], line)
        details = {"pairs": [[line.need, line.laboratory] for line in fresh]}
        await audit.record(writing, actor, "suggest_assignment", f"assignment:{stored.number}", details)

    await write(work)
    return stored


async def _fresh(picture: Catalogue, lines: Iterable[PlanLine], since: datetime) -> list[PlanLine]:
    numbers = {line.need for line in lines}
    known = await pairs() | await _closed(numbers)
    rows = Need.filter(number__in=numbers, status=NeedStatus.PUBLISHED)
    open_needs = {row["number"] for row in await rows.values("number")}
    began = Partnership.filter(match__need_id__in=numbers, started_at__gt=since)
    open_needs -= {row["match__need_id"] for row in await began.values("match__need_id")}
    return [
        line
        for line in lines
        if line.need in open_needs
        and line.laboratory in picture.laboratories
        and not line.example
        and (line.need, line.laboratory) not in known
    ]


async def _closed(numbers: Collection[int]) -> set[Pair]:
    """The pairs of some needs that nobody proposes any more: acted on, in conflict, or fixed apart by hand."""
    acted_on = await Match.filter(need_id__in=numbers).values_list("need_id", "laboratory_id")
    apart = [(need, slug) for need, slug, kind in await assignment_locks.pairs() if kind is LockKind.APART]
    return {*acted_on, *apart, *await assignments.in_conflict()}


async def _tell(writing: Writing, need: published.Need, line: PlanLine) -> None:
    sentence = Sentence(NEWS.text, {"laboratory": line.laboratory_name, "need": line.need_title})
    people = await officers_of(need.owner_kind, need.owner_code)
    await notify(writing, people, "suggest_assignment", sentence, f"/bisogni/{need.number}", urgent=True)


async def pairs() -> set[Pair]:
    """Every need and laboratory that was suggested, whoever asks: callers check who reads."""
    return set(await AssignmentSuggestion.all().values_list("need_id", "laboratory_id"))


async def of_need(actor: Actor, need: published.Need) -> list[Suggestion]:
    """What was suggested for a need and nobody has acted on; nothing for those who may not read its matches."""
    if not allows(actor, "read", "match", subject_of(need)):
        return []
    return await _open([need])


async def waiting_for(actor: Actor) -> list[Suggestion]:
    """What was suggested for the needs of the body that somebody acts for, and waits for its answer."""
    needs = [
        need
        for need in catalogue.current().needs.values()
        if actor.acts_for(need.owner_kind, need.owner_code)
        and allows(actor, "shortlist", "match", subject_of(need))
    ]
    return await _open(needs)


async def _open(needs: list[published.Need]) -> list[Suggestion]:
    if not needs:
        return []
    picture, numbers = catalogue.current(), [need.number for need in needs]
    rows = AssignmentSuggestion.filter(need_id__in=numbers).order_by("id")
    suggested = await rows.values_list("need_id", "laboratory_id")
    closed = await _closed(numbers)
    return [
        Suggestion(
            need=picture.needs[number],
            laboratory=picture.laboratories[slug],
            match=next(one for one in ranked if one.laboratory == slug),
        )
        for number, slug in suggested
        if (number, slug) not in closed and slug in picture.laboratories
        for ranked in [matches.for_need(picture, picture.needs[number]).matches]
    ]
