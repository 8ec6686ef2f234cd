"""Shares of a cost: worked out by hand, then what must hold for any figures."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph.cost_sharing import Base, CannotShare, Weights, share

TWO = (Base("a", population=300, area=10.0, use=0), Base("b", population=100, area=30.0, use=8))
figures = st.floats(min_value=0, max_value=1e6, allow_nan=False)
groups = st.lists(st.tuples(st.integers(0, 3_000_000), figures, figures), min_size=1, max_size=40).map(
    lambda rows: tuple(Base(f"{place:03}", *row) for place, row in enumerate(rows))
)
weights = st.builds(Weights, *[st.floats(min_value=0, max_value=100, allow_nan=False)] * 3)


@pytest.mark.parametrize(
    ("wanted", "cents"),
    [
        (Weights(population=1), [7500, 2500]),
        (Weights(area=2), [2500, 7500]),
        (Weights(use=1), [0, 10000]),
        (Weights(population=1, area=1), [5000, 5000]),
        (Weights(population=50, use=50), [3750, 6250]),
    ],
)
def test_shares_worked_out_by_hand(wanted: Weights, cents: list[int]) -> None:
    assert [one.cents for one in share(10000, TWO, wanted)] == cents


def test_cents_that_are_left_go_to_the_largest_remainders_first() -> None:
    three = tuple(Base(key, population=1) for key in "abc")
    assert [one.cents for one in share(100, three, Weights(population=1))] == [34, 33, 33]


@given(cents=st.integers(0, 10**12), bases=groups, wanted=weights)
def test_shares_always_sum_to_the_cost(cents: int, bases: tuple[Base, ...], wanted: Weights) -> None:
    try:
        shares = share(cents, bases, wanted)
    except CannotShare as missing:
        part = missing.part
        assert not part or sum(getattr(base, part) for base in bases) == 0
        return
    assert sum(one.cents for one in shares) == cents
    assert all(abs(one.cents - cents * one.share) < 1 + cents * 1e-12 for one in shares)
    assert [one.key for one in shares] == [base.key for base in bases]
    assert shares == share(cents, bases, wanted)


@given(cents=st.integers(0, 10**9), bases=groups)
def test_whoever_has_more_inhabitants_never_pays_less(cents: int, bases: tuple[Base, ...]) -> None:
    if not any(base.population for base in bases):
        return
    paid = share(cents, bases, Weights(population=1))
    pairs = sorted(zip(bases, paid, strict=True), key=lambda pair: pair[0].population)
    for (low, less), (high, more) in pairwise(pairs):
        assert less.cents <= more.cents + (low.population == high.population)


@pytest.mark.parametrize(
    ("wanted", "part"), [(Weights(), ""), (Weights(use=1), "use"), (Weights(population=1, use=1), "use")]
)
def test_where_there_is_nothing_to_share_by_the_part_is_named(wanted: Weights, part: str) -> None:
    with pytest.raises(CannotShare) as missing:
        share(100, (Base("a", population=1),), wanted)
    assert missing.value.part == part


@pytest.mark.parametrize(
    ("cents", "bases"), [(-1, TWO), (1, ()), (1, (TWO[0], TWO[0])), (1, (Base("a", population=-1),))]
)
def test_figures_that_make_no_sense_are_refused(cents: int, bases: tuple[Base, ...]) -> None:
    with pytest.raises(ValueError, match=r"never negative|stands once"):
        share(cents, bases, Weights(population=1))
