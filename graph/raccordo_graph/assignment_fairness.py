"""The worst-served need: what no plan can exceed for it, and exchanges that bring a plan there."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from raccordo_graph.assignment_exchange import Exchange
from raccordo_graph.assignment_optimum import solve
from raccordo_graph.assignment_rows import Rows
from raccordo_graph.assignment_table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSES = 4  # over the needs below a goal, before the goal is given up
HALVINGS = 12  # between what is reached and what is not
NEAR = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class Fair:
    """What is chosen, and the bound of the worst-served need that it was held against."""

    chosen: "NDArray[np.bool_]"
    bound: float


def simple_bound(table: Table) -> float:
    """Return the least of what each need would get if it were alone: no plan's worst-served need has more."""
    import numpy as np

    counted = table.counted
    if not counted.any():
        return 0.0
    alone = np.sort(np.where(table.open, table.scores, 0.0), axis=1)[:, ::-1]
    places = np.arange(alone.shape[1])[None, :] < table.need_most[:, None]
    best = (alone * places).sum(axis=1) + (table.scores * table.fixed).sum(axis=1)
    return float(best[counted].min())


def linear_bound(rows: Rows) -> float:
    """Return the largest worst-served sum when laboratories could be given in fractions: no plan has more."""
    import numpy as np
    from scipy.sparse import csc_array, hstack, vstack

    table = rows.table
    counted = table.counted.nonzero()[0]
    at, size = rows.pairs[0], rows.matrix.shape[1]
    order = {row: place for place, row in enumerate(counted)}
    here = np.array([order.get(row, -1) for row in at])
    which = (here >= 0).nonzero()[0]
    sums = csc_array((table.scores[rows.pairs][which], (here[which], which)), shape=(len(counted), size))
    level = csc_array(-np.ones((len(counted), 1)))
    fixed = (table.scores * table.fixed).sum(axis=1)[counted]
    nothing = csc_array((rows.matrix.shape[0], 1))
    wider = replace(
        rows,
        matrix=csc_array(vstack([hstack([rows.matrix, nothing]), hstack([-sums, -level])])),
        low=np.concatenate([rows.low, np.full(len(counted), -np.inf)]),
        high=np.concatenate([rows.high, fixed]),
        endless=1,
    )
    goal = np.zeros(size + 1)
    goal[-1] = 1.0
    found = solve(wider, goal)
    return 0.0 if found is None else float(found[0][-1])


def raise_worst(rows: Rows, chosen: "NDArray[np.bool_]", allowance: float) -> Fair:
    """Return `chosen` with its worst-served need raised as far as exchanges get, for `allowance` of the total at most.

    First the bound that is cheap to know is tried, then the one of the linear program, then levels between what is
    reached and that bound.
    """
    table = rows.table
    if not len(table.open):
        return Fair(chosen=chosen, bound=0.0)
    start = Exchange(table, chosen, allowance)
    bound = simple_bound(table)
    if (reached := _level(start, bound)) is not None:
        return Fair(chosen=reached.chosen, bound=bound)
    bound = min(bound, linear_bound(rows))
    low, high, best = start.worst, bound, start
    goal = bound
    for _ in range(HALVINGS):
        reached = _level(start, goal)
        if reached is not None:
            best, low = reached, max(goal, reached.worst)
        else:
            high = goal
        if high - low <= NEAR or best.worst >= bound - NEAR:
            break
        goal = (low + high) / 2
    return Fair(chosen=best.chosen, bound=bound)


def _level(start: Exchange, goal: float) -> Exchange | None:
    """Return the exchanges after which every need has `goal`; None when some cannot be helped."""
    if start.worst >= goal - NEAR:
        return start
    state = start.towards(goal - NEAR)
    for _ in range(PASSES):
        below = state.below()
        if not len(below):
            return state
        helped = [state.help(row) for row in below]
        if not any(helped):
            return None
    return state if not len(state.below()) else None
