"""The inventory of personal data: each column that may hold some, why, how long, and what becomes of it.

A column that is neither here nor in `raccordo.impersonal` fails tests/platform/test_personal_data.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from tortoise.models import Model

from raccordo.language import Sentence
from raccordo.models import (
    AccessToken,
    AssignmentLock,
    AssignmentPlan,
    AssociationMember,
    AssociationProposal,
    AssociationStep,
    AuditEntry,
    CitedRanking,
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
    Offer,
    OutboxEvent,
    Partnership,
    Person,
    ProposedNeed,
    Session,
    SingleUse,
    UnknownWord,
    WaitingIdentity,
)
from raccordo.personal_data_grounds import (
    ACCOUNT,
    ANSWER,
    AUTHOR,
    BETWEEN_BODIES,
    BETWEEN_TOWNS,
    BOARD,
    BROWSER,
    CHOICE,
    CITED,
    ENDING,
    FREE_TEXT,
    HUSK,
    IDENTITY,
    KEY,
    LETTERS,
    LINK,
    NEWCOMER,
    NEWS,
    OFFERED,
    POST,
    PUBLIC_TEXT,
    REGISTER,
    ROLE,
    SHARED_TEXT,
    TOKEN,
    WHOSE,
    Entry,
)
from raccordo.personal_data_grounds import (
    Export as Export,
)
from raccordo.personal_data_grounds import (
    OnErasure as OnErasure,
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
    PUBLIC_TEXT.of(Need, "title description funding summary_en deadline_note ended_because", FREE_TEXT),
    PUBLIC_TEXT.of(Need, "published_at changed_at ended_at", Sentence("quando è stato scritto")),
    CITED.of(CitedRanking, "content", Sentence("titolo e classifica di un bisogno citato"), Export.NO),
    CITED.of(UnknownWord, "word", Sentence("parole di un bisogno pubblicato che il lessico non conosce"), Export.NO),
    AUTHOR.of(Offer, "author_id", Sentence("chi ha scritto l’offerta"), Export.NO),
    OFFERED.of(Offer, "number", Sentence("numero dell’offerta")),
    OFFERED.of(Offer, "title text title_en text_en details ended_because", FREE_TEXT),
    AUTHOR.of(ProposedNeed, "author_id", Sentence("chi ha scritto il bisogno proposto"), Export.NO),
    BETWEEN_BODIES.of(ProposedNeed, "number", Sentence("numero del bisogno proposto")),
    BETWEEN_BODIES.of(ProposedNeed, "title description funding summary_en deadline reason", FREE_TEXT),
    BETWEEN_BODIES.of(ProposedNeed, "proposed_at changed_at told_at", Sentence("quando è stato scritto")),
    AUTHOR.of(AssociationProposal, "author_id", Sentence("chi ha scritto la proposta di gestione associata"), Export.NO),
    BETWEEN_TOWNS.of(AssociationProposal, "number", Sentence("numero della proposta di gestione associata")),
    BETWEEN_TOWNS.of(AssociationProposal, "reason", FREE_TEXT),
    BETWEEN_TOWNS.of(AssociationProposal, "proposed_at changed_at", Sentence("quando è stata scritta")),
    AUTHOR.of(AssociationMember, "person_id", Sentence("chi ha risposto per il comune"), Export.NO),
    BETWEEN_TOWNS.of(
        AssociationMember,
        "id proposal_id adherence answered_at told_at",
        Sentence("la risposta del comune, e quando"),
    ),
    BETWEEN_TOWNS.of(AssociationMember, "reason", Sentence("perché il comune dice di no, testo libero")),
    AUTHOR.of(AssociationStep, "person_id", Sentence("chi ha segnato il passo"), Export.NO),
    BETWEEN_TOWNS.of(
        AssociationStep,
        "id proposal_id step status done_on acting_as at",
        Sentence("il passo verso la gestione associata, per chi e quando"),
    ),
    BETWEEN_TOWNS.of(
        AssociationStep, "document link note", Sentence("il documento del passo e una nota, testo libero")
    ),
    AUTHOR.of(MatchStep, "person_id", Sentence("chi ha fatto il passo"), Export.NO),
    SHARED_TEXT.of(MatchStep, "id match_id verb state acting_as at", Sentence("il passo, per chi e quando")),
    SHARED_TEXT.of(MatchStep, "note", Sentence("nota libera, per l’altra parte")),
    SHARED_TEXT.of(Match, "note scope", Sentence("nota e intesa, testo libero"), Export.NO),
    SHARED_TEXT.of(Partnership, "outcome_note", Sentence("nota sull’esito, testo libero"), Export.NO),
    SHARED_TEXT.of(ConflictOfInterest, "reason", Sentence("perché c’è un conflitto, testo libero"), Export.NO),
    BOARD.of(AssignmentLock, "reason", Sentence("perché un vincolo a mano, testo libero"), Export.NO),
    BOARD.of(AssignmentPlan, "name", Sentence("nome di uno scenario, testo libero"), Export.NO),
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
    Offer: "author_id",
    ProposedNeed: "author_id",
    AssociationProposal: "author_id",
    AssociationMember: "person_id",
    AssociationStep: "person_id",
    MatchStep: "person_id",
    LaboratoryConcept: "person_id",
    Message: "author_id",
    AuditEntry: "person_id",
}


def entries_of(model: type[Model]) -> tuple[Entry, ...]:
    return tuple(entry for entry in INVENTORY if entry.model is model)
