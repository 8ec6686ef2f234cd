"""A group as it is asked: what it answers, what it refuses, and what changes if."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cast import BALLABIO_OFFICER, NEED, PASTURO_OFFICER
from raccordo import catalogue, function_evidence, group_changes, group_effects, groups, needs, partners
from raccordo.association_tables import Finding
from raccordo.catalogue import Catalogue
from raccordo.group_changes import GroupChange
from raccordo.groups import Evaluation, GroupInput
from raccordo.refusals import NotFound, Refused
from raccordo_graph import partner_groups
from raccordo_graph.thresholds import Threshold

PASTURO, BALLABIO, CREMENO, BARZIO = "097065", "097004", "097029", "097007"
LECCO, CAMPIONE = "097042", "013040"
RONAGO, UGGIATE_TREVANO, UGGIATE_CON_RONAGO = "013199", "013228", "013256"
TODAY = date(2026, 11, 24)


def asked(*members: str, function: str = "b", on: date = TODAY, lead: str | None = None) -> GroupInput:
    return GroupInput(function=function, members=members, on=on, lead=lead)


def changed(current: Catalogue, wanted: GroupInput, **change: str) -> list[str]:
    found = group_changes.what_if(current, wanted, GroupChange(**change))
    return [one.say("it") for one in found.differences]


def refusal(current: Catalogue, wanted: GroupInput) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        groups.evaluate(current, wanted)
    return {one.field: one.code for one in caught.value.fields}


async def test_a_group_is_summed_and_led_by_its_largest(current: Catalogue) -> None:
    found = groups.evaluate(current, asked(PASTURO, BALLABIO))
    towns = [current.municipalities[code] for code in (PASTURO, BALLABIO)]
    assert found.group.population == sum(town.population for town in towns)
    assert found.lead.istat_code == BALLABIO
    assert found.remedy is None


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        (asked(PASTURO, BALLABIO, function=""), {"function": "unknown"}),
        (asked(PASTURO, BALLABIO, function="z"), {"function": "unknown"}),
        (asked(PASTURO, "999999"), {"members": "unknown_municipality"}),
        (asked(PASTURO), {"members": "too_few"}),
        (asked(PASTURO, PASTURO, ""), {"members": "too_few"}),
        (asked(RONAGO, UGGIATE_CON_RONAGO), {"members": "too_few"}),
        (asked(*(f"{place:06}" for place in range(101))), {"members": "too_many"}),
        (asked(PASTURO, BALLABIO, lead=LECCO), {"lead": "no_member"}),
        (asked(PASTURO, BALLABIO, lead="1"), {"lead": "unknown_municipality"}),
        (
            asked("' OR 1=1 --", "<script>", function="\0"),
            {"function": "unknown", "members": "unknown_municipality"},
        ),
    ],
)
async def test_what_cannot_be_a_group_is_refused_by_field(
    current: Catalogue, wanted: GroupInput, problems: dict[str, str]
) -> None:
    assert refusal(current, wanted) == problems


async def test_members_and_lead_may_be_named(current: Catalogue) -> None:
    by_name = groups.evaluate(current, asked("Pasturo, Ballabio", lead="pasturo"))
    assert by_name == groups.evaluate(current, asked(PASTURO, BALLABIO, lead=PASTURO))
    assert groups.evaluate(current, asked(f"{PASTURO} {BALLABIO}", lead=PASTURO)) == by_name
    assert by_name.notes == ()


async def test_a_code_of_then_resolves_and_is_said(current: Catalogue) -> None:
    found = groups.evaluate(current, asked(RONAGO, CAMPIONE, on=date(2023, 6, 1)))
    assert UGGIATE_CON_RONAGO in found.group.members
    (note,) = found.notes
    assert note.say("it").startswith("Il 1º giugno 2023 013199 era Ronago, confluito in Uggiate con Ronago")
    (later,) = groups.evaluate(current, asked(RONAGO, CAMPIONE)).notes
    assert later.say("it").startswith("Ronago (013199) è confluito in Uggiate con Ronago il 1º gennaio 2024")


async def test_a_code_that_did_not_exist_yet_is_said(current: Catalogue) -> None:
    found = groups.evaluate(current, asked(UGGIATE_CON_RONAGO, CAMPIONE, on=date(2013, 6, 1)))
    assert "non era in uso" in found.notes[0].say("it")


async def test_an_unreached_size_names_who_would_make_it_possible(current: Catalogue) -> None:
    found = groups.evaluate(current, asked(CREMENO, BARZIO))  # 2,938 inhabitants of 3,000
    assert (found.group.needed, found.group.missing) == (3000, 62)
    assert found.remedy
    assert found.remedy.say("it").startswith("Alla soglia di riferimento (3.000) mancano 62 abitanti; con ")
    assert found.remedy.say("it").endswith("sarebbe raggiunta.")


async def test_where_nobody_can_help_the_size_excludes_nobody(current: Catalogue) -> None:
    found = groups.evaluate(current, asked(CAMPIONE, CREMENO))
    assert found.group.missing == 0  # 3,436 inhabitants, all in mountain communities
    alone = partner_groups.remedy(current.territory, [CAMPIONE], Threshold(residents=5000))
    assert alone is None


async def test_a_member_that_joins_is_told_with_what_it_brings(current: Catalogue) -> None:
    said = changed(current, asked(PASTURO, BALLABIO), joins=CREMENO)
    assert said[0] == "Entra Cremeno."
    assert "Resta contiguo." in said
    assert any(one.startswith("Il comune più grande, Ballabio, pesa il") for one in said)


async def test_an_island_that_joins_breaks_the_group(current: Catalogue) -> None:
    assert "Il gruppo si spezza in 2 parti che non si toccano." in changed(
        current, asked(PASTURO, BALLABIO), joins=CAMPIONE
    )


async def test_the_lead_that_leaves_is_followed_by_the_largest(current: Catalogue) -> None:
    said = changed(current, asked(PASTURO, BALLABIO, CREMENO, lead=BALLABIO), leaves=BALLABIO)
    assert "Il capofila passa da Ballabio a Pasturo." in said


async def test_another_lead_changes_nothing_but_what_leading_is(current: Catalogue) -> None:
    said = changed(current, asked(PASTURO, BALLABIO), lead=PASTURO)
    assert said[:2] == [
        "Il capofila passa da Ballabio a Pasturo.",
        "Le quote del costo divise per abitanti non cambiano.",
    ]
    assert [one.split(" (")[0] for one in said[2:]] == [
        "Dal capofila gli altri membri distano in media 4,8 km",
        "Ballabio",
        "Pasturo",
    ]


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"leaves": LECCO}, {"leaves"}),
        ({"joins": PASTURO}, {"joins"}),
        ({"joins": "1"}, {"joins"}),
        ({"leaves": PASTURO}, {"members"}),
        ({"lead": LECCO}, {"lead"}),
    ],
)
async def test_a_change_that_cannot_be_is_refused(
    current: Catalogue, change: dict[str, str], problems: set[str]
) -> None:
    with pytest.raises(Refused) as caught:
        group_changes.what_if(current, asked(PASTURO, BALLABIO), GroupChange(**change))
    assert {one.field for one in caught.value.fields} == problems


async def both_need(current: Catalogue) -> Evaluation:
    for officer in (PASTURO_OFFICER, BALLABIO_OFFICER):
        await needs.publish(officer, replace(NEED, functions=("b",)))
    return groups.evaluate(catalogue.current(), asked(PASTURO, BALLABIO))


async def test_the_needs_of_the_members_are_pooled_with_laboratories_that_fit(current: Catalogue) -> None:
    found = await both_need(current)
    assert {need.owner_code for need in found.pool.needs} == {PASTURO, BALLABIO}
    assert found.pool.laboratories
    assert not any(one.only_together for one in found.pool.laboratories)  # nobody has declared places


async def test_a_need_in_common_raises_the_score(current: Catalogue) -> None:
    before = groups.evaluate(current, asked(PASTURO, BALLABIO)).group.score
    assert (await both_need(current)).group.score > before


async def test_fewer_places_than_needs_are_reached_only_together(current: Catalogue) -> None:
    best = (await both_need(current)).pool.laboratories[0]
    assert len(best.fits) == 2
    picture = catalogue.current()
    for places, together in ((1, True), (2, False), (0, False)):
        declared = {best.laboratory.slug: replace(best.laboratory, free_places=places)}
        known = replace(picture, laboratories={**picture.laboratories, **declared})
        pool = groups.evaluate(known, asked(PASTURO, BALLABIO)).pool
        row = next(one for one in pool.laboratories if one.laboratory.slug == best.laboratory.slug)
        assert row.only_together is together


async def test_who_leaves_takes_its_need_along(current: Catalogue) -> None:
    await both_need(current)
    said = changed(catalogue.current(), asked(PASTURO, BALLABIO, CREMENO), leaves=PASTURO)
    assert any(one.startswith("Non più tra i bisogni in comune: «") for one in said)


async def test_suggestions_say_why_in_both_languages(current: Catalogue) -> None:
    found = partners.suggestions(current, PASTURO, "a", TODAY)
    assert [one.partner.position for one in found.partners] == sorted(
        one.partner.position for one in found.partners
    )
    best = found.partners[0].why
    assert best.say("it").startswith("Confina per ")
    assert best.say("en").startswith("A shared border of ")
    assert found.groups
    assert all(one.group.connected for one in found.groups)


async def test_an_island_gets_an_answer_in_words(current: Catalogue) -> None:
    found = partners.suggestions(current, CAMPIONE, "a", TODAY)
    assert found.groups == ()
    assert found.alone
    assert found.alone.say("it").startswith("Campione d'Italia non confina")
    assert found.partners


async def test_what_cannot_be_suggested_is_refused(current: Catalogue) -> None:
    with pytest.raises(Refused):
        partners.suggestions(current, PASTURO, "", TODAY)
    with pytest.raises(NotFound):
        partners.suggestions(current, "000000", "a", TODAY)


async def test_evidence_is_shown_with_its_source_and_unknown_where_there_is_none(current: Catalogue) -> None:
    rows = {letter: function_evidence.shipped(letter) for letter in current.functions}
    assert {letter for letter, row in rows.items() if row.finding is Finding.BENEFIT} == {"a", "f"}
    assert {letter for letter, row in rows.items() if row.finding is Finding.NONE} == {"b", "i"}
    assert all(bool(row.source) is (row.finding is not Finding.UNKNOWN) for row in rows.values())
    assert all(row.prior == 0.5 for row in rows.values() if row.finding is Finding.UNKNOWN)


def test_what_if_says_whose_share_of_the_cost_goes_from_what_to_what(current: Catalogue) -> None:
    # Pasturo 1,959 and Ballabio 4,144 inhabitants: 32.1 % and 67.9 %; with Cremeno (1,684) 25.2, 53.2 and 21.6 %.
    asked = GroupInput(function="a", members=("097065", "097004"), on=date(2026, 11, 24))
    found = group_changes.what_if(current, asked, GroupChange(joins="097029"))
    said = [one.say("it") for one in found.differences]
    assert next(one for one in said if "quote" in one.casefold()) == (
        "Quote del costo per abitanti (abitanti del comune ÷ abitanti del gruppo): Cremeno 21,6%, perché entra;"
        " Ballabio da 67,9% a 53,2%; Pasturo da 32,1% a 25,2%."
    )
    assert any(one.startswith("Shares of the cost") for one in (one.say("en") for one in found.differences))


def test_another_lead_says_how_far_and_how_large_it_is(current: Catalogue) -> None:
    asked = GroupInput(function="a", members=("097065", "097004", "097029"), on=date(2026, 11, 24))
    found = group_changes.what_if(current, asked, GroupChange(lead="097029"))
    said = " ".join(one.say("it") for one in found.differences)
    old, new = (group_effects.leadership(current, one) for one in (found.before, found.after))
    assert f"in media {new.kilometres:.1f} km (prima {old.kilometres:.1f})".replace(".", ",") in said
    assert "Cremeno (1.684 abitanti) non è abbastanza più grande di nessun altro membro" in said
    assert "Ballabio (4.144 abitanti) è abbastanza più grande di 2 membri su 2 da completarli" in said
    assert "Le quote del costo divise per abitanti non cambiano." in said
