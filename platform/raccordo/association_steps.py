"""The one table of the way from a proposal to a joint management: from where, by whom, to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from raccordo.language import Sentence
from raccordo.models import Adherence, AssociationState, CooperationStep


class AssociationSide(StrEnum):
    """Who may take a step: a municipality for itself, any of them for all, whoever proposed, the coordination."""

    ITSELF = "ITSELF"
    MEMBERS = "MEMBERS"
    PROPOSER = "PROPOSER"
    COORDINATOR = "COORDINATOR"


@dataclass(frozen=True, slots=True)
class AssociationTransition:
    """One row: whoever is one of `sides` may do `verb` while the proposal stands at `before`.

    `before` None means that nothing is stored yet. `starts` marks the step that makes the joint management.
    """

    before: AssociationState | None
    verb: str
    sides: tuple[AssociationSide, ...]
    after: AssociationState
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a municipality's own officers may do with its adherence, and what it is then."""

    before: Adherence
    verb: str
    after: Adherence


@dataclass(frozen=True, slots=True)
class PathRule:
    """When a step of the way can be recorded, in which words it is named, and whether it can be skipped."""

    state: AssociationState
    label: Sentence
    hint: Sentence
    skippable: bool = True


_S, _A, _W = AssociationState, Adherence, CooperationStep
_ITSELF, _MEMBERS = (AssociationSide.ITSELF,), (AssociationSide.MEMBERS,)
_WHOEVER_PROPOSES = (AssociationSide.MEMBERS, AssociationSide.COORDINATOR)
_WHOEVER_PROPOSED = (AssociationSide.PROPOSER, AssociationSide.COORDINATOR)

TABLE: tuple[AssociationTransition, ...] = (
    AssociationTransition(None, "propose", _WHOEVER_PROPOSES, _S.OPEN),
    AssociationTransition(_S.OPEN, "adhere", _ITSELF, _S.OPEN),
    AssociationTransition(_S.OPEN, "decline", _ITSELF, _S.OPEN),
    AssociationTransition(_S.OPEN, "withdraw", _ITSELF, _S.OPEN),
    AssociationTransition(_S.OPEN, "choose_form", _MEMBERS, _S.OPEN),
    AssociationTransition(_S.OPEN, "record_step", _MEMBERS, _S.OPEN),
    AssociationTransition(_S.OPEN, "record_step", _MEMBERS, _S.STARTED, starts=True),
    AssociationTransition(_S.OPEN, "skip_step", _MEMBERS, _S.OPEN),
    AssociationTransition(_S.OPEN, "take_back", _WHOEVER_PROPOSED, _S.TAKEN_BACK),
    AssociationTransition(_S.STARTED, "record_step", _MEMBERS, _S.STARTED),
    AssociationTransition(_S.STARTED, "skip_step", _MEMBERS, _S.STARTED),
)

ANSWERS: tuple[Answer, ...] = (
    Answer(_A.WAITING, "adhere", _A.ADHERED),
    Answer(_A.DECLINED, "adhere", _A.ADHERED),
    Answer(_A.WAITING, "decline", _A.DECLINED),
    Answer(_A.ADHERED, "withdraw", _A.WAITING),
)

# The Council of Europe's steps, in its order: those before the start, the start, those after it.
PATH: Mapping[CooperationStep, PathRule] = {
    _W.NEED: PathRule(
        _S.OPEN, Sentence("Il bisogno"), Sentence("Perché da soli non basta: un dato, un episodio.")
    ),
    _W.PARTNERS: PathRule(
        _S.OPEN, Sentence("I comuni"), Sentence("Ogni comune ha risposto per sé."), skippable=False
    ),
    _W.LEGAL_FRAME: PathRule(
        _S.OPEN, Sentence("Il quadro giuridico"), Sentence("Le norme e gli statuti che contano.")
    ),
    _W.FEASIBILITY: PathRule(
        _S.OPEN, Sentence("La fattibilità"), Sentence("Uno studio: costi, personale, alternative.")
    ),
    _W.FUNCTIONS: PathRule(
        _S.OPEN, Sentence("Che cosa si fa insieme"), Sentence("Quali servizi della funzione, e quali no.")
    ),
    _W.AWARENESS: PathRule(
        _S.OPEN, Sentence("Farlo sapere"), Sentence("Consigli, personale, cittadini: chi è stato sentito.")
    ),
    _W.WORKING_GROUP: PathRule(
        _S.OPEN, Sentence("Il gruppo di lavoro"), Sentence("Quali uffici ne fanno parte, e ogni quanto.")
    ),
    _W.FORM: PathRule(
        _S.OPEN,
        Sentence("La forma"),
        Sentence("Convenzione, unione o altro, e chi è capofila."),
        skippable=False,
    ),
    _W.MONEY: PathRule(
        _S.OPEN, Sentence("Il riparto dei costi"), Sentence("Quanto costa, e chi paga quale parte.")
    ),
    _W.STATUTE: PathRule(
        _S.OPEN, Sentence("Gli atti"), Sentence("Convenzione o statuto, e la delibera di ogni consiglio.")
    ),
    _W.START: PathRule(
        _S.OPEN, Sentence("L’avvio"), Sentence("Da quando la funzione è gestita insieme."), skippable=False
    ),
    _W.MONITORING: PathRule(
        _S.STARTED, Sentence("Seguire come va"), Sentence("Che cosa si misura, e ogni quanto.")
    ),
    _W.COMMUNICATION: PathRule(
        _S.STARTED, Sentence("Dirlo ai cittadini"), Sentence("Dove si legge che cosa è cambiato.")
    ),
    _W.EVALUATION: PathRule(
        _S.STARTED, Sentence("Valutare"), Sentence("Che cosa è migliorato e che cosa no, con le cifre.")
    ),
}
BEFORE_START = tuple(step for step, rule in PATH.items() if rule.state is _S.OPEN and step is not _W.START)
AFTER_START = tuple(step for step, rule in PATH.items() if rule.state is _S.STARTED)
VERBS = tuple(dict.fromkeys(row.verb for row in TABLE))


def transition(
    state: AssociationState | None, verb: str, *, starts: bool = False
) -> AssociationTransition | None:
    """The row for a verb in a state, or None: the table does not allow it."""
    return next((row for row in TABLE if (row.before, row.verb, row.starts) == (state, verb, starts)), None)


def answer(before: Adherence, verb: str) -> Answer | None:
    """What a municipality's answer becomes, or None: it has answered so already, or something else."""
    return next((row for row in ANSWERS if (row.before, row.verb) == (before, verb)), None)
