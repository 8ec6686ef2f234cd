"""How rarely chance comes as close: measures on scales of their own made comparable, and combined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, slots=True)
class Chance:
    """The share of strangers that reach a value: `shares` at `values`, both in order, a straight line in between."""

    values: "NDArray[np.float64]"
    shares: "NDArray[np.float64]"

    @classmethod
    def of(cls, strangers: "NDArray[np.float64]") -> "Chance":
        """Learn from the values of strangers, of which there may be none.

        >>> import numpy as np
        >>> chance = Chance.of(np.array([0.0, 0.0, 0.4]))
        >>> chance.shares_at(np.array([-0.1, 0.0, 0.2, 0.4, 0.8])).tolist()
        [1.0, 1.0, 0.75, 0.5, 0.25]
        """
        import numpy as np

        ordered = np.sort(strangers)
        values = np.unique(ordered)
        count = len(ordered)
        if not count or values[-1] <= 0:
            return cls(np.array([0.0, 1.0]), np.array([1.0, 1 / (count + 2)]))
        reaching = count - np.searchsorted(ordered, values, side="left")
        return cls(values, np.minimum(1.0, (1 + reaching) / (count + 1)))

    def shares_at(self, values: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return the share that reaches each of `values`; above all strangers it falls as ``best / value``.

        So a greater value always has a smaller share, and no share is 0.
        """
        import numpy as np

        best = self.values[-1]
        beyond = np.maximum(values, best) / best
        shares: NDArray[np.float64] = np.interp(values, self.values, self.shares) / beyond
        return shares


def combined(shares: "Sequence[NDArray[np.float64]]") -> "NDArray[np.float64]":
    """Return 1 less the geometric mean of `shares`: Fisher's combination of chances, between 0 and 1.

    Source: R. A. Fisher, *Statistical methods for research workers*, 1932, section 21.1.

    >>> import numpy as np
    >>> combined([np.array([0.01]), np.array([0.04])]).round(2).tolist()
    [0.98]
    """
    import numpy as np

    found: NDArray[np.float64] = 1 - np.exp(np.mean(np.log(shares), axis=0))
    return found
