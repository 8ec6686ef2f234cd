"""Words that look alike: typing errors, other forms of a word, cousins across the two languages."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from raccordo_graph.arrays import rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

GRAM = 3
"""Letters in a gram."""

ALIKE = 0.5
"""Half of the grams in common; below this a likeness is chance."""


@lru_cache(maxsize=1 << 15)
def grams(stem: str) -> frozenset[str]:
    """Return the runs of three letters of `stem`, with ``^`` before its beginning.

    The end is left open: that is where the ending was cut.

    >>> sorted(grams("pont"))
    ['^po', 'ont', 'pon']
    """
    marked = f"^{stem}"
    return frozenset(marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1)))


def resemblance(common: Any, one: Any, other: Any) -> Any:
    """Return Dice's coefficient cubed, so that half alike counts an eighth, and 0 under `ALIKE`.

    ``(2 common / (one + other)) ** 3``, of how many grams two stems have in common and how many each has; plain
    numbers or arrays. Source: L. R. Dice, *Measures of the amount of ecologic association between species*, 1945.

    >>> resemblance(4, 4, 4), resemblance(4, 8, 8), resemblance(3, 8, 8)
    (1.0, 0.125, 0.0)
    """
    dice = 2 * common / (one + other)
    return dice**3 * (dice >= ALIKE)


def dice(one: str, other: str) -> float:
    """Return the share of grams that two stems have in common, 0 to 1.

    >>> dice("pont", "pont"), round(dice("scav", "scan"), 2)
    (1.0, 0.67)
    """
    return 2 * len(grams(one) & grams(other)) / (len(grams(one)) + len(grams(other)))


class Resemblance:
    """Finds, among `stems` (in alphabetical order), those that a word resembles.

    >>> Resemblance(("acquedott", "fogn", "pont")).of(["pont", "zzz"])
    [[('pont', 1.0)], []]
    """

    def __init__(self, stems: Sequence[str]) -> None:
        self._stems = stems
        every = sorted({gram for stem in stems for gram in grams(stem)})
        self._columns = {gram: column for column, gram in enumerate(every)}
        known = self._incidence(stems)
        self._known = known.T.tocsr()
        self._sizes, self._begun = known.sum(axis=1), _initials(stems)

    def of(self, words: Sequence[str]) -> list[list[tuple[str, float]]]:
        """Return, for each of `words` (stems), the known stems that it resembles, in alphabetical order.

        Both begin with the same letter: whoever errs rarely errs there, and "ispezioni" are no "sezione".
        """
        import numpy as np

        found: list[list[tuple[str, float]]] = [[] for _ in words]
        if not words or not self._stems:
            return found
        sizes = np.array([len(grams(word)) for word in words])
        common = (self._incidence(words) @ self._known).tocoo()
        values = resemblance(common.data, sizes[common.row], self._sizes[common.col])
        values = values * (_initials(words)[common.row] == self._begun[common.col])
        kept = np.flatnonzero(values)
        kept = kept[np.lexsort((common.col[kept], common.row[kept]))]
        for row, column, value in zip(common.row[kept], common.col[kept], values[kept].tolist(), strict=True):
            found[row].append((self._stems[column], value))
        return found

    @cached_property
    def pairs(self) -> tuple[tuple[str, str, float], ...]:
        """Each stem with every other one that it resembles."""
        return tuple(
            (stem, other, value)
            for stem, found in zip(self._stems, self.of(self._stems), strict=True)
            for other, value in found
            if other != stem
        )

    def _incidence(self, words: Sequence[str]) -> "csr_array":
        """Return ones where a word (row) has a gram (column)."""
        held = [
            sorted(self._columns[gram] for gram in grams(word) if gram in self._columns) for word in words
        ]
        return rows([[(column, 1.0) for column in row] for row in held], len(self._columns))


@lru_cache(maxsize=8)
def among(stems: tuple[str, ...]) -> Resemblance:
    """Return the resemblance among `stems`; kept, because an index is built again with most of its words the same."""
    return Resemblance(stems)


def _initials(stems: Sequence[str]) -> "NDArray[np.int64]":
    import numpy as np

    return np.array([ord(stem[0]) if stem else 0 for stem in stems], dtype=np.int64)
