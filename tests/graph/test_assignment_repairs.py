"""When there is no plan, the certificate can be counted by hand and every repair repairs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assignment_judging import apply, certifies
from graph.random_assignments import random_problem
from raccordo_graph.assignment import assign
from raccordo_graph.assignment_certificate import Cause, Certificate, certificates
from raccordo_graph.assignment_problem import Demand, Floor, Problem, Quota
from raccordo_graph.assignment_repairs import COSTS, Change, Remedy, repairs


def hydraulics(places: int = 2) -> Problem:
    """Five needs of which the first three only fit two laboratories, with `places` in all."""
    fits, other = (0.9, 0.8, None), (None, None, 0.5)
    return Problem(
        needs=tuple(Demand(need=number) for number in range(1, 6)),
        laboratories=(
            Quota(laboratory="dams", most=places - 1),
            Quota(laboratory="rivers", most=1),
            Quota(laboratory="roads", most=9),
        ),
        scores=(fits, fits, fits, other, other),
    )


def test_the_cut_names_who_blocks_whom() -> None:
    asked = hydraulics()
    assert certificates(asked) == (
        Certificate(cause=Cause.PLACES, needs=(1, 2, 3), laboratories=("dams", "rivers"), asked=3, given=2),
    )
    assert certificates(asked)[0].missing == 1
    assert certificates(hydraulics(places=3)) == ()


def test_two_shortages_are_two_certificates() -> None:
    asked = hydraulics()
    fewer = replace(asked, laboratories=(*asked.laboratories[:2], Quota(laboratory="roads", most=1)))
    assert [(found.needs, found.missing) for found in certificates(fewer)] == [((1, 2, 3), 1), ((4, 5), 1)]


def test_a_need_without_any_laboratory_is_a_certificate() -> None:
    asked = replace(hydraulics(3), conflicts=frozenset({(1, "dams"), (1, "rivers")}))
    assert [(one.needs, one.laboratories, one.missing) for one in certificates(asked)] == [((1,), (), 1)]


def test_a_laboratory_that_has_to_get_too_many() -> None:
    asked = hydraulics(3)
    quotas = (*asked.laboratories[:2], Quota(laboratory="roads", least=4, most=9))
    (found,) = certificates(replace(asked, laboratories=quotas))
    assert (found.cause, found.laboratories) == (Cause.LEAST, ("roads",))
    assert (found.asked, found.elsewhere, found.missing) == (4, 2, 2)


def test_hands_that_fix_too_much() -> None:
    asked = replace(hydraulics(3), together=frozenset({(1, "rivers"), (2, "rivers")}))
    (found,) = certificates(asked)
    assert (found.cause, found.laboratories, found.asked, found.given) == (Cause.BY_HAND, ("rivers",), 2, 1)
    conflict = replace(hydraulics(3), together=frozenset({(1, "dams")}), conflicts=frozenset({(1, "dams")}))
    (found,) = certificates(conflict)
    assert (found.needs, found.laboratories, found.given) == ((1,), ("dams",), 0)
    assert [repair.changes for repair in repairs(conflict)] == [
        (Change(remedy=Remedy.BY_HAND, need=1, laboratory="dams"),)
    ]


def test_floors_that_cannot_hold_alone_or_together() -> None:
    asked = hydraulics(3)
    floor = Floor(key="mountain", needs=(1, 2, 3), least=3, fit=0.85)
    (found,) = certificates(replace(asked, floors=(floor,)))
    assert (found.cause, found.floors, found.asked, found.given) == (Cause.FLOOR, ("mountain",), 3, 2)
    one, two = replace(floor, needs=(1, 2), least=2), replace(floor, key="small", needs=(3,), least=1)
    idle = Floor(key="idle", needs=(4,), least=1)
    (found,) = certificates(replace(asked, floors=(one, idle, two)))
    assert (found.floors, found.asked, found.given) == (("mountain", "small"), 3, 2)


def test_the_cheapest_repair_comes_first() -> None:
    asked = hydraulics()
    first, second = repairs(asked)
    assert (first.cost, second.cost) == (COSTS[Remedy.PLACES], COSTS[Remedy.DEMAND])
    assert first.changes == (Change(remedy=Remedy.PLACES, laboratory="dams"),)
    assert second.changes[0].remedy is Remedy.DEMAND
    assert first.proved


def test_a_conflict_of_interest_is_never_repaired_away() -> None:
    asked = replace(hydraulics(3), conflicts=frozenset({(1, "dams"), (1, "rivers"), (1, "roads")}))
    assert [repair.changes for repair in repairs(asked)] == [(Change(remedy=Remedy.DEMAND, need=1),)]


def test_a_figure_that_was_changed_certifies_nothing() -> None:
    asked = hydraulics()
    (found,) = certificates(asked)
    assert certifies(asked, found)
    assert not certifies(asked, replace(found, given=1))
    assert not certifies(hydraulics(places=3), found)


def test_certificates_certify_and_every_repair_repairs(request: pytest.FixtureRequest) -> None:
    blocked = 0
    for seed in range(1_000 if request.config.getoption("--long") else 60):
        asked = random_problem(seed)
        if assign(asked) is not None:
            assert certificates(asked) == (), seed
            continue
        blocked += 1
        found, offered = certificates(asked), repairs(asked)
        assert found, seed
        assert all(certifies(asked, one) for one in found), seed
        assert offered, seed
        for repair in offered:
            assert assign(apply(asked, repair.changes)) is not None, (seed, repair)
    assert blocked > 10


def test_a_repair_asks_for_nothing_that_is_not_needed() -> None:
    tried = 0
    for seed in range(40):
        asked = random_problem(seed)
        if assign(asked) is not None:
            continue
        for changes, change in ((one.changes, change) for one in repairs(asked) for change in one.changes):
            fewer = [one for one in changes if one != change]
            if change.amount > 1:
                fewer.append(replace(change, amount=change.amount - 1))
            assert assign(apply(asked, fewer)) is None, (seed, change)
            tried += 1
    assert tried > 40


def test_a_hand_against_a_conflict_is_let_go_and_nothing_else_is_a_remedy() -> None:
    asked = Problem(
        needs=(Demand(need=1, least=0),),
        laboratories=(Quota(laboratory="dams", most=1),),
        scores=((0.9,),),
        conflicts=frozenset({(1, "dams")}),
        together=frozenset({(1, "dams")}),
    )
    found = repairs(asked)
    assert [one.cost > 0 for one in found] == [True]
    assert found[0].changes
    assert certificates(apply(asked, found[0].changes)) == ()
