"""What every step leaves behind: an entry of the log, a row of the timeline, a word to whoever is next."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo import audit
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord, next_step
from raccordo.match_steps import Side
from raccordo.models import MatchState, MatchStep
from raccordo.notifications import answering_for, notify, officers_of
from raccordo.people import Actor, person_of

NOTE = 2_000  # characters
SCOPE = 10_000

NEWS = {
    "ask": Sentence("{owner} chiede a {laboratory}: «{need}»."),
    "arrive": Sentence("Una richiesta di {owner} è stata passata a {laboratory}: «{need}»."),
    "show_interest": Sentence("A {laboratory} interessa «{need}»."),
    "decline": Sentence("{laboratory} ha declinato «{need}»."),
    "pass_on": Sentence("{laboratory} ha passato ad altri «{need}»."),
    "agree_scope": Sentence("C’è scritto che cosa fare insieme per «{need}»."),
    "accept": Sentence("Un’altra firma per «{need}»: la pagina dice a chi tocca."),
    "drop": Sentence("Per «{need}» chi aveva chiesto ci ha rinunciato."),
    "finish": Sentence("Conclusa la collaborazione per «{need}»."),
}


async def taken(writing: Writing, actor: Actor, record: MatchRecord, verb: str, note: str) -> None:
    """Log a step, put it on the timeline, and tell those it concerns."""
    await audit.record(
        writing,
        actor,
        f"{verb}_match",
        f"match:{record.id}",
        {"state": record.state.value, "version": record.version},
    )
    person = await person_of(actor)
    await MatchStep.create(
        match_id=record.id,
        verb=verb,
        state=record.state,
        person=person,
        acting_as=actor.label,
        note=note,
        at=datetime.now(UTC),
    )
    await _tell(writing, record, verb, person.id if person else None)


async def _tell(writing: Writing, record: MatchRecord, verb: str, author: int | None) -> None:
    news = NEWS.get(verb)
    if news is None or (record.state is MatchState.DROPPED and record.asked_at is None):
        return  # a shortlist is the owner's own paper
    sentence = Sentence(
        news.text,
        {"owner": record.owner_name, "laboratory": record.laboratory_name, "need": record.need_title},
    )
    _, owes = next_step(record)
    sides = {
        Side.OWNER: await officers_of(*record.owner),
        Side.LABORATORY: await answering_for(record.laboratory) if record.asked_at else [],
    }
    for side, people in sides.items():
        others = [person for person in people if person != author]
        urgent = owes in (side, Side.BOTH)
        await notify(
            writing, others, f"match_{verb}", sentence, f"/collaborazioni/{record.id}", urgent=urgent
        )
    for body in record.parties:
        await notify(
            writing, await officers_of(*body), f"match_{verb}", sentence, f"/collaborazioni/{record.id}"
        )
