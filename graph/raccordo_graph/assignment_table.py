"""A problem of assignment as arrays: who may meet, who must, and the limits that are left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.assignment_problem import Assigned, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """Arrays over `problem`: rows are needs, columns are laboratories, in its order.

    `scores` is 0 where two are no candidates; `open` marks the pairs that a plan may choose and `fixed` those that a
    person chose. The limits count what is left after the fixed ones: a `least` is never negative, and a negative `most`
    says that too many are fixed.
    """

    problem: Problem
    scores: "NDArray[np.float64]"
    open: "NDArray[np.bool_]"
    fixed: "NDArray[np.bool_]"
    need_least: "NDArray[np.int64]"
    need_most: "NDArray[np.int64]"
    laboratory_least: "NDArray[np.int64]"
    laboratory_most: "NDArray[np.int64]"
    places: dict[int, int]

    @classmethod
    def of(cls, problem: Problem) -> "Table":
        """Export `problem`.

        >>> from raccordo_graph.assignment_problem import Demand, Quota
        >>> problem = Problem(
        ...     needs=(Demand(need=1),),
        ...     laboratories=(Quota(laboratory="a"), Quota(laboratory="b")),
        ...     scores=((0.5, None),),
        ... )
        >>> Table.of(problem).open.tolist()
        [[True, False]]
        """
        import numpy as np

        shape = (len(problem.needs), len(problem.laboratories))
        known = np.array(problem.scores, dtype=float).reshape(shape)  # None becomes not a number
        rows = {demand.need: row for row, demand in enumerate(problem.needs)}
        columns = {quota.laboratory: column for column, quota in enumerate(problem.laboratories)}

        def marked(pairs: frozenset[tuple[int, str]]) -> "NDArray[np.bool_]":
            marks = np.zeros(shape, dtype=bool)
            for need, laboratory in pairs:
                marks[rows[need], columns[laboratory]] = True
            return marks

        fixed = marked(problem.together)
        closed = fixed | marked(problem.conflicts) | marked(problem.apart)
        by_need, by_laboratory = fixed.sum(axis=1), fixed.sum(axis=0)
        return cls(
            problem=problem,
            scores=np.nan_to_num(known),
            open=~np.isnan(known) & ~closed,
            fixed=fixed,
            need_least=np.maximum(np.array([one.least for one in problem.needs], dtype=int) - by_need, 0),
            need_most=np.array([one.most for one in problem.needs], dtype=int) - by_need,
            laboratory_least=np.maximum(
                np.array([one.least for one in problem.laboratories], dtype=int) - by_laboratory, 0
            ),
            laboratory_most=np.array([one.most for one in problem.laboratories], dtype=int) - by_laboratory,
            places=rows,
        )

    @property
    def counted(self) -> "NDArray[np.bool_]":
        """The rows of the needs whose worst counts: those that have to be served, or all when none has to be."""
        import numpy as np

        least = np.array([demand.least for demand in self.problem.needs], dtype=int)
        return least > 0 if (least > 0).any() else np.ones(len(least), dtype=bool)

    def lines(self, chosen: "NDArray[np.bool_]") -> tuple[Assigned, ...]:
        """Return the lines of a plan that chooses `chosen` beside what is fixed."""
        needs, laboratories = self.problem.needs, self.problem.laboratories
        return tuple(
            Assigned(
                need=needs[row].need,
                laboratory=laboratories[column].laboratory,
                score=float(self.scores[row, column]),
                by_hand=bool(self.fixed[row, column]),
            )
            for row, column in zip(*(chosen | self.fixed).nonzero(), strict=True)
        )
