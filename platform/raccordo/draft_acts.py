"""Draft acts of a joint management, from its data: headings and figures only, and a mark wherever people must write.

They are in Italian, as acts are. What the law asks is cited with its source; no article is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raccordo import catalogue
from raccordo.association_rows import AssociationRecord
from raccordo.language import Sentence
from raccordo.models import AssociationForm, CooperationStep
from raccordo.published import Municipality
from raccordo.refusals import NotFound
from raccordo.spoken import Amount, Day

CONVENTION_LAW = "D.lgs. 18 agosto 2000, n. 267, art. 30"
FORM_LAW = {
    AssociationForm.CONVENTION: CONVENTION_LAW,
    AssociationForm.UNION: "D.lgs. 18 agosto 2000, n. 267, art. 32",
    AssociationForm.CONSORTIUM: "D.lgs. 18 agosto 2000, n. 267, art. 31",
}
FORM_NAME = {
    AssociationForm.CONVENTION: "convenzione",
    AssociationForm.UNION: "unione di comuni",
    AssociationForm.MOUNTAIN_COMMUNITY: "comunità montana",
    AssociationForm.CONSORTIUM: "consorzio",
    AssociationForm.MERGER: "fusione",
}
# Where the content of the two norms was read, and what was recalled and has to be checked before use.
SOURCES_HEADING = "Fonti"
SOURCES = (
    (
        "Art. 30 (nessun ente nuovo, funzioni delegate a un ente capofila) e art. 32 (unione, ente locale con statuto) del "
        "D.lgs. 267/2000: letti in AGID, Piano triennale, Strumento 2, par. 2.1.2 e 2.1.4."
    ),
    (
        "L’obbligo di gestione associata (D.L. 78/2010 art. 14 c. 28) è stato abrogato dal D.L. 202/2024 art. 21 c. 3: "
        "questa gestione è una scelta dei comuni, non un obbligo."
    ),
    (
        "I titoli «fini, durata, forme di consultazione, rapporti finanziari, obblighi e garanzie» seguono l’art. 30 c. 2 "
        "del D.lgs. 267/2000, citato a memoria: da confermare sul testo vigente."
    ),
)


class ActKind(StrEnum):
    CONVENTION = "CONVENTION"
    RESOLUTION = "RESOLUTION"


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An act to be finished by people: `[da completare: …]` stands wherever something is theirs to write."""

    title: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = SOURCES


def draft(record: AssociationRecord, kind: ActKind, town: Municipality | None = None) -> Draft:
    """The draft of one act; a resolution is that of `town`'s council. Raises NotFound where the form has no such act."""
    if kind is ActKind.RESOLUTION:
        return _resolution(record, town)
    if record.form not in (None, AssociationForm.CONVENTION):
        raise NotFound(
            "no_convention",
            Sentence("La bozza di convenzione c’è solo quando la forma è la convenzione."),
        )
    return _convention(record)


def todo(what: str) -> str:
    return f"[da completare: {what}]"


def _convention(record: AssociationRecord) -> Draft:
    function = catalogue.current().functions[record.function]
    parties = tuple(_party(record, one.istat_code) for one in record.remaining)
    return Draft(
        f"Bozza di convenzione per la gestione associata: {function.short_it}",
        (
            Section("Enti contraenti", (*parties, todo("legali rappresentanti e atti che li autorizzano"))),
            Section("Norma di riferimento", (f"{CONVENTION_LAW}.",)),
            Section("Fini", (f"Funzione: lettera {record.function}) {function.text_it} (D.L. 78/2010 art. 14 c. 27).", f"Ragioni indicate nella proposta: {record.reason}", todo("servizi compresi e servizi esclusi"))),
            Section("Ente capofila", (record.lead_name + ".", todo("compiti delegati al capofila, o ufficio comune"))),
            Section("Durata", (_start(record), todo("durata, rinnovo, recesso di un comune"))),
            Section("Forme di consultazione", (todo("chi si riunisce, ogni quanto, come decide"),)),
            Section("Rapporti finanziari", (_money(record), todo("costo di un anno, criterio di riparto, scadenze dei pagamenti"))),
            Section("Obblighi e garanzie", (todo("personale, beni, dati, responsabilità, controversie"),)),
            Section("Firme", (todo("luogo, data e firme"),)),
        ),
    )  # fmt: skip


def _resolution(record: AssociationRecord, town: Municipality | None) -> Draft:
    function = catalogue.current().functions[record.function]
    whose = f"Comune di {town.name}" if town else todo("comune")
    form = FORM_NAME[record.form] if record.form else todo("forma scelta")
    law = FORM_LAW.get(record.form) if record.form else None
    others = ", ".join(one.name for one in record.remaining)
    return Draft(
        f"Bozza di deliberazione del consiglio comunale: {function.short_it}",
        (
            Section("Ente", (whose, todo("numero, data, presenti e assenti"))),
            Section("Oggetto", (f"Gestione associata della funzione di cui alla lettera {record.function}) {function.text_it} (D.L. 78/2010 art. 14 c. 27), mediante {form}.",)),
            Section("Premesse", (f"Proposta di gestione associata n. {record.number} fra i comuni di {others}.", f"Ragioni indicate nella proposta: {record.reason}", _documents(record), todo("istruttoria del comune"))),
            Section("Norme", (f"{law}." if law else todo("norma che regola la forma"), todo("altre norme, statuto e pareri che l’ufficio ritiene"))),
            Section("Dispositivo", (todo("che cosa il consiglio approva"), f"Ente capofila: {record.lead_name}.", todo("spesa e copertura"), todo("incarichi agli uffici"))),
            Section("Votazione", (todo("esito"),)),
        ),
    )  # fmt: skip


def _party(record: AssociationRecord, code: str) -> str:
    town = catalogue.current().municipalities.get(code)
    if town is None:
        return todo(f"comune {code}")
    lead = ", capofila" if code == record.lead else ""
    return f"Comune di {town.name} (codice ISTAT {code}, {Amount(town.population).say()} abitanti){lead}."


def _start(record: AssociationRecord) -> str:
    start = record.settled(CooperationStep.START)
    return f"Dal {Day(start.done_on).say()}." if start else todo("data di avvio")


def _money(record: AssociationRecord) -> str:
    step = record.settled(CooperationStep.MONEY)
    document = step.document if step else ""
    return f"Documento sul riparto: {document}." if document else todo("documento sul riparto dei costi")


def _documents(record: AssociationRecord) -> str:
    titles = list(dict.fromkeys(one.document for one in record.steps if one.document))
    return f"Documenti agli atti: {'; '.join(titles)}." if titles else todo("documenti agli atti")
