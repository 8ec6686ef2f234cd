"""What holds for every need and every set of laboratories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph import (
    Band,
    Department,
    Facts,
    Function,
    Index,
    Laboratory,
    Match,
    Sector,
    Theme,
    build,
    rank,
    understand,
)

WORDS = ("ponte", "frana", "rifiuti", "scuola", "energia", "acqua", "bosco", "bilancio")
THEMES = ("ambiente", "edifici", "finanza", "strade")
FUNCTIONS = ("a", "b")
SECTORS = ("green", "tech")
DEPARTMENTS = ("DAA", "DBB")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
some_themes = st.sets(st.sampled_from(THEMES), max_size=3).map(lambda found: tuple(sorted(found)))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Four themes and up to six laboratories, linked and worded at random."""
    some = st.sets(st.sampled_from(FUNCTIONS), max_size=2)
    themes = tuple(
        Theme(
            slug=slug,
            label_it=draw(texts),
            label_en="",
            functions=tuple(draw(some)),
            sectors=tuple(draw(st.sets(st.sampled_from(SECTORS), max_size=1))),
            departments=tuple(draw(st.sets(st.sampled_from(DEPARTMENTS), max_size=1))),
        )
        for slug in THEMES
    )
    laboratories = tuple(
        Laboratory(
            slug=f"lab{number}",
            name=draw(texts),
            department=draw(st.sampled_from(DEPARTMENTS)),
            themes=draw(some_themes),
            sectors=tuple(draw(st.sets(st.sampled_from(SECTORS), max_size=1))),
            free_places=draw(st.none() | st.integers(0, 9)),
        )
        for number in range(draw(st.integers(1, 6)))
    )
    return Facts(
        departments=tuple(
            Department(acronym=acronym, name_it=acronym, name_en=acronym) for acronym in DEPARTMENTS
        ),
        functions=tuple(
            Function(letter=letter, text_it="", text_en="", short_it=letter, short_en=letter)
            for letter in FUNCTIONS
        ),
        sectors=tuple(Sector(slug=slug, label_it=slug, label_en=slug) for slug in SECTORS),
        themes=themes,
        laboratories=laboratories,
    )


def ranked(given_facts: Facts, text: str, themes: tuple[str, ...] = ()) -> dict[str, Match]:
    index = Index.from_graph(build(given_facts))
    return {match.laboratory: match for match in rank(index, understand(index, text, themes=themes))}


@given(facts(), texts, some_themes)
def test_factors_lie_between_zero_and_one_and_sum_to_the_score(
    known: Facts, text: str, themes: tuple[str, ...]
) -> None:
    for match in ranked(known, text, themes).values():
        assert all(0 <= factor.value <= 1 for factor in match.factors)
        assert sum(factor.contribution for factor in match.factors) == pytest.approx(match.score, abs=1e-9)
        assert 0 <= match.score <= 1


@given(facts(), texts, some_themes)
def test_the_order_is_total_and_equal_scores_share_a_position(
    known: Facts, text: str, themes: tuple[str, ...]
) -> None:
    found = list(ranked(known, text, themes).values())
    assert found == sorted(found, key=lambda match: (-match.score, match.laboratory))
    for match in found:
        assert match.position == 1 + sum(other.score > match.score for other in found)


@given(facts(), texts, st.randoms(use_true_random=False))
def test_the_same_facts_in_another_order_give_the_same_bytes(known: Facts, text: str, chance: object) -> None:
    turned = replace(
        known,
        themes=tuple(sorted(known.themes, key=lambda _: chance.random())),  # type: ignore[attr-defined]
        laboratories=tuple(sorted(known.laboratories, key=lambda _: chance.random())),  # type: ignore[attr-defined]
    )
    assert repr(ranked(turned, text)) == repr(ranked(known, text))


@given(facts(), texts, st.permutations(range(6)))
def test_renaming_laboratories_changes_no_score(known: Facts, text: str, order: list[int]) -> None:
    names = {
        laboratory.slug: f"renamed{order[number]}" for number, laboratory in enumerate(known.laboratories)
    }
    renamed = tuple(replace(laboratory, slug=names[laboratory.slug]) for laboratory in known.laboratories)
    before, after = ranked(known, text), ranked(replace(known, laboratories=renamed), text)
    for slug, match in before.items():
        assert after[names[slug]].score == pytest.approx(match.score, abs=1e-9)


@given(facts(), texts, some_themes, st.permutations(THEMES))
def test_renaming_themes_changes_no_score(
    known: Facts, text: str, chosen: tuple[str, ...], order: list[str]
) -> None:
    names = dict(zip(THEMES, order, strict=True))
    renamed = replace(
        known,
        themes=tuple(replace(theme, slug=names[theme.slug]) for theme in known.themes),
        laboratories=tuple(
            replace(laboratory, themes=tuple(names[theme] for theme in laboratory.themes))
            for laboratory in known.laboratories
        ),
    )
    before = ranked(known, text, chosen)
    after = ranked(renamed, text, tuple(names[theme] for theme in chosen))
    for slug, match in before.items():
        assert after[slug].score == pytest.approx(match.score, abs=1e-9)


@given(facts(), texts, some_themes, st.sampled_from(THEMES))
def test_stating_a_theme_of_the_need_never_lowers_a_laboratory(
    known: Facts, text: str, chosen: tuple[str, ...], theme: str
) -> None:
    first, *others = known.laboratories
    more = replace(first, themes=tuple(sorted({*first.themes, theme})))
    before = ranked(known, text, chosen)["lab0"]
    after = ranked(replace(known, laboratories=(more, *others)), text, chosen)["lab0"]
    assert after.score >= before.score - 1e-9


@given(facts(), texts, some_themes, st.sampled_from(THEMES))
def test_choosing_a_theme_never_lowers_the_laboratories_that_state_it(
    known: Facts, text: str, chosen: tuple[str, ...], theme: str
) -> None:
    before, after = ranked(known, text, chosen), ranked(known, text, tuple(sorted({*chosen, theme})))
    for laboratory in known.laboratories:
        if theme in laboratory.themes:
            assert after[laboratory.slug].score >= before[laboratory.slug].score - 1e-9


@given(facts(), texts)
def test_a_laboratory_without_a_reason_says_so_and_no_other_does(known: Facts, text: str) -> None:
    for match in ranked(known, text).values():
        silent = match.reasons.sentence_it.startswith("Nessuna parola")
        assert silent == (match.band is Band.NONE)
