"""Profiles, documents and terms as a graph, and texts read in its terms."""

from __future__ import annotations

from math import log, sqrt

import pytest

from raccordo_graph.publications import Document, Profile, Terms, archive
from raccordo_graph.shelf import Shelf

BRIDGES = Document(key="b", title="Bridges", text="bridges and waste")
WASTE = Document(key="w", title="Waste")


def test_an_edge_weighs_tf_idf_of_length_one() -> None:
    graph = archive([Profile(key="lab", documents=(BRIDGES, WASTE))])
    # Of two documents one says "bridge", twice, and both say "waste".
    bridge, waste = log(3) * (1 + log(3 / 2)), log(2) * 1
    edge = graph.edges[("document", "b"), ("term", "bridg")]
    assert edge["weight"] == pytest.approx(bridge / sqrt(bridge**2 + waste**2))
    assert (edge["count"], edge["written"]) == (2, "Bridges")


def test_co_authors_share_one_document() -> None:
    graph = archive(
        [Profile(key="one", documents=(BRIDGES,)), Profile(key="two", documents=(BRIDGES, WASTE))]
    )
    assert Shelf.of(graph).owned.toarray().tolist() == [[1, 1], [0, 1]]


def test_two_texts_under_one_key_are_refused() -> None:
    other = Document(key="b", title="Something else")
    with pytest.raises(ValueError, match="two documents have the key 'b'"):
        archive([Profile(key="lab", documents=(BRIDGES, other))])


def test_what_says_nothing_is_left_out() -> None:
    graph = archive(
        [
            Profile(key="lab", documents=(Document(key="x", title="Of the"),)),
            Profile(key="none", documents=()),
        ]
    )
    assert list(graph) == []


def test_words_that_nobody_uses_take_their_part_of_the_length() -> None:
    shelf = Shelf.of(archive([Profile(key="lab", documents=(WASTE,))]))
    asked = shelf.read([Terms.of("waste and zeppelins")])
    # Of one document, one says "waste" (idf 1) and none "zeppelin" (idf 1 + ln 2).
    assert asked.weights.toarray()[0, 0] == pytest.approx(1 / sqrt(1 + (1 + log(2)) ** 2))
    assert asked.strangers == ((1,),)
