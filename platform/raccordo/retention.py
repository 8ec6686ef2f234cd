"""How long personal data is kept: the periods that the inventory states and the purge keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from raccordo import idempotency, sessions
from raccordo.language import Sentence


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when something is kept. Without periods it is an act that ends it, not time."""

    sentence: Sentence
    periods: tuple[timedelta, ...] = ()


def _days(sentence: Sentence, *periods: timedelta) -> Retention:
    places = dict(zip(("days", "most"), (period.days for period in periods), strict=False))
    return Retention(Sentence(sentence.text, places), periods)


UNTIL_ERASED = Retention(Sentence("finché c’è l’utenza"))
AS_A_RECORD = Retention(Sentence("resta, come atto dell’ente o del laboratorio"))
AS_THE_REGISTER = Retention(Sentence("resta: senza, il registro non si potrebbe verificare"))

UNCONFIRMED = _days(
    Sentence("finché c’è l’utenza; {days} giorni, se nessuno la conferma o accetta l’invito"),
    timedelta(days=30),
)
SESSION = _days(Sentence("finché dura l’accesso, al massimo {days} giorni"), sessions.ABSOLUTE)
SECRET = _days(
    Sentence(
        "fino all’uso o alla scadenza; un collegamento per rispondere, {most} giorni di più, per mandarne un altro"
    ),
    timedelta(0),
    timedelta(days=90),
)
NEWCOMER = Retention(Sentence("dieci minuti, e poi fino alla pulizia del giorno"), (timedelta(0),))
OUTBOX = _days(
    Sentence("il contenuto fino alla consegna; tutto, al massimo {days} giorni"), timedelta(days=30)
)
NEWS = _days(
    Sentence("{days} giorni da quando è letto, {most} in ogni caso"), timedelta(days=90), timedelta(days=365)
)
TOKEN = _days(Sentence("{days} giorni dopo la scadenza o la revoca"), timedelta(days=90))
ANSWER = _days(Sentence("un giorno"), idempotency.LASTS)
