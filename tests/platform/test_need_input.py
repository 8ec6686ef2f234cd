"""Whatever is typed is either storable or refused with a sentence; nothing else happens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as some

from raccordo.catalogue import Catalogue
from raccordo.need_input import CheckedNeed, NeedInput, check
from raccordo.refusals import Refused

ANYTHING = some.text(some.characters(), max_size=120)


@pytest.fixture
def picture(loaded_file: tuple[object, Catalogue]) -> Catalogue:
    return loaded_file[1]


def checked_or_refused(picture: Catalogue, wanted: NeedInput) -> CheckedNeed | Refused:
    try:
        return check(picture, wanted)
    except Refused as refusal:
        return refusal


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.builds(
        NeedInput,
        title=ANYTHING,
        description=ANYTHING,
        functions=some.lists(some.sampled_from(["a", "b", "l-bis", "z", ""]) | ANYTHING, max_size=8).map(
            tuple
        ),
        themes=some.lists(ANYTHING, max_size=8).map(tuple),
        axes=some.lists(some.sampled_from(["SOCIAL", "ECONOMIC", "social"]) | ANYTHING, max_size=4).map(
            tuple
        ),
        funding=ANYTHING,
        deadline=some.dates().map(str) | ANYTHING,
    )
)
def test_anything_is_taken_or_refused_in_two_languages(picture: Catalogue, wanted: NeedInput) -> None:
    answer = checked_or_refused(picture, wanted)
    if isinstance(answer, Refused):
        assert answer.fields
        assert all(field.sentence.say(language) for field in answer.fields for language in ("it", "en"))
    else:
        assert answer.title
        assert answer.description.encode()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("", None),
        (" 1/2/2027 ", date(2027, 2, 1)),
    ],
)
def test_dates_are_read_as_officers_and_browsers_write_them(
    picture: Catalogue, typed: str, day: date | None
) -> None:
    assert check(picture, NeedInput(title="x", description="y", deadline=typed)).deadline == day


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "domani", "1/1/1999", "2101-01-01", "٣١/١٢/٢٠٢٦/", "1/2/3/4"]
)
def test_what_is_no_date_is_refused_with_an_example(picture: Catalogue, typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(picture, NeedInput(title="x", description="y", deadline=typed))
    assert "31/12/2026" in refusal.value.fields[0].sentence.say("it")


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x7f", "\ud800", "\u202e", "\u2066"])
def test_an_invisible_character_is_named_with_what_stands_before_it(picture: Catalogue, letter: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(picture, NeedInput(title="x", description=f"prima{letter}dopo"))
    assert "prima" in refusal.value.fields[0].sentence.say("it")
    assert f"U+{ord(letter):04X}" in refusal.value.fields[0].sentence.say("it")


def test_white_space_is_tidied_and_lines_are_kept(picture: Catalogue) -> None:
    checked = check(picture, NeedInput(title="  due \n righe ", description="a\r\nb\rc\n"))
    assert (checked.title, checked.description) == ("due righe", "a\nb\nc")


def test_a_choice_made_twice_counts_once(picture: Catalogue) -> None:
    checked = check(picture, NeedInput(title="x", description="y", functions=("b", "b", "e")))
    assert checked.functions == ("b", "e")


def test_more_than_five_themes_are_refused(picture: Catalogue) -> None:
    with pytest.raises(Refused):
        check(picture, NeedInput(title="x", description="y", themes=tuple(picture.themes)[:6]))
