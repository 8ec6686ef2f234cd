"""Who has published what fits a text: the combination, its reasons, and what must not change it."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph.chance import Chance
from raccordo_graph.expertise import MEASURES, Expertise, Fit
from raccordo_graph.publications import Profile, Publication, Terms, archive

BRIDGES = (
    Publication(
        key="b1", title="Vibration of steel bridges", text="Sensors on girders measure how bridges vibrate."
    ),
    Publication(key="b2", title="Fatigue of girders"),
)
WASTE = (
    Publication(key="w1", title="Recycling plastic waste"),
    Publication(key="w2", title="Waste and energy recovery"),
)
FLOODS = (
    Publication(key="f1", title="Floods of alpine rivers"),
    Publication(key="f2", title="Sensors for river levels"),
)
PROFILES = (
    Profile(key="bridges", publications=BRIDGES),
    Profile(key="floods", publications=FLOODS),
    Profile(key="waste", publications=WASTE),
)
TEXT = "The steel bridge vibrates when trucks pass"

titles = st.lists(
    st.sampled_from(["bridge", "girder", "waste", "river", "sensor", "school"]), min_size=1, max_size=5
)
archives = st.lists(st.lists(titles.map(" ".join), min_size=1, max_size=4), min_size=1, max_size=4)


def ranked(*profiles: Profile, text: str = TEXT) -> tuple[Fit, ...]:
    return Expertise(archive(profiles)).rank(text)


def profiles_of(listed: list[list[str]], name: str = "d{0}-{1}") -> list[Profile]:
    return [
        Profile(
            key=f"p{owner}",
            publications=tuple(
                Publication(key=name.format(owner, number), title=title) for number, title in enumerate(own)
            ),
        )
        for owner, own in enumerate(listed)
    ]


def test_whoever_wrote_about_it_comes_first() -> None:
    assert [fit.profile for fit in ranked(*PROFILES)] == ["bridges", "floods", "waste"]


def test_the_reason_is_a_publication_and_its_words() -> None:
    best = ranked(*PROFILES)[0].publications[0]
    assert best.title == "Vibration of steel bridges"
    assert {(word.text, word.publication) for word in best.words} == {
        ("steel", "steel"),
        ("bridge", "bridges"),
        ("vibrates", "Vibration"),
    }
    assert sum(word.weight for word in best.words) == pytest.approx(best.cosine)


def test_the_fit_is_one_less_the_geometric_mean_of_its_chances() -> None:
    for fit in ranked(*PROFILES):
        assert list(fit.chances) == list(MEASURES)
        mean = exp(sum(map(log, fit.chances.values())) / len(MEASURES))
        assert fit.fit == pytest.approx(1 - mean, abs=1e-8)


def test_a_text_of_unknown_words_fits_nobody() -> None:
    for fit in ranked(*PROFILES, text="zeppelin"):
        assert (fit.fit, fit.position, fit.publications) == (0, 1, ())


def test_what_is_asked_beside_it_changes_nothing() -> None:
    expertise = Expertise(archive(PROFILES))
    one, other = Terms.of(TEXT), Terms.of("Plastic waste")
    both = expertise.fits(expertise.shelf.read([other, one]))
    assert both[1].tolist() == expertise.fits(expertise.shelf.read([one]))[0].tolist()


def test_a_co_author_is_no_stranger() -> None:
    shared = Profile(key="also", publications=BRIDGES)
    first, second, *_ = ranked(*PROFILES, shared)
    assert {first.profile, second.profile} == {"also", "bridges"}
    assert (first.fit, second.position) == (second.fit, 1)


def test_a_limit_shortens_the_same_answer() -> None:
    expertise = Expertise(archive(PROFILES))
    assert expertise.rank(TEXT, limit=1) == expertise.rank(TEXT)[:1]


@pytest.mark.parametrize("profiles", [(), (Profile(key="alone", publications=BRIDGES),)])
def test_few_profiles_are_no_special_case(profiles: tuple[Profile, ...]) -> None:
    assert [fit.profile for fit in ranked(*profiles)] == [profile.key for profile in profiles]


@given(archives, titles)
def test_the_order_of_profiles_and_publications_changes_nothing(
    listed: list[list[str]], words: list[str]
) -> None:
    profiles = profiles_of(listed)
    turned = [Profile(key=one.key, publications=one.publications[::-1]) for one in reversed(profiles)]
    assert ranked(*profiles, text=" ".join(words)) == ranked(*turned, text=" ".join(words))


@given(archives, titles)
def test_the_names_of_publications_change_nothing(listed: list[list[str]], words: list[str]) -> None:
    one, other = (
        {fit.profile: fit.fit for fit in ranked(*profiles_of(listed, name), text=" ".join(words))}
        for name in ("d{0}-{1}", "{1}x{0}")
    )
    assert one == pytest.approx(other, abs=1e-6)


@given(archives, titles)
def test_a_fit_lies_between_zero_and_one(listed: list[list[str]], words: list[str]) -> None:
    assert all(0 <= fit.fit < 1 for fit in ranked(*profiles_of(listed), text=" ".join(words)))


@given(st.lists(st.floats(0, 1), max_size=9), st.floats(0.001, 2), st.floats(0.001, 2))
def test_what_comes_closer_is_rarer(strangers: list[float], one: float, other: float) -> None:
    nearer, farther = Chance.of(np.array(strangers)).shares_at(np.array([max(one, other), min(one, other)]))
    assert 0 < nearer <= farther <= 1
