"""What kind of initiative a text asks for: the agreement's own kinds, and joint management among municipalities.

Kinds are told by the phrases of `PHRASES`, on folded words; what the text refuses (:mod:`raccordo_graph.negation`) asks
for nothing, and a «corso d'acqua» is no course.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from raccordo_graph.negation import affirmed
from raccordo_graph.spans import tokens

JOINT = "ASSOCIATED_MANAGEMENT"
"""The key of joint management, which is no initiative with the university."""

PHRASES: Mapping[str, tuple[str, ...]] = {
    "SEMINAR": (r"seminari?o?", r"webinar", r"seminars?", r"giornata (?:di studi?o?|formativa)"),
    "COURSE": (
        r"cors[oi](?! d acqua| acqua| d opera| italia| del? (?:torrente|fiume))(?<!in corso)(?<!nel corso)(?<!lungo il corso)",
        r"formazione(?: de[li]l?)?(?: personale| dipendenti| tecnici| amministratori)?", r"formare (?:il|i|gli|le|la)",
        r"aggiornamento professionale", r"lezioni per", r"training(?: course)?s?", r"courses?(?! of)",
    ),
    "SUMMER_SCHOOL": (r"scuola estiva", r"summer school"),
    "INTERNSHIP": (r"tirocin\w+", r"stagist[ai]", r"stage", r"tesi(?: di laurea)?", r"tesist[ai]", r"internships?", r"interns?", r"thes[ie]s"),
    "TEACHING_MODULE": (
        r"laboratorio didattico", r"workshop (?:con|di) studenti", r"(?:progetto|lavoro|idee|proposte) (?:con gli|degli|di|da) studenti",
        r"modulo didattico", r"studio di progettazione", r"teaching module", r"design studio", r"student projects?",
    ),
    "STUDY": (
        r"studi(?:o)?(?! professional\w*| tecnico| di progettazione| medic\w*| associat\w*)", r"studi[ao]re", r"analisi", r"indagin[ei]",
        r"diagnosi", r"riliev[oi]", r"monitoraggi?o?", r"valutazione", r"valutare", r"capire (?:se|come|perche|quanto|quali|dove)",
        r"fattibilita", r"stud(?:y|ies)", r"surveys?", r"assessment", r"feasibility",
    ),
    "RESEARCH": (r"sperimentazion[ei]", r"sperimentare", r"progetto pilota", r"prototip[oi]", r"ricerca scientifica", r"research", r"pilot project"),
    "MEETING": (r"incontr[oi](?: con| tra| pubblic[oi])?", r"riunion[ei]", r"tavolo di lavoro", r"tavolo tecnico", r"meetings?", r"round table"),
    "CONGRESS": (r"congress[oi]", r"congress(?:es)?"),
    "CONFERENCE": (r"convegn[oi]", r"conferenz[ae](?! de[i]? servizi| di servizi)", r"conferences?"),
    "DOCUMENT_EXCHANGE": (
        r"scambi[oa] di (?:documenti|dati|esperienze)", r"linee guida", r"buone pratiche", r"modell[oi] (?:di|per) (?:regolament\w+|capitolat\w+|bando|atti)",
        r"guidelines", r"good practices", r"exchange of documents",
    ),
    "PROJECT_SUPPORT": (
        r"(?:supporto|aiuto|assistenza|affiancamento|accompagnamento) (?:a|al|alla|per|nel|nella|con|di)(?: \w+){0,3} (?:progett\w+|bando|domanda|candidatura|finanziament\w+|pnrr)",
        r"partecipare (?:a|al|a un) bando", r"scrivere (?:il|un) (?:progetto|bando)", r"progettare", r"progettazione", r"help with (?:the|a) (?:call|project|application)",
    ),
    JOINT: (
        r"gestione associata", r"gestire insieme", r"in (?:forma )?associata", r"(?:fare|creare|costituire|entrare in) (?:un |una )?unione(?: di comuni)?",
        r"convenzione (?:con|tra|fra) (?:i |gli |altri |il )?comun[ei]", r"(?:insieme|condividere|in comune) (?:a|ai|al|con|coi) (?:i |gli |il |un )?(?:altri )?(?:comun[ei]|vicini)",
        r"ufficio (?:unico|associato|condiviso)", r"(?:segretario|vigile|tecnico|servizio) (?:in comune|condiviso)", r"joint management", r"share (?:an?|the) \w+ with", r"associated management",
    ),
}  # fmt: skip
"""Phrases that ask for each kind; a text is matched on its folded words parted by one blank."""

NEAR = 80
"""Characters before a phrase in which a verb of asking is looked for."""

_READ = {kind: re.compile(rf"(?<![^ ])(?:{'|'.join(phrases)})(?![^ ])") for kind, phrases in PHRASES.items()}
_WISH_BEFORE = re.compile(
    r"(?:serv\w+|vogliamo|vorremmo|chiediamo|cerchiamo|organizzare|proporre|need|want|looking for|organi[sz]e|occorr\w+|bisogno di)(?: \S+){0,3} $"
)


class Intent(NamedTuple):
    """A kind of initiative (a key of `PHRASES`) that a text asks for, as `written` from `start` to `end`."""

    kind: str
    start: int
    end: int
    written: str


def intents(text: str) -> tuple[Intent, ...]:
    """Return what `text` asks for, each kind once: what follows a verb of asking first, then in its order.

    >>> [intent.kind for intent in intents("Non serve un convegno. Ci serve uno studio sul corso d'acqua")]
    ['STUDY']
    >>> [(intent.kind, intent.written) for intent in intents("Gestione associata della polizia locale, con un corso per i vigili")]
    [('ASSOCIATED_MANAGEMENT', 'Gestione associata'), ('COURSE', 'corso')]
    """
    wanted = affirmed(text)
    found = tokens(wanted)
    said = " ".join("|" if token.folded == "\n" else token.folded for token in found)
    ranked: list[tuple[bool, int, Intent]] = []
    for kind, pattern in _READ.items():
        hits = [
            (not _WISH_BEFORE.search(said, max(0, one.start() - NEAR), one.start()), one.start(), one.end())
            for one in pattern.finditer(said)
        ]
        if hits:
            passing, begins, ends = min(hits)
            first = said.count(" ", 0, begins)
            start, end = found[first].start, found[first + said.count(" ", begins, ends)].end
            ranked.append((passing, start, Intent(kind, start, end, text[start:end])))
    return tuple(intent for _, _, intent in sorted(ranked))
