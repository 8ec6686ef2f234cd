"""The rules of an assignment as rows of a linear program: who has how many, and whom the floors count."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.assignment_table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csc_array


@dataclass(frozen=True, eq=False, kw_only=True)
class Rows:
    """``low <= matrix @ variables <= high``, every variable between 0 and 1, but the last `endless`: these have no upper end.

    The variables are the `pairs` (row and column of the table), one for each need that a floor counts, and the `endless`.
    The rows are the needs, the laboratories, the floors, and one for each such need: it counts only when it is served well.
    """

    table: Table
    pairs: "tuple[NDArray[np.intp], NDArray[np.intp]]"
    matrix: "csc_array"
    low: "NDArray[np.float64]"
    high: "NDArray[np.float64]"
    endless: int = 0

    @property
    def counted(self) -> int:
        """How many variables count for a floor; they follow the pairs."""
        return int(self.matrix.shape[1]) - len(self.pairs[0]) - self.endless

    def chosen(self, values: "NDArray[np.float64]") -> "NDArray[np.bool_]":
        """Return the pairs that `values` (of the variables, whole numbers) choose, in the shape of the table."""
        import numpy as np

        marks = np.zeros(self.table.open.shape, dtype=bool)
        marks[self.pairs] = values[: len(self.pairs[0])] > 0.5
        return marks


def rows(table: Table, *, shorter: bool = True) -> Rows:
    """Return every rule of `table` as rows; `shorter` leaves out the needs that a floor counts anyway.

    >>> from raccordo_graph.assignment_problem import Demand, Problem, Quota
    >>> problem = Problem(
    ...     needs=(Demand(need=1),), laboratories=(Quota(laboratory="lia"),), scores=((0.5,),)
    ... )
    >>> found = rows(Table.of(problem))
    >>> found.matrix.toarray().tolist(), found.low.tolist(), found.high.tolist()
    ([[1.0], [1.0]], [1.0, 0.0], [1.0, 1.0])
    """
    import numpy as np
    from scipy.sparse import csc_array

    needs, laboratories = table.open.shape
    at, to = table.open.nonzero()
    links, floors = _links(table, shorter=shorter)
    size, first_floor = len(at), needs + laboratories
    first_link = first_floor + len(floors)
    where = [at, needs + to]
    which = [np.arange(size), np.arange(size)]
    what = [np.ones(size), np.ones(size)]
    for place, (floor, row) in enumerate(links):
        good = ((at == row) & (table.scores[at, to] >= table.problem.floors[floor].fit)).nonzero()[0]
        where += [np.array([first_floor + floor, first_link + place]), np.full(len(good), first_link + place)]
        which += [np.array([size + place, size + place]), good]
        what += [np.array([1.0, -1.0]), np.ones(len(good))]
    shape = (first_link + len(links), size + len(links))
    endless = np.full(len(floors) + len(links), np.inf)
    return Rows(
        table=table,
        pairs=(at, to),
        matrix=csc_array((np.concatenate(what), (np.concatenate(where), np.concatenate(which))), shape=shape),
        low=np.concatenate([table.need_least, table.laboratory_least, floors, np.zeros(len(links))]).astype(
            float
        ),
        high=np.concatenate([table.need_most, table.laboratory_most, endless]).astype(float),
    )


def _served_anyway(table: Table, floor: int, *, shorter: bool) -> "NDArray[np.bool_]":
    """Return which needs a floor counts whatever is chosen: they are fixed well, or cannot but be served well."""
    import numpy as np

    wanted = table.problem.floors[floor]
    member = np.zeros(len(table.scores), dtype=bool)
    member[[table.places[need] for need in wanted.needs]] = True
    good = table.scores >= wanted.fit
    well = (table.fixed & good).any(axis=1)
    if shorter:
        well |= (table.need_least > 0) & ~(table.open & ~good).any(axis=1)
    served: NDArray[np.bool_] = member & well
    return served


def _links(table: Table, *, shorter: bool) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the (floor, row of a need) that have to be counted, and how many of them each floor still asks for."""
    links: list[tuple[int, int]] = []
    asked = []
    for which, floor in enumerate(table.problem.floors):
        anyway = _served_anyway(table, which, shorter=shorter)
        left = max(0, floor.least - int(anyway.sum()))
        asked.append(left)
        if left:
            rows_of = sorted(table.places[need] for need in set(floor.needs))
            links += [(which, row) for row in rows_of if not anyway[row]]
    return links, asked
