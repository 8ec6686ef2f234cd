"""The plan with the largest total fit: HiGHS on the rows of the rules, limited by nodes and never by time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.assignment_rows import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NODES = 2_000  # of the branching, after which the best plan found is taken
EQUAL = 1e-6  # totals that differ by less, for each laboratory given, are equal: the seed chooses
WHOLE = 25_000  # variables that are solved at once; beyond, first the most promising
FIRST = 20  # laboratories of each need to begin with
SLACK = 1e-7  # what the solver calls zero
LIMIT, INFEASIBLE = 1, 2  # what scipy calls the ways of finding nothing


class Undecided(RuntimeError):
    """The nodes were used up before any plan was found, nor that there is none."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Optimum:
    """Values of the variables, and what no plan can exceed; `proved` when the two agree."""

    values: "NDArray[np.float64]"
    bound: float
    proved: bool


def optimum(rows: Rows, seed: int) -> Optimum | None:
    """Return the largest total that `rows` allow; None when nothing keeps them all.

    Without floors the rows are those of a flow, whose corners are whole: the linear program is enough. With them
    HiGHS branches, over `NODES` nodes at most; when none of these holds a plan, :exc:`Undecided`.

    >>> from raccordo_graph.assignment_problem import Demand, Problem, Quota
    >>> from raccordo_graph.assignment_rows import rows
    >>> from raccordo_graph.assignment_table import Table
    >>> problem = Problem(
    ...     needs=(Demand(need=1), Demand(need=2)),
    ...     laboratories=(Quota(laboratory="a"), Quota(laboratory="b")),
    ...     scores=((0.9, 0.1), (0.8, 0.7)),
    ... )
    >>> optimum(rows(Table.of(problem)), seed=1).values.astype(int).tolist()
    [1, 0, 0, 1]
    """
    import numpy as np

    size = len(rows.pairs[0])
    scores = rows.table.scores[rows.pairs]
    gain = np.concatenate([scores + EQUAL * np.random.default_rng(seed).random(size), np.zeros(rows.counted)])
    relaxed = solve(rows, gain)
    if relaxed is None:
        return None
    values, columns = relaxed
    bound = float(gain @ values)
    if rows.counted:
        found = _whole(rows, gain, columns)
        if found is None and len(columns) < len(gain):
            found = _whole(rows, gain, np.arange(len(gain)))
        if found is None:
            return None
        values = found
    reached, given = float(scores @ values[:size].round()), float(values[:size].sum())
    return Optimum(values=values.round(), bound=bound, proved=reached >= bound - EQUAL * max(given, 1.0))


def solve(rows: Rows, gain: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], NDArray[np.intp]] | None":
    """Return the values that maximise ``gain @ values`` in fractions, and the variables that were looked at.

    Many variables are brought in by their price: those that could still gain at the prices of the last solution,
    until there is none. The answer is that of the whole program.
    """
    import numpy as np

    columns = _first(rows, gain)
    if not len(gain):  # the solver wants a variable
        return (gain, columns) if (rows.low <= 0).all() and (rows.high >= 0).all() else None
    while True:
        found = _linear(rows, gain, columns)
        if found is None:
            if len(columns) == len(gain):
                return None
            columns = np.arange(len(gain))
            continue
        values, prices = found
        missing = np.setdiff1d(np.arange(len(gain)), columns)
        better = missing[(gain - rows.matrix.T @ prices)[missing] > SLACK]
        if not len(better):
            return values, columns
        columns = np.union1d(columns, better)


def _first(rows: Rows, gain: "NDArray[np.float64]") -> "NDArray[np.intp]":
    """Return the variables to begin with: all of them, or the best of each need and what is no pair."""
    import numpy as np

    at, size = rows.pairs[0], len(rows.pairs[0])
    if size <= WHOLE:
        return np.arange(len(gain))
    order = np.lexsort((-rows.table.scores[rows.pairs], at))
    first = np.searchsorted(at[order], at[order])
    best = order[np.arange(size) - first < FIRST]
    return np.sort(np.concatenate([best, np.arange(size, len(gain))]))


def _linear(
    rows: Rows, gain: "NDArray[np.float64]", columns: "NDArray[np.intp]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]] | None":
    """Return the values (0 for what is not in `columns`) and the price of each row."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    above, below = np.isfinite(rows.high), rows.low > 0
    part = rows.matrix[:, columns]
    by_row = part.tocsr()
    found = linprog(
        -gain[columns],
        A_ub=vstack([by_row[above], -by_row[below]]),
        b_ub=np.concatenate([rows.high[above], -rows.low[below]]),
        bounds=_bounds(rows, len(gain))[columns],
        method="highs-ds",
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise Undecided(found.message)
    values, prices = np.zeros(len(gain)), np.zeros(len(rows.low))
    values[columns] = found.x
    prices[above] -= found.ineqlin.marginals[: above.sum()]
    prices[below] += found.ineqlin.marginals[above.sum() :]
    return values, prices


def _whole(
    rows: Rows, gain: "NDArray[np.float64]", columns: "NDArray[np.intp]"
) -> "NDArray[np.float64] | None":
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        -gain[columns],
        constraints=LinearConstraint(rows.matrix[:, columns], rows.low, rows.high),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(columns)),
        options={"node_limit": NODES, "mip_rel_gap": 1e-6},
    )
    if found.x is None:
        if found.status == LIMIT:
            raise Undecided(f"no plan within {NODES} nodes: fewer floors, or less strict ones")
        return None
    values = np.zeros(len(gain))
    values[columns] = found.x
    return values


def _bounds(rows: Rows, size: int) -> "NDArray[np.float64]":
    import numpy as np

    limits = np.tile([0.0, 1.0], (size, 1))
    limits[size - rows.endless :, 1] = np.inf
    return limits
