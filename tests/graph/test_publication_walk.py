"""The walk over publications: by hand, then against networkx, and what its exponent is for."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from raccordo_graph.publication_walk import ALPHA, EXPONENT, reach, start, walkable, walked
from raccordo_graph.publications import Profile, Publication, Terms, archive
from raccordo_graph.shelf import Shelf

WORDS = ["bridge", "girder", "truss", "waste", "plastic", "river", "flood", "slope", "sensor", "school"]


def published(**titles: str) -> list[Profile]:
    """Profiles whose publications are separated by semicolons."""
    return [
        Profile(
            key=key,
            publications=tuple(
                Publication(key=f"{key}{number}", title=title)
                for number, title in enumerate(listed.split(";"))
            ),
        )
        for key, listed in titles.items()
    ]


def test_one_word_one_publication_one_profile() -> None:
    # With x for the chance of being at each: term = 1 - ALPHA + ALPHA publication / 2, publication = ALPHA (term +
    # profile), profile = ALPHA publication / 2; hence publication = ALPHA / (1 + ALPHA).
    shelf = Shelf.of(archive(published(lab="bridge")))
    assert reach(shelf).tolist() == [[pytest.approx(ALPHA / (1 + ALPHA) * ALPHA / 2)]]


@pytest.mark.parametrize("exponent", [0, EXPONENT, 1.5])
def test_it_agrees_with_networkx(exponent: float) -> None:
    chance = Random(7)  # noqa: S311  # not for secrets: the same archive every time
    titles = {
        f"p{number}": ";".join(" ".join(chance.choices(WORDS, k=4)) for _ in range(number))
        for number in range(1, 7)
    }
    graph = archive(published(**titles))
    shelf = Shelf.of(graph)
    asked = shelf.read([Terms.of("river bridge bridge")])
    oracle = nx.pagerank(
        walkable(graph, exponent),
        alpha=ALPHA,
        personalization=start(shelf, asked, 0),
        tol=1e-14,
        max_iter=2000,
    )
    found = walked(asked, reach(shelf, exponent))[0]
    assert found.tolist() == pytest.approx([oracle["profile", key] for key in shelf.profiles], abs=1e-9)


def test_the_exponent_prefers_who_fits_to_who_is_central() -> None:
    # Both have two publications on bridges; one of them has eight more, on all other things.
    others = ";".join(f"{one} {other}" for one, other in zip(WORDS[2:], WORDS[3:] + WORDS[2:3], strict=True))
    titles = {"central": f"bridge truss;bridge waste;{others}", "fits": "bridge girder;bridge girder sensor"}
    shelf = Shelf.of(archive(published(**titles)))
    asked = shelf.read([Terms.of("bridge")])
    (without,), (with_it,) = (walked(asked, reach(shelf, exponent)) for exponent in (0.0, EXPONENT))
    assert without[0] > without[1]
    assert with_it[0] < with_it[1]


def test_words_that_nobody_uses_lead_nowhere() -> None:
    shelf = Shelf.of(archive(published(lab="bridge")))
    whole, half, none = walked(
        shelf.read([Terms.of("bridge"), Terms.of("bridge zeppelin"), Terms.of("zeppelin")]), reach(shelf)
    )
    assert whole[0] > half[0] > none[0] == 0
