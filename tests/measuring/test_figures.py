"""Every figure of `make quality`, worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from yardsticks import figures
from yardsticks.characters import Characters, hindsight

GRADES = {"a": 3.0, "b": 2.0, "c": 1.0}


def test_the_best_order_has_an_ndcg_of_one() -> None:
    assert figures.ndcg(["a", "b", "c", "x"], GRADES) == 1


def test_ndcg_discounts_by_place() -> None:
    # Gains are 7, 3 and 1; the discounts 1, log2(3) and 2.
    best = 7 + 3 / log2(3) + 1 / 2
    assert figures.ndcg(["x", "a", "c"], GRADES) == pytest.approx((7 / log2(3) + 1 / 2) / best)


def test_ndcg_looks_no_deeper_than_ten() -> None:
    assert figures.ndcg([*"0123456789", "a"], {"a": 3.0}) == 0


def test_where_nothing_has_a_grade_there_is_no_case() -> None:
    assert figures.ndcg(["a"], {}) is None
    assert figures.recall(["c"], {"c": 1.0}) is None


def test_recall_asks_for_grades_of_two_and_more_among_the_first_five() -> None:
    assert figures.recall(["b", "c", "x", "y", "z", "a"], GRADES) == 0.5


def test_one_accepted_name_among_three_is_enough() -> None:
    assert figures.named(["x", "y", "a", "b"], {"a"}) == 1
    assert figures.named(["x", "y", "z", "a"], {"a"}) == 0


def test_balanced_accuracy_counts_both_kinds_the_same() -> None:
    # Three of four that should serve are served (3/4); of two that should not, one is refused (1/2).
    answers = [(True, True)] * 3 + [(False, True), (True, False), (False, False)]
    sums = [sum(column) for column in zip(*(figures.verdict(*one) for one in answers), strict=True)]
    assert summed(figures.balanced_accuracy, sums) == pytest.approx((3 / 4 + 1 / 2) / 2)


def test_f1_is_made_of_hits_false_alarms_and_misses() -> None:
    # Precision 2/3, recall 2/4.
    answers = [(True, True)] * 2 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 9
    sums = [sum(column) for column in zip(*(figures.pair(*one) for one in answers), strict=True)]
    assert summed(figures.f1, sums) == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))


def test_the_loss_weighs_each_wrong_pair_by_its_gap() -> None:
    # Pairs and gaps: a-b 1 (right), a-c 4 (wrong), b-c 3 (a tie): 4 + 3/2 of 8.
    truth = {"a": 5.0, "b": 4.0, "c": 1.0}
    assert figures.mistaken({"a": 0.5, "b": 0.4, "c": 0.9}, truth) == (4 + 3, 8)
    assert figures.mistaken({"a": 0.5, "b": 0.4, "c": 0.4}, truth) == (1.5, 8)


def test_what_the_truth_does_not_tell_apart_costs_nothing() -> None:
    assert figures.mistaken({"a": 1, "b": 2}, {"a": 3.0, "b": 3.0}) == (0, 0)


def test_the_threshold_of_hindsight_is_right_most_often() -> None:
    assert hindsight([(0.1, False), (0.4, False), (0.5, True), (0.9, True)]) == 0.5


def test_characters_find_the_text_that_is_spelled_alike() -> None:
    texts = Characters({"bridges": "ponti e viadotti", "waste": "rifiuti"})
    assert texts.order("il pónte") == ["bridges", "waste"]
    assert texts.likeness("rifiuti")["waste"] == pytest.approx(1)


def summed(statistic: object, sums: list[float]) -> float:
    import numpy as np

    assert callable(statistic)
    return float(statistic(np.array(sums)))
