"""Joint managements made ready for a page: words for states and forms, a line of a list, the stops of the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from raccordo import catalogue
from raccordo.association_path import next_step
from raccordo.association_records import PATH_OF
from raccordo.association_rows import AssociationRecord, MemberRecord, StepRecord
from raccordo.association_steps import PATH
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import Adherence, AssociationForm, AssociationState, CooperationStep, StepStatus
from raccordo.spoken import Day
from raccordo.voices import voice
from raccordo_ui.formats import local
from raccordo_ui.language import address

FORMS = {
    AssociationForm.CONVENTION: Sentence("convenzione (D.lgs. 267/2000 art. 30)"),
    AssociationForm.UNION: Sentence("unione di comuni (D.lgs. 267/2000 art. 32)"),
    AssociationForm.MOUNTAIN_COMMUNITY: Sentence("comunità montana"),
    AssociationForm.CONSORTIUM: Sentence("consorzio (D.lgs. 267/2000 art. 31)"),
    AssociationForm.MERGER: Sentence("fusione"),
}
STATES = {
    AssociationState.OPEN: Sentence("in cammino"),
    AssociationState.STARTED: Sentence("avviata"),
    AssociationState.TAKEN_BACK: Sentence("ritirata"),
}
ANSWERS = {
    Adherence.WAITING: Sentence("non ha ancora risposto"),
    Adherence.ADHERED: Sentence("ha aderito"),
    Adherence.DECLINED: Sentence("ha detto di no"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLine:
    """A proposal in a list."""

    record: AssociationRecord
    href: str
    function: str
    state: str
    form: str
    proposer: str
    names: str
    adhered: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A municipality of a proposal in a table."""

    member: MemberRecord
    href: str
    population: int
    answer: str
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step of the way: settled, the next one, or still to come."""

    key: str
    label: str
    hint: str
    settled: StepRecord | None
    who: str
    done: bool
    next: bool


def lines(records: Iterable[AssociationRecord], language: str) -> list[AssociationLine]:
    return [_line(record, language) for record in records]


def _line(record: AssociationRecord, language: str) -> AssociationLine:
    adhered = [one for one in record.members if one.adherence is Adherence.ADHERED]
    return AssociationLine(
        record=record,
        href=address(language, f"{PATH_OF}{record.number}"),
        function=local(catalogue.current().functions[record.function], "short", language),
        state=state_in_words(record, language),
        form=FORMS[record.form].say(language) if record.form else "",
        proposer=record.proposed_by.say(language),
        names=", ".join(one.name for one in record.members),
        adhered=len(adhered),
        next=next_step(record).sentence.say(language),
    )


def state_in_words(record: AssociationRecord, language: str) -> str:
    """Where it stands; what was started for a day that has not come yet says which."""
    start = record.settled(CooperationStep.START)
    later = starts_in_words(start.done_on, language) if start and record.management else ""
    return later or STATES[record.state].say(language)


def starts_in_words(start: date | None, language: str) -> str:
    """That it is started and from when it is in force, for a day that has not come yet; nothing otherwise."""
    if start is None or start <= today():
        return ""
    return Sentence("avviata, in vigore dal {day}", {"day": Day(start)}).say(language)


def member_rows(record: AssociationRecord, language: str) -> list[MemberRow]:
    towns = catalogue.current().municipalities
    return [
        MemberRow(
            member=one,
            href=address(language, f"/comuni/{one.istat_code}"),
            population=towns[one.istat_code].population if one.istat_code in towns else 0,
            answer=ANSWERS[one.adherence].say(language),
            leads=one.istat_code == record.lead,
        )
        for one in record.members
    ]


def stops(record: AssociationRecord, language: str) -> list[Stop]:
    """Every step of the way in its order, with what was written down."""
    due = next_step(record).step
    return [_stop(record, step, due, language) for step in PATH]


def _stop(
    record: AssociationRecord, step: CooperationStep, due: CooperationStep | None, language: str
) -> Stop:
    settled = record.settled(step)
    return Stop(
        key=step.value,
        label=PATH[step].label.say(language),
        hint=PATH[step].hint.say(language),
        settled=settled,
        who=voice(settled.acting_as).say(language) if settled and settled.acting_as else "",
        done=settled is not None and settled.status is StepStatus.DONE,
        next=step is due,
    )


def open_steps(record: AssociationRecord, language: str, *, skipping: bool) -> list[tuple[str, str]]:
    """The steps that can be written down now, or skipped: their names and labels."""
    return [
        (step.value, rule.label.say(language))
        for step, rule in PATH.items()
        if rule.state is record.state
        and step is not CooperationStep.FORM
        and not (skipping and not rule.skippable)
        and _open(record.settled(step), skipping=skipping)
    ]


def _open(settled: StepRecord | None, *, skipping: bool) -> bool:
    if settled is None or settled.from_facts:
        return True
    return settled.status is StepStatus.SKIPPED and not skipping


def form_choices(language: str) -> list[tuple[str, str]]:
    return [(form.value, said.say(language)) for form, said in FORMS.items()]
