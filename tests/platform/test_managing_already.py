"""Who manages a function with others already: suggestions, groups and scenarios know it, on the days on which it holds."""

from __future__ import annotations

from datetime import date

import pytest

from cast import BALLABIO, PASTURO, VALLEY
from raccordo import associated_managements, catalogue, database, groups, partners, scenarios
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.groups import GroupInput
from raccordo.models import (
    AssociatedManagement,
    AssociationForm,
    BodyKind,
    ManagementFunction,
    ManagementMember,
    TerritorialBody,
)
from raccordo.partners import SuggestedPartner
from raccordo.scenario_input import ScenarioInput
from raccordo_graph import affinity
from raccordo_graph.partners import partners as ranked

TODAY, EARLIER = date(2026, 11, 24), date(2019, 1, 1)
LECCO, ESINO = "097042", "097035"


@pytest.fixture
async def managing(current: Catalogue) -> Catalogue:
    """Pasturo and Lecco, which no mountain community has together, share function a since 2020."""

    async def work(writing: Writing) -> None:
        row = await AssociatedManagement.create(
            code="prova",
            name="Convenzione di prova",
            form=AssociationForm.CONVENTION,
            valid_from=date(2020, 1, 1),
            source="una prova",
        )
        await ManagementFunction.create(management=row, function_id="a")
        for code in (PASTURO, LECCO):
            body = await TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=code)
            await ManagementMember.create(management=row, body=body)
        writing.publishes = True

    await database.write(work)
    return await catalogue.catch_up()


def lecco(picture: Catalogue, letter: str, on: date, seen_from: str = PASTURO) -> SuggestedPartner:
    managed = associated_managements.in_force(picture, letter, on)
    known = partners.circumstances(picture, letter, managed)
    town = picture.municipalities[seen_from]
    found = ranked(picture.territory, seen_from, known)
    (one,) = (one for one in found if one.istat_code == LECCO)
    return partners.explained(picture, town, one, known, managed)


def belonging(one: SuggestedPartner) -> float:
    return next(factor.value for factor in one.partner.factors if factor.name == "belonging")


async def test_who_manages_the_function_together_has_a_form_in_common(managing: Catalogue) -> None:
    together = lecco(managing, "a", TODAY)
    assert belonging(together) == 1.0
    assert "gestiscono già insieme questa funzione (Convenzione di prova)" in together.why.say()
    for letter, on in (("b", TODAY), ("a", EARLIER)):
        apart = lecco(managing, letter, on)
        assert belonging(apart) == 0.0
        assert "già" not in apart.why.say()


async def test_who_manages_it_with_others_is_told_to_third_parties(managing: Catalogue) -> None:
    seen = lecco(managing, "a", TODAY, seen_from=BALLABIO)
    assert "già in gestione con Pasturo" in seen.why.say()
    assert belonging(seen) == 0.0


async def test_the_municipality_is_told_with_whom_it_manages_it(managing: Catalogue) -> None:
    (said,) = partners.suggestions(managing, PASTURO, "a", TODAY).already
    assert said.say() == "Già in gestione: Pasturo con Lecco (Convenzione di prova)."
    assert said.say("en") == "Managed together already: Pasturo with Lecco (Convenzione di prova)."
    assert partners.suggestions(managing, PASTURO, "b", TODAY).already == ()


async def test_a_group_is_told_on_the_day_on_which_it_holds(managing: Catalogue) -> None:
    def notes(on: date, *members: str) -> list[str]:
        asked = GroupInput(function="a", members=members, on=on)
        return [note.say() for note in groups.evaluate(managing, asked).notes]

    assert notes(TODAY, PASTURO, LECCO) == [
        "Già in gestione insieme: Lecco e Pasturo (Convenzione di prova)."
    ]
    assert notes(TODAY, PASTURO, BALLABIO) == ["Già in gestione: Pasturo con Lecco (Convenzione di prova)."]
    assert notes(EARLIER, PASTURO, LECCO) == []


async def test_a_scenario_knows_who_of_its_area_manages_it_already(managing: Catalogue) -> None:
    asked = ScenarioInput(area=VALLEY, function="a", on=TODAY)
    assert set((await scenarios.scenario(managing, asked)).managed) == {PASTURO}
    before = ScenarioInput(area=VALLEY, function="a", on=EARLIER)
    assert (await scenarios.scenario(managing, before)).managed == {}


async def test_an_empty_register_says_nothing_and_changes_nothing(current: Catalogue) -> None:
    assert associated_managements.in_force(current, "a", TODAY) == {}
    known = partners.circumstances(current, "a", {})
    assert known.unions == {
        code: frozenset(one.unions) for code, one in current.municipalities.items() if one.unions
    }
    assert affinity.WEIGHTS["belonging"] == 0.14


def test_a_long_company_is_cut_in_words() -> None:
    names = ["Uno", "Due", "Tre", "Quattro"]
    assert associated_managements.company(names).say() == "Uno, Due, Tre e Quattro"
    assert associated_managements.company([*names, "Cinque"]).say() == "Uno, Due, Tre e altri 2"
