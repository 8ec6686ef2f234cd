"""Territories divided into proposals: small ones worked out by hand, then what holds for any territory."""

from __future__ import annotations

from collections.abc import Collection

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo_graph.anchoring import Reason
from raccordo_graph.colouring import shades
from raccordo_graph.exchanging import Exchange
from raccordo_graph.ground import Ground
from raccordo_graph.growing import grown
from raccordo_graph.objectives import WEIGHTS, Objective
from raccordo_graph.partition import Partition, Way, partition, restored
from raccordo_graph.set_partitioning import chosen
from raccordo_graph.territory import Border, Municipality, Territory, build
from raccordo_graph.thresholds import Threshold

FIVE = Threshold(residents=5000, mountain_residents=3000)


def land(populations: dict[str, int], borders: Collection[str], mountain: str = "") -> Territory:
    """Municipalities named by a letter in a row from west to east, bordering as `borders` says ("ab")."""
    return build(
        (
            Municipality(
                istat_code=code,
                population=people,
                over_65=people // 4,
                area_km2=10.0,
                latitude=45.5,
                longitude=9 + at / 20,
                province="097",
                mountain_community="valle" if code in mountain else None,
            )
            for at, (code, people) in enumerate(populations.items())
        ),
        [Border(first=pair[0], second=pair[1], metres=1000) for pair in borders],
    )


ROW = land(dict.fromkeys("abcd", 3000), ["ab", "bc", "cd"])


def groups(found: Partition) -> list[str]:
    return ["".join(one.members) for one in found.groups]


def test_four_in_a_row_make_two_pairs() -> None:
    found = partition(ROW, ROW, threshold=FIVE)
    assert groups(found) == ["ab", "cd"]
    assert (found.figures.groups, found.figures.covered, found.figures.stranded) == (2, 4, 0)
    assert [(one.population, one.needed) for one in found.groups] == [(6000, 5000)] * 2


def test_another_border_changes_who_is_with_whom() -> None:
    torn = nx.Graph(ROW)
    torn.remove_edge("a", "b")
    torn.add_edge("a", "c", metres=1000)
    torn.add_edge("b", "d", metres=1000)
    torn.remove_edge("c", "d")
    torn.remove_edge("b", "c")
    assert groups(partition(torn, torn, threshold=FIVE)) == ["ac", "bd"]


def test_in_the_mountains_fewer_residents_are_enough() -> None:
    valley = land(dict.fromkeys("abcd", 1600), ["ab", "bc", "cd"], mountain="abcd")
    assert groups(partition(valley, valley, threshold=FIVE)) == ["ab", "cd"]
    plain = land(dict.fromkeys("abcd", 1600), ["ab", "bc", "cd"])
    assert groups(partition(plain, plain, threshold=FIVE)) == ["abcd"]


def test_four_times_the_smallest_is_a_way_of_its_own() -> None:
    tiny = land({"a": 100, "b": 300, "c": 100, "d": 300}, ["ab", "bc", "cd"])
    assert groups(partition(tiny, tiny, threshold=Threshold(residents=5000, times_smallest=4))) == [
        "ab",
        "cd",
    ]
    assert groups(partition(tiny, tiny, threshold=Threshold(residents=5000))) == []


def test_an_island_is_told_and_not_dropped() -> None:
    with_island = land(dict.fromkeys("abcdz", 3000), ["ab", "bc", "cd"])
    found = partition(with_island, with_island, threshold=FIVE)
    assert groups(found) == ["ab", "cd"]
    assert [(one.members, one.reason, one.anchors) for one in found.stranded] == [(("z",), Reason.ISLAND, ())]


def test_who_cannot_reach_the_threshold_is_offered_a_larger_neighbour() -> None:
    around = land({"a": 900, "b": 40_000, "c": 8_000, "d": 2_000, "e": 900}, ["ab", "ac", "ad", "de"])
    (left,) = partition(around, ["a"], threshold=FIVE).stranded
    assert (left.members, left.reason, left.population, left.needed) == (("a",), Reason.ALONE, 900, 5000)
    assert {anchor.code for anchor in left.anchors} == {"b", "c"}
    assert left.beyond == ("d",)
    (small,) = partition(around, ["a", "d", "e"], threshold=FIVE).stranded
    assert (small.members, small.reason, small.population) == (("a", "d", "e"), Reason.TOO_FEW, 3800)


def test_a_mountain_group_that_a_neighbour_would_spoil_takes_it_in_where_that_is_enough() -> None:
    """Three of the valley reach 3,000; with the one of the plain they need 5,000 and have 5,100."""
    mixed = land({"a": 1600, "b": 1600, "c": 1600, "d": 300}, ["ab", "bc", "cd"], mountain="abc")
    assert groups(partition(mixed, mixed, threshold=FIVE)) == ["abcd"]


def test_needs_bring_together_whom_nothing_else_tells_apart() -> None:
    ring = land(dict.fromkeys("abcd", 3000), ["ab", "bc", "cd", "ad"])
    weights = {Objective.NEEDS: 1.0}
    bridges = frozenset({"ponti"})
    assert groups(
        partition(ring, ring, threshold=FIVE, weights=weights, themes={"a": bridges, "d": bridges})
    ) == [
        "ad",
        "bc",
    ]
    assert groups(
        partition(ring, ring, threshold=FIVE, weights=weights, themes={"a": bridges, "b": bridges})
    ) == [
        "ab",
        "cd",
    ]


def test_nobody_asked_gives_nothing() -> None:
    found = partition(ROW, (), threshold=FIVE)
    assert (found.groups, found.stranded, found.figures.groups) == ((), (), 0)


def test_the_report_is_heard_and_can_stop() -> None:
    heard: list[float] = []
    partition(ROW, ROW, threshold=FIVE, report=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        partition(ROW, ROW, threshold=FIVE, report=stop)


def test_members_whose_needs_share_a_theme_are_told() -> None:
    bridges, both = frozenset({"ponti"}), frozenset({"ponti", "frane"})
    found = partition(ROW, ROW, threshold=FIVE, themes={"a": bridges, "b": both, "c": bridges})
    assert [(one.members, one.alike) for one in found.groups] == [(("a", "b"), ("a", "b")), (("c", "d"), ())]


def test_a_territory_is_divided_by_a_size() -> None:
    with pytest.raises(ValueError, match="how many residents"):
        partition(ROW, ROW, threshold=Threshold(times_smallest=4))


def test_a_stored_partition_is_checked_again() -> None:
    found = partition(ROW, ROW, threshold=FIVE)
    members = [one.members for one in found.groups]
    assert restored(ROW, ROW, members, threshold=FIVE, weights=WEIGHTS, themes={}) == found
    for wrong in ([("a", "c")], [("a",)], [("a", "b"), ("b", "c")]):
        with pytest.raises(ValueError, match="no group"):
            restored(ROW, ROW, wrong, threshold=FIVE, weights=WEIGHTS, themes={})


@st.composite
def territories(draw: st.DrawFn) -> Territory:
    """Up to fourteen municipalities with borders at random, some in a mountain community, some apart."""
    size = draw(st.integers(1, 14))
    codes = [f"{at:06}" for at in range(size)]
    populations = draw(st.lists(st.integers(50, 4900), min_size=size, max_size=size))
    mountain = draw(st.lists(st.sampled_from([None, "alta", "bassa"]), min_size=size, max_size=size))
    pairs = [(one, other) for one in codes for other in codes if one < other]
    near = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=30)) if pairs else []
    return build(
        (
            Municipality(
                istat_code=code,
                population=populations[at],
                over_65=populations[at] // (3 + at % 3),
                area_km2=5.0 + at,
                latitude=45 + at / 40,
                longitude=9 + (at * 7 % 5) / 30,
                province="097",
                mountain_community=mountain[at],
            )
            for at, code in enumerate(codes)
        ),
        [Border(first=one, second=other, metres=500) for one, other in near],
    )


thresholds = st.builds(
    Threshold,
    residents=st.sampled_from([2000, 5000]),
    mountain_residents=st.just(1500),
    times_smallest=st.sampled_from([None, 4]),
)


def reaches(territory: Territory, members: Collection[str], threshold: Threshold) -> bool:
    """The threshold once more, from the words of the law and not from the code."""
    nodes = [territory.nodes[code] for code in members]
    together = sum(node["population"] for node in nodes)
    mountain = all(node["mountain_community"] for node in nodes)
    asked = threshold.mountain_residents if mountain else threshold.residents
    times = threshold.times_smallest
    return (asked is not None and together >= asked) or (
        times is not None and together >= times * min(node["population"] for node in nodes)
    )


@given(territories(), thresholds, st.integers(0, 5), st.sampled_from(Way))
def test_every_group_hangs_together_and_reaches_the_threshold_and_nobody_is_lost(
    territory: Territory, threshold: Threshold, seed: int, way: Way
) -> None:
    found = partition(territory, territory, threshold=threshold, seed=seed, way=way)
    for one in found.groups:
        assert len(one.members) >= 2
        assert nx.is_connected(territory.subgraph(one.members))
        assert reaches(territory, one.members, threshold)
    groups_of = [one.members for one in found.groups] + [one.members for one in found.stranded]
    told = [code for members in groups_of for code in members]
    assert sorted(told) == sorted(territory)


@given(territories(), thresholds, st.integers(0, 5))
def test_after_every_step_every_group_is_one(territory: Territory, threshold: Threshold, seed: int) -> None:
    ground = Ground(territory, territory, threshold=threshold, weights=WEIGHTS, themes={})
    first, alone = grown(ground)
    exchange = Exchange(ground, first, seed)
    for step in range(60):
        if exchange.placed:
            exchange.step(3.0 - step / 25)
        now = exchange.groups()
        assert sum(now) == ground.whole() ^ alone
        for group in now:
            members = ground.named(group)
            assert nx.is_connected(territory.subgraph(members))
            assert reaches(territory, members, threshold)
        assert exchange.price == pytest.approx(sum(ground.price(group) or 0 for group in now))


@given(territories(), thresholds, st.integers(0, 5))
def test_the_same_question_has_the_same_answer(territory: Territory, threshold: Threshold, seed: int) -> None:
    turned = build(
        [Municipality(istat_code=code, **territory.nodes[code]) for code in reversed(list(territory))],
        [Border(first=b, second=a, metres=edge["metres"]) for (a, b), edge in territory.edges.items()],
    )
    one = partition(territory, territory, threshold=threshold, seed=seed)
    other = partition(turned, list(turned)[::-1], threshold=threshold, seed=seed)
    assert repr(one) == repr(other)


@given(territories(), thresholds, st.randoms(use_true_random=False))
def test_new_codes_for_the_same_land_change_nothing_but_the_codes(
    territory: Territory, threshold: Threshold, chance: object
) -> None:
    """No two of these municipalities share a point: their order, and so the search, does not know their codes."""
    codes = list(territory)
    shuffled = [f"9{code[1:]}" for code in codes]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    names = dict(zip(codes, shuffled, strict=True))
    renamed = nx.relabel_nodes(nx.Graph(territory), names)
    before = partition(territory, territory, threshold=threshold)
    after = partition(renamed, renamed, threshold=threshold)
    told = sorted(tuple(sorted(names[code] for code in one.members)) for one in before.groups)
    assert told == [one.members for one in after.groups]
    assert before.figures == after.figures


@given(territories(), thresholds)
def test_choosing_from_all_groups_met_is_never_worse(territory: Territory, threshold: Threshold) -> None:
    ground = Ground(territory, territory, threshold=threshold, weights=WEIGHTS, themes={})
    first, _ = grown(ground)
    if not first:
        return
    found = Exchange(ground, first, 1).run(200)
    best = chosen(ground, found)
    assert sum(best) == sum(first)
    prices = [sum(ground.price(group) or 0 for group in some) for some in (first, found, best)]
    assert prices[0] >= prices[1] - 1e-9
    assert prices[1] >= prices[2] - 1e-9


@given(territories(), thresholds)
def test_groups_that_touch_have_different_colours(territory: Territory, threshold: Threshold) -> None:
    found = [one.members for one in partition(territory, territory, threshold=threshold).groups]
    colours = shades(territory, found, 14)
    owner = {code: place for place, members in enumerate(found) for code in members}
    for one, other in territory.subgraph(owner).edges:
        if owner[one] != owner[other]:
            assert colours[owner[one]] != colours[owner[other]]
