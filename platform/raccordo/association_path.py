"""What comes next for a proposal of joint management, who owes it, and what still stands against its start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from raccordo import catalogue
from raccordo.association_rows import TOWN, AssociationRecord, MemberRecord
from raccordo.association_steps import AFTER_START, BEFORE_START, PATH
from raccordo.language import Sentence
from raccordo.models import AssociationForm, AssociationState, CooperationStep
from raccordo.rights import Body
from raccordo.typed_towns import FEWEST


@dataclass(frozen=True, slots=True)
class NextStep:
    """The same words for everybody, the step they are about, and the bodies that owe it (none: nobody does)."""

    sentence: Sentence
    step: CooperationStep | None = None
    owed_by: tuple[Body, ...] = ()


def names(members: Iterable[MemberRecord]) -> str:
    return ", ".join(one.name for one in members)


def next_step(record: AssociationRecord) -> NextStep:
    """What comes next; an answer that somebody owes comes before any step."""
    if record.state is AssociationState.TAKEN_BACK:
        return NextStep(Sentence("Ritirata da chi l’ha proposta: se serve ancora, se ne scrive un’altra."))
    if record.state is AssociationState.STARTED:
        return _after_start(record)
    if gone := _merged(record):
        return NextStep(gone, None, (record.proposer,) if record.proposer else ())
    if len(record.remaining) < FEWEST:
        return NextStep(_TOO_FEW, CooperationStep.PARTNERS, (record.proposer,) if record.proposer else ())
    if record.waiting:
        sentence = Sentence(
            "Tocca a {names}: aderire, o dire di no e perché.", {"names": names(record.waiting)}
        )
        return NextStep(sentence, CooperationStep.PARTNERS, _bodies(record.waiting))
    if record.leaderless:
        return NextStep(_leaderless(record), CooperationStep.FORM, _bodies(record.remaining))
    return _forward(record, (*BEFORE_START, CooperationStep.START))


def refusal_of_start(record: AssociationRecord) -> Sentence | None:
    """Why the joint management cannot begin yet, in one sentence; None when it can."""
    if gone := _merged(record):
        return gone
    if len(record.remaining) < FEWEST:
        return _TOO_FEW
    if record.waiting:
        return Sentence(
            "Non si può avviare: manca la risposta di {names}, che solo i loro uffici possono dare.",
            {"names": names(record.waiting)},
        )
    if record.leaderless:
        return _leaderless(record)
    missing = [step for step in BEFORE_START if not record.settled(step)]
    if missing:
        return Sentence(
            "Prima dell’avvio restano {count} passi da fare, o da saltare con un motivo: il primo è «{step}».",
            {"count": len(missing), "step": PATH[missing[0]].label},
        )
    return None


def refusal_of_form(record: AssociationRecord, form: AssociationForm) -> Sentence | None:
    """What stands against a form for these municipalities; None when nothing is known to."""
    if form is not AssociationForm.UNION:
        return None
    current = catalogue.current()
    for one in record.remaining:
        town = current.municipalities.get(one.istat_code)
        for union in town.unions if town else ():
            return Sentence(
                "{name} fa già parte di «{union}»: un comune sta in una sola unione (D.lgs. 267/2000 art. 32 c. 2).",
                {"name": one.name, "union": current.unions[union].name if union in current.unions else union},
            )
    return None


_TOO_FEW = Sentence(
    "Restano meno di due comuni: chi ha detto di no può ancora aderire, altrimenti la proposta si ritira."
)


def _leaderless(record: AssociationRecord) -> Sentence:
    return Sentence(
        "Non si può avviare: {name} era capofila e non ha aderito. Va scelto un altro capofila.",
        {"name": record.lead_name},
    )


def _merged(record: AssociationRecord) -> Sentence | None:
    gone = next((one for one in record.remaining if one.merged_as), None)
    if gone is None:
        return None
    return Sentence(
        "{before} non esiste più, lo continua {today}: la proposta va ritirata e scritta con i comuni di oggi.",
        {"before": gone.merged_as, "today": gone.name},
    )


def _after_start(record: AssociationRecord) -> NextStep:
    if all(record.settled(step) for step in AFTER_START):
        return NextStep(Sentence("La strada è percorsa fino in fondo: la gestione associata è nel registro."))
    return _forward(record, AFTER_START)


def _forward(record: AssociationRecord, steps: Iterable[CooperationStep]) -> NextStep:
    step = next(step for step in steps if not record.settled(step))
    values = {"lead": record.lead_name, "step": PATH[step].label}
    sentence = Sentence("Tocca a {lead}, o a un altro dei comuni: «{step}».", values)
    return NextStep(sentence, step, _bodies(record.remaining))


def _bodies(members: Iterable[MemberRecord]) -> tuple[Body, ...]:
    return tuple((TOWN, one.istat_code) for one in members)
