"""Why there is no plan: the rules that cannot hold together, with figures that anyone can check."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import networkx as nx

from raccordo_graph.assignment_problem import Problem
from raccordo_graph.assignment_repairs import Remedy, cheapest
from raccordo_graph.assignment_table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Cause(StrEnum):
    """Which rule is broken by whatever plan."""

    PLACES = "PLACES"
    LEAST = "LEAST"
    BY_HAND = "BY_HAND"
    FLOOR = "FLOOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """`asked` is more than `given` and `elsewhere` together, whatever the plan.

    - ``PLACES``: `needs` ask for `asked` laboratories; those of `laboratories` have `given` places, and all others can
      take `elsewhere` of these needs, once each.
    - ``LEAST``: `laboratories` have to get `asked` needs; those of `needs` may give `given`, all others `elsewhere`.
    - ``BY_HAND``: `asked` of what is fixed by hand, where only `given` may be: one need or one laboratory, or a pair
      that must not meet.
    - ``FLOOR``: the groups `floors` ask for `asked` needs served well together, and `given` can be.

    What is fixed by hand is taken from demands and places before they are counted.
    """

    cause: Cause
    needs: tuple[int, ...] = ()
    laboratories: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()
    asked: int
    given: int
    elsewhere: int = 0

    @property
    def missing(self) -> int:
        """How many places (or needs) are missing; always positive."""
        return self.asked - self.given - self.elsewhere


def certificates(problem: Problem) -> tuple[Certificate, ...]:
    """Return why `problem` has no plan, each reason standing alone; nothing when these reasons find no fault.

    Needs that want a place and laboratories that want a need are looked at apart: when each side can be content, both
    can (Mendelsohn and Dulmage 1958). Either side is a flow whose minimum cut says who blocks whom; each connected
    part of the cut is a reason of its own. Only then are the floors tried: each alone, then together, as few as block.

    >>> from raccordo_graph.assignment_problem import Demand, Quota
    >>> problem = Problem(
    ...     needs=(Demand(need=1), Demand(need=2)),
    ...     laboratories=(Quota(laboratory="lia"),),
    ...     scores=((0.5,), (0.4,)),
    ... )
    >>> [(found.cause.value, found.needs, found.laboratories, found.missing) for found in certificates(problem)]
    [('PLACES', (1, 2), ('lia',), 1)]
    """
    table = Table.of(problem)
    return _by_hand(table) or (*_places(table), *_least(table)) or _floors(problem)


def _by_hand(table: Table) -> tuple[Certificate, ...]:
    problem = table.problem
    pairs = [
        Certificate(cause=Cause.BY_HAND, needs=(need,), laboratories=(laboratory,), asked=1, given=0)
        for need, laboratory in sorted(problem.together & (problem.conflicts | problem.apart))
    ]
    by_need, by_laboratory = table.fixed.sum(axis=1).tolist(), table.fixed.sum(axis=0).tolist()
    needs = [
        Certificate(cause=Cause.BY_HAND, needs=(one.need,), asked=count, given=one.most)
        for one, count in zip(problem.needs, by_need, strict=True)
        if count > one.most
    ]
    laboratories = [
        Certificate(cause=Cause.BY_HAND, laboratories=(one.laboratory,), asked=count, given=one.most)
        for one, count in zip(problem.laboratories, by_laboratory, strict=True)
        if count > one.most
    ]
    return (*pairs, *needs, *laboratories)


def _places(table: Table) -> tuple[Certificate, ...]:
    """The needs that want places, from the side of the needs."""
    parts = _parts(table.open, table.need_least, table.laboratory_most)
    return tuple(_cut(table, Cause.PLACES, needs, laboratories) for needs, laboratories in parts)


def _least(table: Table) -> tuple[Certificate, ...]:
    """The laboratories that want needs: the same with the sides exchanged."""
    parts = _parts(table.open.T, table.laboratory_least, table.need_most)
    return tuple(_cut(table, Cause.LEAST, needs, laboratories) for laboratories, needs in parts)


def _cut(table: Table, cause: Cause, needs: Iterable[int], laboratories: Iterable[int]) -> Certificate:
    """Count what these rows ask for and these columns give (or the other way round), and what the rest can."""
    import numpy as np

    rows_of, columns_of = sorted(needs), sorted(laboratories)
    if cause is Cause.PLACES:
        asked, given = table.need_least[rows_of].sum(), table.laboratory_most[columns_of].sum()
        elsewhere = np.delete(table.open[rows_of], columns_of, axis=1).sum()
    else:
        asked, given = table.laboratory_least[columns_of].sum(), table.need_most[rows_of].sum()
        elsewhere = np.delete(table.open[:, columns_of], rows_of, axis=0).sum()
    return Certificate(
        cause=cause,
        needs=tuple(table.problem.needs[row].need for row in rows_of),
        laboratories=tuple(table.problem.laboratories[column].laboratory for column in columns_of),
        asked=int(asked),
        given=int(given),
        elsewhere=int(elsewhere),
    )


def _parts(
    open_pairs: "NDArray[np.bool_]", asked: "NDArray[np.int64]", given: "NDArray[np.int64]"
) -> list[tuple[list[int], list[int]]]:
    """Return the connected parts of the least minimum cut: the rows that ask too much, the columns that they fill."""
    import numpy as np
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    rows_count, columns_count = open_pairs.shape
    source, sink = rows_count + columns_count, rows_count + columns_count + 1
    at, to = open_pairs.nonzero()
    tails = np.concatenate([np.full(rows_count, source), at, rows_count + np.arange(columns_count)])
    heads = np.concatenate([np.arange(rows_count), rows_count + to, np.full(columns_count, sink)])
    sizes = np.concatenate([asked, np.ones(len(at), dtype=int), given]).astype(np.int32)
    network = csr_array(coo_array((sizes, (tails, heads)), shape=(sink + 1, sink + 1)))
    flow = maximum_flow(network, source, sink)
    if flow.flow_value == int(asked.sum()):
        return []
    left = csr_array(network - flow.flow)
    left.eliminate_zeros()
    reached = set(breadth_first_order(left, source, return_predecessors=False).tolist())
    inside: nx.Graph[int] = nx.Graph()
    inside.add_nodes_from(node for node in reached if node < source)
    inside.add_edges_from(
        (row, rows_count + column)
        for row, column in zip(at.tolist(), to.tolist(), strict=True)
        if row in reached and rows_count + column in reached
    )
    parts = sorted(sorted(part) for part in nx.connected_components(inside))
    return [
        (
            [node for node in part if node < rows_count],
            [node - rows_count for node in part if node >= rows_count],
        )
        for part in parts
    ]


def _floors(problem: Problem) -> tuple[Certificate, ...]:
    alone = tuple(found for floor in problem.floors if (found := _floor(problem, (floor.key,))))
    if alone:
        return alone
    together = _floor(problem, tuple(floor.key for floor in problem.floors))
    if together is None:
        return ()
    keys = list(together.floors)
    for key in together.floors:
        fewer = tuple(kept for kept in keys if kept != key)
        if _floor(problem, fewer):
            keys.remove(key)
    least = _floor(problem, tuple(keys))
    return (least,) if least else ()


def _floor(problem: Problem, keys: tuple[str, ...]) -> Certificate | None:
    """Return the certificate that the floors `keys` ask for too much together; None when they do not."""
    kept = tuple(floor for floor in problem.floors if floor.key in keys)
    lowered = cheapest(replace(problem, floors=kept), [Remedy.FLOOR])
    if lowered is None or not lowered.proved or not lowered.changes:
        return None
    asked = sum(floor.least for floor in kept)
    given = asked - sum(change.amount for change in lowered.changes)
    return Certificate(
        cause=Cause.FLOOR,
        needs=tuple(sorted({need for floor in kept for need in floor.needs})),
        floors=tuple(floor.key for floor in kept),
        asked=asked,
        given=given,
    )
