"""Profiles, publications and terms as a graph, and texts read in its terms."""

from __future__ import annotations

from math import log, sqrt

import pytest

from raccordo_graph.publications import Profile, Publication, Terms, archive
from raccordo_graph.shelf import Shelf

BRIDGES = Publication(key="b", title="Bridges", text="bridges and waste")
WASTE = Publication(key="w", title="Waste")


def test_an_edge_weighs_tf_idf_of_length_one() -> None:
    graph = archive([Profile(key="lab", publications=(BRIDGES, WASTE))])
    # Of two publications one says "bridge", twice, and both say "waste".
    bridge, waste = log(3) * (1 + log(3 / 2)), log(2) * 1
    edge = graph.edges[("publication", "b"), ("term", "bridg")]
    assert edge["weight"] == pytest.approx(bridge / sqrt(bridge**2 + waste**2))
    assert (edge["count"], edge["written"]) == (2, "Bridges")


def test_co_authors_share_one_publication() -> None:
    graph = archive(
        [Profile(key="one", publications=(BRIDGES,)), Profile(key="two", publications=(BRIDGES, WASTE))]
    )
    assert Shelf.of(graph).owned.toarray().tolist() == [[1, 1], [0, 1]]


def test_two_texts_under_one_key_are_refused() -> None:
    other = Publication(key="b", title="Something else")
    with pytest.raises(ValueError, match="two publications have the key 'b'"):
        archive([Profile(key="lab", publications=(BRIDGES, other))])


def test_what_says_nothing_is_left_out() -> None:
    graph = archive(
        [
            Profile(key="lab", publications=(Publication(key="x", title="Of the"),)),
            Profile(key="none", publications=()),
        ]
    )
    assert list(graph) == []


def test_words_that_nobody_uses_take_their_part_of_the_length() -> None:
    shelf = Shelf.of(archive([Profile(key="lab", publications=(WASTE,))]))
    asked = shelf.read([Terms.of("waste and zeppelins")])
    # Of one publication, one says "waste" (idf 1) and none "zeppelin" (idf 1 + ln 2).
    assert asked.weights.toarray()[0, 0] == pytest.approx(1 / sqrt(1 + (1 + log(2)) ** 2))
    assert asked.strangers == ((1,),)
