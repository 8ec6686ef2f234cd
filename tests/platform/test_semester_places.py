"""Places by kind of initiative and semester: declared, taken by partnerships, and what needs are measured against."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

import pytest

from cast import BALLABIO_OFFICER, LABORATORY, NEED, PASTURO_OFFICER
from partnering import SLUG, accepted
from raccordo import catalogue, matches, needs, partnerships, profile_statements, semester_places
from raccordo.catalogue import Catalogue
from raccordo.models import Partnership
from raccordo.published import Need
from raccordo.refusals import Refused
from raccordo_graph import Match


@pytest.fixture(autouse=True)
def _no_rankings_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The databases of tests are copies with one name: a need of the same number is another need."""
    monkeypatch.setattr(matches, "_cache", OrderedDict())


async def test_a_partnership_takes_a_place_of_its_kind_and_semester(current: Catalogue) -> None:
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-1", "1")
    await accepted(PASTURO_OFFICER, "STUDY", "2027-1")
    [places] = await semester_places.of_laboratory(SLUG)
    assert (places.declared, places.taken, places.free) == (1, 1, 0)
    with pytest.raises(Refused) as refusal:
        await accepted(BALLABIO_OFFICER, "STUDY", "2027-1")
    assert refusal.value.code == "no_capacity"
    assert "primo semestre 2027" in refusal.value.sentence.say()


async def test_another_semester_and_an_unknown_kind_are_free_to_ask(current: Catalogue) -> None:
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-1", "0")
    await accepted(PASTURO_OFFICER, "STUDY", "2027-2")
    await accepted(BALLABIO_OFFICER, "", "")
    [full, unknown] = await semester_places.of_laboratory(SLUG)
    assert (full.declared, unknown.declared, unknown.taken, unknown.free) == (0, None, 1, None)


async def test_declaring_nothing_takes_the_declaration_back(current: Catalogue) -> None:
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-1", "2")
    found = await profile_statements.declare_semester_places(LABORATORY, SLUG, 2, "STUDY", "2027-1", "")
    assert found.places == ()


@pytest.mark.parametrize(("kind", "semester", "places", "field"), [("X", "2027-1", "1", "initiative"), ("STUDY", "2027-3", "1", "semester"), ("STUDY", "1027-1", "1", "semester"), ("STUDY", "2027-1", "1000", "places")])  # fmt: skip
async def test_places_that_make_no_sense_are_refused(
    current: Catalogue, kind: str, semester: str, places: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, kind, semester, places)
    assert [one.field for one in refusal.value.fields] == [field]


@pytest.mark.parametrize(("outcome", "taken"), [("DONE", 1), ("PARTLY_DONE", 1), ("ABANDONED", 0)])
async def test_a_place_of_a_semester_comes_back_only_from_what_was_abandoned(
    current: Catalogue, outcome: str, taken: int
) -> None:
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-1", "1")
    await accepted(PASTURO_OFFICER, "STUDY", "2027-1")
    partnership = await Partnership.get()
    await partnerships.finish(PASTURO_OFFICER, partnership.id, partnership.version, outcome, "")
    [places] = await semester_places.of_laboratory(SLUG)
    assert (places.taken, places.free) == (taken, 1 - taken)


async def test_a_need_is_measured_against_the_places_of_its_semester(current: Catalogue) -> None:
    plain = await needs.publish(PASTURO_OFFICER, NEED)
    asked = replace(NEED, intent="STUDY", starts="2027-09-01")
    dated = await needs.publish(BALLABIO_OFFICER, asked)
    index = catalogue.current().index
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-2", "2")
    picture = catalogue.current()

    def found(need: Need) -> Match:
        return next(one for one in matches.for_need(picture, need).matches if one.laboratory == SLUG)

    assert found(dated).factors[4].value == 0.5
    assert "nel secondo semestre 2027 ha 2 posti liberi per studio" in found(dated).reasons.sentence_it
    assert not found(plain).factors[4].known
    [other] = [
        one for one in matches.for_laboratory(picture, picture.laboratories[SLUG]) if one.need == dated.number
    ]
    assert other.score == found(dated).score
    preview = matches.preview(picture, BALLABIO_OFFICER, asked)
    [typed] = [one for one in preview.ranking.matches if one.laboratory == SLUG]
    assert typed.factors[4] == found(dated).factors[4]
    assert index.semester_places == {}
    await needs.publish(PASTURO_OFFICER, NEED)
    assert (
        catalogue.current().index is picture.index
    )  # what is kept by index lasts while places and answers do
