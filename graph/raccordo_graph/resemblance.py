"""Words that look alike: typing errors, missing accents, and cousins across the two languages."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy.sparse import csr_array

GRAM = 3
"""Letters in a gram."""

ALIKE = 0.6
"""Resemblance below this is chance."""


def grams(stem: str) -> frozenset[str]:
    """Return the runs of three letters of `stem`, with ``^`` for its beginning.

    The end is left open: that is where endings were cut.

    >>> sorted(grams("pont"))
    ['^po', 'ont', 'pon']
    """
    marked = f"^{stem}"
    return frozenset(marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1)))


def resemblance(one: str, other: str) -> float:
    """Return Dice's coefficient of the grams of two stems: ``2 |A and B| / (|A| + |B|)``, 0 to 1.

    Source: L. R. Dice, *Measures of the amount of ecologic association between species*, 1945.

    >>> resemblance("monitor", "monitoragg")
    0.8
    """
    mine, yours = grams(one), grams(other)
    return 2 * len(mine & yours) / (len(mine) + len(yours))


class Likeness:
    """Finds, among known stems, those that an unknown one resembles.

    >>> Likeness(("pont", "acquedott", "fogn")).closest(["acquedot"])
    [[(1, 0.9333333333333333)]]
    """

    def __init__(self, stems: Sequence[str]) -> None:
        self._places: dict[str, int] = {}
        for stem in stems:
            for gram in sorted(grams(stem)):
                self._places.setdefault(gram, len(self._places))
        self._sizes = [len(grams(stem)) for stem in stems]
        self._known: Any = self._incidence(stems)

    def closest(self, stems: Sequence[str]) -> list[list[tuple[int, float]]]:
        """Return, for each of `stems`, the positions and resemblances of the known ones from `ALIKE` up."""
        if not stems or not self._sizes:
            return [[] for _ in stems]
        common = (self._incidence(stems) @ self._known.T).tocsr()
        common.sort_indices()
        rows = []
        for row, stem in enumerate(stems):
            size = len(grams(stem))
            span = slice(common.indptr[row], common.indptr[row + 1])
            alike = (
                (int(column), 2 * int(shared) / (size + self._sizes[column]))
                for column, shared in zip(common.indices[span], common.data[span], strict=True)
            )
            rows.append([(column, value) for column, value in alike if value >= ALIKE])
        return rows

    def _incidence(self, stems: Sequence[str]) -> "csr_array":
        from scipy.sparse import csr_array

        columns, ends = [], [0]
        for stem in stems:
            columns += sorted(self._places[gram] for gram in grams(stem) if gram in self._places)
            ends.append(len(columns))
        return csr_array(([1] * len(columns), columns, ends), shape=(len(stems), len(self._places)))


def pairs(stems: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield every pair of different stems that are alike, once, with their resemblance."""
    for row, found in enumerate(Likeness(stems).closest(stems)):
        yield from ((stems[row], stems[column], value) for column, value in found if column > row)
