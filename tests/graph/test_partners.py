"""Partners of one municipality: factors that can be worked out by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.maps import code, grid, lands, needs, relabelled, village
from raccordo_graph import affinity, partner_groups, partners
from raccordo_graph.affinity import Circumstances, values
from raccordo_graph.territory import Territory
from raccordo_graph.thresholds import Threshold

NOTHING = Circumstances()
PAIR = grid([village(0, population=1000, over_65=200), village(1, population=2000, over_65=550)])


def test_the_weights_sum_to_one() -> None:
    assert sum(affinity.WEIGHTS.values()) == pytest.approx(1, abs=1e-12)
    assert sum(partner_groups.GROUP_WEIGHTS.values()) == pytest.approx(1, abs=1e-12)


def test_every_factor_of_a_pair_can_be_worked_out_by_hand() -> None:
    found = values(PAIR, code(0), code(1), replace(NOTHING, evidence=1.0))
    # 0.06 degrees of longitude at 45.5 north are 4.676 km; ln 2 / ln 20 = 0.2314; shares 0.2 and 0.275.
    assert {name: round(value, 3) for name, value in found.items()} == {
        "distance": round(1 - 4.676 / 40, 3),
        "province": 1,
        "belonging": 1,
        "border": 0.25,
        "size": 0.769,
        "lead": 0.231,
        "age": 0.5,
        "needs": 0,
        "evidence": 1,
    }


def test_only_the_lead_looks_in_one_direction() -> None:
    there, back = values(PAIR, code(0), code(1), NOTHING), values(PAIR, code(1), code(0), NOTHING)
    assert {name for name in there if there[name] != back[name]} == {"lead"}
    assert back["lead"] == 0


def test_a_membership_divides_two_unless_a_union_joins_them() -> None:
    land = grid([village(0, community="valle-uno"), village(1)])
    assert values(land, code(0), code(1), NOTHING)["belonging"] == 0
    union = replace(NOTHING, unions={code(0): frozenset({"u"}), code(1): frozenset({"u", "v"})})
    assert values(land, code(0), code(1), union)["belonging"] == 1


def test_equal_partners_share_their_position() -> None:
    land = grid([village(place) for place in range(3)])
    found = partners.partners(land, code(1), NOTHING)
    assert [(one.istat_code, one.position) for one in found] == [(code(0), 1), (code(2), 1)]


def test_who_does_not_touch_is_told_who_is_in_between() -> None:
    land = grid([village(place) for place in range(3)])
    far = next(one for one in partners.partners(land, code(0), NOTHING) if one.istat_code == code(2))
    assert (far.metres, far.between) == (0, (code(1),))


def test_an_island_has_partners_but_no_way_to_them() -> None:
    land = grid([village(0), village(1)], without=[(0, 1)])
    (only,) = partners.partners(land, code(0), NOTHING)
    assert (only.metres, only.between) == (0, None)
    assert partner_groups.groups(land, code(0), NOTHING, Threshold()) == ()


def test_nobody_out_of_reach_is_suggested() -> None:
    far = replace(village(1), latitude=46.2)
    land = grid([village(0), far], without=[(0, 1)])
    assert partners.partners(land, code(0), NOTHING) == ()
    assert [one.istat_code for one in partners.partners(grid([village(0), far]), code(0), NOTHING)] == [
        code(1)
    ]


def test_taking_a_border_away_changes_the_ranking() -> None:
    whole = grid([village(0), village(1), village(2), village(3), village(4)])
    cut = nx.Graph(whole)
    cut.remove_edge(code(0), code(1))
    best = [partners.partners(land, code(0), NOTHING)[0] for land in (whole, cut)]
    assert best[0] != best[1]


@given(lands(), needs, st.floats(0, 1))
def test_the_factors_sum_to_the_score(land: Territory, wanted: dict[str, list[str]], evidence: float) -> None:
    known = Circumstances(needs=wanted, evidence=evidence)
    for one in partners.partners(land, code(0), known):
        assert abs(sum(factor.contribution for factor in one.factors) - one.score) < 1e-9
        assert all(0 <= factor.value <= 1 for factor in one.factors)
        assert all(factor.contribution == factor.value * factor.weight for factor in one.factors)


@given(lands(), needs, st.randoms(use_true_random=False))
def test_other_codes_change_nothing(land: Territory, wanted: dict[str, list[str]], chance) -> None:  # type: ignore[no-untyped-def]
    codes = list(land)
    chance.shuffle(codes)
    names = dict(zip(land, codes, strict=True))
    moved = Circumstances(needs={names.get(key, "999999"): found for key, found in wanted.items()})
    before = partners.partners(land, code(0), Circumstances(needs=wanted))
    after = partners.partners(relabelled(land, names), names[code(0)], moved)
    assert {names[one.istat_code]: (one.score, one.position) for one in before} == {
        one.istat_code: (one.score, one.position) for one in after
    }


@given(lands(), needs, st.sampled_from(["", "tari", "energia"]))
def test_a_shared_need_never_lowers_an_affinity(
    land: Territory, wanted: dict[str, list[str]], theme: str
) -> None:
    more = {key: [*wanted.get(key, []), theme] for key in (code(0), code(1))}
    before, after = (
        {one.istat_code: one.score for one in partners.partners(land, code(0), Circumstances(needs=found))}
        for found in (wanted, wanted | more)
    )
    assert all(after[one] >= before[one] for one in before)


@given(lands(), needs)
def test_the_same_input_gives_the_same_bytes(land: Territory, wanted: dict[str, list[str]]) -> None:
    again = relabelled(land, {name: name for name in reversed(list(land))})
    known = Circumstances(needs=wanted)
    assert repr(partners.partners(land, code(0), known)) == repr(partners.partners(again, code(0), known))
