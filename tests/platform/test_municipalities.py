"""Finding a municipality: by code at a date, by a name typed badly, by its neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as some

from cast import LECCO
from raccordo import municipalities
from raccordo.catalogue import Catalogue
from raccordo.municipalities import MunicipalityFilter, MunicipalityOrder
from raccordo.refusals import NotFound, Refused

AGREEMENT = date(2023, 3, 15)
TODAY = date(2026, 11, 23)


@pytest.fixture
def picture(loaded_file: tuple[object, Catalogue]) -> Catalogue:
    """The picture alone: nothing here touches a database."""
    return loaded_file[1]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (LECCO, "Lecco"),
        ("012009", "Bardello con Malgesso e Bregano"),
        ("013228", "Uggiate con Ronago"),
        ("018002", "Campospinoso Albaredo"),
        ("018082", "Montalto Pavese"),
    ],
)
def test_a_code_finds_what_continues_it(picture: Catalogue, code: str, name: str) -> None:
    assert municipalities.find(picture, code).name == name


@pytest.mark.parametrize("code", ["", "999999", "97042", "Lecco", "0" * 5000, "012009\x00"])
def test_an_unknown_code_is_refused_with_an_example(picture: Catalogue, code: str) -> None:
    with pytest.raises(NotFound) as refusal:
        municipalities.find(picture, code)
    assert "097042" in refusal.value.sentence.say("it")


def test_the_registry_answers_at_the_date_of_the_agreement(picture: Catalogue) -> None:
    then = municipalities.registration(picture, "018026", AGREEMENT)
    assert (then.name, then.today.name) == ("Campospinoso", "Campospinoso Albaredo")
    assert municipalities.registration(picture, "018026", TODAY).name == "Campospinoso Albaredo"


def test_a_code_that_ended_is_valid_until_the_day_before(picture: Catalogue) -> None:
    assert municipalities.registration(picture, "018082", date(2026, 1, 30)).name == "Lirio"
    with pytest.raises(NotFound, match="code_not_valid_then"):
        municipalities.registration(picture, "018082", date(2026, 1, 31))


def test_a_code_that_a_merger_made_is_not_valid_before_it(picture: Catalogue) -> None:
    with pytest.raises(NotFound, match="code_not_valid_then"):
        municipalities.registration(picture, "012144", date(2022, 12, 31))
    assert municipalities.registration(picture, "012144", date(2023, 1, 1)).today.istat_code == "012144"


def test_on_the_day_of_the_agreement_there_were_1504_codes_in_use(picture: Catalogue) -> None:
    codes = {*picture.municipalities, *picture.successions}

    def valid(code: str, on: date) -> bool:
        try:
            return bool(municipalities.registration(picture, code, on))
        except NotFound:
            return False

    assert sum(valid(code, AGREEMENT) for code in codes) == 1504
    assert sum(valid(code, date(2022, 12, 31)) for code in codes) == 1506
    assert sum(valid(code, TODAY) for code in codes) == 1501


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cantu", "Cantù"),
        ("CANTU'", "Cantù"),
        ("temu", "Temù"),
        ("lecco", "Lecco"),
        ("sant angelo lod", "Sant'Angelo Lodigiano"),
        ("castelo di brianza", "Castello di Brianza"),
        ("E507", "Lecco"),
        ("malgesso", "Bardello con Malgesso e Bregano"),
        ("lirio", "Montalto Pavese"),
        ("uggiate trevano", "Uggiate con Ronago"),
    ],
)
def test_a_name_typed_badly_is_found_first(picture: Catalogue, typed: str, name: str) -> None:
    assert municipalities.search(picture, typed)[0].name == name


def test_nonsense_finds_nothing(picture: Catalogue) -> None:
    assert municipalities.search(picture, "xqzw kkjh") == ()
    assert municipalities.search(picture, "  '’- ") == ()


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(max_size=300))
def test_any_text_can_be_searched(picture: Catalogue, typed: str) -> None:
    assert len(municipalities.search(picture, typed)) <= 20


def test_neighbours_come_longest_border_first_and_see_each_other(picture: Catalogue) -> None:
    lecco = picture.municipalities[LECCO]
    found = municipalities.neighbours(picture, lecco)
    assert [one.metres for one in found] == sorted((one.metres for one in found), reverse=True)
    for one in found:
        assert lecco in [back.municipality for back in municipalities.neighbours(picture, one.municipality)]


def test_campione_has_no_neighbour(picture: Catalogue) -> None:
    assert municipalities.neighbours(picture, picture.municipalities["013040"]) == ()


def test_a_list_is_narrowed_and_ordered(picture: Catalogue) -> None:
    wanted = MunicipalityFilter(province="097", population_to=999, order=MunicipalityOrder.POPULATION)
    found = municipalities.select(picture, wanted)
    assert found
    assert all(town.province == "097" and town.population < 1000 for town in found)
    assert [town.population for town in found] == sorted((town.population for town in found), reverse=True)


@pytest.mark.parametrize(
    "wanted", [MunicipalityFilter(province="999"), MunicipalityFilter(mountain_community="x")]
)
def test_an_unknown_filter_is_refused(picture: Catalogue, wanted: MunicipalityFilter) -> None:
    with pytest.raises(Refused):
        municipalities.select(picture, wanted)
