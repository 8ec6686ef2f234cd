"""Facts refuse what cannot be: unknown codes, doubles, negative places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from raccordo_graph import Campus, Facts
from raccordo_graph.valley import SPEAKING_VALLEY


@pytest.mark.parametrize(
    ("field", "codes", "message"),
    [
        (
            "department",
            "DXXX",
            "laboratory 'waste' names department 'DXXX', which is not among the departments",
        ),
        ("campus", "XX", "laboratory 'waste' names campus 'XX', which is not among the campuses"),
        ("themes", ("nessuno",), "laboratory 'waste' names theme 'nessuno', which is not among the themes"),
        (
            "sectors",
            ("nessuno",),
            "laboratory 'waste' names sector 'nessuno', which is not among the sectors",
        ),
        ("concepts", (("nessuno", 1.0),), "laboratory 'waste' names concept 'nessuno'"),
        ("unconfirmed", ("nessuno",), "laboratory 'waste' names concept 'nessuno'"),
        ("free_places", -1, "laboratory 'waste' has -1 free places; give 0 or more, or None"),
    ],
)
def test_a_laboratory_with_an_impossible_value_is_refused(
    valley: Facts, field: str, codes: object, message: str
) -> None:
    others = [laboratory for laboratory in valley.laboratories if laboratory.slug != "waste"]
    waste = next(laboratory for laboratory in valley.laboratories if laboratory.slug == "waste")
    with pytest.raises(ValueError, match=message):
        replace(valley, laboratories=(*others, replace(waste, **{field: codes})))  # type: ignore[arg-type]


def test_a_theme_with_an_unknown_function_is_refused(valley: Facts) -> None:
    theme = replace(valley.themes[0], functions=("z",))
    with pytest.raises(ValueError, match="theme 'strade-ponti' names function 'z'"):
        replace(valley, themes=(theme, *valley.themes[1:]))


def test_a_code_that_appears_twice_is_refused() -> None:
    campus = Campus(code="LC", latitude=45.85, longitude=9.4)
    with pytest.raises(ValueError, match="campus 'LC' appears twice"):
        Facts(campuses=(campus, campus))


@pytest.mark.parametrize(
    ("concepts", "message"),
    [
        ((("bridges", 0.0),), "treats concept 'bridges' with weight 0.0; give more than 0, at most 1"),
        ((("bridges", 1.1),), "treats concept 'bridges' with weight 1.1"),
        ((("bridges", float("nan")),), "treats concept 'bridges' with weight nan"),
        ((("bridges", 1.0), ("bridges", 0.3)), "laboratory 'space': concept 'bridges' appears twice"),
    ],
)
def test_a_concept_is_treated_once_and_with_a_weight(
    concepts: tuple[tuple[str, float], ...], message: str
) -> None:
    *others, space = SPEAKING_VALLEY.laboratories
    with pytest.raises(ValueError, match=message):
        replace(SPEAKING_VALLEY, laboratories=(*others, replace(space, concepts=concepts)))
