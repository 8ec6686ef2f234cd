"""Who hears what about a proposed need: the municipality what waits for it, the poster what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Notification, ProposedNeed
from raccordo.notifications import coordinators, notify, officers_of
from raccordo.proposed_need_records import LASTS, PATH, ProposedNeedRecord

PROPOSED = "need_proposed"  # the kind of what waits for an answer, which can be given from the mail
NO_OFFICER = "no_officer"

_PROPOSED = Sentence(
    "{poster} propone per {municipality} il bisogno «{need}»: per pubblicarlo basta una conferma."
)
_NOBODY = Sentence(
    "{poster} propone bisogni per {municipality}, dove nessuno ha ancora un’utenza: serve un invito."
)
_CONFIRMED = Sentence("{municipality} ha confermato «{need}»: ora è pubblicato.")
_CORRECTED = Sentence("{municipality} ha corretto e confermato «{need}»: ora è pubblicato.")
_DECLINED = Sentence("{municipality} non conferma «{need}»: il motivo è sulla pagina.")
_TAKEN_BACK = Sentence("{poster} ha ritirato la proposta «{need}»: non c’è più nulla da confermare.")
_EXPIRED = Sentence("La proposta «{need}» per {municipality} è scaduta: {days} giorni senza risposta.")


async def reachable(record: ProposedNeedRecord) -> bool:
    """Whether somebody of the municipality has an account."""
    return bool(await officers_of(*record.municipality))


async def of_proposal(writing: Writing, record: ProposedNeedRecord) -> None:
    """Tell the municipality; where nobody has an account yet, tell the coordination once."""
    people = await officers_of(*record.municipality)
    if people:
        await notify(writing, people, PROPOSED, _said(_PROPOSED, record), _path(record), urgent=True)
        await ProposedNeed.filter(number=record.number).update(told_at=datetime.now(UTC))
        return
    path = f"/comuni/{record.municipality[1]}"
    if not await Notification.exists(kind=NO_OFFICER, path=path):
        await notify(writing, await coordinators(), NO_OFFICER, _said(_NOBODY, record), path)


async def again(writing: Writing, person: int, record: ProposedNeedRecord) -> None:
    """Tell one person once more, with a new link; pressed twice, one mail."""
    waiting = Notification.filter(person_id=person, kind=PROPOSED, path=_path(record), mailed_at=None)
    if not await waiting.exists():
        await notify(writing, [person], PROPOSED, _said(_PROPOSED, record), _path(record), urgent=True)


async def of_step(writing: Writing, record: ProposedNeedRecord, verb: str, *, corrected: bool) -> None:
    """Tell the other side; what waited to be mailed about an ended proposal waits no more."""
    if record.waiting:
        return
    await Notification.filter(kind=PROPOSED, path=_path(record), mailed_at=None, read_at=None).update(
        read_at=datetime.now(UTC)
    )
    posters, town = await officers_of(*record.poster), await officers_of(*record.municipality)
    people, sentence, path = {
        "confirm": (posters, _CORRECTED if corrected else _CONFIRMED, f"/bisogni/{record.need}"),
        "decline": (posters, _DECLINED, _path(record)),
        "take_back": (town, _TAKEN_BACK, _path(record)),
        "expire": ([*posters, *town], _EXPIRED, _path(record)),
    }[verb]
    await notify(writing, people, f"need_{verb}", _said(sentence, record), path)


def _said(sentence: Sentence, record: ProposedNeedRecord) -> Sentence:
    """The sentence with what it names and no more: not everybody who is told may read the need."""
    known = {
        "poster": record.poster_name,
        "municipality": record.municipality_name,
        "need": record.written.title,
        "days": LASTS.days,
    }
    named = {name: value for name, value in known.items() if f"{{{name}}}" in sentence.text}
    return Sentence(sentence.text, named)


def _path(record: ProposedNeedRecord) -> str:
    return f"{PATH}{record.number}"
