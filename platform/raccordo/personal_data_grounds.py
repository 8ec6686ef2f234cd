"""The grounds on which personal data is kept: purpose, basis, how long, who sees it, what erasure does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from tortoise.models import Model

from raccordo import retention
from raccordo.language import Sentence
from raccordo.retention import Retention


class OnErasure(Enum):
    """What the erasure of a person does with a column."""

    EMPTIED = Sentence("si svuota")
    DELETED = Sentence("si toglie la riga")
    ENDED = Sentence("resta, terminato, senza nome")
    STAYS = Sentence("resta, sotto un’utenza senza nome")
    UNTOUCHED = Sentence("resta")


class Export(Enum):
    """Whether the copy that a person receives has the column."""

    YES = Sentence("sì")
    SECRET = Sentence("no, è un segreto")
    NO = Sentence("no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Columns of a table that are treated alike."""

    model: type[Model]
    columns: tuple[str, ...]
    what: Sentence
    purpose: Sentence
    basis: Sentence
    retention: Retention
    seen_by: Sentence
    export: Export
    on_erasure: OnErasure


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the entries of one kind of table share."""

    purpose: Sentence
    basis: Sentence
    retention: Retention
    seen_by: Sentence
    on_erasure: OnErasure

    def of(self, model: type[Model], columns: str, what: Sentence, export: Export = Export.YES) -> Entry:
        return Entry(
            model=model,
            columns=tuple(columns.split()),
            what=what,
            purpose=self.purpose,
            basis=self.basis,
            retention=self.retention,
            seen_by=self.seen_by,
            export=export,
            on_erasure=self.on_erasure,
        )


TASK = Sentence("compito di interesse pubblico, art. 6.1.e GDPR")
SECURITY = Sentence("obbligo di sicurezza, art. 6.1.c e art. 32 GDPR")
ASKED = Sentence("richiesta della persona, art. 6.1.b GDPR")
ONESELF = Sentence("la persona stessa")
NOBODY = Sentence("nessuno")
SIDES = Sentence("chi prende parte e il coordinamento")
LOGIN = Sentence("far entrare la persona giusta")
WHOSE = Sentence("di chi è la riga")
FREE_TEXT = Sentence("testo libero: non vi andrebbero scritti dati di persone")

ACCOUNT = Treatment(
    Sentence("sapere chi agisce e potergli scrivere"), TASK, retention.UNCONFIRMED, ONESELF, OnErasure.EMPTIED
)
KEY = Treatment(LOGIN, SECURITY, retention.UNTIL_ERASED, NOBODY, OnErasure.EMPTIED)
HUSK = Treatment(
    Sentence("tenere insieme registro e atti"), TASK, retention.AS_THE_REGISTER, NOBODY, OnErasure.UNTOUCHED
)
ROLE = Treatment(
    Sentence("sapere per chi la persona può agire"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("la persona, chi amministra lo stesso ente e il coordinamento"),
    OnErasure.ENDED,
)
ENDING = replace(ROLE, on_erasure=OnErasure.EMPTIED)
BROWSER = Treatment(LOGIN, SECURITY, retention.SESSION, ONESELF, OnErasure.DELETED)
LINK = Treatment(LOGIN, SECURITY, retention.SECRET, NOBODY, OnErasure.DELETED)
IDENTITY = Treatment(LOGIN, ASKED, retention.UNTIL_ERASED, ONESELF, OnErasure.DELETED)
NEWCOMER = Treatment(LOGIN, ASKED, retention.NEWCOMER, NOBODY, OnErasure.UNTOUCHED)
TOKEN = Treatment(
    Sentence("lasciar agire i programmi della persona"), ASKED, retention.TOKEN, ONESELF, OnErasure.DELETED
)
ANSWER = Treatment(
    Sentence("non ripetere una richiesta arrivata due volte"),
    ASKED,
    retention.ANSWER,
    NOBODY,
    OnErasure.DELETED,
)
NEWS = Treatment(
    Sentence("dire alla persona che cosa la riguarda"), TASK, retention.NEWS, ONESELF, OnErasure.DELETED
)
CHOICE = Treatment(
    Sentence("scrivere quanto e di che cosa la persona vuole"),
    ASKED,
    retention.UNTIL_ERASED,
    ONESELF,
    OnErasure.DELETED,
)
POST = Treatment(Sentence("consegnare la posta"), TASK, retention.OUTBOX, NOBODY, OnErasure.DELETED)
AUTHOR = Treatment(
    Sentence("sapere chi ha agito per l’ente"), TASK, retention.AS_A_RECORD, NOBODY, OnErasure.STAYS
)
PUBLIC_TEXT = Treatment(
    Sentence("dire di che cosa l’ente ha bisogno"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("tutti, finché è pubblicato"),
    OnErasure.UNTOUCHED,
)
BETWEEN_BODIES = Treatment(
    Sentence("proporre al comune un bisogno che ha"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("chi propone e il comune"),
    OnErasure.UNTOUCHED,
)
BETWEEN_TOWNS = Treatment(
    Sentence("decidere se gestire insieme una funzione"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("i comuni della proposta e il coordinamento; tutti, quando hanno aderito"),
    OnErasure.UNTOUCHED,
)
SHARED_TEXT = Treatment(
    Sentence("mettersi d’accordo"), TASK, retention.AS_A_RECORD, SIDES, OnErasure.UNTOUCHED
)
LETTERS = Treatment(
    Sentence("mettersi d’accordo"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("chi prende parte e il coordinamento; tutti, se chi scrive lo sceglie"),
    OnErasure.UNTOUCHED,
)
REGISTER = Treatment(
    Sentence("poter dimostrare chi ha fatto che cosa"),
    SECURITY,
    retention.AS_THE_REGISTER,
    Sentence("il coordinamento, dopo il secondo fattore"),
    OnErasure.STAYS,
)
OFFERED = replace(PUBLIC_TEXT, purpose=Sentence("dire che cosa il laboratorio cerca o può dare"))
BOARD = replace(SHARED_TEXT, purpose=Sentence("pianificare"), seen_by=Sentence("il coordinamento"))
CITED = Treatment(
    Sentence("poter verificare ciò che è stato citato, e capire le parole che mancano"),
    TASK,
    retention.AS_A_RECORD,
    Sentence(
        "tutti la classifica, il titolo solo finché il bisogno è pubblicato; il coordinamento le parole di tre enti"
    ),
    OnErasure.UNTOUCHED,
)
