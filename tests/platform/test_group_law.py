"""The law of a group at a date: the same group, three days, three answers, each with its rules."""

from __future__ import annotations

from datetime import date

import pytest

from raccordo import group_law, legal_rules
from raccordo.association_tables import RuleKind
from raccordo.catalogue import Catalogue
from raccordo.group_law import Duty, GroupLaw

PASTURO, BALLABIO, LECCO, CAMPIONE, LEGGIUNO = "097065", "097004", "097042", "013040", "012087"
DUTY_DAY, DEFERRED_DAY, TODAY = date(2013, 6, 1), date(2021, 6, 1), date(2026, 11, 24)


def law(
    current: Catalogue, on: date, function: str = "a", codes: tuple[str, ...] = (PASTURO, LECCO)
) -> GroupLaw:
    towns = [current.municipalities[code] for code in codes]
    return group_law.of_group(towns, current.functions[function], on)


def cited(found: GroupLaw) -> set[str]:
    return {rule.rule for one in found.sentences for rule in one.rules}


@pytest.mark.parametrize(
    ("on", "duty", "headline", "rules"),
    [
        (date(2005, 1, 1), Duty.NOT_YET, "L’obbligo non c’era ancora", {"c28"}),
        (
            DUTY_DAY,
            Duty.IN_FORCE,
            "Obbligo in vigore il 1º giugno 2013",
            {"c28", "steps", "lr22-8", "c31-bis"},
        ),
        (
            DEFERRED_DAY,
            Duty.DEFERRED,
            "Obbligo previsto, termine rinviato al 31 dicembre 2021",
            {"c28", "def-2021", "cc33", "lr22-8"},
        ),
        (TODAY, Duty.ABROGATED, "Proposta, non obbligo", {"abrogation-2024", "lr22-8"}),
    ],
)
def test_each_day_has_its_answer_and_its_rules(
    current: Catalogue, on: date, duty: Duty, headline: str, rules: set[str]
) -> None:
    found = law(current, on)
    assert (found.duty, found.headline.say("it")) == (duty, headline)
    assert rules <= cited(found)


def test_three_days_say_three_things(current: Catalogue) -> None:
    said = [
        tuple(one.sentence.say("it") for one in law(current, on).sentences)
        for on in (DUTY_DAY, DEFERRED_DAY, TODAY)
    ]
    assert len(set(said)) == 3


@pytest.mark.parametrize("on", [date(2024, 12, 28), TODAY, date(2040, 1, 1)])
@pytest.mark.parametrize("language", ["it", "en"])
def test_since_the_abrogation_nothing_is_called_a_duty(current: Catalogue, on: date, language: str) -> None:
    found = law(current, on)
    assert found.obliged == ()
    assert found.headline.say(language) in ("Proposta, non obbligo", "A proposal, not an obligation")


def test_the_last_day_of_the_duty_and_the_first_without_it(current: Catalogue) -> None:
    assert law(current, date(2024, 12, 27)).duty is Duty.DEFERRED
    assert law(current, date(2024, 12, 28)).duty is Duty.ABROGATED


def test_the_small_are_obliged_by_residents_and_fewer_in_the_mountains(current: Catalogue) -> None:
    # Pasturo has 1,959 inhabitants and Ballabio 4,144, both in a mountain community; Leggiuno has 3,500 in none.
    found = law(current, DUTY_DAY, codes=(PASTURO, BALLABIO, LECCO))
    assert [town.istat_code for town in found.obliged] == [PASTURO]
    flat = next(
        town
        for town in current.municipalities.values()
        if town.mountain_community is None and 3000 < town.population <= 5000
    )
    assert law(current, DUTY_DAY, codes=(flat.istat_code, LECCO)).obliged == (flat,)


def test_campione_was_never_obliged(current: Catalogue) -> None:
    assert law(current, DUTY_DAY, codes=(CAMPIONE, LECCO)).obliged == ()


def test_registers_were_outside_of_the_duty(current: Catalogue) -> None:
    found = law(current, DUTY_DAY, function="l")
    assert found.obliged == ()
    assert found.headline.say("it") == "Nessun obbligo per questo gruppo"
    assert "c28-excl" in cited(found)


def test_the_size_is_that_of_the_day(current: Catalogue) -> None:
    before = [one.sentence.say("it") for one in law(current, date(2005, 1, 1)).sentences]
    assert "Nessuna norma fissava allora una dimensione minima." in before
    today = " ".join(one.sentence.say("it") for one in law(current, TODAY).sentences)
    assert (
        "La dimensione di riferimento (5.000 abitanti, oppure 4 volte il comune più piccolo (7.836))" in today
    )


def test_what_is_not_known_of_the_population_is_said(current: Catalogue) -> None:
    told = [one.sentence.say("it") for one in law(current, DUTY_DAY).sentences][-1]
    assert "quelli del 1º giugno 2013 non ci sono" in told
    assert (
        law(current, date(2023, 1, 1)).sentences[-1].sentence.say()
        == "Gli abitanti sono quelli di questo giorno."
    )


def test_every_rule_that_was_shipped_can_be_read() -> None:
    rules = legal_rules.shipped()
    assert len(rules) == 33
    assert all(rule.norm and rule.content_it and rule.content_en and rule.source for rule in rules)
    assert all(
        rule.valid_to is None or (rule.valid_from and rule.valid_from <= rule.valid_to) for rule in rules
    )


def test_a_recalled_rule_is_to_be_confirmed() -> None:
    assert legal_rules.named("c28-ict").to_be_confirmed
    assert legal_rules.named("c31-bis").to_be_confirmed  # partly verified
    assert not legal_rules.named("lr22-8").to_be_confirmed


def test_the_deferrals_leave_no_day_between_the_timetable_and_the_abrogation() -> None:
    day, last = date(2014, 12, 31).toordinal(), date(2024, 12, 27).toordinal()
    kinds = (RuleKind.DEFERRAL, RuleKind.TIMETABLE)
    assert all(
        legal_rules.of_kind(legal_rules.at(date.fromordinal(one)), *kinds) for one in range(day, last + 1)
    )
