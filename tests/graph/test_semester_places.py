"""A need that says from when is measured against the places of that semester, by every way of asking the same score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from raccordo_graph import Index, Understanding, Wanted, helps, rank, rank_needs, understand
from raccordo_graph.assignment_scores import candidates

AUTUMN = "2027-2"
THESIS = Wanted(kind="INTERNSHIP", semester=AUTUMN)
STUDY = Wanted(kind="STUDY", semester=AUTUMN)


@pytest.fixture
def full(index: Index) -> Index:
    """Two laboratories of bridges: one has places for theses in autumn, the other one at any time."""
    return index.with_free_places({"both": 2, "bridges": 0}, {"bridges": {THESIS: 2, STUDY: 0}})


def capacity(index: Index, need: Understanding, slug: str) -> tuple[float, bool]:
    factor = next(one for one in rank(index, need) if one.laboratory == slug).factors[4]
    return factor.value, factor.known


def bridge(index: Index, wanted: Wanted) -> Understanding:
    return replace(understand(index, "Il ponte trema"), wanted=wanted)


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (THESIS, 0.5),
        (STUDY, 0),
        (Wanted(semester=AUTUMN), 0.5),
        (Wanted(kind="COURSE", semester=AUTUMN), 0),
        (replace(THESIS, semester="2027-1"), 0),
        (Wanted(kind="INTERNSHIP"), 0),
    ],
    ids=["its kind", "a full kind", "any kind", "an unstated kind", "an unstated semester", "no semester"],
)
def test_places_are_those_of_the_semester_and_the_kind(full: Index, wanted: Wanted, value: float) -> None:
    assert capacity(full, bridge(full, wanted), "bridges") == (value, True)
    assert capacity(full, bridge(full, wanted), "both") == (0.5, True)  # which stated none: as at any time


def test_the_score_is_the_same_from_every_side(full: Index) -> None:
    needs = {1: bridge(full, THESIS), 2: bridge(full, STUDY), 3: bridge(full, Wanted())}
    rows = candidates(full, [(number, need, None) for number, need in needs.items()])
    column = full.laboratories["bridges"]
    ranked = {
        one.need: one for one in rank_needs(full, "bridges", {n: (need, None) for n, need in needs.items()})
    }
    for row, (number, need) in zip(rows, needs.items(), strict=True):
        match = next(one for one in rank(full, need, number=number) if one.laboratory == "bridges")
        assert match.score == ranked[number].score == row[column]
        assert match.reasons == ranked[number].reasons
    assert ranked[1].score - ranked[2].score == pytest.approx(0.025)


def test_the_reason_says_semester_kind_and_places(full: Index) -> None:
    said = {
        wanted: next(one.reasons for one in rank(full, bridge(full, wanted)) if one.laboratory == "bridges")
        for wanted in (THESIS, STUDY, Wanted())
    }
    assert "nel secondo semestre 2027 ha 2 posti liberi per tirocinio o tesi" in said[THESIS].sentence_it
    assert "in the second semester of 2027 it has no free places for a study" in said[STUDY].sentence_en
    assert (said[THESIS].free_places, said[THESIS].places_for) == (2, THESIS)
    assert (said[Wanted()].free_places, said[Wanted()].places_for) == (0, None)
    assert "semestre" not in said[Wanted()].sentence_it


def test_what_naming_a_semester_would_change_is_true_when_it_is_named(index: Index) -> None:
    crowded = index.with_free_places(
        dict.fromkeys(index.laboratories, 50) | {"space": 0}, {"space": {STUDY: 90}}
    )
    nothing = understand(crowded, "")  # nobody has anything in common: places alone decide
    [found] = helps(crowded, lambda _: nothing, semesters=("2027-1", AUTUMN))
    then = replace(nothing, wanted=Wanted(semester=AUTUMN))
    after = {one.laboratory: one.position for one in rank(crowded, then)}
    before = {one.laboratory: one.position for one in rank(crowded, nothing)}
    assert (found.semester, found.theme, found.laboratory) == (AUTUMN, "", "space")
    assert (found.before, found.after) == (before["space"], after["space"]) == (5, 1)
    assert helps(crowded, lambda _: then, semesters=(AUTUMN,)) == ()


def test_an_unknown_laboratory_has_no_places(index: Index) -> None:
    with pytest.raises(ValueError, match="nessuno"):
        index.with_free_places({}, {"nessuno": {STUDY: 1}})
