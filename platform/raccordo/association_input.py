"""What people type about a joint management, checked: the municipalities, the form, a step and its document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from raccordo.association_steps import PATH
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import AssociationForm, CooperationStep
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, Refused, refused
from raccordo.spoken import Day
from raccordo.typed_towns import lead_of, members_of, split
from raccordo.written_text import problems as text_problems
from raccordo.written_text import tidied

REASON, NOTE, SAID_NO = 2_000, 2_000, 500  # characters
DOCUMENT, LINK, SNAPSHOT = 200, 500, 64
AHEAD = timedelta(days=730)  # how far ahead the start may be written
EARLIEST = date(1990, 1, 1)
ADDRESS = re.compile(r"https?://[^\s<>\"]+")

INVALID = Sentence("Qualcosa è da correggere: ecco che cosa.")
MISSING_EVIDENCE = Sentence(
    "Manca che cosa lo mostra: il titolo di un documento, un collegamento o due righe di nota."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationInput:
    """A proposal as typed: `members` and `lead` are ISTAT codes or names, several of them may share a text."""

    function: str = ""
    members: tuple[str, ...] = ()
    lead: str = ""
    form: str = ""
    reason: str = ""
    snapshot_id: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        return split(self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAssociation:
    function: str
    members: tuple[Municipality, ...]
    lead: Municipality
    form: AssociationForm | None
    reason: str
    snapshot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """A step as typed: `done_on` is a date or empty for today."""

    step: str = ""
    done_on: str = ""
    document: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStep:
    step: CooperationStep
    done_on: date
    document: str
    link: str
    note: str


def check(current: Catalogue, wanted: AssociationInput, own: str | None = None) -> CheckedAssociation:
    """A proposal ready to be stored; raises Refused with all that is wrong. `own` leads where nobody is named."""
    wrong: list[FieldRefusal] = []
    if wanted.function not in current.functions:
        wrong.append(FieldRefusal("function", "unknown", Sentence("Manca la funzione: una dell’elenco.")))
    members = members_of(current, wanted.typed, wrong)
    in_front = wanted.lead.strip() or (own or "")
    lead = lead_of(current, in_front, members, wrong)
    if not in_front:
        wrong.append(FieldRefusal("lead", "missing", Sentence("Manca il capofila: uno dei comuni.")))
    form = _form(wanted.form, wrong, required=False)
    reason = _text("reason", wanted.reason, REASON, wrong, Sentence("Manca il perché: bastano due righe."))
    snapshot = _text("snapshot_id", wanted.snapshot_id, SNAPSHOT, wrong)
    if wrong or lead is None:
        raise Refused("invalid", INVALID, wrong)
    return CheckedAssociation(
        function=wanted.function, members=members, lead=lead, form=form, reason=reason, snapshot_id=snapshot
    )


def check_form(value: str) -> AssociationForm:
    """One of the five forms; raises Refused."""
    wrong: list[FieldRefusal] = []
    form = _form(value, wrong, required=True)
    if form is None:
        raise Refused("invalid", INVALID, wrong)
    return form


def check_step(wanted: StepInput) -> CheckedStep:
    """A step that was done, with what shows it; raises Refused with all that is wrong."""
    wrong: list[FieldRefusal] = []
    step = known_step(wanted.step)
    document = _text("document", " ".join(wanted.document.split()), DOCUMENT, wrong)
    link = _text("link", wanted.link, LINK, wrong)
    if link and not wrong and not ADDRESS.fullmatch(link):
        sentence = Sentence("Non è un indirizzo: comincia con https:// e non ha spazi.")
        wrong.append(FieldRefusal("link", "wrong_shape", sentence))
    note = _text("note", wanted.note, NOTE, wrong)
    if not (document or link or note) and not wrong and step is not CooperationStep.START:
        wrong.append(FieldRefusal("document", "missing", MISSING_EVIDENCE))
    on = _day(wanted.done_on, step, wrong)
    if wrong or on is None:
        raise Refused("invalid", INVALID, wrong)
    return CheckedStep(step=step, done_on=on, document=document, link=link, note=note)


def known_step(value: str) -> CooperationStep:
    """The step of that name; raises Refused."""
    if value not in CooperationStep.__members__:
        raise refused("step", "unknown", Sentence("Manca il passo: uno dell’elenco."))
    return CooperationStep[value]


def check_skip(value: str, reason: str) -> tuple[CooperationStep, str]:
    """A step that may be skipped, and why; raises Refused."""
    step = known_step(value)
    if not PATH[step].skippable:
        sentence = Sentence("«{step}» non si può saltare.", {"step": PATH[step].label})
        raise refused("step", "not_skippable", sentence)
    wrong: list[FieldRefusal] = []
    why = _text(
        "reason", reason, SAID_NO, wrong, Sentence("Manca il motivo per saltarlo: bastano poche parole.")
    )
    if wrong:
        raise Refused("invalid", INVALID, wrong)
    return step, why


def _form(value: str, wrong: list[FieldRefusal], *, required: bool) -> AssociationForm | None:
    if value in AssociationForm.__members__:
        return AssociationForm[value]
    if value or required:
        wrong.append(FieldRefusal("form", "unknown", Sentence("Manca la forma: una dell’elenco.")))
    return None


def _text(
    field: str, value: str, most: int, wrong: list[FieldRefusal], missing: Sentence | None = None
) -> str:
    value = tidied(value)
    wrong.extend(text_problems(field, value, most, missing))
    return value


def _day(value: str, step: CooperationStep, wrong: list[FieldRefusal]) -> date | None:
    """The day that is meant, today when it is empty; only the start may be written before it comes."""
    now = today()
    found = _read_day(value.strip()) if value.strip() else now
    if found is None:
        sentence = Sentence(
            "«{value}» non è una data: giorno, mese e anno, per esempio 31/12/2026.", {"value": value[:40]}
        )
        wrong.append(FieldRefusal("done_on", "not_a_date", sentence))
        return None
    last = now + AHEAD if step is CooperationStep.START else now
    if not EARLIEST <= found <= last:
        sentence = Sentence(
            "Il giorno va dal {first} al {last}.",
            {"first": Day(EARLIEST), "last": Day(last)},
        )
        wrong.append(FieldRefusal("done_on", "out_of_range", sentence))
        return None
    return found


def _read_day(value: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, shape).date()  # a day has no zone
        except ValueError:
            continue
    return None
