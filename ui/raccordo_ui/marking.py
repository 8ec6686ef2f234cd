"""The words of a text that speak for a match, marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from raccordo_graph import Reasons
from raccordo_graph.text import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `marked` when it is one of the words."""

    text: str
    marked: bool = False


def marked(text: str, words: Iterable[str]) -> tuple[Part, ...]:
    """The text in pieces, in its order and whole; accents and capitals make no difference.

    >>> marked("Il Ponte trema", ["ponte"])
    (Part(text='Il ', marked=False), Part(text='Ponte', marked=True), Part(text=' trema', marked=False))
    """
    wanted = {fold(part) for word in words for part in _WORD.findall(word)}
    parts, end = [], 0
    for found in _WORD.finditer(text):
        if fold(found.group()) in wanted:
            parts += [Part(text[end : found.start()]), Part(found.group(), marked=True)]
            end = found.end()
    return tuple(part for part in [*parts, Part(text[end:])] if part.text)


def words_of_need(reasons: Iterable[Reasons]) -> frozenset[str]:
    """The words with which the need speaks for these matches."""
    found = list(reasons)
    shared = {word.need for one in found for word in one.shared_words}
    return frozenset(shared | {concept.need for one in found for concept in one.shared_concepts})


def words_of_laboratory(reasons: Reasons) -> frozenset[str]:
    """The words with which the laboratory's own texts answer; a concept that only its discipline suggests has none."""
    shared = {word.laboratory for word in reasons.shared_words}
    return frozenset(
        shared | {concept.laboratory for concept in reasons.shared_concepts if concept.confirmed}
    )
