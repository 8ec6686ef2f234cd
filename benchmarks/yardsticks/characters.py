"""The scorer without any knowledge that stands beside ours: runs of characters, weighed by how rare they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from raccordo_graph.text import fold

SHORTEST, LONGEST = 3, 5  # characters of a run, which never leaves its word


class Characters:
    """Texts by key, compared with another text by the cosine of the TF-IDF of their runs of characters."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {key: _runs(text) for key, text in texts.items()}
        holders = Counter(run for found in counts.values() for run in found)
        self._idf = {run: 1 + log((1 + len(texts)) / (1 + held)) for run, held in holders.items()}
        self._texts = {key: self._weighed(found) for key, found in counts.items()}

    def likeness(self, text: str) -> dict[str, float]:
        """The cosine of `text` with every known text."""
        asked = self._weighed(_runs(text))
        return {key: _product(asked, known) for key, known in self._texts.items()}

    def order(self, text: str) -> list[str]:
        """The keys, most alike first, equals in the alphabet's order."""
        found = self.likeness(text)
        return sorted(found, key=lambda key: (-found[key], key))

    def alike(self, one: str, other: str) -> float:
        """The cosine of two texts, by the rarity of runs among the known ones."""
        return _product(self._weighed(_runs(one)), self._weighed(_runs(other)))

    def _weighed(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {run: count * self._idf[run] for run, count in counts.items() if run in self._idf}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {run: weight / length for run, weight in weights.items()}


def hindsight(values: Iterable[tuple[float, bool]]) -> float:
    """The threshold from which a value means yes that is right most often, each kind of case counting the same.

    Chosen on the very cases that it then judges: a baseline that has it is flattered.
    """
    known = sorted(values)
    whole = Counter(truth for _, truth in known)

    def right(least: float) -> float:
        return sum(1 / whole[truth] for value, truth in known if (value >= least) == truth)

    return max((value for value, _ in known), key=right)


def _runs(text: str) -> Counter[str]:
    words = ("".join(char if char.isalnum() else " " for char in fold(text))).split()
    return Counter(
        f" {word} "[start : start + size]
        for word in words
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(word) + 3 - size)
    )


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(run, 0.0) for run, weight in one.items())
