"""Latent semantic indexing where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from raccordo_graph.lsi import Lsi
from raccordo_graph.publications import Profile, Publication, Terms, archive
from raccordo_graph.shelf import Shelf

TITLES = {"a": "bridge girder", "b": "truss girder", "c": "bridge truss waste"}


def shelf(*keys: str) -> Shelf:
    publications = tuple(Publication(key=key, title=TITLES[key]) for key in keys)
    return Shelf.of(archive([Profile(key="lab", publications=publications)]))


def test_in_one_direction_a_word_speaks_for_its_neighbours_neighbour() -> None:
    # Bridge and truss are mirror images around the girder: the main direction is the sum of both publications.
    known = shelf("a", "b")
    found = Lsi(known, dimensions=1).of(known.read([Terms.of("bridge")]))
    assert found.tolist() == [pytest.approx([1, 1])]


def test_in_all_directions_nothing_is_lost() -> None:
    known = shelf("a", "b", "c")
    plain = (known.weights @ known.weights.T).toarray()
    assert np.allclose(Lsi(known, dimensions=3).of(known.own()), plain)


def test_copies_add_no_direction() -> None:
    twice = tuple(Publication(key=key, title="bridge girder") for key in "ab")
    known = Shelf.of(archive([Profile(key="lab", publications=twice)]))
    assert Lsi(known).of(known.read([Terms.of("girder")])).tolist() == [pytest.approx([1, 1])]
