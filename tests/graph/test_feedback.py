"""What a laboratory answered before moves it, visibly and never by more than the factor's weight."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raccordo_graph import WEIGHTS, Answer, Answered, Index, Match, rank, rank_needs, understand

TEXTS = ("Il ponte trema", "Asfalto rovinato", "Spazzatura ovunque", "La frana scende", "Le stelle")
ANSWER = st.tuples(
    st.sampled_from(("both", "bridges", "slopes", "waste")), st.sampled_from(TEXTS), st.booleans()
)


def answered(index: Index, *answers: tuple[str, str, bool]) -> Index:
    return index.with_answers(
        Answer(laboratory=slug, need=number, accepted=accepted, understanding=understand(index, text))
        for number, (slug, text, accepted) in enumerate(answers, start=100)
    )


def found(index: Index, text: str, slug: str, number: int | None = None) -> Match:
    return next(one for one in rank(index, understand(index, text), number=number) if one.laboratory == slug)


def test_a_decline_lowers_and_an_acceptance_lifts_needs_like_it(index: Index) -> None:
    before = found(index, "Asfalto rovinato", "bridges").score
    assert found(
        answered(index, ("bridges", "Asfalto rovinato", False)), "Asfalto rovinato", "bridges"
    ).score == (pytest.approx(before - 0.05 / 2))  # one identical need: x = -1, value -1/2
    assert found(
        answered(index, ("bridges", "Asfalto rovinato", True)), "Asfalto rovinato", "bridges"
    ).score == (pytest.approx(before + 0.05 / 2))


def test_it_moves_nobody_else_and_no_other_need(index: Index) -> None:
    after = answered(index, ("bridges", "Asfalto rovinato", False))
    assert found(after, "Asfalto rovinato", "both") == found(index, "Asfalto rovinato", "both")
    assert found(after, "Spazzatura ovunque", "bridges") == found(index, "Spazzatura ovunque", "bridges")


def test_the_answer_to_the_need_itself_foretells_nothing(index: Index) -> None:
    after = answered(index, ("bridges", "Asfalto rovinato", False))
    assert found(after, "Asfalto rovinato", "bridges", number=100) == found(
        index, "Asfalto rovinato", "bridges"
    )


def test_the_sentence_says_it_and_the_reasons_count_it(index: Index) -> None:
    after = answered(index, *[("bridges", "Asfalto rovinato", False)] * 2, ("bridges", "Asfalto", True))
    match = found(after, "Asfalto rovinato", "bridges")
    assert match.reasons.answered == Answered(accepted=1, declined=2)
    assert "ha rifiutato 2 bisogni simili: non è il suo campo" in match.reasons.sentence_it
    assert "it accepted a need like this one" in match.reasons.sentence_en


def test_who_answered_nothing_alike_has_an_unknown_factor(index: Index) -> None:
    factor = found(answered(index, ("waste", "Le stelle", False)), "Asfalto rovinato", "waste").factors[-1]
    assert (factor.name, factor.value, factor.known) == ("feedback", 0, False)


def test_an_unknown_laboratory_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="unknown laboratory 'nobody'"):
        answered(index, ("nobody", "Asfalto", True))


@settings(deadline=None)
@given(st.lists(ANSWER, max_size=30), st.sampled_from(TEXTS))
def test_however_much_was_answered_nobody_moves_by_more_than_the_weight(
    index: Index, answers: list[tuple[str, str, bool]], text: str
) -> None:
    before = {one.laboratory: one.score for one in rank(index, understand(index, text))}
    for one in rank(answered(index, *answers), understand(index, text)):
        assert 0 <= one.score <= 1
        assert abs(one.score - before[one.laboratory]) <= WEIGHTS["feedback"] + 1e-9
        assert sum(factor.contribution for factor in one.factors) == pytest.approx(one.score, abs=1e-9)


def test_both_sides_read_the_same_score(index: Index) -> None:
    after = answered(index, ("bridges", "Asfalto rovinato", False), ("bridges", "Il ponte", True))
    needs = {number: (understand(index, text), None) for number, text in enumerate(TEXTS, start=100)}
    for match in rank_needs(after, "bridges", needs):
        text = TEXTS[match.need - 100]
        assert found(after, text, "bridges", number=match.need).score == match.score


def test_what_resembles_too_little_moves_nothing(index: Index) -> None:
    after = answered(index, ("bridges", "Asfalto rovinato e le stelle", False))
    little, enough = "Le stelle", "Asfalto rovinato e spazzatura"  # they resemble it by 0.495 and 0.506
    assert found(after, little, "bridges") == found(index, little, "bridges")
    assert found(after, enough, "bridges").score < found(index, enough, "bridges").score
