"""What laboratories answered before to needs like this one moves them a little, up or down, and never by more."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from raccordo_graph.arrays import DECIMALS
from raccordo_graph.factors import WEIGHTS, table
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.similarity import similarities
from raccordo_graph.understanding import Understanding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE_ENOUGH = 0.5
"""A similarity below this is no reason worth telling, and moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a laboratory answered to a need: it accepted it, or said that it is not its field."""

    laboratory: str
    need: int
    accepted: bool
    understanding: Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How many needs like this one a laboratory accepted, and how many it declined as not its field."""

    accepted: int = 0
    declined: int = 0


NEVER = Answered()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Feedback:
    """The factor ``feedback`` (needs x laboratories, ``nan`` where nothing was answered) and what it counted."""

    values: "NDArray[np.float64]"
    accepted: "NDArray[np.int64]"
    declined: "NDArray[np.int64]"

    def answered(self, need: int, laboratory: int) -> Answered:
        """Return what is told of a row and a column."""
        return Answered(
            accepted=int(self.accepted[need, laboratory]), declined=int(self.declined[need, laboratory])
        )


def feedback(
    index: Index,
    needs: Sequence[Understanding],
    numbers: Sequence[int | None],
    columns: slice,
    others: "NDArray[np.float64]",
) -> Feedback:
    """Return what the answers of `index` say of every need and laboratory.

    With ``x`` the sum of the similarities to the needs that a laboratory accepted, less those that it declined as not
    its field, each from `ALIKE_ENOUGH` up, the value is ``x / (1 + |x|)``: between -1 and 1, whatever was answered
    and however often, so that the contribution never passes the factor's weight. It never takes more than `others`,
    what the other factors give (needs x laboratories), and never lifts a score above 1. What was answered to the need
    itself (`numbers` names it) does not count: it is no foretelling.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> import numpy as np
    >>> index = Index.from_graph(build(VALLEY))
    >>> need = understand(index, "Asfalto rovinato")
    >>> no = Answer(laboratory="bridges", need=7, accepted=False, understanding=need)
    >>> index = index.with_answers([no])
    >>> found = feedback(index, [need], [8], slice(None), np.ones((1, 5)))
    >>> found.values.tolist(), found.answered(0, 1)  # both, bridges, slopes, space, waste
    ([[nan, -0.5, nan, nan, nan]], Answered(accepted=0, declined=1))
    """
    import numpy as np

    slugs = tuple(index.laboratories)[columns]
    places = {slug: place for place, slug in enumerate(slugs)}
    told = [answer for answer in index.answers if answer.laboratory in places]
    shape = (len(needs), len(slugs))
    sums, accepted, declined = np.zeros(shape), np.zeros(shape, dtype=int), np.zeros(shape, dtype=int)
    if told:
        alike = similarities(index, needs, [answer.understanding for answer in told])
        for which, answer in enumerate(told):
            own = np.array([number == answer.need for number in numbers])
            counts = np.where(own, 0.0, alike[:, which])
            counts[counts < ALIKE_ENOUGH] = 0.0
            column = places[answer.laboratory]
            sums[:, column] += counts if answer.accepted else -counts
            (accepted if answer.accepted else declined)[:, column] += counts > 0
    weight = WEIGHTS["feedback"]
    values = np.clip(sums / (1 + np.abs(sums)), -others / weight, (1 - others) / weight) + 0.0
    values[accepted + declined == 0] = nan
    return Feedback(values=values.round(DECIMALS), accepted=accepted, declined=declined)


def measured(
    index: Index,
    needs: Sequence[Understanding],
    places: Sequence[Place | str | None],
    numbers: Sequence[int | None],
    columns: slice,
) -> "tuple[NDArray[np.float64], Feedback]":
    """Return the values of all factors (factors x needs x laboratories) in the order of `WEIGHTS`, and the feedback.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> values, _ = measured(Index.from_graph(build(VALLEY)), [Understanding()], [None], [None], slice(None))
    >>> values.shape
    (6, 1, 5)
    """
    import numpy as np

    values = table(index, needs, places, columns)
    weights = np.array(list(WEIGHTS.values()))[: len(values)]
    others = np.tensordot(weights, np.nan_to_num(values), axes=1)
    felt = feedback(index, needs, numbers, columns, others)
    return np.concatenate([values, felt.values[None]]), felt
