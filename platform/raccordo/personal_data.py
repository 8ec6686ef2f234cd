"""The inventory of personal data: each column that may hold some, why, how long, and what becomes of it.

A column that is neither here nor in `raccordo.impersonal` fails tests/platform/test_personal_data.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from tortoise.models import Model

from raccordo import retention
from raccordo.language import Sentence
from raccordo.models import (
    AccessToken,
    AuditEntry,
    ConflictOfInterest,
    ExternalIdentity,
    Follow,
    IdempotencyKey,
    LaboratoryConcept,
    LaboratoryHint,
    MailPreference,
    Match,
    MatchStep,
    Membership,
    Message,
    Need,
    Notification,
    OutboxEvent,
    Partnership,
    Person,
    ProposedNeed,
    Session,
    SingleUse,
    WaitingIdentity,
)
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
class _Treatment:
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

ACCOUNT = _Treatment(
    Sentence("sapere chi agisce e potergli scrivere"), TASK, retention.UNCONFIRMED, ONESELF, OnErasure.EMPTIED
)
KEY = _Treatment(LOGIN, SECURITY, retention.UNTIL_ERASED, NOBODY, OnErasure.EMPTIED)
HUSK = _Treatment(
    Sentence("tenere insieme registro e atti"), TASK, retention.AS_THE_REGISTER, NOBODY, OnErasure.UNTOUCHED
)
ROLE = _Treatment(
    Sentence("sapere per chi la persona può agire"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("la persona, chi amministra lo stesso ente e il coordinamento"),
    OnErasure.ENDED,
)
ENDING = replace(ROLE, on_erasure=OnErasure.EMPTIED)
BROWSER = _Treatment(LOGIN, SECURITY, retention.SESSION, ONESELF, OnErasure.DELETED)
LINK = _Treatment(LOGIN, SECURITY, retention.SECRET, NOBODY, OnErasure.DELETED)
IDENTITY = _Treatment(LOGIN, ASKED, retention.UNTIL_ERASED, ONESELF, OnErasure.DELETED)
NEWCOMER = _Treatment(LOGIN, ASKED, retention.NEWCOMER, NOBODY, OnErasure.UNTOUCHED)
TOKEN = _Treatment(
    Sentence("lasciar agire i programmi della persona"), ASKED, retention.TOKEN, ONESELF, OnErasure.DELETED
)
ANSWER = _Treatment(
    Sentence("non ripetere una richiesta arrivata due volte"),
    ASKED,
    retention.ANSWER,
    NOBODY,
    OnErasure.DELETED,
)
NEWS = _Treatment(
    Sentence("dire alla persona che cosa la riguarda"), TASK, retention.NEWS, ONESELF, OnErasure.DELETED
)
CHOICE = _Treatment(
    Sentence("scrivere quanto e di che cosa la persona vuole"),
    ASKED,
    retention.UNTIL_ERASED,
    ONESELF,
    OnErasure.DELETED,
)
POST = _Treatment(Sentence("consegnare la posta"), TASK, retention.OUTBOX, NOBODY, OnErasure.DELETED)
AUTHOR = _Treatment(
    Sentence("sapere chi ha agito per l’ente"), TASK, retention.AS_A_RECORD, NOBODY, OnErasure.STAYS
)
PUBLIC_TEXT = _Treatment(
    Sentence("dire di che cosa l’ente ha bisogno"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("tutti, finché è pubblicato"),
    OnErasure.UNTOUCHED,
)
BETWEEN_BODIES = _Treatment(
    Sentence("proporre al comune un bisogno che ha"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("chi propone e il comune"),
    OnErasure.UNTOUCHED,
)
SHARED_TEXT = _Treatment(
    Sentence("mettersi d’accordo"), TASK, retention.AS_A_RECORD, SIDES, OnErasure.UNTOUCHED
)
LETTERS = _Treatment(
    Sentence("mettersi d’accordo"),
    TASK,
    retention.AS_A_RECORD,
    Sentence("chi prende parte e il coordinamento; tutti, se chi scrive lo sceglie"),
    OnErasure.UNTOUCHED,
)
REGISTER = _Treatment(
    Sentence("poter dimostrare chi ha fatto che cosa"),
    SECURITY,
    retention.AS_THE_REGISTER,
    Sentence("il coordinamento, dopo il secondo fattore"),
    OnErasure.STAYS,
)

INVENTORY: tuple[Entry, ...] = (
    ACCOUNT.of(Person, "name email", Sentence("nome e indirizzo di posta")),
    ACCOUNT.of(Person, "created_at email_confirmed_at seen_on", Sentence("quando è nata, confermata e usata l’utenza")),
    ACCOUNT.of(Person, "language", Sentence("lingua dei messaggi")),
    KEY.of(Person, "password", Sentence("impronta della parola d’ordine"), Export.SECRET),
    KEY.of(Person, "totp_secret totp_step", Sentence("segreto del secondo fattore"), Export.SECRET),
    HUSK.of(Person, "id status", Sentence("numero e stato dell’utenza")),
    ROLE.of(Membership, "person_id", WHOSE, Export.NO),
    ROLE.of(
        Membership,
        "id role body_id laboratory_id department_id school_id institution_id coordinates_for",
        Sentence("ruolo, e per chi"),
    ),
    ROLE.of(
        Membership, "status verified_by requested_at decided_at", Sentence("se vale, chi l’ha verificato, quando")
    ),
    ENDING.of(Membership, "because", Sentence("perché un ruolo è stato rifiutato o chiuso, testo libero")),
    BROWSER.of(Session, "digest", Sentence("impronta della chiave del browser"), Export.SECRET),
    BROWSER.of(Session, "person_id", WHOSE, Export.NO),
    BROWSER.of(
        Session,
        "membership_id second_factor created_at seen_at ends_at",
        Sentence("per chi agisce il browser, da quando, fino a quando"),
    ),
    LINK.of(SingleUse, "digest", Sentence("impronta di un collegamento mandato per posta"), Export.SECRET),
    LINK.of(SingleUse, "person_id", WHOSE, Export.NO),
    LINK.of(SingleUse, "purpose subject created_at expires_at used_at tries",
        Sentence("a che cosa serve il collegamento, da quando, fino a quando")),
    IDENTITY.of(ExternalIdentity, "person_id", WHOSE, Export.NO),
    IDENTITY.of(ExternalIdentity, "id issuer subject", Sentence("chi è la persona per un altro servizio")),
    NEWCOMER.of(
        WaitingIdentity,
        "digest provider subject name email expires_at",
        Sentence("chi un altro servizio ha appena indicato, e non ha ancora un’utenza"),
        Export.NO,
    ),
    TOKEN.of(AccessToken, "digest", Sentence("impronta del gettone"), Export.SECRET),
    TOKEN.of(AccessToken, "person_id", WHOSE, Export.NO),
    TOKEN.of(
        AccessToken,
        "id name membership_id scopes second_factor created_at expires_at used_at revoked_at",
        Sentence("nome del gettone, che cosa può fare, da quando, fino a quando"),
    ),
    ANSWER.of(IdempotencyKey, "person_id", WHOSE, Export.NO),
    ANSWER.of(IdempotencyKey, "id key fingerprint answer created_at attempt attempted_at effects answered_at",
        Sentence("la richiesta, quando è arrivata e la risposta che ha avuto")),
    NEWS.of(Notification, "person_id", WHOSE, Export.NO),
    NEWS.of(
        Notification,
        "id kind text values path urgent created_at read_at mailed_at",
        Sentence("l’avviso, quando è nato, letto e spedito"),
    ),
    CHOICE.of(Follow, "person_id", WHOSE, Export.NO),
    CHOICE.of(Follow, "id kind value created_at", Sentence("che cosa la persona segue")),
    CHOICE.of(MailPreference, "person_id", WHOSE, Export.NO),
    CHOICE.of(MailPreference, "id frequency", Sentence("quanto spesso scriverle")),
    POST.of(OutboxEvent, "payload", Sentence("destinatario e contenuto di un messaggio che aspetta"), Export.NO),
    AUTHOR.of(Need, "author_id", Sentence("chi ha scritto il bisogno"), Export.NO),
    PUBLIC_TEXT.of(Need, "number", Sentence("numero del bisogno")),
    PUBLIC_TEXT.of(
        Need,
        "title description funding deadline_note ended_because",
        Sentence("testo libero: non vi andrebbero scritti dati di persone"),
    ),
    PUBLIC_TEXT.of(Need, "published_at changed_at ended_at", Sentence("quando è stato scritto")),
    AUTHOR.of(ProposedNeed, "author_id", Sentence("chi ha scritto il bisogno proposto"), Export.NO),
    BETWEEN_BODIES.of(ProposedNeed, "number", Sentence("numero del bisogno proposto")),
    BETWEEN_BODIES.of(
        ProposedNeed,
        "title description funding deadline reason",
        Sentence("testo libero: non vi andrebbero scritti dati di persone"),
    ),
    BETWEEN_BODIES.of(ProposedNeed, "proposed_at changed_at told_at", Sentence("quando è stato scritto")),
    AUTHOR.of(MatchStep, "person_id", Sentence("chi ha fatto il passo"), Export.NO),
    SHARED_TEXT.of(MatchStep, "id match_id verb state acting_as at", Sentence("il passo, per chi e quando")),
    SHARED_TEXT.of(MatchStep, "note", Sentence("nota libera, per l’altra parte")),
    SHARED_TEXT.of(Match, "note scope", Sentence("nota e intesa, testo libero"), Export.NO),
    SHARED_TEXT.of(Partnership, "outcome_note", Sentence("nota sull’esito, testo libero"), Export.NO),
    SHARED_TEXT.of(ConflictOfInterest, "reason", Sentence("perché c’è un conflitto, testo libero"), Export.NO),
    AUTHOR.of(LaboratoryConcept, "person_id", Sentence("chi lo ha detto per il laboratorio"), Export.NO),
    SHARED_TEXT.of(LaboratoryConcept, "id concept emphasis stated_at imported", Sentence("che cosa ha detto del laboratorio")),
    SHARED_TEXT.of(LaboratoryHint, "note", Sentence("perché un altro laboratorio, testo libero"), Export.NO),
    AUTHOR.of(Message, "author_id", Sentence("chi ha scritto il messaggio"), Export.NO),
    LETTERS.of(Message, "id thread_id acting_as text public at", Sentence("il messaggio, per chi e quando")),
    REGISTER.of(AuditEntry, "person_id", Sentence("chi ha agito, per numero"), Export.NO),
    REGISTER.of(
        AuditEntry,
        "number at acting_as verb subject details",
        Sentence("che cosa ha fatto, per chi e quando; mai nomi o indirizzi"),
    ),
)  # fmt: skip

# By which column a row is a person's own; a copy for a person has these tables, in this order.
OWNER: Mapping[type[Model], str] = {
    Person: "id",
    Membership: "person_id",
    Session: "person_id",
    SingleUse: "person_id",
    ExternalIdentity: "person_id",
    AccessToken: "person_id",
    IdempotencyKey: "person_id",
    MailPreference: "person_id",
    Follow: "person_id",
    Notification: "person_id",
    Need: "author_id",
    ProposedNeed: "author_id",
    MatchStep: "person_id",
    LaboratoryConcept: "person_id",
    Message: "author_id",
    AuditEntry: "person_id",
}


def entries_of(model: type[Model]) -> tuple[Entry, ...]:
    return tuple(entry for entry in INVENTORY if entry.model is model)
