"""The largest total by networkx alone, which knows nothing of HiGHS: slow, and exact in millionths."""

from __future__ import annotations

import networkx as nx

from raccordo_graph.assignment_problem import Problem
from raccordo_graph.assignment_table import Table

FINE = 1_000_000  # the network simplex counts in whole numbers


def largest_total(problem: Problem) -> float | None:
    """Return the largest total fit of a plan for `problem`, which must have no floors; None when there is no plan.

    A circulation from a source through needs and laboratories to a sink and back; what has to be filled is paid for
    beyond any fit, so that an unpaid rest means that there is no plan.
    """
    if problem.floors:
        raise ValueError("floors are no flow: the network simplex cannot count them")
    table = Table.of(problem)
    if problem.together & (problem.conflicts | problem.apart):
        return None
    if (table.need_most < 0).any() or (table.laboratory_most < 0).any():
        return None
    paid = int(FINE * (1 + table.scores.sum()))
    graph: nx.MultiDiGraph[object] = nx.MultiDiGraph()
    wanted = 0
    for row, demand in enumerate(problem.needs):
        least, most = int(table.need_least[row]), int(table.need_most[row])
        _ends(graph, "source", ("need", demand.need), least, most, paid)
        wanted += least
    for column, quota in enumerate(problem.laboratories):
        least, most = int(table.laboratory_least[column]), int(table.laboratory_most[column])
        _ends(graph, ("laboratory", quota.laboratory), "sink", least, most, paid)
        wanted += least
    for row, column in zip(*table.open.nonzero(), strict=True):
        need, laboratory = problem.needs[row].need, problem.laboratories[column].laboratory
        worth = round(FINE * float(table.scores[row, column]))
        graph.add_edge(("need", need), ("laboratory", laboratory), capacity=1, weight=-worth)
    graph.add_edge("sink", "source", capacity=sum(one.most for one in problem.needs) + 1, weight=0)
    cost, _ = nx.network_simplex(graph)
    left = -int(cost) - paid * wanted
    if left < 0:
        return None
    return left / FINE + float(table.scores[table.fixed].sum())


def _ends(
    graph: nx.MultiDiGraph[object], tail: object, head: object, least: int, most: int, paid: int
) -> None:
    graph.add_edge(tail, head, capacity=least, weight=-paid)
    graph.add_edge(tail, head, capacity=most - least, weight=0)
