"""Chains of exchanges: a need takes a better laboratory, whose need moves on, until somebody finds a free place."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.assignment_check import served_by
from raccordo_graph.assignment_table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 6  # needs that move so that one is helped
TRIES = 8  # chains that are tried for one need
STEPS = 6  # chains by which one need is helped
LITTLE = 1e-6  # the least help that is worth a chain


@dataclass(frozen=True, slots=True)
class Move:
    """The need of this row gives up one laboratory (or none) and takes another (or none)."""

    row: int
    leaves: int | None
    takes: int | None


Chain = tuple[Move, ...]


class Exchange:
    """A plan that changes by chains. No need that reaches the goal falls below it; the rules and the allowance hold.

    `loss[b, c]` is the least fit that is lost when some need (`mover[b, c]`) goes from laboratory b to c.
    """

    def __init__(
        self, table: Table, chosen: "NDArray[np.bool_]", allowance: float, goal: float = 0.0
    ) -> None:
        import numpy as np

        self.table, self.goal, self.allowance = table, goal, allowance
        self.chosen = chosen.copy()
        self.counted = table.counted
        self.served = (table.scores * (chosen | table.fixed)).sum(axis=1)
        self.load = chosen.sum(axis=0)
        self.size = chosen.sum(axis=1)
        shape = (chosen.shape[1], chosen.shape[1])
        self.loss = np.full(shape, np.inf)
        self.mover = np.zeros(shape, dtype=int)

    @property
    def worst(self) -> float:
        """The least sum of scores of a need that counts; 0 when there is none."""
        return float(self.served[self.counted].min()) if self.counted.any() else 0.0

    def towards(self, goal: float) -> "Exchange":
        """Return a copy that raises the needs below `goal`."""
        copy = Exchange(self.table, self.chosen, self.allowance, goal)
        for laboratory in range(len(copy.load)):
            copy._price(laboratory)
        return copy

    def below(self) -> list[int]:
        """Return the rows of the needs that do not reach the goal, the worst first."""
        rows = (self.counted & (self.served < self.goal)).nonzero()[0]
        return sorted(rows.tolist(), key=lambda row: (self.served[row], row))

    def help(self, row: int) -> bool:
        """Bring one need to the goal, at once by the chain that costs least or step by step; False when it stays below."""
        for _ in range(STEPS):
            if self.served[row] >= self.goal:
                return True
            if not (self._take(self._chains(row, self.goal)) or self._take(self._steps(row))):
                return False
        return bool(self.served[row] >= self.goal)

    def _take(self, chains: "list[tuple[float, Chain]]") -> bool:
        """Carry out the first of the best chains that holds."""
        for _, chain in sorted(chains, key=lambda found: found[0])[:TRIES]:
            if self._holds(chain):
                self._apply(chain)
                return True
        return False

    def _steps(self, row: int) -> "list[tuple[float, Chain]]":
        """Return the chains that help a need a little, those that help it most first."""
        scores = self.table.scores[row]
        found = self._chains(row, self.served[row] + LITTLE)
        return [
            (float(_score(scores, chain[0].leaves) - _score(scores, chain[0].takes)), chain)
            for _, chain in found
        ]

    def _chains(self, row: int, least: float) -> "list[tuple[float, Chain]]":
        """Return the chains after which a need has `least` or more, each with what it costs of the total."""
        held = self.chosen[row].nonzero()[0].tolist()
        more: list[int | None] = [None] if self.size[row] < self.table.need_most[row] else []
        return [found for leaves in [*more, *held] for found in self._from(row, leaves, least)]

    def _from(self, row: int, leaves: int | None, least: float) -> "list[tuple[float, Chain]]":
        import numpy as np

        scores = self.table.scores[row]
        own = _score(scores, leaves)
        enough = self.served[row] - own + scores >= least
        reach = np.where(self.table.open[row] & ~self.chosen[row] & enough, own - scores, np.inf)
        room = self.load < self.table.laboratory_most
        if leaves is not None:
            if self.load[leaves] <= self.table.laboratory_least[leaves]:
                room = np.zeros_like(room)  # the place that is left has to be taken again
            room[leaves] = True
        before: list[NDArray[np.intp]] = []
        found = []
        for _ in range(LONGEST):
            ends = (room & np.isfinite(reach)).nonzero()[0]
            found += [(float(reach[end]), self._chain(row, leaves, int(end), before)) for end in ends]
            steps = reach[:, None] + self.loss
            before.append(steps.argmin(axis=0))
            reach = steps.min(axis=0)
        return found

    def _chain(self, row: int, leaves: int | None, end: int, before: "list[NDArray[np.intp]]") -> Chain:
        moves = []
        for step in reversed(before):
            start = int(step[end])
            moves.append(Move(int(self.mover[start, end]), start, end))
            end = start
        return (Move(row, leaves, end), *reversed(moves))

    def _holds(self, chain: Chain) -> bool:
        """Whether a chain moves each need once and keeps the floors and the allowance."""
        scores = self.table.scores
        lost = sum(
            _score(scores[move.row], move.leaves) - _score(scores[move.row], move.takes) for move in chain
        )
        rows = {move.row for move in chain}
        return len(rows) == len(chain) and lost <= self.allowance and self._keeps_floors(chain)

    def _keeps_floors(self, chain: Chain) -> bool:
        if not self.table.problem.floors:
            return True
        after = self.chosen.copy()
        _carry_out(after, chain)
        chosen = {(line.need, line.laboratory): line.score for line in self.table.lines(after)}
        return all(len(served_by(floor, chosen)) >= floor.least for floor in self.table.problem.floors)

    def _apply(self, chain: Chain) -> None:
        touched = {move.row for move in chain}
        priced = {int(one) for row in touched for one in self.chosen[row].nonzero()[0]}
        before = float(self.served[sorted(touched)].sum())
        _carry_out(self.chosen, chain)
        for row in sorted(touched):
            kept = self.chosen[row] | self.table.fixed[row]
            self.served[row] = (self.table.scores[row] * kept).sum()
            self.size[row] = self.chosen[row].sum()
            priced |= {int(one) for one in self.chosen[row].nonzero()[0]}
        self.allowance += float(self.served[sorted(touched)].sum()) - before
        self.load = self.chosen.sum(axis=0)
        for laboratory in sorted(priced):
            self._price(laboratory)

    def _price(self, laboratory: int) -> None:
        """Find who would leave `laboratory` for each other one at the least loss, without falling below the goal."""
        import numpy as np

        holders = self.chosen[:, laboratory].nonzero()[0]
        if not len(holders):
            self.loss[laboratory] = np.inf
            return
        lost = self.table.scores[holders, laboratory][:, None] - self.table.scores[holders]
        served = self.served[holders][:, None]
        fair = (served - lost >= self.goal) | (lost <= 0) | ~self.counted[holders][:, None]
        free = self.table.open[holders] & ~self.chosen[holders]
        lost = np.where(fair & free, lost, np.inf)
        best = lost.argmin(axis=0)
        self.loss[laboratory] = lost[best, np.arange(lost.shape[1])]
        self.mover[laboratory] = holders[best]


def _score(scores: "NDArray[np.float64]", laboratory: int | None) -> float:
    return 0.0 if laboratory is None else float(scores[laboratory])


def _carry_out(chosen: "NDArray[np.bool_]", chain: Chain) -> None:
    for move in chain:
        if move.leaves is not None:
            chosen[move.row, move.leaves] = False
        if move.takes is not None:
            chosen[move.row, move.takes] = True
