"""Candidates of a plan are what the ranking says: the same score, the same band, nobody whom nothing speaks for."""

from __future__ import annotations

import pytest

from raccordo_graph import BANDS, Band, Index, rank, understand
from raccordo_graph.assignment_scores import candidates

TEXTS = (
    "Il ponte trema",
    "Il torrente esce e la strada frana",
    "Spazzatura ovunque",
    "Le stelle",
    "Nulla di noto",
)


@pytest.mark.parametrize("least", [Band.WEAK, Band.PLAUSIBLE, Band.STRONG])
def test_a_candidate_has_the_score_and_at_least_the_band_of_the_ranking(speaking: Index, least: Band) -> None:
    needs = [(number, understand(speaking, text), "097065") for number, text in enumerate(TEXTS)]
    seen = 0
    for (_, need, place), row in zip(needs, candidates(speaking, needs, least), strict=True):
        ranked = {match.laboratory: match for match in rank(speaking, need, place=place)}
        for slug, score in zip(speaking.laboratories, row, strict=True):
            match = ranked[slug]
            fits = match.band is not Band.NONE and BANDS[match.band] >= BANDS[least]
            assert (score is not None) == fits, (need, slug)
            if score is not None:
                assert score == match.score
                seen += 1
    assert seen


def test_nobody_is_a_candidate_without_a_need(speaking: Index) -> None:
    assert candidates(speaking, []) == ()
