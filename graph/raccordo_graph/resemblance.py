"""Words that look alike: typing errors, other forms of a word, cousins across the two languages."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy.sparse import csr_array

GRAM = 3
"""Letters in a gram."""

ALIKE = 0.5
"""Half of the grams in common; below this a likeness is chance."""


def grams(stem: str) -> frozenset[str]:
    """Return the runs of three letters of `stem`, with ``^`` before its beginning.

    The end is left open: that is where the ending was cut.

    >>> sorted(grams("pont"))
    ['^po', 'ont', 'pon']
    """
    marked = f"^{stem}"
    return frozenset(marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1)))


def resemblance(common: int, one: int, other: int) -> float:
    """Return Dice's coefficient, cubed so that half alike counts an eighth; 0 under `ALIKE`.

    ``(2 common / (one + other)) ** 3``, of the grams that two stems have in common and of those that each has.
    Source: L. R. Dice, *Measures of the amount of ecologic association between species*, 1945.

    >>> resemblance(8, 9, 11), resemblance(2, 9, 11)
    (0.5120000000000001, 0.0)
    """
    dice = 2 * common / (one + other)
    return dice**3 if dice >= ALIKE else 0.0


class Resemblance:
    """Finds, among `stems`, those that a word resembles.

    >>> Resemblance(("acquedott", "fogn", "pont")).of(["pont", "zzz"])
    [[('pont', 1.0)], []]
    """

    def __init__(self, stems: Sequence[str]) -> None:
        self._stems = stems
        self._sizes = [len(grams(stem)) for stem in stems]
        self._columns = {
            gram: column
            for column, gram in enumerate(sorted({gram for stem in stems for gram in grams(stem)}))
        }
        self._known: Any = self._incidence(stems)

    def of(self, words: Sequence[str]) -> list[list[tuple[str, float]]]:
        """Return, for each of `words` (stems), the known stems that it resembles, in alphabetical order."""
        if not words or not self._stems:
            return [[] for _ in words]
        common = (self._incidence(words) @ self._known.T).tocsr()
        common.sort_indices()
        return [
            self._alike(len(grams(word)), common.indices[start:end].tolist(), common.data[start:end].tolist())
            for word, start, end in zip(words, common.indptr[:-1], common.indptr[1:], strict=True)
        ]

    def _alike(self, size: int, columns: list[int], common: list[int]) -> list[tuple[str, float]]:
        values = [
            (self._stems[column], resemblance(shared, size, self._sizes[column]))
            for column, shared in zip(columns, common, strict=True)
        ]
        return [(stem, value) for stem, value in values if value]

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Yield each stem with every other one that it resembles."""
        for stem, found in zip(self._stems, self.of(self._stems), strict=True):
            yield from ((stem, other, value) for other, value in found if other != stem)

    def _incidence(self, words: Sequence[str]) -> "csr_array":
        """Return ones where a word (row) has a gram (column)."""
        from scipy.sparse import csr_array

        columns: list[int] = []
        ends = [0]
        for word in words:
            columns += sorted(self._columns[gram] for gram in grams(word) if gram in self._columns)
            ends.append(len(columns))
        return csr_array(([1] * len(columns), columns, ends), shape=(len(words), len(self._columns)))
