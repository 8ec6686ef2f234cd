"""Who hears what about a proposal of joint management: every municipality, its own part and what others decide."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo import catalogue
from raccordo.association_records import PATH_OF
from raccordo.association_rows import TOWN, AssociationRecord, MemberRecord
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import AssociationMember, CooperationStep, Notification, TerritorialBody
from raccordo.notifications import coordinators, notify, officers_of
from raccordo.proposed_need_news import NO_OFFICER
from raccordo.spoken import Day, Named

_PROPOSED = Sentence("{who} propone di gestire insieme «{function}»: {names}. Ogni comune risponde per sé.")
_PROPOSED_BEFORE = Sentence(
    "{who} ha proposto di gestire insieme «{function}» e poi ha detto di no; restano {names}. Ogni comune risponde per sé."
)
_NOBODY = Sentence(
    "Una gestione associata è proposta anche a {municipality}, dove nessuno ha ancora un’utenza: serve un invito."
)
_AGAIN = Sentence("Per «{function}» la forma o il capofila è cambiato: si aderisce di nuovo.")
_SAID = {
    "adhere": Sentence("{who} aderisce alla gestione associata di «{function}»."),
    "decline": Sentence(
        "{who} non aderisce alla gestione associata di «{function}»: il motivo è sulla pagina."
    ),
    "withdraw": Sentence("{who} ritira l’adesione alla gestione associata di «{function}»."),
    "choose_form": Sentence("{who} ha scelto la forma della gestione associata di «{function}»."),
    "record_step": Sentence("{who} ha segnato un passo fatto per «{function}»."),
    "skip_step": Sentence("{who} ha saltato un passo per «{function}»: il motivo è sulla pagina."),
    "take_back": Sentence("{who} ha ritirato la proposta di gestione associata di «{function}»."),
}
_STARTED = Sentence("La gestione associata di «{function}» è avviata.")
_STARTED_LATER = Sentence("La gestione associata di «{function}» è avviata: in vigore dal {day}.")


async def of_proposal(writing: Writing, record: AssociationRecord, who: Sentence, author: int | None) -> None:
    """Tell every municipality; where nobody has an account, tell the coordination once."""
    for member in record.members:
        await tell_member(writing, record, member, who, author)


async def tell_member(
    writing: Writing,
    record: AssociationRecord,
    member: MemberRecord,
    who: Sentence | None = None,
    author: int | None = None,
) -> None:
    """What one municipality is asked, to its own people, once; they are mailed without waiting.

    `who` proposes, in the words of the moment; without it, whoever proposed as the record names it.
    """
    people = await officers_of(TOWN, member.istat_code)
    if not people:
        path = f"/comuni/{member.istat_code}"
        if not await Notification.exists(kind=NO_OFFICER, path=path):
            sentence = Sentence(_NOBODY.text, {"municipality": member.name})
            await notify(writing, await coordinators(), NO_OFFICER, sentence, path)
        return
    body = await TerritorialBody.get(kind=TOWN, code=member.istat_code)
    untold = AssociationMember.filter(proposal_id=record.number, body=body, told_at=None)
    if not await untold.update(told_at=datetime.now(UTC)):
        return
    values = _values(record, who or record.proposer_name)
    values["names"] = ", ".join(one.name for one in record.remaining)
    sentence = _PROPOSED_BEFORE if record.proposer_declined else _PROPOSED
    others = [person for person in people if person != author]
    await notify(
        writing, others, "association_proposed", Sentence(sentence.text, values), _path(record), urgent=True
    )


async def of_step(
    writing: Writing, record: AssociationRecord, verb: str, who: Sentence, author: int | None, *, starts: bool
) -> None:
    """Tell all the municipalities what one of them did, and whoever proposed."""
    sentence = started(record) if starts else Sentence(_SAID[verb].text, _values(record, who))
    people = await _everybody(record)
    await notify(
        writing, (one for one in people if one != author), f"association_{verb}", sentence, _path(record)
    )


def started(record: AssociationRecord) -> Sentence:
    start = record.settled(CooperationStep.START)
    if start is None or start.done_on <= today():
        return Sentence(_STARTED.text, _values(record))
    return Sentence(_STARTED_LATER.text, _values(record) | {"day": Day(start.done_on)})


async def of_reset(writing: Writing, record: AssociationRecord, members: list[str]) -> None:
    """Those that had adhered to something else are asked again."""
    people = [person for code in members for person in await officers_of(TOWN, code)]
    sentence = Sentence(_AGAIN.text, _values(record))
    await notify(writing, people, "association_again", sentence, _path(record), urgent=True)


async def _everybody(record: AssociationRecord) -> set[int]:
    bodies = {(TOWN, one.istat_code) for one in record.members} | (
        {record.proposer} if record.proposer else set()
    )
    found = {person for body in bodies for person in await officers_of(*body)}
    return {*found, *(await coordinators() if record.proposer is None else ())}


def _values(record: AssociationRecord, who: Sentence | None = None) -> dict[str, object]:
    values: dict[str, object] = {"function": function_of(record)}
    return values | ({"who": who} if who else {})


def function_of(record: AssociationRecord) -> Named:
    """The function of a proposal, as a notice names it."""
    function = catalogue.current().functions[record.function]
    return Named(function.short_it, function.short_en)


def _path(record: AssociationRecord) -> str:
    return f"{PATH_OF}{record.number}"
