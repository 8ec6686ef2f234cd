"""How a text asks: whether it wants to understand, compare or decide something, and whether what it tells recurs.

An office, a supplier or a form is asked for one deed; a laboratory for why, how much, where first, or what else could be
done about something that returns, grows or concerns many. Told by the phrases below, on folded words, whatever the
subject.
"""

import re
from typing import NamedTuple

from raccordo_graph.text import fold

SEEKS: tuple[str, ...] = (
    r"capire", r"capirne", r"comprendere", r"non si capisce", r"(?:sapere|dire|decidere|vedere) (?:se|quant\w+|qual\w+|perche|come|dove|cosa|che cosa)",
    r"non sappiamo(?! chi)", r"non si sa", r"nessuno sa", r"non sa dire", r"non capiamo", r"non riusciamo a (?:capire|decidere|scegliere|\w+re)",
    r"come mai", r"come (?:possiamo|potremmo|far\w*|facciamo|fare|rendere|ridurre|\w+are|\w+ere|\w+ire)",
    r"valut\w+", r"stim(?:a|are|e)", r"preved\w+", r"prevision\w+", r"misur\w+", r"monitor\w+", r"analizz\w+", r"analisi", r"stud(?:io|iare|i)", r"indagin\w+", r"ricerca", r"diagnosi", r"riliev\w+", r"rilevare",
    r"mapp\w+", r"censi\w+", r"confront\w+", r"simul\w+", r"scenari\w*", r"modell(?:are|azione)",
    r"progett\w+", r"ripens\w+", r"ridisegn\w+", r"riorganizz\w+", r"miglior\w+", r"ridurre", r"risparmi\w+", r"ottimizz\w+", r"razionalizz\w+", r"accorci\w+", r"pianific\w+", r"strategi\w+", r"priorit\w+", r"organizzare meglio",
    r"da (?:dove|che \w+|quale \w+) (?:cominci\w+|part\w+|inizi\w+|si comincia)", r"per prim\w+", r"quali \w+ prima", r"in che ordine",
    r"alternativ\w+", r"soluzion\w+", r"convien\w+", r"conven\w+", r"fattibil\w+", r"vale(?:rne)? (?:ancora )?la pena", r"ha senso", r"servono dati", r"che farne", r"cosa farne", r"che fare", r"cosa (?:possiamo|si puo|potremmo)",
    r"coinvolg\w+", r"partecipativ\w+", r"partecipazione", r"sensibilizz\w+", r"formazione", r"formare", r"insegnare", r"preparare i", r"sperimenta\w+", r"innovativ\w+",
    r"recuper\w+", r"riqualific\w+", r"valorizz\w+", r"rigener\w+", r"riusare", r"riuso", r"riconver\w+", r"trasform\w+", r"nuov\w+ (?:vita|uso|funzione)", r"far tornare", r"rilanci\w+", r"ripopol\w+",
    r"preven\w+", r"rischi\w*", r"mettere in sicurezza", r"messa in sicurezza", r"verific\w+", r"regge", r"reggono", r"tiene ancora", r"stabil\w+", r"pericolos\w+", r"sicur[oaie]", r"paura", r"tem(?:iamo|ono)", r"preoccup\w+",
    r"insieme (?:a|ai|agli|con)", r"con i comuni", r"fra comuni", r"tra comuni", r"comuni vicini", r"piano (?:di|del|per|d)", r"previst\w+",
    r"si (?:puo|potrebbe|potrebbero|possono) (?!pagare|avere|ritirare|prenotare)\w+", r"potremmo", r"esiste", r"esistono", r"quanti", r"quante",
    r"understand", r"assess\w*", r"evaluat\w+", r"stud(?:y|ies)", r"measur\w+", r"plan(?:ning)?", r"predict\w*", r"design\w*", r"compar\w+", r"reduc\w+", r"why", r"how (?:to|many|much|can)", r"risk\w*", r"feasib\w+",
)  # fmt: skip
"""Phrases that want to know, compare, plan, design or decide."""

RECURS: tuple[str, ...] = (
    r"ogni (?:volta|anno|estate|inverno|mese|settimana|luglio|pioggia)", r"quando (?:piove|nevica|fa|gela|tira)", r"quasi ogni", r"d estate", r"d inverno", r"d agosto", r"in estate", r"in inverno", r"nei mesi",
    r"da (?:anni|decenni|\w+ anni|mesi)", r"da sempre", r"sempre (?:piu|meno|nello)", r"spesso", r"continua(?:no)? a", r"aument\w+", r"cresc\w+", r"cala\w*", r"diminui\w+", r"calo", r"tropp\w+", r"tant[ie]", r"molt[ie]", r"poch[ie]", r"uno dopo l altro", r"una dopo l altra",
    r"la gente", r"i cittadini", r"gli anziani", r"le famiglie", r"i ragazzi", r"i giovani", r"i residenti", r"gli abitanti", r"i bambini", r"i bimbi", r"i turisti", r"gli studenti", r"gli agricoltori", r"le persone", r"la popolazione", r"i pendolari", r"le imprese",
    r"per cento", r"meta", r"in paese", r"nelle frazioni", r"in valle", r"nel centro storico",
)  # fmt: skip
"""Phrases that tell what returns, grows, or concerns many."""

READ = 6000
"""Characters of a text that are read."""

_PIECE = re.compile(r"[^\W_]+|[^\w\s'’`´]")
_HEAD = re.compile(r"\(\?:([a-z |]+)\)(.*)")


def _by_letters(phrases: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """Return the phrases by their first two letters, so that most words of a text are tried against none."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        head = _HEAD.fullmatch(phrase)
        for start in head.group(1).split("|") if head else [""]:
            whole = start + (head.group(2) if head else phrase)
            found.setdefault(whole[:2], []).append(whole)
    return {letters: re.compile(rf"(?:{'|'.join(some)})(?![^ ])") for letters, some in found.items()}


_SEEKS, _RECURS = _by_letters(SEEKS), _by_letters(RECURS)


class Asking(NamedTuple):
    """The phrases of a text that want to understand or decide, and those that tell what recurs; folded, in order."""

    seeks: tuple[str, ...] = ()
    recurs: tuple[str, ...] = ()


NOTHING_ASKED = Asking()


def asking(text: str) -> Asking:
    """Return how `text` asks, from which what it refuses (:mod:`raccordo_graph.negation`) was taken out.

    >>> asking("Vorremmo capire perché la piazza si allaga ogni volta. Serve un idraulico!")
    Asking(seeks=('capire',), recurs=('ogni volta',))
    """
    said = _PIECE.findall(fold(text[:READ]))
    return Asking(_phrases(_SEEKS, said), _phrases(_RECURS, said))


def _phrases(known: dict[str, re.Pattern[str]], said: list[str]) -> tuple[str, ...]:
    """Return the known phrases of a text, in its order, none over another."""
    text, found, start, end = " ".join(said), [], 0, 0
    for word in said:
        pattern = known.get(text[start : start + 2])
        if pattern and start >= end and (phrase := pattern.match(text, start)):
            found.append(phrase.group())
            end = phrase.end()
        start += len(word) + 1
    return tuple(found)
