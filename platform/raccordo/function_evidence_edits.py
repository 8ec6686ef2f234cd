"""What a coordinator does to the evidence of a function: another weight with its source, or what ships again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, database
from raccordo.database import Writing
from raccordo.function_evidence import FunctionEvidence, in_force, shipped
from raccordo.language import Sentence
from raccordo.models import EvidenceEdit
from raccordo.partners import function_named
from raccordo.people import Actor
from raccordo.refusals import FieldRefusal, Refused, Stale
from raccordo.rights import NOTHING, allows, demand
from raccordo.written_text import problems, tidied

LONGEST = 500  # characters of a source
NO_SOURCE = Sentence("Manca la fonte: lo studio, con autore e anno, o dove si legge.")
ONLY_COORDINATORS = Sentence("Il peso delle prove lo cambia chi coordina, dopo il secondo fattore.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInput:
    """Another weight between 0 and 1 for a function, and where it is written; a `prior` that is no number is NaN."""

    function: str
    prior: float
    source: str


def may_edit(actor: Actor) -> bool:
    return allows(actor, "save", "function_evidence", NOTHING)


async def save(actor: Actor, wanted: EvidenceInput, version: int) -> FunctionEvidence:
    """Put a weight and its source in force; `version` is the one seen (0: as shipped). Raises Refused or Stale."""
    demand(actor, "save", "function_evidence", NOTHING, ONLY_COORDINATORS)
    checked = check(wanted)
    return await _put(actor, checked.function, version, checked.prior, checked.source)


async def restore(actor: Actor, function: str, version: int) -> FunctionEvidence:
    """What ships is in force again. Raises Refused or Stale."""
    demand(actor, "restore", "function_evidence", NOTHING, ONLY_COORDINATORS)
    letter = function_named(catalogue.current(), function).letter
    return await _put(actor, letter, version, None, "")


def check(wanted: EvidenceInput) -> EvidenceInput:
    """The input made storable; raises Refused with a sentence for each field."""
    source, wrong = " ".join(tidied(wanted.source).split()), list[FieldRefusal]()
    try:
        letter = function_named(catalogue.current(), wanted.function).letter
    except Refused as refusal:
        letter, wrong = "", [*refusal.fields]
    if not 0 <= wanted.prior <= 1:
        sentence = Sentence("Serve un numero fra 0 (nessun beneficio trovato) e 1 (beneficio trovato).")
        wrong.append(FieldRefusal("prior", "out_of_range", sentence))
    wrong.extend(problems("source", source, LONGEST, NO_SOURCE))
    if wrong:
        sentence = Sentence("Il peso non si può ancora salvare: ecco che cosa correggere.")
        raise Refused("invalid", sentence, wrong)
    return EvidenceInput(function=letter, prior=round(wanted.prior, 4), source=source)


async def _put(actor: Actor, letter: str, version: int, prior: float | None, source: str) -> FunctionEvidence:
    async def work(writing: Writing) -> None:
        row = await EvidenceEdit.get_or_none(function=letter)
        if (row.version if row else 0) != version:
            sentence = Sentence("Qualcuno ha cambiato questo peso nel frattempo: ecco com’è adesso.")
            raise Stale(sentence, in_force(shipped(letter), row))
        if prior is None and (row is None or row.prior is None):
            raise Refused("as_shipped", Sentence("Il peso di partenza vale già."))
        columns = {
            "prior": prior,
            "source": source,
            "changed_at": datetime.now(UTC),
            "version": version + 1,
        }
        await EvidenceEdit.update_or_create(function=letter, defaults=columns)
        details = {"function": letter, "prior": prior, "source": source, "version": version + 1}
        verb = "restore_evidence" if prior is None else "save_evidence"
        await audit.record(writing, actor, verb, "function_evidence", details)
        writing.publishes = True

    await database.write(work)
    return (await catalogue.catch_up()).evidence[letter]
