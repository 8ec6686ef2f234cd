"""A plan keeps every rule, is the best that can be had, and serves the worst-served as well as can be proved."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest

from assignment_oracle import largest_total
from graph.random_assignments import random_problem
from raccordo_graph.assignment import assign
from raccordo_graph.assignment_check import violations
from raccordo_graph.assignment_fairness import linear_bound, simple_bound
from raccordo_graph.assignment_problem import Assigned, Demand, Floor, Problem, Quota
from raccordo_graph.assignment_rows import rows
from raccordo_graph.assignment_table import Table


def problem(
    *scores: tuple[float | None, ...], most: tuple[int, ...] | None = None, wanted: int = 1
) -> Problem:
    """Needs 1, 2, ... and laboratories a, b, ..., with the scores of each need and the places of each laboratory."""
    places = most or (1,) * len(scores[0])
    return Problem(
        needs=tuple(Demand(need=number, least=wanted, most=wanted) for number, _ in enumerate(scores, 1)),
        laboratories=tuple(
            Quota(laboratory=name, most=most) for name, most in zip("abcdef", places, strict=False)
        ),
        scores=scores,
    )


def chosen(asked: Problem, **how: float) -> list[tuple[int, str]]:
    plan = assign(asked, **how)  # type: ignore[arg-type]  # a number either way
    assert plan is not None
    return [(line.need, line.laboratory) for line in plan.lines]


def test_the_largest_total_wins_over_whoever_comes_first() -> None:
    assert chosen(problem((0.9, 0.8), (0.7, 0.1))) == [(1, "b"), (2, "a")]


def test_nobody_is_served_badly_to_gain_a_little() -> None:
    together = problem((1.00, 0.50), (0.60, 0.105), most=(1, 1))
    assert chosen(together, tolerance=0.0) == [(1, "a"), (2, "b")]
    plan = assign(together, tolerance=0.02)
    assert plan is not None
    assert (plan.worst, plan.worst_need) == (0.5, 1)
    assert plan.worst_bound >= plan.worst
    assert plan.share == pytest.approx(1.1 / 1.105)


def test_a_chain_of_three_frees_a_place() -> None:
    # The third need can only go to a: the first leaves it for b, whose need goes on to c.
    asked = problem((0.9, 0.8, None), (None, 0.9, 0.8), (0.9, None, None))
    assert chosen(asked) == [(1, "b"), (2, "c"), (3, "a")]


def test_a_hand_is_obeyed_and_marked() -> None:
    asked = replace(problem((0.9, 0.2), (0.8, 0.1)), together=frozenset({(2, "b")}))
    plan = assign(asked)
    assert plan is not None
    assert plan.lines[1] == Assigned(need=2, laboratory="b", score=0.1, by_hand=True)
    apart = replace(problem((0.9, 0.2), most=(1, 1)), apart=frozenset({(1, "a")}))
    assert chosen(apart) == [(1, "b")]


def test_a_floor_gives_a_good_laboratory_to_a_group() -> None:
    asked = problem((0.9, 0.3), (0.6, 0.1), most=(1, 1))
    assert chosen(asked, tolerance=0.0) == [(1, "a"), (2, "b")]
    small = replace(asked, floors=(Floor(key="small", needs=(2,), least=1, fit=0.5),))
    assert chosen(small, tolerance=0.0) == [(1, "b"), (2, "a")]


def test_what_may_stay_unserved_stays_so_where_places_are_few() -> None:
    asked = replace(problem((0.9,), (0.5,)), needs=(Demand(need=1, least=0), Demand(need=2, least=0)))
    assert chosen(asked) == [(1, "a")]


def test_nothing_at_all_is_a_plan_too() -> None:
    plan = assign(Problem(needs=(), laboratories=(), scores=()))
    assert plan is not None
    assert (plan.lines, plan.share, plan.worst_need) == ((), 1.0, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"scores": ((0.5,), (0.5,))}, "2 rows of scores for 1 needs"),
        ({"scores": ((-0.5,),)}, "negative or no number"),
        ({"scores": ((float("nan"),),)}, "negative or no number"),
        ({"needs": (Demand(need=1, least=2, most=1),)}, "at least 2 and at most 1"),
        ({"conflicts": frozenset({(1, "z")})}, "one of the two is unknown"),
        ({"floors": (Floor(key="f", needs=(7,), least=0),)}, "names need 7"),
        ({"laboratories": (Quota(laboratory="b"), Quota(laboratory="a")), "scores": ((0, 0),)}, "in order"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(problem((0.5,)), **wrong)  # type: ignore[arg-type]  # wrong on purpose


def instances(request: pytest.FixtureRequest) -> range:
    return range(1_000 if request.config.getoption("--long") else 60)


def test_quotas_conflicts_floors_and_hands_hold_in_random_instances(request: pytest.FixtureRequest) -> None:
    planned = 0
    for seed in instances(request):
        asked = random_problem(seed)
        plan = assign(asked, seed=seed)
        if plan is None:
            continue
        planned += 1
        assert violations(asked, plan.lines) == (), seed
        assert plan.worst <= plan.worst_bound + 1e-6, seed
        assert plan.total <= plan.optimum + 1e-9, seed
        assert plan.share >= 1 - 0.006 - 1e-9, seed
    assert planned > len(instances(request)) / 5


def test_the_same_input_and_seed_give_the_same_plan(request: pytest.FixtureRequest) -> None:
    for seed in instances(request)[:200]:
        assert assign(random_problem(seed), seed=seed) == assign(random_problem(seed), seed=seed), seed


def test_the_seed_chooses_between_equals_only() -> None:
    equal = problem(*[(0.5,) * 4] * 4)
    plans = {tuple(chosen(equal, seed=seed)) for seed in range(12)}
    assert len(plans) > 3
    unequal = problem((0.9, 0.1), (0.1, 0.9))
    assert {tuple(chosen(unequal, seed=seed)) for seed in range(12)} == {((1, "a"), (2, "b"))}


def test_the_oracle_finds_the_same_total(request: pytest.FixtureRequest) -> None:
    for seed in instances(request)[:400]:
        asked = replace(random_problem(seed), floors=())
        plan, total = assign(asked), largest_total(asked)
        assert (plan is None) == (total is None), seed
        if plan and total is not None:
            assert plan.optimum == pytest.approx(total, abs=1e-4), seed


def test_no_plan_serves_the_worst_better_than_the_bound() -> None:
    for seed in range(200):
        asked = random_problem(seed)
        table = Table.of(asked)
        pairs = list(zip(*table.open.nonzero(), strict=True))
        if len(pairs) > 11 or assign(asked) is None:
            continue
        best = max(_worsts(asked, table, pairs))
        assert best <= simple_bound(table) + 1e-9, seed
        assert best <= linear_bound(rows(table)) + 1e-6, seed


def _worsts(asked: Problem, table: Table, pairs: list[tuple[int, int]]) -> list[float]:
    """The worst-served of every plan there is."""
    found = []
    for count in range(len(pairs) + 1):
        for some in combinations(pairs, count):
            marks = table.open & False
            for pair in some:
                marks[pair] = True
            if not violations(asked, table.lines(marks)):
                served = (table.scores * (marks | table.fixed)).sum(axis=1)
                found.append(float(served[table.counted].min()) if table.counted.any() else 0.0)
    return found


def test_many_variables_come_in_by_their_price(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = problem(*[tuple((need * lab * 7 % 11) / 11 for lab in range(1, 7)) for need in range(1, 7)])
    whole = assign(asked)
    monkeypatch.setattr("raccordo_graph.assignment_optimum.WHOLE", 3)
    monkeypatch.setattr("raccordo_graph.assignment_optimum.FIRST", 1)
    few = assign(asked)
    assert whole is not None
    assert few is not None
    assert few.total == pytest.approx(whole.total)


def test_the_share_done_only_grows_and_whoever_listens_may_stop() -> None:
    heard: list[float] = []
    assign(problem((0.5,)), report=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0.0, 1.0)

    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        assign(problem((0.5,)), report=stop)


def test_a_broken_plan_is_told_rule_by_rule() -> None:
    asked = replace(
        problem((0.9, 0.2), (0.8, None)),
        conflicts=frozenset({(1, "a")}),
        together=frozenset({(2, "a")}),
        floors=(Floor(key="small", needs=(2,), least=1, fit=0.5),),
    )
    lines = [Assigned(need=need, laboratory=name, score=0) for need, name in product((1, 2), "b")]
    assert violations(asked, [*lines, replace(lines[0], laboratory="a")]) == (
        "need 1 has 2 laboratories, not 1 to 1",
        "laboratory 'b' has 2 needs, not 0 to 1",
        "(1, 'a') is a conflict",
        "(2, 'a') is fixed by hand and missing",
        "(2, 'b') is no candidate",
        "floor 'small' has 0 needs, not 1",
    )
