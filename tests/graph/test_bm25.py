"""BM25, worked by hand."""

from __future__ import annotations

from math import log

import pytest

from raccordo_graph.bm25 import Bm25
from raccordo_graph.publications import Profile, Publication, Terms, archive
from raccordo_graph.shelf import Shelf

DOCUMENTS = (Publication(key="a", title="bridge bridge girder"), Publication(key="b", title="waste"))


def answered(text: str) -> list[float]:
    shelf = Shelf.of(archive([Profile(key="lab", publications=DOCUMENTS)]))
    found: list[float] = Bm25(shelf).of(shelf.read([Terms.of(text)]))[0].tolist()
    return found


def test_a_publication_reaches_a_share_of_what_the_text_would() -> None:
    # Usual length 2; the idf of "bridge" is in both. Said twice in 3 words against once in 1 word.
    publication = 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    text = 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / 2))
    assert answered("bridge") == pytest.approx([publication / text, 0])


def test_words_that_nobody_uses_count_against_every_publication() -> None:
    # "zeppelin" has the idf ln(1 + 2.5 / 0.5) = ln 6, "waste" ln(1 + 1.5 / 1.5) = ln 2; both are said once in 2 words.
    publication = 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / 2)) * log(2)
    assert answered("waste zeppelin") == pytest.approx([0, publication / (log(2) + log(6))])


def test_a_text_without_a_known_word_reaches_nothing() -> None:
    assert answered("zeppelin") == [0, 0]
    assert answered("") == [0, 0]
