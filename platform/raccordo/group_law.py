"""What the law said of a group on a day: who had a duty, what size was asked, each sentence with its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raccordo import legal_rules
from raccordo.association_tables import RuleKind
from raccordo.language import Sentence
from raccordo.legal_rules import LegalRule, named
from raccordo.published import FundamentalFunction, Municipality
from raccordo.spoken import Amount, Day, Listed

CAMPIONE = "013040"  # named by rule c28 as outside of the duty
SECOND_STEP = date(2014, 6, 30)  # rule steps: six functions
FIRST_STEP, LAST_STEP = date(2013, 1, 1), date(2014, 12, 31)  # rule steps: three functions, all of them
COUNTED = date(2023, 1, 1)  # the day of the only population that is known here


class Duty(StrEnum):
    """Whether managing functions together was a duty of small municipalities on a day."""

    NOT_YET = "NOT_YET"
    IN_FORCE = "IN_FORCE"
    DEFERRED = "DEFERRED"
    ABROGATED = "ABROGATED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A sentence and the rules that it rests on."""

    sentence: Sentence
    rules: tuple[LegalRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLaw:
    """`headline` says it in a few words; `obliged` are the members to which the duty spoke on that day."""

    on: date
    duty: Duty
    headline: Sentence
    obliged: tuple[Municipality, ...]
    sentences: tuple[Cited, ...]


def duty(on: date) -> Duty:
    """Whether there was a duty on that day, and whether its term had been put off."""
    rules = legal_rules.at(on)
    if not legal_rules.of_kind(rules, RuleKind.DUTY):
        first = named("c28").valid_from
        return Duty.NOT_YET if first and on < first else Duty.ABROGATED
    return Duty.DEFERRED if legal_rules.of_kind(rules, RuleKind.DEFERRAL) else Duty.IN_FORCE


def of_group(members: Sequence[Municipality], function: FundamentalFunction, on: date) -> GroupLaw:
    """What held on that day for these municipalities, counted with the only population that is known."""
    found = duty(on)
    obliged = _obliged(members, on) if found in (Duty.IN_FORCE, Duty.DEFERRED) else ()
    excluded = function.letter == "l" and named("c28-excl").holds(on)
    sentences = [_of_duty(found, on), *_of_members(() if excluded else obliged, found, on)]
    if excluded:
        sentences.append(
            Cited(sentence=Sentence("La lettera l) era fuori dall’obbligo."), rules=(named("c28-excl"),))
        )
    return GroupLaw(
        on=on,
        duty=found,
        headline=_headline(found, on, bool(obliged) and not excluded),
        obliged=() if excluded else obliged,
        sentences=(*sentences, *_of_size(members, on), *_of_form(found, on), _of_population(on)),
    )


def headline(members: Sequence[Municipality], function: FundamentalFunction, on: date) -> Sentence:
    """What the law said that day of these municipalities, in a few words: they need not be a group."""
    found = of_group(members, function, on)
    if found.duty in (Duty.IN_FORCE, Duty.DEFERRED) and not found.obliged:
        day = {"day": Day(on)}
        if len(members) == 1:
            return Sentence("Nessun obbligo per questo comune, il {day}", day)
        return Sentence("Nessun obbligo per questi comuni, il {day}", day)
    return found.headline


def _obliged(members: Sequence[Municipality], on: date) -> tuple[Municipality, ...]:
    (rule,) = legal_rules.of_kind(legal_rules.at(on), RuleKind.DUTY)
    return tuple(
        town
        for town in members
        if town.istat_code != CAMPIONE
        and town.population <= ((rule.mountain_residents if town.mountain_community else rule.residents) or 0)
    )


def _headline(found: Duty, on: date, concerned: bool) -> Sentence:
    if found is Duty.ABROGATED:
        return Sentence("Proposta, non obbligo")
    if found is Duty.NOT_YET:
        return Sentence("L’obbligo non c’era ancora")
    if not concerned:
        return Sentence("Nessun obbligo per questo gruppo")
    if found is Duty.DEFERRED:
        return Sentence("Obbligo previsto, termine rinviato al {day}", {"day": Day(_deferred_to(on))})
    return Sentence("Obbligo in vigore il {day}", {"day": Day(on)})


def _deferral(on: date) -> LegalRule:
    deferrals = legal_rules.of_kind(legal_rules.at(on), RuleKind.DEFERRAL)
    return max(deferrals, key=lambda rule: (rule.deferred_to or date.min, rule.rule))


def _deferred_to(on: date) -> date:
    return _deferral(on).deferred_to or on


def _of_duty(found: Duty, on: date) -> Cited:
    if found is Duty.NOT_YET:
        return Cited(
            sentence=Sentence("L’obbligo di associarsi è venuto dopo questa data."), rules=(named("c28"),)
        )
    if found is Duty.ABROGATED:
        sentence = Sentence(
            "L’obbligo dei comuni piccoli di gestire insieme le funzioni fondamentali è stato abrogato: associarsi è"
            " una scelta."
        )
        return Cited(sentence=sentence, rules=(named("abrogation-2024"),))
    if found is Duty.DEFERRED:
        sentence = Sentence(
            "L’obbligo c’era, ma il termine per adempiere era rinviato al {day}.",
            {"day": Day(_deferred_to(on))},
        )
        return Cited(sentence=sentence, rules=(named("c28"), _deferral(on)))
    return Cited(sentence=_timetable(on), rules=(named("c28"), named("steps")))


def _timetable(on: date) -> Sentence:
    if on < FIRST_STEP:
        return Sentence("L’obbligo c’era, con le prime tre funzioni da associare entro il 1º gennaio 2013.")
    if on < SECOND_STEP:
        return Sentence("L’obbligo era in vigore per tre funzioni, a scelta di ciascun comune.")
    if on < LAST_STEP:
        return Sentence("L’obbligo era in vigore per sei funzioni, a scelta di ciascun comune.")
    return Sentence("L’obbligo era in vigore per tutte le funzioni.")


def _of_members(obliged: Sequence[Municipality], found: Duty, on: date) -> list[Cited]:
    if found not in (Duty.IN_FORCE, Duty.DEFERRED):
        return []
    duty_rule = named("c28")
    values = {
        "names": Listed(town.name for town in obliged),
        "residents": Amount(duty_rule.residents or 0),
        "mountain": Amount(duty_rule.mountain_residents or 0),
    }
    sentence = (
        Sentence("Riguardava, con gli abitanti noti qui: {names}.", values)
        if obliged
        else Sentence(
            "Non riguardava nessuno di questi comuni: superano i {residents} abitanti ({mountain} in comunità"
            " montana) o erano esclusi.",
            values,
        )
    )
    told = [Cited(sentence=sentence, rules=(duty_rule,))]
    special = named("art16-138")
    smallest = [town.name for town in obliged if town.population <= (special.residents or 0)]
    if special.holds(on) and smallest:
        said = Sentence(
            "Per i comuni fino a 1.000 abitanti era prevista un’unione speciale di tutte le funzioni: {names}.",
            {"names": Listed(smallest)},
        )
        told.append(Cited(sentence=said, rules=(special,)))
    if named("cc33").holds(on) and obliged:
        said = Sentence(
            "Un comune poteva provare, per esserne esonerato, che associarsi non gli avrebbe dato risparmi né servizi"
            " migliori."
        )
        told.append(Cited(sentence=said, rules=(named("cc33"),)))
    return told


def _of_size(members: Sequence[Municipality], on: date) -> list[Cited]:
    """The reference size on that day, and whether the group reaches it."""
    rule = legal_rules.reference_size(on)
    if rule is None:
        return [Cited(sentence=Sentence("Nessuna norma fissava allora una dimensione minima."), rules=())]
    populations = [town.population for town in members]
    mountain = all(town.mountain_community for town in members)
    threshold, people = rule.threshold, sum(populations)
    times = threshold.times_smallest or 0
    values: dict[str, object] = {
        "people": Amount(people),
        "plain": Amount(threshold.size(mountain=mountain) or 0),
        "times": times,
        "least": Amount(times * min(populations)),
    }
    asked = (
        Sentence("{plain} abitanti, oppure {times} volte il comune più piccolo ({least})", dict(values))
        if times
        else Sentence("{plain} abitanti", dict(values))
    )
    reached = people >= threshold.needed(populations, mountain=mountain)
    values["asked"] = asked
    sentence = (
        Sentence("La dimensione di riferimento ({asked}) è raggiunta con {people}.", values)
        if reached
        else Sentence(
            "La dimensione di riferimento ({asked}) non è raggiunta: gli abitanti sono {people}.", values
        )
    )
    return [Cited(sentence=sentence, rules=(rule,))]


def _of_form(found: Duty, on: date) -> list[Cited]:
    """The forms, and the least duration that conventions for the duty had."""
    forms = tuple(rule for rule in (named("tuel30"), named("tuel32")) if rule.holds(on))
    told = []
    if forms:
        sentence = Sentence("Le forme sono soprattutto la convenzione e l’unione di comuni.")
        told.append(Cited(sentence=sentence, rules=forms))
    if found in (Duty.IN_FORCE, Duty.DEFERRED) and named("c31-bis").holds(on):
        sentence = Sentence("Una convenzione fatta per l’obbligo durava almeno tre anni.")
        told.append(Cited(sentence=sentence, rules=(named("c31-bis"),)))
    return told


def _of_population(on: date) -> Cited:
    """Which population was counted, and which the law meant."""
    regional = named("lr22-8")
    values = {"counted": Day(COUNTED), "on": Day(on)}
    if on == COUNTED:
        return Cited(sentence=Sentence("Gli abitanti sono quelli di questo giorno."), rules=())
    if regional.holds(on):
        sentence = Sentence(
            "Gli abitanti sono quelli del {counted}, i soli noti qui: quelli del {on} non ci sono, né quelli del 31"
            " dicembre 2009 su cui conta la legge regionale.",
            values,
        )
        return Cited(sentence=sentence, rules=(regional,))
    return Cited(
        sentence=Sentence(
            "Gli abitanti sono quelli del {counted}, i soli noti qui: quelli del {on} non ci sono.", values
        ),
        rules=(),
    )
