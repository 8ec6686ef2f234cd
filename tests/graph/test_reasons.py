"""Why a laboratory is proposed, as data and in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from raccordo_graph import Campus, Facts, Index, Match, Reasons, build, rank, understand

BRIDGE = "Il ponticello trema e l'asfalto è pieno di buche"


def reasons(
    index: Index,
    slug: str,
    text: str,
    place: str | None = None,
    themes: tuple[str, ...] = (),
    functions: tuple[str, ...] = (),
) -> Reasons:
    need = understand(index, text, themes=themes, functions=functions)
    return next(match.reasons for match in rank(index, need, place=place) if match.laboratory == slug)


def test_a_shared_word_is_shown_as_each_side_writes_it(index: Index) -> None:
    (word,) = reasons(index, "bridges", "un PONTE da rifare").shared_words
    assert (word.need, word.laboratory) == ("PONTE", "ponti")


def test_a_word_that_meets_two_forms_is_told_once(index: Index) -> None:
    told = [word.need for word in reasons(index, "both", "strade stradali").shared_words]
    assert len(told) == len(set(told))


def test_only_stated_themes_are_shared(index: Index) -> None:
    assert reasons(index, "both", "frane sulle strade").shared_themes == ("frane", "strade-ponti")
    assert reasons(index, "waste", "frane sulle strade").shared_themes == ()


def test_the_way_starts_from_the_word_that_speaks_of_the_theme(index: Index) -> None:
    assert reasons(index, "waste", "spazzatura ovunque").path == (
        ("word", "spazzatur"),
        ("theme", "rifiuti"),
        ("laboratory", "waste"),
    )


def test_the_way_of_a_chosen_theme_starts_from_it(index: Index) -> None:
    assert reasons(index, "waste", "spazzatura", themes=("rifiuti",)).path[0] == ("theme", "rifiuti")


def test_a_laboratory_that_shares_no_theme_is_reached_through_its_neighbours(index: Index) -> None:
    assert reasons(index, "slopes", "", themes=("strade-ponti",)).path == (
        ("theme", "strade-ponti"),
        ("department", "DICA"),
        ("laboratory", "slopes"),
    )
    assert reasons(index, "slopes", "", functions=("e",)).path == (
        ("function", "e"),
        ("theme", "frane"),
        ("laboratory", "slopes"),
    )


def test_where_it_stands_and_how_far_are_data(index: Index) -> None:
    here = reasons(index, "bridges", BRIDGE, place="097065")
    assert here.campus == "LC"
    assert here.distance_km == pytest.approx(11.8, abs=0.1)
    assert reasons(index, "waste", BRIDGE, place="097065").distance_km is None


def test_free_places_are_told_when_somebody_knows(index: Index) -> None:
    assert reasons(index, "both", "").free_places == 2
    assert reasons(index, "bridges", "").free_places is None


@pytest.mark.parametrize(
    ("slug", "text", "themes", "italian", "english"),
    [
        (
            "bridges",
            "",
            ("strade-ponti",),
            "Lavora su strade e ponti; il polo di Lecco è a 12 km.",
            "Works on roads and bridges; the Lecco campus is 12 km away.",
        ),
        (
            "both",
            "",
            ("strade-ponti", "frane"),
            "Lavora su frane e alluvioni e su strade e ponti; la sede di Milano Leonardo è a 55 km.",
            "Works on landslides and floods and on roads and bridges; the Milano Leonardo campus is 55 km away.",
        ),
        (
            "waste",
            "troppi RIFIUTI",
            (),
            "Lavora su rifiuti; parola in comune: «rifiuti»; la sede non è nota.",
            "Works on waste; word in common: “rifiuti”; its seat is not known.",
        ),
        (
            "space",
            "guardare le stelle",
            (),
            "Ha in comune con il bisogno le parole «Guarda» e «stelle».",
            "Shares with the need the words “Guarda” and “stelle”.",
        ),
        (
            "slopes",
            "",
            ("strade-ponti",),
            "Il suo dipartimento (Ingegneria) segue temi vicini; la sede di Milano Leonardo è a 55 km.",
            "Its department (Engineering) follows neighbouring themes; the Milano Leonardo campus is 55 km away.",
        ),
        (
            "space",
            "spazzatura",
            (),
            "Nessuna parola e nessun tema in comune: non c’è un motivo per proporlo.",
            "No word and no theme in common: there is no reason to suggest it.",
        ),
    ],
)
def test_the_sentence_says_the_reason_before_any_number(
    index: Index, slug: str, text: str, themes: tuple[str, ...], italian: str, english: str
) -> None:
    found = reasons(index, slug, text, place="097065", themes=themes)
    assert (found.sentence_it, found.sentence_en) == (italian, english)


def test_a_neighbour_of_the_campus_reads_less_than_one_kilometre(index: Index) -> None:
    sentence = reasons(index, "bridges", "", place="097042", themes=("strade-ponti",)).sentence_it
    assert sentence.endswith("il polo di Lecco è a meno di 1 km.")


def test_a_campus_without_a_name_is_called_by_its_code(valley: Facts) -> None:
    bare = tuple(
        Campus(code=campus.code, latitude=campus.latitude, longitude=campus.longitude)
        for campus in valley.campuses
    )
    index = Index.from_graph(build(replace(valley, campuses=bare)))
    assert "la sede di LC è a" in reasons(index, "bridges", BRIDGE, place="097065").sentence_it


def printed(match: Match) -> str:
    """A match as a person would print it."""
    lines = [f"{match.position}. {match.laboratory} {match.score:.4f} {match.band}"]
    lines += [
        f"   {factor.name:<8} {factor.value:.4f} x {factor.weight:.2f} = {factor.contribution:.4f}"
        + ("" if factor.known else " (da chiedere)")
        for factor in match.factors
    ]
    lines += [f"   {word.need} / {word.laboratory} {word.weight:.4f}" for word in match.reasons.shared_words]
    lines += ["   " + " > ".join(f"{family} {key}" for family, key in match.reasons.path)]
    return "\n".join([*lines, "   " + match.reasons.sentence_it])


EXPLANATION = """
1. bridges 0.2635 strong
   words    0.6228 x 0.15 = 0.0934
   concepts 0.0000 x 0.60 = 0.0000 (da chiedere)
   themes   0.8919 x 0.10 = 0.0892
   distance 0.8089 x 0.10 = 0.0809
   capacity 0.0000 x 0.05 = 0.0000 (da chiedere)
   ponte / ponti 0.4127
   word pont > theme strade-ponti > laboratory bridges
   Lavora su strade e ponti; parola in comune: «ponti»; il polo di Lecco è a 12 km.
"""


def test_an_explanation_reads_like_this(index: Index) -> None:
    # When this changes on purpose, raise FORMULAS in version.py unless only a number did.
    need = understand(index, BRIDGE, title="Un ponte che trema")
    assert printed(rank(index, need, place="097065")[0]) == EXPLANATION.strip("\n")
