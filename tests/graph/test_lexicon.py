"""The lexicon in small: what a form lends its words, and what a text says."""

from __future__ import annotations

from math import log, log2

import pytest

from raccordo_graph import Concept, Facts, Term
from raccordo_graph.lexicon import Lexicon
from raccordo_graph.vocabulary import Field

PONTI = Concept(slug="ponti", label_it="Ponti", label_en="Bridges")
BALLI = Concept(slug="balli", label_it="Balli", label_en="Dances")


def lexicon(*terms: Term) -> Lexicon:
    return Lexicon.of(Facts(concepts=(PONTI, BALLI), terms=terms))


def test_each_word_of_a_phrase_is_lent_its_part() -> None:
    found = lexicon(Term(term="il ponte balla", concepts=("ponti",))).meanings
    assert list(found) == ["ball", "pont"]
    assert [meaning.weight for (meaning,) in found.values()] == pytest.approx([0.5 * log(1 + 2 / 0.5)] * 2)


def test_the_shortest_form_counts_and_is_remembered() -> None:
    found = lexicon(Term(term="il ponte balla", variants=("ponti",), concepts=("ponti",))).meanings
    assert found["pont"][0].weight == pytest.approx(log(3))
    assert found["pont"][0].written == "ponti"


def test_a_word_that_may_mean_two_things_says_less_of_each() -> None:
    one = lexicon(Term(term="passo", concepts=("ponti",))).meanings["pass"]
    two = lexicon(Term(term="passo", concepts=("ponti", "balli"))).meanings["pass"]
    assert [meaning.concept for meaning in two] == ["balli", "ponti"]
    assert one[0].weight == pytest.approx(log(3))
    assert two[0].weight == pytest.approx(log(2))


def test_a_word_said_three_times_counts_twice_and_not_thrice() -> None:
    words = lexicon(Term(term="ponte", concepts=("ponti",)))
    heard = words.heard_in([Field("Ponte, ponti, ponte", "it", 1.0)])["ponti"]
    assert heard.loudness == pytest.approx(log2(4) * log(3))
    assert heard.written == "Ponte"


def test_a_form_of_stop_words_alone_is_left_out() -> None:
    assert lexicon(Term(term="di che non", concepts=("ponti",))).meanings == {}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"concepts": (PONTI, PONTI)}, "ponti"),
        ({"terms": (Term(term="ponte"), Term(term="ponte"))}, "ponte"),
        ({"terms": (Term(term="ponte", concepts=("archi",)),)}, "archi"),
        ({"concepts": (Concept(slug="x", label_it="", label_en="", themes=("nessuno",)),)}, "nessuno"),
        ({"concepts": (Concept(slug="x", label_it="", label_en="", functions=("z",)),)}, "'z'"),
    ],
)
def test_what_stands_twice_or_leads_nowhere_is_refused_by_name(
    facts: dict[str, tuple[Concept | Term, ...]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Facts(**facts)  # type: ignore[arg-type]  # one table at a time


def test_the_same_word_in_two_languages_is_two_terms() -> None:
    terms = (Term(term="radon", concepts=("ponti",)), Term(term="radon", language="en", concepts=("balli",)))
    assert len(lexicon(*terms).meanings["radon"]) == 2
